"""The table of activities filled in offline: handed out, taken back, compared, saved."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from campaign.actions.returned_table import ReturnedTable, take_table
from campaign.actions.sub_plan import ActivityData
from campaign.actions.submission import no_draft
from campaign.datasets.activity_table import HEADERS, activities_in_order
from campaign.datasets.activity_workbook import (
    pick_lists,
    table_form,
    table_identity,
    table_state,
)
from campaign.datasets.vocabulary import Vocabulary, vocabulary_of
from campaign.forms.activity import ActivityForm, SheetForm
from campaign.models import SubPlan
from campaign.views.draft import get_draft
from campaign.views.workbooks import take_workbook, workbook_answer
from files.models import StagedFile
from files.store import open_stored
from lib.roundtrip.difference import LineChange, PageChanges, differences
from lib.roundtrip.reader import open_returned, read
from lib.roundtrip.writer import write


@methods("GET")
def workbook(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    if not sub_plan.is_editable:
        raise no_draft(sub_plan)
    vocabulary = vocabulary_of(sub_plan.campaign)
    activities = activities_in_order(sub_plan)
    identity = table_identity(sub_plan, table_state(activities), at=request.at)
    form = table_form(sub_plan, activities, vocabulary)
    content = write(identity, [form], pick_lists(vocabulary))
    return workbook_answer(content, f"hoat-dong-{sub_plan.unit.code}-lan-{sub_plan.version}.xlsx")


@methods("GET", "POST")
@once
def activities_return(request: UserRequest, pk: int) -> HttpResponse:
    """First every difference is shown, cell by cell; only a second press saves them."""
    sub_plan = get_draft(request, pk)
    if not sub_plan.is_editable:
        raise no_draft(sub_plan)
    return take_workbook(
        request, partial(_page, request, sub_plan), partial(_compare, request, sub_plan)
    )


def _compare(request: UserRequest, sub_plan: SubPlan, staged: StagedFile) -> HttpResponse:
    vocabulary = vocabulary_of(sub_plan.campaign)
    activities = activities_in_order(sub_plan)
    form, state = table_form(sub_plan, activities, vocabulary), table_state(activities)
    with open_stored(staged.stored.sha256) as content:
        asked = table_identity(sub_plan, state, at=request.at)
        reading = read(open_returned(content.read(), asked), form)
    if reading.problems:
        return _page(request, sub_plan, status=422, problems=reading.problems)
    changes = differences(form, reading)
    checked = _check(changes, vocabulary)
    problems = [problem for change, row in checked for problem in _problems(change, row)]
    if problems:
        return _page(request, sub_plan, status=422, problems=problems)
    if changes and request.POST.get("save") == "1":
        table = _table(state, changes, checked)
        take_table(sub_plan, table, by=request.user, at=request.at)
        messages.success(request, f"Đã ghi {len(changes)} thay đổi từ tệp vào bảng hoạt động.")
        return redirect(f"{reverse('campaign:draft', args=[sub_plan.pk])}#activities")
    pages = [PageChanges(form.title, tuple(changes))] if changes else []
    return _page(request, sub_plan, staged=staged, pages=pages)


Checked = list[tuple[LineChange, ActivityForm]]


def _check(changes: Sequence[LineChange], vocabulary: Vocabulary) -> Checked:
    """The lines that would be written, through the same form as those typed by hand."""
    return [
        (change, ActivityForm(dict(change.line.cells), vocabulary=vocabulary))
        for change in changes
        if change.line is not None
    ]


def _problems(change: LineChange, row: ActivityForm) -> list[str]:
    addresses = change.line.addresses if change.line else {}
    return [
        f"Ô {addresses.get(name, '')}, cột “{HEADERS[name]}”: {error}"
        for name, errors in row.errors.items()
        for error in errors
    ]


def _table(state: str, changes: Sequence[LineChange], checked: Checked) -> ReturnedTable:
    data = [
        (change, ActivityData(row.plain_fields(), row.plan_items(), row.participants()))
        for change, row in checked
    ]
    return ReturnedTable(
        state,
        added=[row for change, row in data if change.kind == "added"],
        changed={change.key: row for change, row in data if change.kind == "changed"},
        removed=frozenset(change.key for change in changes if change.kind == "removed"),
    )


def _page(
    request: UserRequest, sub_plan: SubPlan, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    context = {"sub_plan": sub_plan, "form": SheetForm(), **more}
    return render(request, "campaign/activities_return.html", context, status=status)
