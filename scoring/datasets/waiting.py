"""What of the scoring waits for a person, by each role the person has; for the first page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from lib import clock
from scoring.models import Ballot, BlockYear, CrossAssignment, Ranking, ScoreSheet, ScoringScale
from scoring.models.scale import of_blocks
from units.models import BlockMembership, Membership, Unit
from units.permissions import is_board_head, is_board_reviewer, standing

Role, Status = Membership.Role, ScoreSheet.Status
FIRST_MONTH = 11  # units begin to score themselves in November
NEWS = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """One thing to do, or a piece of news; the button leads to it."""

    title: str
    words: str
    url: str
    button: str
    tone: str = "blue"


def waiting_of(user: User, *, at: datetime) -> tuple[Waiting, ...]:
    return tuple(
        one
        for found in (
            _of_units,
            _to_cross_score,
            _of_heads,
            _of_led_blocks,
            _of_board,
            _of_board_head,
            _news,
        )
        for one in found(user, at)
    )


def waiting_count(user: User) -> int:
    """How many sheets wait for the person; one question, for it stands on every page."""
    mine = standing(user)
    if not mine.roles:
        return 0
    acting, heads = mine.units(Role.OFFICER, Role.HEAD), mine.units(Role.HEAD)
    wanted = Q(unit__in=acting, status__in=[Status.DRAFT, Status.RETURNED])
    wanted |= Q(unit__in=heads, status=Status.AWAITING_HEAD)
    cross = CrossAssignment.objects.unfinished().filter(scorer__in=acting)
    wanted |= Q(status=Status.SUBMITTED, cross_assignments__in=cross)
    wanted |= of_blocks(mine.led_blocks, "scale__") & _of_others(mine.units(), Status.SUBMITTED)
    if is_board_reviewer(user):
        wanted |= _of_others(mine.units(), Status.BLOCK_APPRAISED)
    if is_board_head(user):
        wanted |= _of_others(mine.units(), Status.BOARD_APPRAISED)
    return ScoreSheet.objects.filter(wanted).values("pk").distinct().count()


def _of_others(own: frozenset[int], status: str) -> Q:
    return Q(status=status) & ~Q(unit__in=own)


# --- a unit ---------------------------------------------------------------------------------------

OF_UNIT = {
    Status.DRAFT: ("Đơn vị đang tự chấm điểm.", "Chấm tiếp", "blue"),
    Status.RETURNED: (
        "Bảng được trả lại để bổ sung; lý do ở cuối trang của bảng.", "Sửa và nộp lại", "red",
    ),
    Status.AWAITING_HEAD: ("Chờ thủ trưởng duyệt và nộp về khối.", "Đọc và duyệt", "amber"),
}  # fmt: skip


def _of_units(user: User, at: datetime) -> Iterator[Waiting]:
    mine = standing(user)
    acting = mine.units(Role.OFFICER, Role.HEAD)
    if not acting:
        return
    sheets = ScoreSheet.objects.filter(unit__in=acting, status__in=OF_UNIT)
    for one in sheets.select_related("unit", "scale").order_by("unit__sort_order"):
        if one.status == Status.AWAITING_HEAD and one.unit_id not in mine.units(Role.HEAD):
            continue
        words, button, tone = OF_UNIT[Status(one.status)]
        yield Waiting(str(one), words, one.get_absolute_url(), button, tone)
    yield from _not_begun(acting, at)


def _not_begun(acting: frozenset[int], at: datetime) -> Iterator[Waiting]:
    """Once the time to score has come: blocks with a scale, units of theirs without a sheet."""
    today = clock.local_day(at)
    year = today.year if today.month >= FIRST_MONTH else today.year - 1
    members = BlockMembership.objects.filter(unit__in=acting, year=year)
    rows = list(members.select_related("unit", "block").order_by("unit__sort_order"))
    if not rows:
        return
    scales = {one.block_id: one for one in ScoringScale.objects.in_force().filter(year=year)}
    begun = set(
        ScoreSheet.objects.filter(unit__in=acting, scale__year=year).values_list("unit", flat=True)
    )
    for row in rows:
        if row.block_id in scales and row.unit_id not in begun:
            yield Waiting(
                f"Bảng chấm điểm {year} của {row.unit}", "Đơn vị chưa bắt đầu tự chấm điểm.",
                _page(row.block.code, year), "Tự chấm điểm", "amber",
            )  # fmt: skip


def _to_cross_score(user: User, at: datetime) -> Iterator[Waiting]:
    acting = standing(user).units(Role.OFFICER, Role.HEAD)
    rows = CrossAssignment.objects.unfinished().filter(
        scorer__in=acting, sheet__status=Status.SUBMITTED
    )
    for one in rows.select_related("scorer", "scored", "sheet").order_by("pk"):
        yield Waiting(
            f"Chấm chéo {one.scored}", f"{one.scorer} được phân công chấm chéo bảng này.",
            one.sheet.get_absolute_url(), "Chấm chéo", "amber",
        )  # fmt: skip


def _of_heads(user: User, at: datetime) -> Iterator[Waiting]:
    """Votes that wait for the head's slip, and a block's year to take over."""
    heads = standing(user).units(Role.HEAD)
    if not heads:
        return
    ballots = Ballot.objects.open().filter(
        block_year__block__memberships__unit__in=heads,
        block_year__block__memberships__year=F("block_year__year"),
    )
    for ballot in ballots.exclude(voters__unit__in=heads).distinct().order_by("opened_at", "pk"):
        yield Waiting(
            ballot.title, "Bỏ phiếu kín, mỗi đơn vị một phiếu do thủ trưởng bỏ.",
            ballot.get_absolute_url(), "Bỏ phiếu", "amber",
        )  # fmt: skip
    years = BlockYear.objects.filter(
        handed_over_to__in=heads, handed_over_at__isnull=False, received_at=None
    )
    for year in years.select_related("block").order_by("year", "block__sort_order"):
        yield Waiting(
            f"Nhận bàn giao khối trưởng: {year}", "Bên giao đã xác nhận, chờ đơn vị xác nhận.",
            reverse("scoring:hand-over", args=[year.block.code, year.year]), "Xem danh mục",
            "amber",
        )  # fmt: skip


# --- khối trưởng, Ban Thi đua --------------------------------------------------------------------


def _of_led_blocks(user: User, at: datetime) -> Iterator[Waiting]:
    mine = standing(user)
    led = of_blocks(mine.led_blocks, "scale__")
    yield from _by_block(led & _of_others(mine.units(), Status.SUBMITTED), "chờ khối thẩm định")


def _of_board(user: User, at: datetime) -> Iterator[Waiting]:
    """Those the block has appraised; and of a khối trưởng's own unit those it may not appraise."""
    if not is_board_reviewer(user):
        return
    own = standing(user).units()
    yield from _by_block(_of_others(own, Status.BLOCK_APPRAISED), "chờ Ban thẩm định")
    leads = BlockMembership.objects.filter(role=BlockMembership.Role.LEAD)
    units = Unit.objects.filter(block_memberships__in=leads)
    sheets = ScoreSheet.objects.filter(_of_others(own, Status.SUBMITTED), unit__in=units)
    for one in sheets.select_related("unit", "scale").order_by("unit__sort_order"):
        words = "Của đơn vị khối trưởng: Ban thẩm định thay cấp khối."
        yield Waiting(str(one), words, one.get_absolute_url(), "Thẩm định")


