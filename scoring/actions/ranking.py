"""Ranking a block: figures taken from the locked sheets, put in order, published, corrected."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring import emails
from scoring.actions.days import refresh_days
from scoring.actions.relative import recompute_relative
from scoring.datasets.block import points_of
from scoring.datasets.sheet import criteria_of
from scoring.formula import Totals, dump, rounded
from scoring.models import Criterion, Ranking, RankingRow, ScoreSheet, ScoringScale
from scoring.permissions import may_publish_ranking, may_rank
from scoring.ranking import Entry, OutKind, Place, RankingRules, Remark, rank
from units.models import BlockMembership

NO_SHEET = "Không nộp bảng tự chấm điểm."


@dataclass(frozen=True)
class _Basis:
    scale: ScoringScale
    criteria: list[Criterion]
    sheets: dict[int, ScoreSheet]
    points: dict[int, Totals]
    remarks: Mapping[int, Remark] = field(default_factory=dict)


@transaction.atomic
def draft_ranking(
    scale: ScoringScale,
    rules: RankingRules,
    remarks: Mapping[int, Remark],
    *,
    by: User,
    at: datetime,
    reason: str = "",
) -> Ranking:
    """The block in order as it stands now; drafted again it takes the place of the last draft.

    After a publication the draft is a correction and says why.
    """
    require(may_rank(by, scale.block, scale.year))
    known = Ranking.objects.filter(block=scale.block, year=scale.year)
    known.filter(status=Ranking.Status.DRAFT).delete()
    last = known.aggregate(last=Max("version"))["last"] or 0
    if last and not reason:
        raise Refused("Khối đã công bố xếp hạng: bản mới là đính chính, hãy ghi lý do.")
    ranking = Ranking.objects.create(
        block=scale.block, year=scale.year, version=last + 1, scale=scale, rules=dump(rules),
        reason=reason, created_at=at, created_by=by,
    )  # fmt: skip
    recompute_relative(scale, at=at)
    basis = _basis(scale, remarks)
    places = rank([_entry(basis, row) for row in scale.members()], rules)
    RankingRow.objects.bulk_create(_row(ranking, basis, place) for place in places)
    return ranking


def _basis(scale: ScoringScale, remarks: Mapping[int, Remark]) -> _Basis:
    sheets = {one.unit_id: one for one in ScoreSheet.objects.filter(scale=scale).submitted()}
    criteria = criteria_of(scale)
    return _Basis(scale, criteria, sheets, points_of(scale, sheets.values(), criteria), remarks)


def _entry(basis: _Basis, member: BlockMembership) -> Entry:
    sheet = basis.sheets.get(member.unit_id)
    said = basis.remarks.get(member.unit_id, Remark())
    if sheet is None:
        return Entry(member.unit_id, Decimal(0), out=OutKind.NOT_RANKED, reason=NO_SHEET)
    totals = basis.points[sheet.pk]
    return Entry(
        unit=member.unit_id,
        total=totals.total,
        groups=_groups(basis, totals),
        deduction=totals.deduction,
        bonus=totals.bonus,
        had_flag=said.had_flag,
        votes=said.votes,
        ruling=said.ruling,
        out=OutKind(said.out) if said.out else None,
        reason=said.reason,
    )


def _groups(basis: _Basis, totals: Totals) -> dict[str, Decimal]:
    """Scaled as if all of a group applied, so that units can be compared by it."""
    return {
        one.code: totals.scaled(one.code, one.max_points)
        for one in basis.criteria
        if one.parent_id is None and one.section == "content"
    }


def _row(ranking: Ranking, basis: _Basis, place: Place) -> RankingRow:
    entry = place.entry
    sheet = basis.sheets.get(entry.unit)
    totals = basis.points[sheet.pk] if sheet else None
    return RankingRow(
        ranking=ranking,
        unit_id=entry.unit,
        sheet=sheet,
        state=place.out.value if place.out else RankingRow.State.RANKED,
        state_reason=place.reason,
        position=place.position,
        decided_by=place.decided_by,
        is_open=place.is_open,
        award=place.award,
        total=entry.total,
        content=totals.content if totals else 0,
        bonus=entry.bonus,
        deduction=entry.deduction,
        groups={code: f"{points:f}" for code, points in entry.groups.items()},
    )


@transaction.atomic
def publish_ranking(ranking: Ranking, *, by: User, at: datetime) -> None:
    """Frozen from here on: only over locked sheets, only by the points these still have, only
    when no tie waits for people."""
    require(may_publish_ranking(by))
    rows = list(ranking.rows.select_related("sheet").order_by("unit"))
    if any(row.sheet and row.sheet.status != ScoreSheet.Status.LOCKED for row in rows):
        raise Refused("Còn bảng chấm điểm chưa khóa sổ nên chưa công bố được.")
    if _are_outdated(ranking.scale, rows):
        raise Refused("Điểm đã thay đổi sau khi lập bảng xếp hạng. Mời lập lại rồi công bố.")
    if any(row.is_open for row in rows):
        raise Refused(
            "Còn đơn vị bằng điểm ở ranh giới khen thưởng; khối bỏ phiếu suy tôn hoặc Hội đồng "
            "quyết định trước khi công bố."
        )
    before = Ranking.objects.filter(block=ranking.block, year=ranking.year).published().first()
    if before:
        before.correct(by=by, at=at, reason=ranking.reason)
    ranking.publish(by=by, at=at, digest=digest(rows))
    emails.ranking_published(ranking, at=at)
    refresh_days(ranking.block, ranking.year, by=by, at=at)


def _are_outdated(scale: ScoringScale, rows: list[RankingRow]) -> bool:
    basis = _basis(scale, {})
    return any(_ranked_by(row) != _standing(basis, row.unit_id) for row in rows)


def _ranked_by(row: RankingRow) -> tuple[int | None, list[Decimal]]:
    return row.sheet_id, [row.total, row.content, row.bonus, row.deduction]


def _standing(basis: _Basis, unit: int) -> tuple[int | None, list[Decimal]]:
    sheet = basis.sheets.get(unit)
    if sheet is None:
        return None, [Decimal(0)] * 4
    totals = basis.points[sheet.pk]
    points = (totals.total, totals.content, totals.bonus, totals.deduction)
    return sheet.pk, [rounded(one) for one in points]


def digest(rows: list[RankingRow]) -> str:
    """The same figures, the same digest: whoever holds a copy can tell that nothing changed."""
    figures = [
        [row.unit_id, row.state, row.position, f"{row.total:.2f}", row.award, row.groups]
        for row in rows
    ]
    said = json.dumps(figures, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
