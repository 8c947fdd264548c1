"""The plan as a document one can read: its rows, whom each duty falls on, what is registered.

Figures count the newest version each unit has sent. Anyone with a role reads them; which unit
has registered what, only whoever may read that unit's sub-plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from django.db.models import QuerySet

from accounts.models import User
from campaign.datasets import tally
from campaign.datasets.plan_counts import Going, going_of, registered_by_assignee
from campaign.datasets.tally import NOTHING
from campaign.models import (
    Assignment,
    Campaign,
    Duty,
    PlanItem,
    PlanItemChange,
    PlannedActivity,
    SourceDocument,
    SubPlan,
)
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import Role, sees_province, standing

Kind = PlanItem.Kind

# What frames the document is shown above and below its parts.
FRAME = frozenset({
    Kind.DOCUMENT, Kind.ANNIVERSARY, Kind.LEGAL_BASIS, Kind.PREAMBLE, Kind.CLOSING_REQUIREMENT,
    Kind.RECIPIENT, Kind.SIGNATURE,
})  # fmt: skip
# What activities are tied to, and the headings above it: how far it is can be followed.
FOLLOWED = (
    Kind.CONTENT_ITEM, Kind.SOLUTION_HEADING, Kind.SOLUTION_BULLET, Kind.ASSIGNMENT_HEADING,
    Kind.ASSIGNMENT_BULLET,
)  # fmt: skip
CONTEXT_WORDS = 2
MARK_OF_BOLD = "**"  # how the transcript of the plan marks bold type; never part of the text
FULL = 100
SHOWN = 50  # activities beside a row of the plan; the province's are a list of their own


@dataclass(frozen=True)
class AssignedUnit:
    """A unit a duty falls on; `registered` is None where the reader may not know."""

    unit: Unit
    registered: int | None


@dataclass(frozen=True)
class DutyFacts:
    """What stands beside a duty: who leads, who joins, whom it falls on and how far it is."""

    verb: str
    is_request: bool
    basis: str
    is_explicit: bool
    leads: tuple[str, ...]
    coordinators: tuple[str, ...]
    other_actors: str
    assigned: tuple[AssignedUnit, ...]
    covered: int

    @property
    def percent(self) -> int:
        """Assigned units with at least one activity under the duty."""
        return FULL * self.covered // len(self.assigned) if self.assigned else 0


@dataclass(frozen=True)
class Line:
    """One row of the plan as shown; `registered` is None where nothing can be registered."""

    item: PlanItem
    misprints: tuple[str, ...]
    registered: int | None = None
    going: Going | None = None
    duty: DutyFacts | None = None
    is_mine: bool = False


@dataclass(frozen=True)
class Section:
    """One of the numbered parts, under its title as issued."""

    code: str
    title: str
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        return self.title.rstrip(":")

    @property
    def headings(self) -> list[Line]:
        """What the outline lists below the part."""
        kinds = {Kind.CONTENT_ITEM, Kind.SOLUTION_HEADING, Kind.ASSIGNMENT_HEADING}
        return [line for line in self.lines if line.item.kind in kinds]


@dataclass(frozen=True)
class PlanPage:
    campaign: Campaign
    documents: tuple[SourceDocument, ...]
    document: dict[str, Line]
    anniversaries: tuple[Line, ...]
    bases: tuple[Line, ...]
    preamble: tuple[Line, ...]
    sections: tuple[Section, ...]
    closing: tuple[Line, ...]
    recipients: tuple[Line, ...]
    signature: tuple[Line, ...]


@dataclass(frozen=True)
class ItemPage:
    """One row of the plan with what is behind it. `seen` of the activities registered may be
    opened by the reader; `activities` are the first of these."""

    line: Line
    ancestors: tuple[PlanItem, ...]
    children: tuple[Line, ...]
    related: tuple[PlanItem, ...]
    activities: list[PlannedActivity]
    seen: int
    changes: tuple[PlanItemChange, ...] = ()

    @property
    def hidden(self) -> int:
        """Activities counted in the figure that this reader may not open."""
        return (self.line.registered or 0) - self.seen

    @property
    def without(self) -> list[Unit]:
        """Assigned units known to have registered nothing."""
        assigned = self.line.duty.assigned if self.line.duty else ()
        return [row.unit for row in assigned if row.registered == 0]


def plan_page(campaign: Campaign, *, reader: User, unit: Unit | None) -> PlanPage:
    """The whole plan, in a fixed number of queries; `unit` is whose duties are marked."""
    known = PlanItem.objects.filter(campaign=campaign).select_related("source", "withdrawn_by")
    items = list(known.in_order())
    lines = _lines(campaign, items, reader=reader, unit=unit)
    by_kind: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_kind[line.item.kind].append(line)
    documents = SourceDocument.objects.filter(campaign=campaign).select_related("reading")
    return PlanPage(
        campaign=campaign,
        documents=tuple(documents.order_by("issued_on", "pk")),
        document={line.item.heading: line for line in by_kind[Kind.DOCUMENT]},
        anniversaries=tuple(by_kind[Kind.ANNIVERSARY]),
        bases=tuple(by_kind[Kind.LEGAL_BASIS]),
        preamble=tuple(by_kind[Kind.PREAMBLE]),
        sections=tuple(_sections(lines)),
        closing=tuple(by_kind[Kind.CLOSING_REQUIREMENT]),
        recipients=tuple(by_kind[Kind.RECIPIENT]),
        signature=tuple(by_kind[Kind.SIGNATURE]),
    )


def _sections(lines: list[Line]) -> Iterable[Section]:
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.item.kind not in FRAME:
            parts[line.item.code.split(".")[0]].append(line)
    for code, own in parts.items():
        yield Section(code, _title(own[0].item), tuple(own))


def _title(first: PlanItem) -> str:
    """A part's heading; of another plan of the campaign, that plan's number."""
    source = first.source
    if source is not None and source.kind == SourceDocument.Kind.SOURCE:
        return f"{source.get_kind_display()} {source}, {short_date(source.issued_on)}"
    return first.heading or first.text


def only_mine(page: PlanPage) -> tuple[Section, ...]:
    """The duties of the reader's unit under the names of the addressees; empty when none."""
    kept = []
    for section in page.sections:
        mine = {line.item.pk for line in section.lines if line.is_mine}
        above = {line.item.parent_id for line in section.lines if line.is_mine}
        lines = tuple(line for line in section.lines if line.item.pk in mine | above)
        if lines:
            kept.append(Section(section.code, section.title, lines))
    return tuple(kept)


