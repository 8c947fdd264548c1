"""A campaign said as rows again, for the draft of another year's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from campaign.models import Campaign, DutyParty, PlanItem
from campaign.proposal.amendment import FRAME
from campaign.proposal.row import Row

ROLES = {
    DutyParty.Role.ASSIGNEE: "assignees",
    DutyParty.Role.LEAD: "leads",
    DutyParty.Role.COORDINATOR: "coordinators",
}
# Who receives the plan and what closes it come again; who signed it, and on what, does not.
AGAIN = frozenset({
    PlanItem.Kind.CLOSING_REQUIREMENT, PlanItem.Kind.RECIPIENT, PlanItem.Kind.CAMPAIGN_WINDOW,
})  # fmt: skip


def facts_of_campaign(campaign: Campaign) -> dict[str, str]:
    """Days as ISO, as a draft keeps them."""
    facts = {}
    for field in Campaign._meta.concrete_fields:
        value = getattr(campaign, field.name)
        facts[field.name] = value.isoformat() if isinstance(value, date) else str(value)
    del facts["id"]
    return facts


def copied_rows(items: Iterable[PlanItem]) -> tuple[list[Row], list[list[Any]]]:
    """Each row, and the lines it is shown beside. A day of last year is told, not taken over."""
    kept = [item for item in items if item.kind not in FRAME - AGAIN]
    named = _names(kept)
    rows = [_row(item, line, named[item.pk]) for line, item in enumerate(kept, start=1)]
    return rows, [[line, item.text] for line, item in enumerate(kept, start=1)]


def _names(items: list[PlanItem]) -> dict[int, dict[str, tuple[str, ...]]]:
    """The names of parties as of their own time; the directory of the new day says who they are."""
    named: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    parties = DutyParty.objects.filter(duty__item__in=items).select_related("unit", "duty")
    for party in parties.order_by("pk"):
        role = ROLES[DutyParty.Role(party.role)]
        before = named[party.duty.item_id].get(role, ())
        named[party.duty.item_id][role] = (*before, str(party))
    return named


def _row(item: PlanItem, line: int, names: dict[str, tuple[str, ...]]) -> Row:
    duty = item.duty if item.kind == PlanItem.Kind.ASSIGNMENT_BULLET else None
    return Row(
        item.code, item.kind, item.text, line, line,
        heading=item.heading,
        parent=item.parent.code if item.parent else "",
        verb=duty.verb if duty else "",
        is_request=bool(duty and duty.is_request),
        basis=duty.lead_basis if duty else "",
        other_actors=duty.other_actors if duty else "",
        assignees=names.get("assignees", ()),
        leads=names.get("leads", ()),
        coordinators=names.get("coordinators", ()),
        date_note=item.date_note,
        related=item.related_codes,
    )  # fmt: skip
