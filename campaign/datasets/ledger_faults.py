"""Where the ledger of obligations disagrees with what was sent; read by `manage.py doctor`.

`met_at`, `extended_to` and `closes_at` are kept so that the database can compare; each follows
from other rows, and a restore or a repair by hand may part them.
"""

from collections.abc import Iterator
from datetime import datetime

from campaign.models import Campaign, Extension, Obligation, SubPlan
from lib import clock
from lib.vietnamese import moment, short_date
from units.models import Unit


def ledger_faults() -> list[str]:
    """A sentence for each disagreement; empty when all is well."""
    firsts = _first_submissions()
    extended = _latest_extensions()
    owed = Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN).select_related("unit", "campaign")
    faults: list[str] = []
    for row in owed.order_by("campaign", "unit__sort_order").iterator():
        first = firsts.pop((row.campaign_id or 0, row.unit_id), None)
        about = f"{row.unit} ({row.campaign.code if row.campaign else ''})"
        faults += [
            f"{about}: {fault}"
            for fault in (*_met(row, first), *_due(row, extended.get(row.pk)))
        ]  # fmt: skip
    return faults + [
        f"{_about(*unknown)}: đã gửi kế hoạch nhưng không có trong sổ nghĩa vụ."
        for unknown in firsts
    ]


def _about(campaign_id: int, unit_id: int) -> str:
    unit, campaign = Unit.objects.get(pk=unit_id), Campaign.objects.get(pk=campaign_id)
    return f"{unit} ({campaign.code})"


def _first_submissions() -> dict[tuple[int, int], datetime]:
    """By campaign and unit, when the first submission that counts was received."""
    sent = SubPlan.objects.sent().order_by("submitted_at", "version")
    firsts: dict[tuple[int, int], datetime] = {}
    for campaign, unit, at in sent.values_list("campaign_id", "unit_id", "submitted_at"):
        if at is not None:
            firsts.setdefault((campaign, unit), at)
    return firsts


def _latest_extensions() -> dict[int, Extension]:
    return {row.obligation_id: row for row in Extension.objects.order_by("at", "pk")}


def _met(row: Obligation, first: datetime | None) -> Iterator[str]:
    if row.met_at != first:
        yield (
            f"sổ nghĩa vụ ghi “{_in_words(row.met_at)}”, "
            f"lần gửi đầu tiên được tính là “{_in_words(first)}”."
        )


def _in_words(at: datetime | None) -> str:
    return moment(at) if at else "chưa gửi"


def _due(row: Obligation, extension: Extension | None) -> Iterator[str]:
    given = extension.due_date if extension else None
    if row.extended_to != given:
        yield (
            "sổ nghĩa vụ ghi gia hạn đến "
            f"{short_date(row.extended_to) if row.extended_to else '(không)'}, "
            f"lần gia hạn gần nhất đến {short_date(given) if given else '(không)'}."
        )
    if row.closes_at != clock.closes_at(row.effective_due_date):
        yield f"thời điểm hết hạn không phải là hết ngày {short_date(row.effective_due_date)}."
