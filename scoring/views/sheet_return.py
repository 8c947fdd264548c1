"""A score sheet filled in offline: handed out, taken back, compared cell by cell, saved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from campaign.forms.activity import SheetForm
from campaign.views.workbooks import take_workbook, workbook_answer
from files.models import StagedFile
from files.store import open_stored
from lib.roundtrip.difference import CellChange, LineChange, PageChanges, differences
from lib.roundtrip.model import Form, typed
from lib.roundtrip.reader import open_returned, read
from lib.roundtrip.writer import write
from scoring.actions.mark import Answer, Judged, judge, take_answers
from scoring.datasets.sheet import Grid
from scoring.datasets.sheet_workbook import (
    PAGE,
    sheet_form,
    sheet_identity,
    split_key,
)
from scoring.forms.returned_sheet import ReturnedRow, ReturnedSheet
from scoring.formula import BadAnswer
from scoring.models import ScoreSheet
from scoring.views.sheet import Writing, get_sheet, grid_of, writing_of


@dataclass(frozen=True)
class Asked:
    """The sheet at the level its reader writes, and the page that leaves."""

    sheet: ScoreSheet
    writing: Writing
    grid: Grid
    form: Form


def _asked(request: UserRequest, pk: int) -> Asked:
    found = get_sheet(request, pk)
    writing = writing_of(request.user, found)
    if writing is None:
        raise PermissionDenied
    grid, _ = grid_of(request, found)
    return Asked(found, writing, grid, sheet_form(grid, writing.level))


@methods("GET")
def sheet_workbook(request: UserRequest, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    writing, found = asked.writing, asked.sheet
    identity = sheet_identity(
        asked.grid, asked.form, writing.level, writing.assignment, at=request.at
    )
    name = f"cham-diem-{found.unit.code}-{found.scale.year}-{writing.level}.xlsx"
    return workbook_answer(write(identity, [asked.form]), name)


@methods("GET", "POST")
@once
def sheet_return(request: UserRequest, pk: int) -> HttpResponse:
    """First every difference is shown, cell by cell; only a second press saves them."""
    asked = _asked(request, pk)
    return take_workbook(request, partial(_page, request, asked), partial(_compare, request, asked))


def _compare(request: UserRequest, asked: Asked, staged: StagedFile) -> HttpResponse:
    writing = asked.writing
    identity = sheet_identity(
        asked.grid, asked.form, writing.level, writing.assignment, at=request.at
    )
    with open_stored(staged.stored.sha256) as content:
        returned = open_returned(content.read(), identity)
    reading = read(returned, asked.form)
    if reading.problems:
        return _page(request, asked, status=422, problems=reading.problems)
    changes = differences(asked.form, reading)
    checked = ReturnedSheet(asked.grid, writing.level, reading.lines, changes)
    judged, problems = _judge(asked, checked)
    if problems:
        return _page(request, asked, status=422, problems=problems)
    if changes and request.POST.get("save") == "1":
        return _save(request, asked, checked)
    shown = [_with_points(asked.grid, change, judged) for change in changes]
    pages = [PageChanges(PAGE, tuple(shown))] if shown else []
    return _page(request, asked, staged=staged, pages=pages)


def _answers(asked: Asked, checked: ReturnedSheet) -> Iterator[tuple[ReturnedRow, Answer]]:
    level, assignment = asked.writing.level, asked.writing.assignment
    for one in checked.rows:
        cell = one.row.cell(level)
        seen = cell.mark.pk if cell and cell.mark else None
        yield one, Answer(level, one.kind, one.typed, one.reason, seen, assignment)


def _judge(asked: Asked, checked: ReturnedSheet) -> tuple[dict[str, Judged], list[str]]:
    """What each criterion would come to, and what cannot be taken, by its cell."""
    judged, problems = {}, list(checked.problems)
    for one, answer in _answers(asked, checked):
        criterion = one.row.criterion
        try:
            judged[criterion.code] = judge(asked.sheet, criterion, answer)
        except BadAnswer as bad:
            problems += [one.problem(name, said) for name, said in bad.errors.items()]
    return judged, problems


def _with_points(grid: Grid, change: LineChange, judged: dict[str, Judged]) -> LineChange:
    """With the points that would follow, on the first line of its criterion that changed."""
    code, _ = split_key(change.key)
    row, said = grid.row(code), judged.pop(code, None)
    if row is None or said is None:
        return change
    before = said.now.points if said.now else None
    points = CellChange("", "Điểm", typed(before), typed(said.outcome.points))
    return replace(change, cells=(*change.cells, points))


def _save(request: UserRequest, asked: Asked, checked: ReturnedSheet) -> HttpResponse:
    answers = [(one.row.criterion, answer) for one, answer in _answers(asked, checked)]
    count = take_answers(asked.sheet, answers, by=request.user, at=request.at)
    messages.success(request, f"Đã ghi {count} tiêu chí từ tệp vào bảng chấm điểm.")
    return redirect(asked.sheet)


def _page(
    request: UserRequest, asked: Asked, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    context = {
        "sheet": asked.sheet,
        "writing": asked.writing,
        "form": SheetForm(),
        **more,
    }
    return render(request, "scoring/sheet_return.html", context, status=status)