def item_page(item: PlanItem, *, reader: User, unit: Unit | None) -> ItemPage:
    campaign = item.campaign
    children = list(item.children.select_related("source", "withdrawn_by").in_order())
    line, *below = _lines(campaign, [item, *children], reader=reader, unit=unit)
    codes = [code.strip() for code in item.related_codes.split(";") if code.strip()]
    related = PlanItem.objects.filter(campaign=campaign, code__in=codes).in_order()
    activities = activities_under(item, reader=reader)
    if sees_province(reader):
        activities, seen = activities[:SHOWN], line.registered or 0
    else:
        seen = len(activities)
    return ItemPage(
        line=line,
        ancestors=tuple(_ancestors(item)),
        children=tuple(below),
        related=tuple(related),
        activities=list(activities),
        seen=seen,
        changes=tuple(
            item.changes.select_related("document").order_by("-document__issued_on", "-pk")
        ),
    )


def duty_of(item: PlanItem, *, reader: User) -> DutyFacts | None:
    """Whom one row of the plan falls on, without all that is registered under it."""
    duty = _duties([item]).first()
    if duty is None:
        return None
    campaign = item.campaign
    given, followed = _assignments([item])[duty.pk], followed_units(campaign, reader)
    return _facts(duty, given, registered_by_assignee([item]), followed)


def activities_under(item: PlanItem, *, reader: User) -> QuerySet[PlannedActivity]:
    """Every activity registered under a row of the plan that the reader may open."""
    visible = SubPlan.objects.filter(campaign=item.campaign).counted().visible_to(reader)
    return (
        PlannedActivity.objects.filter(plan_items=item, sub_plan__in=visible)
        .select_related("sub_plan__unit", "lead_unit")
        .order_by("sub_plan__unit__sort_order", "position", "pk")
    )


