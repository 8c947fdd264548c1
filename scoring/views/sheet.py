"""A unit's sheet on screen: the grid, its way from level to level, the sheet as Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from lib.sheet import write_xlsx
from scoring.actions import sheet as actions
from scoring.actions.cross import finish_cross, reopen_cross
from scoring.actions.mark import OPEN, may_mark
from scoring.datasets.days import days_of_sheet
from scoring.datasets.history import history_of
from scoring.datasets.sheet import Grid, sheet_grid
from scoring.documents.sheet import sheet_page
from scoring.forms.sheet import ReasonForm
from scoring.models import CrossAssignment, Level, ScoreSheet
from scoring.permissions import (
    may_appraise_for_block,
    may_appraise_for_board,
    may_cross_score,
    may_lock,
    may_score_self,
    may_submit_sheet,
)
from units.models import Unit
from units.permissions import Role, standing

Status = ScoreSheet.Status
SHOWN_EVENTS = 30


def get_sheet(request: UserRequest, pk: int) -> ScoreSheet:
    seen = ScoreSheet.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("scale__block", "unit"), pk=pk)


@dataclass(frozen=True)
class Writing:
    """The level at which the reader may write now, and the assignment that gives the right."""

    level: str
    label: str
    assignment: CrossAssignment | None = None


def writing_of(user: User, sheet: ScoreSheet) -> Writing | None:
    for level, statuses in OPEN.items():
        if sheet.status not in statuses:
            continue
        assignment = assignment_of(user, sheet) if level == Level.CROSS else None
        if may_mark(user, sheet, level, assignment):
            return Writing(level.value, level.label, assignment)
    return None


def assignment_of(user: User, sheet: ScoreSheet) -> CrossAssignment | None:
    rows = sheet.cross_assignments.unfinished()
    acting = standing(user).units(Role.OFFICER, Role.HEAD)
    found: CrossAssignment | None = (
        rows.filter(scorer__in=acting)
        .select_related("scorer", "scored", "sheet__scale")
        .order_by("pk")
        .first()
    )
    return found if found and may_cross_score(user, found) else None


@methods("GET")
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    return sheet_view(request, get_sheet(request, pk))


def grid_of(request: UserRequest, found: ScoreSheet) -> tuple[Grid, Writing | None]:
    writing = writing_of(request.user, found)
    levels = [writing.level] if writing else []
    assignment = writing.assignment if writing else None
    return sheet_grid(found, at=request.at, levels=levels, assignment=assignment), writing


def sheet_view(
    request: UserRequest, found: ScoreSheet, *, status: int = 200, **more: Any
) -> HttpResponse:
    grid, writing = grid_of(request, found)
    context = {
        "sheet": found,
        "grid": grid,
        "writing": writing,
        "moves": _moves(request.user, found),
        "reason_form": ReasonForm(),
        "days": days_of_sheet(found),
        "at": request.at,
        "events": list(history_of(found, request.user)[:SHOWN_EVENTS]),
        **more,
    }
    return render(request, "scoring/sheet.html", context, status=status)


@methods("POST")
@once
def start(request: UserRequest, code: str, year: int) -> HttpResponse:
    """The sheet of the reader's unit in this block: begun, or the one there is."""
    mine = standing(request.user).units(Role.OFFICER, Role.HEAD)
    rows = Unit.objects.filter(
        pk__in=mine, block_memberships__block__code=code, block_memberships__year=year
    )
    unit = rows.order_by("sort_order").first()
    if unit is None:
        raise Http404
    found = actions.start_sheet(unit, year, by=request.user, at=request.at)
    return redirect(found)


# --- moves --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """One button: from which statuses, whose, and what it does."""

    name: str
    label: str
    icon: str
    statuses: frozenset[str]
    may: Callable[[User, ScoreSheet], bool]
    act: Callable[..., Any]
    done: str
    needs_reason: bool = False


def _either(user: User, found: ScoreSheet) -> bool:
    return may_appraise_for_block(user, found) or may_appraise_for_board(user, found)


def _of_unit(user: User, found: ScoreSheet) -> bool:
    return may_score_self(user, found.unit)


def _cross_scores(user: User, found: ScoreSheet) -> bool:
    return assignment_of(user, found) is not None


def _finish_cross(found: ScoreSheet, *, by: User, at: datetime) -> None:
    assignment = assignment_of(by, found)
    if assignment is None:
        raise PermissionDenied
    finish_cross(assignment, by=by, at=at)


