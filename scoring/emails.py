"""Letters about the scoring: one function per thing that happened. Each writes `Mail` rows in the
caller's transaction; a worker sends them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import User
from campaign.emails import people_of, post
from scoring.models import Ballot, BlockYear, CrossAssignment, Level, Ranking, ScoreSheet
from units.models import BlockMembership, Membership, Unit

Role = Membership.Role


def sheet_awaits_head(sheet: ScoreSheet, *, at: datetime) -> None:
    _write("sheet_awaits_head", f"Chờ duyệt: {sheet}",
           people_of(sheet.unit, Role.HEAD, at=at), at=at, sheet=sheet)  # fmt: skip


def sheet_handed_back(sheet: ScoreSheet, *, at: datetime, reason: str) -> None:
    _write("sheet_handed_back", f"Thủ trưởng chuyển lại: {sheet}",
           people_of(sheet.unit, Role.OFFICER, at=at), at=at, sheet=sheet,
           reason=reason)  # fmt: skip


def sheet_submitted(sheet: ScoreSheet, *, at: datetime) -> None:
    """To the khối trưởng; of its own unit's sheet it has nothing to appraise."""
    scale = sheet.scale
    leads = scale.members().filter(role=BlockMembership.Role.LEAD).exclude(unit=sheet.unit)
    for row in leads:
        _write("sheet_submitted", f"Đã nộp: {sheet}",
               people_of(row.unit, Role.BLOCK_LEAD, at=at), at=at, sheet=sheet,
               block=scale.block)  # fmt: skip


def sheet_returned(sheet: ScoreSheet, *, at: datetime, reason: str) -> None:
    _write("sheet_returned", f"Trả lại bổ sung: {sheet}", _writers(sheet.unit, at=at), at=at,
           sheet=sheet, reason=reason)  # fmt: skip


def sheet_appraised(sheet: ScoreSheet, level: Level, *, at: datetime) -> None:
    """The unit reads which figures are other than its own, and why."""
    label = "Khối" if level == Level.BLOCK else "Ban Thi đua - Khen thưởng"
    _write("sheet_appraised", f"{label} đã thẩm định: {sheet}", _writers(sheet.unit, at=at),
           at=at, sheet=sheet, label=label)  # fmt: skip


def cross_assigned(scorer: Unit, assignments: Sequence[CrossAssignment], *, at: datetime) -> None:
    """One letter for all that a unit is to cross-score."""
    _write("cross_assigned", f"Phân công chấm chéo {len(assignments)} bảng",
           _writers(scorer, at=at), at=at, unit=scorer, assignments=assignments)  # fmt: skip


def cross_reopened(assignment: CrossAssignment, *, at: datetime, reason: str) -> None:
    _write("cross_reopened", f"Mở lại chấm chéo: {assignment.scored}",
           _writers(assignment.scorer, at=at), at=at, assignment=assignment,
           reason=reason)  # fmt: skip


def ranking_published(ranking: Ranking, *, at: datetime) -> None:
    """To every member of the block."""
    word = "Đính chính xếp hạng" if ranking.reason else "Công bố xếp hạng"
    for row in ranking.scale.members():
        _write("ranking_published", f"{word}: {ranking.block} năm {ranking.year}",
               _writers(row.unit, at=at), at=at, ranking=ranking, unit=row.unit)  # fmt: skip


def _writers(unit: Unit, *, at: datetime) -> Iterable[User]:
    return people_of(unit, Role.OFFICER, Role.HEAD, at=at)


def ballot_opened(ballot: Ballot, *, at: datetime) -> None:
    """To the head of every member, who casts the slip of the unit."""
    year = ballot.block_year
    members = BlockMembership.objects.filter(block=year.block_id, year=year.year)
    for row in members.select_related("unit").order_by("unit__sort_order"):
        _write("ballot_opened", f"Bỏ phiếu suy tôn: {year}",
               people_of(row.unit, Role.HEAD, at=at), at=at, ballot=ballot, unit=row.unit,
               year=year)  # fmt: skip


def year_handed_over(year: BlockYear, *, at: datetime) -> None:
    """To the head of the unit that is to say it took the block over."""
    if year.handed_over_to is not None:
        _write("year_handed_over", f"Bàn giao khối trưởng: {year}",
               people_of(year.handed_over_to, Role.HEAD, at=at), at=at, year=year)  # fmt: skip


def _write(name: str, subject: str, to: Iterable[User], *, at: datetime, **context: object) -> None:
    body = render_to_string(f"emails/{name}.txt", {"site": settings.SITE_URL, **context})
    post(subject, body, to, at=at)