def _ancestors(item: PlanItem) -> list[PlanItem]:
    above: list[PlanItem] = []
    parent = item.parent
    while parent:
        above.insert(0, parent)
        parent = parent.parent
    return above


def _lines(
    campaign: Campaign, items: list[PlanItem], *, reader: User, unit: Unit | None
) -> list[Line]:
    known, by_unit = tally.of_items(items), registered_by_assignee(items)
    followed = followed_units(campaign, reader)
    going = going_of(campaign, items, reader, known)
    registrable = set(
        PlanItem.objects.filter(campaign=campaign)
        .can_be_registered_under()
        .values_list("pk", flat=True)
    )
    assignments = _assignments(items)
    duties = {
        duty.item_id: _facts(duty, assignments[duty.pk], by_unit, followed)
        for duty in _duties(items)
    }
    own = {
        row.duty.item_id
        for rows in assignments.values()
        for row in rows
        if unit and row.unit_id == unit.pk
    }
    return [
        Line(
            item=item,
            misprints=tuple(misprints(item)),
            registered=known.get(item.pk, NOTHING).registered if item.pk in registrable else None,
            going=going.get(item.pk),
            duty=duties.get(item.pk),
            is_mine=item.pk in own,
        )
        for item in items
    ]


def _duties(items: list[PlanItem]) -> QuerySet[Duty]:
    return Duty.objects.filter(item__in=items).prefetch_related("parties__unit")


def _assignments(items: list[PlanItem]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(duty__item__in=items).select_related("unit", "duty")
    for row in rows.order_by("unit__sort_order", "pk"):
        found[row.duty_id].append(row)
    return found


def _facts(
    duty: Duty,
    rows: list[Assignment],
    by_unit: Mapping[tuple[int, int], int],
    followed: set[int] | None,
) -> DutyFacts:
    given = [row.unit for row in rows if row.role == Assignment.Role.ASSIGNEE]
    registered = {unit.pk: by_unit.get((duty.item_id, unit.pk), 0) for unit in given}
    parties: dict[str, list[str]] = defaultdict(list)
    for party in duty.parties.all():
        parties[party.role].append(str(party))
    return DutyFacts(
        verb=duty.get_verb_display(),
        is_request=duty.is_request,
        basis=duty.get_lead_basis_display(),
        is_explicit=duty.lead_basis == Duty.LeadBasis.EXPLICIT,
        leads=tuple(parties[Assignment.Role.LEAD]),
        coordinators=tuple(parties[Assignment.Role.COORDINATOR]),
        other_actors=duty.other_actors,
        assigned=tuple(
            AssignedUnit(
                unit, registered[unit.pk] if followed is None or unit.pk in followed else None
            )
            for unit in given
        ),
        covered=sum(1 for count in registered.values() if count),
    )


def followed_units(campaign: Campaign, reader: User) -> set[int] | None:
    """Units whose sub-plans the reader may open once sent; None for all of them."""
    if sees_province(reader):
        return None
    mine = standing(reader)
    followed = set(mine.units(Role.OFFICER, Role.HEAD))
    for block, year in mine.led_blocks:
        if year == campaign.year:
            members = Unit.objects.filter(
                block_memberships__block=block, block_memberships__year=year
            )
            followed.update(members.values_list("pk", flat=True))
    return followed


def misprints(item: PlanItem) -> Iterable[str]:
    """The places where print differs from the corrected text, each with a few words around."""
    return _differences(item.text_issued, item.text)


@lru_cache(maxsize=1000)
def _differences(issued: str, corrected: str) -> tuple[str, ...]:
    """Texts of a plan hardly ever change, and comparing them is most of what its page costs."""
    printed, correct = issued.replace(MARK_OF_BOLD, "").split(), corrected.split()
    changes = SequenceMatcher(None, printed, correct).get_opcodes()
    return tuple(
        " ".join(printed[max(0, start - CONTEXT_WORDS) : end + CONTEXT_WORDS])
        for change, start, end, _, _ in changes
        if change != "equal"
    )
