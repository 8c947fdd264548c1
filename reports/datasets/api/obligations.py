"""Nghĩa vụ: the one ledger of everything owed, with the states of the page “Tình hình gửi”."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from campaign.datasets.ledger import LEVEL_BY_CODE, sent_by
from campaign.datasets.ledger_states import STATES
from campaign.datasets.past import PRESENT, Past, past_at
from campaign.models import Obligation, ProgressReport, ReportingPeriod, SubPlan
from campaign.models.obligation import ObligationQuerySet
from campaign.models.submission import SubmissionQuerySet
from lib.vietnamese import fold
from reports.datasets.api.asked import (
    After,
    Asked,
    Page,
    blocks_of,
    changed_since,
    first_of,
    keyset,
)
from reports.datasets.api.campaigns import code_of, period_in
from reports.datasets.api.shape import (
    BlockRef,
    UnitRef,
    Word,
    block_ref,
    page_of,
    told,
    unit_ref,
    word,
)
from units.models import Block, BlockMembership

Kind = Obligation.Kind
STATE_WORDS = tuple((state.code, state.label) for state in STATES)
NO_ID = -1


@dataclass(frozen=True)
class ObligationTold:
    """Một việc một đơn vị phải làm hoặc được khuyến khích làm, với hạn và tình trạng."""

    id: str = told(
        "Định danh, không đổi: loại và những gì chỉ ra nghĩa vụ, cách nhau dấu hai chấm",
        "ke-hoach:2024:SNV",
    )
    campaign: str | None = told("Mã đợt thi đua; null: việc trong năm của khối", "2024")
    kind: Word = told("Loại", words=Kind)
    title: str = told("Việc phải làm", "Kế hoạch triển khai")
    period: str | None = told("Mã kỳ báo cáo, với báo cáo kỳ", "thang-4-2024")
    unit: UnitRef = told("Đơn vị có nghĩa vụ")
    block: BlockRef | None = told("Khối thi đua của đơn vị trong năm của đợt")
    level: Word = told("Mức độ", words=Obligation.Level)
    due_date: date = told("Hạn ban đầu", "2024-03-22")
    extended_to: date | None = told("Hạn sau gia hạn")
    closes_at: datetime = told("Thời điểm đầu tiên bị tính là trễ", "2024-03-23T00:00:00+07:00")
    met_at: datetime | None = told("Lúc gửi lần đầu được tính", "2024-03-20T09:00:00+07:00")
    days_late: int = told("Số ngày trễ của lần gửi đó; 0: đúng hạn hoặc chưa gửi", 0)
    states: tuple[Word, ...] = told(
        "Các tình trạng đúng lúc đọc, như trên trang", words=STATE_WORDS
    )
    page: str = told("Trang trên cổng")


def obligations(asked: Asked, after: After, size: int) -> Page[ObligationTold]:
    said = asked.said
    past = past_at(asked.by)
    rows = _standing(asked, _of_campaign(asked), past)
    rows = rows.filter(**{
        path: said[name]
        for path, name in (
            ("kind", "loai"), ("unit__code", "don_vi"), ("unit__group", "nhom"),
        )
        if said[name]
    })  # fmt: skip
    if said["ky"]:
        known = ReportingPeriod.objects.filter(campaign=asked.campaign())
        rows = rows.filter(period=period_in(known, said["ky"]) or NO_ID)
    if said["khoi"]:
        rows = rows.filter(_in_block(said["khoi"]))
    if said["muc_do"]:
        rows = rows.filter(Q(level_then=LEVEL_BY_CODE[said["muc_do"]]))
    if said["trang_thai"]:
        rows = rows.filter(**{_name(said["trang_thai"]): True})
    if said["tim"]:
        rows = rows.filter(unit__search_key__contains=fold(said["tim"]))
    if said["thay_doi_tu"]:
        rows = changed_since(rows, said["thay_doi_tu"], "met_at")
    return keyset(rows, after, size, lambda found: _tell(found, past))


def _of_campaign(asked: Asked) -> ObligationQuerySet:
    """Those of the campaign and of the year of the blocks it falls into."""
    seen, campaign = Obligation.objects.visible_to(asked.user), asked.campaign()
    if campaign is None:
        return seen.none()
    return seen.filter(Q(campaign=campaign) | Q(campaign=None, step__year=campaign.year))


def _in_block(code: str) -> Q:
    """Of a unit that is in the block in the year of the campaign, or a step of the block."""
    member = BlockMembership.objects.filter(
        unit=OuterRef("unit"), block__code=code, year=OuterRef("campaign__starts_on__year")
    )
    return Q(Exists(member)) | Q(step__block__code=code)


def _name(code: str) -> str:
    return f"is_{code.replace('-', '_')}"


def _standing(asked: Asked, rows: ObligationQuerySet, past: Past) -> QuerySet[Obligation]:
    """Each row with the states of the page, by the very conditions of the page."""
    sub_plans = SubPlan.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"))
    reports = ProgressReport.objects.filter(period=OuterRef("period"), unit=OuterRef("unit"))
    latest = Case(
        When(kind=Kind.SUB_PLAN, then=_newest_sent(sub_plans, past)),
        When(kind=Kind.PROGRESS_REPORT, then=_newest_sent(reports, past)),
        default=Value(""),
    )
    at = past.by or asked.at
    states = {
        _name(state.code): ExpressionWrapper(state.condition(at), BooleanField())
        for state in STATES
    }
    whole = past.standing(rows).annotate(latest_status=latest).annotate(**states)
    return whole.select_related("campaign", "unit", "period", "finding", "step__block")


def _newest_sent(versions: SubmissionQuerySet[Any], past: Past) -> Subquery:
    newest = sent_by(versions, past).order_by("-version")
    return Subquery(newest.values("status_then")[:1])


def obligation(asked: Asked, code: str) -> ObligationTold | None:
    rows = _standing(asked, Obligation.objects.visible_to(asked.user), PRESENT)
    kind, *parts = code.split(":")
    named = _NAMED.get((kind, len(parts)))
    if named is None:
        return None
    return first_of(rows.filter(**named(*parts)), lambda found: _tell(found, PRESENT))


def _report(campaign: str, period: str, unit: str) -> dict[str, Any]:
    found = period_in(ReportingPeriod.objects.filter(campaign__code=campaign), period)
    return {"period": found or NO_ID, "unit__code": unit}


# How each kind is named, by what makes it one in the database.
_NAMED: Mapping[tuple[str, int], Any] = {
    ("ke-hoach", 2): lambda campaign, unit: {
        "kind": Kind.SUB_PLAN, "campaign__code": campaign, "unit__code": unit,
    },
    ("bao-cao", 3): _report,
    ("khac-phuc", 1): lambda finding: {"finding": _number(finding)},
    ("viec-cua-khoi", 4): lambda block, year, step, unit: {
        "step__block__code": block, "step__year": _number(year), "step__kind": step,
        "unit__code": unit,
    },
}  # fmt: skip


def _number(text: str) -> int:
    """As it stands in an address: ASCII digits, no more than an id has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_ID  # noqa: PLR2004