def _may_reopen_cross(user: User, found: ScoreSheet) -> bool:
    done = found.cross_assignments.in_force().exclude(finished_at=None)
    return _either(user, found) and done.exists()


MOVES = (
    Move(
        "trinh", "Trình thủ trưởng", "bi-person-check", frozenset({Status.DRAFT, Status.RETURNED}),
        _of_unit, actions.hand_sheet_to_head, "Đã trình thủ trưởng duyệt.",
    ),
    Move(
        "nop", "Duyệt và nộp về khối", "bi-send",
        frozenset({Status.DRAFT, Status.AWAITING_HEAD, Status.RETURNED}),
        may_submit_sheet, actions.submit_sheet, "Đã nộp bảng tự chấm điểm về khối.",
    ),
    Move(
        "chuyen-lai", "Chuyển lại chuyên viên", "bi-arrow-return-left",
        frozenset({Status.AWAITING_HEAD}), may_submit_sheet, actions.hand_sheet_back,
        "Đã chuyển lại chuyên viên.", needs_reason=True,
    ),
    Move(
        "xong-cheo", "Đã chấm xong", "bi-check2-all", frozenset({Status.SUBMITTED}),
        _cross_scores, _finish_cross, "Đã ghi nhận đơn vị chấm chéo xong bảng này.",
    ),
    Move(
        "mo-lai-cheo", "Mở lại chấm chéo", "bi-unlock", frozenset({Status.SUBMITTED}),
        _may_reopen_cross, reopen_cross, "Đã mở lại chấm chéo.", needs_reason=True,
    ),
    Move(
        "tra-lai", "Trả lại đơn vị", "bi-arrow-return-left", frozenset({Status.SUBMITTED}),
        _either, actions.return_sheet, "Đã trả lại đơn vị.", needs_reason=True,
    ),
    Move(
        "xong-khoi", "Khối thẩm định xong", "bi-check2-all", frozenset({Status.SUBMITTED}),
        _either, actions.finish_block_appraisal, "Khối đã thẩm định xong bảng này.",
    ),
    Move(
        "xong-ban", "Ban thẩm định xong", "bi-check2-all", frozenset({Status.BLOCK_APPRAISED}),
        may_appraise_for_board, actions.finish_board_appraisal, "Ban đã thẩm định xong bảng này.",
    ),
    Move(
        "mo-lai", "Mở lại bước trước", "bi-unlock",
        frozenset({Status.BLOCK_APPRAISED, Status.BOARD_APPRAISED}), may_appraise_for_board,
        actions.reopen_sheet, "Đã mở lại bước trước.", needs_reason=True,
    ),
    Move(
        "khoa", "Khóa sổ", "bi-lock", frozenset({Status.BOARD_APPRAISED}), may_lock,
        actions.lock_sheet, "Đã khóa sổ bảng chấm điểm.",
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in MOVES}
REST = {
    "nhat-tri-cheo": Level.CROSS,
    "nhat-tri-khoi": Level.BLOCK,
    "nhat-tri-ban": Level.BOARD,
}


def _moves(user: User, found: ScoreSheet) -> list[Move]:
    return [one for one in MOVES if found.status in one.statuses and one.may(user, found)]


@methods("POST")
@once
def move(request: UserRequest, pk: int) -> HttpResponse:
    found = get_sheet(request, pk)
    name = request.POST.get("move", "")
    if name in REST:
        level = REST[name]
        assignment = assignment_of(request.user, found) if level == Level.CROSS else None
        count = actions.accept_rest(
            found, level, by=request.user, at=request.at, assignment=assignment
        )
        messages.success(request, f"Đã nhất trí với cấp dưới ở {count} tiêu chí còn lại.")
        return redirect(found)
    if name not in BY_NAME:
        raise Refused("Thao tác này không có. Mời tải lại trang.")
    chosen = BY_NAME[name]
    require(chosen.may(request.user, found))
    form = ReasonForm(request.POST)
    if chosen.needs_reason and not form.is_valid():
        return sheet_view(request, found, status=422, reason_form=form, asked=chosen)
    reason = {"reason": form.cleaned_data["reason"]} if chosen.needs_reason else {}
    chosen.act(found, by=request.user, at=request.at, **reason)
    messages.success(request, chosen.done)
    return redirect(found)


@methods("GET")
def export(request: UserRequest, pk: int) -> HttpResponse:
    found = get_sheet(request, pk)
    grid, _ = grid_of(request, found)
    name = f"bang-cham-diem-{found.unit.code}-{found.scale.year}.xlsx"
    return attachment(write_xlsx([sheet_page(grid)]), name, XLSX)