def _of_board_head(user: User, at: datetime) -> Iterator[Waiting]:
    if not is_board_head(user):
        return
    yield from _by_block(_of_others(standing(user).units(), Status.BOARD_APPRAISED), "chờ khóa sổ")
    drafts = Ranking.objects.filter(status=Ranking.Status.DRAFT).select_related("block")
    for one in drafts.order_by("block__sort_order", "-year"):
        title = f"Xếp hạng {one.block} năm {one.year}"
        yield Waiting(
            title, "Bản dự kiến chờ công bố.", one.get_absolute_url(), "Xem bảng xếp hạng"
        )


def _by_block(wanted: Q, words: str) -> Iterator[Waiting]:
    """One line for each block, with the number of its sheets."""
    sheets = ScoreSheet.objects.filter(wanted).select_related("scale__block")
    found = list(sheets.order_by("scale__block__sort_order", "scale__year"))
    counts = Counter(one.scale_id for one in found)
    scales = {one.scale_id: one.scale for one in found}
    for pk, scale in scales.items():
        yield Waiting(
            f"Chấm điểm {scale.block} năm {scale.year}", f"{counts[pk]} bảng {words}.",
            reverse("scoring:block-grid", args=[scale.block.code, scale.year]), "Mở lưới điểm",
        )  # fmt: skip


# --- news ----------------------------------------------------------------------------------------


def _news(user: User, at: datetime) -> Iterator[Waiting]:
    """A ranking of the person's own block, for a month."""
    own = of_blocks(standing(user).own_blocks)
    rows = Ranking.objects.published().filter(own, published_at__gte=at - NEWS)
    for one in rows.select_related("block").order_by("-published_at"):
        words = f"Lần {one.version}, đính chính." if one.reason else "Đã công bố."
        title = f"Xếp hạng {one.block} năm {one.year}"
        yield Waiting(title, words, one.get_absolute_url(), "Xem xếp hạng", "green")


def _page(code: str, year: int) -> str:
    return reverse("scoring:block-sheets", args=[code, year])