def id_of(row: Obligation) -> str:
    if row.period is not None and row.campaign is not None:
        return f"bao-cao:{row.campaign.code}:{code_of(row.period)}:{row.unit.code}"
    if row.finding_id is not None:
        return f"khac-phuc:{row.finding_id}"
    if row.step is not None:
        step = row.step
        return f"viec-cua-khoi:{step.block.code}:{step.year}:{step.kind}:{row.unit.code}"
    return f"ke-hoach:{row.campaign.code if row.campaign else ''}:{row.unit.code}"


def _tell(rows: list[Obligation], past: Past) -> Sequence[ObligationTold]:
    for row in rows:
        past.set_back(row)
    blocks = blocks_of({(row.unit_id, row.campaign.year) for row in rows if row.campaign})
    return [_one(row, _block(row, blocks)) for row in rows]


def _block(row: Obligation, blocks: Mapping[tuple[int, int], Block]) -> Block | None:
    if row.step is not None:
        return row.step.block
    return blocks.get((row.unit_id, row.campaign.year)) if row.campaign else None


def _one(row: Obligation, block: Block | None) -> ObligationTold:
    return ObligationTold(
        id=id_of(row),
        campaign=row.campaign.code if row.campaign else None,
        kind=word(Kind, row.kind),
        title=row.title,
        period=code_of(row.period) if row.period else None,
        unit=unit_ref(row.unit),
        block=block_ref(block) if block else None,
        level=word(Obligation.Level, row.level),
        due_date=row.due_date,
        extended_to=row.extended_to,
        closes_at=row.closes_at,
        met_at=row.met_at,
        days_late=row.days_late,
        states=tuple(
            Word(state.code, state.label) for state in STATES if getattr(row, _name(state.code))
        ),
        page=page_of(reverse("campaign:obligation", args=[row.pk])),
    )
