"""The table of activities of a draft: row by row, pasted from Excel, or read from a sheet."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.workflow import Conflict
from campaign.actions import sub_plan as actions
from campaign.datasets.activity_table import COLUMNS, activities_in_order, typed_row
from campaign.datasets.vocabulary import Vocabulary, vocabulary_of
from campaign.documents.sub_plan import activities_sheet, activities_template
from campaign.forms.activity import ActivityForm, RowsForm, SheetForm, check_rows
from campaign.importers.activities import BadTable, read_grid, sheet_text, text_grid
from campaign.models import PlannedActivity, SubPlan
from campaign.views.draft import draft_parts, get_draft
from campaign.views.sub_plan import get_sub_plan
from campaign.views.workbooks import workbook_answer
from files.actions import stage_file
from files.checks import BadFile
from files.store import open_stored
from lib.sheet import BadSheet


def _to_draft(pk: int, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('campaign:draft', args=[pk])}#{anchor}")


def _saved(request: UserRequest, activity: PlannedActivity) -> HttpResponse:
    """Back to the page; where htmx asked, to the row and what changed with it."""
    if request.htmx:
        return redirect("campaign:activity", activity.sub_plan_id, activity.pk)
    return _to_draft(activity.sub_plan_id, f"activity-{activity.key}")


def _data(form: ActivityForm) -> actions.ActivityData:
    return actions.ActivityData(form.plain_fields(), form.plan_items(), form.participants())


def _form_answer(
    request: UserRequest, sub_plan: SubPlan, form: ActivityForm, *, status: int, **more: Any
) -> HttpResponse:
    """The form as a row of the table where htmx asked for it, else as a page."""
    context = {"sub_plan": sub_plan, "form": form, "vocabulary": form.vocabulary, **more}
    if request.htmx:
        # htmx puts 422 in place and no other refusal.
        shown = 422 if status >= 400 else status  # noqa: PLR2004
        return render(request, "campaign/activity_form_row.html", context, status=shown)
    return render(request, "campaign/activity_form.html", context, status=status)


def _own_ids() -> dict[str, str]:
    """Several rows may be open at once, so each form's fields have ids of their own."""
    return {"auto_id": f"id_{uuid.uuid4().hex[:8]}_%s"}


@methods("GET", "POST")
@once
def activity_add(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    vocabulary = vocabulary_of(sub_plan.campaign)
    if request.method == "GET":
        code = request.GET.get("muc", "")
        known = vocabulary.item(code)
        initial = {"plan_codes": known.code if known else "", "lead": sub_plan.unit.name}
        form = ActivityForm(initial=initial, vocabulary=vocabulary, **_own_ids())
        return _form_answer(request, sub_plan, form, status=200)
    form = ActivityForm(request.POST, vocabulary=vocabulary, **_own_ids())
    if not form.is_valid():
        return _form_answer(request, sub_plan, form, status=422)
    added = actions.add_activities(sub_plan, [_data(form)], by=request.user, at=request.at)
    return _saved(request, added[0])


def _get_activity(sub_plan: SubPlan, pk: int) -> PlannedActivity:
    rows = PlannedActivity.objects.filter(sub_plan=sub_plan)
    return get_object_or_404(rows.select_related("sub_plan__unit", "lead_unit"), pk=pk)


@methods("GET")
def activity(request: UserRequest, pk: int, activity_pk: int) -> HttpResponse:
    """A row as it stands, with the parts of the page that follow it."""
    sub_plan = get_draft(request, pk)
    row = _get_activity(sub_plan, activity_pk)
    if not request.htmx:
        return _to_draft(pk, f"activity-{row.key}")
    parts = draft_parts(request, sub_plan)
    numbered = enumerate(parts["activities"], start=1)
    number, shown = next((n, found) for n, found in numbered if found.pk == row.pk)
    context = {**parts, "number": number, "activity": shown, "can_edit": sub_plan.is_editable}
    return render(request, "campaign/activity_row_swap.html", context)


@methods("GET", "POST")
@once
def activity_edit(request: UserRequest, pk: int, activity_pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    row = _get_activity(sub_plan, activity_pk)
    vocabulary = vocabulary_of(sub_plan.campaign)
    if request.method == "GET":
        form = ActivityForm(initial=typed_row(row), vocabulary=vocabulary, **_own_ids())
        return _form_answer(request, sub_plan, form, status=200, activity=row)
    form = ActivityForm(request.POST, vocabulary=vocabulary, **_own_ids())
    if not form.is_valid():
        return _form_answer(request, sub_plan, form, status=422, activity=row)
    try:
        revision = _revision(request)
        actions.change_activity(row, _data(form), by=request.user, at=request.at, revision=revision)
    except Conflict:
        return _show_clash(request, sub_plan, row, vocabulary)
    return _saved(request, row)


def _revision(request: UserRequest) -> int:
    """The revision the form was shown with; anything else is none, and so a conflict."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1  # noqa: PLR2004


def _show_clash(
    request: UserRequest, sub_plan: SubPlan, row: PlannedActivity, vocabulary: Vocabulary
) -> HttpResponse:
    """What was typed stays in the form, what a colleague saved stands beside it."""
    stored = _get_activity(sub_plan, row.pk)
    form = ActivityForm(request.POST, vocabulary=vocabulary, **_own_ids())
    saved = typed_row(stored)
    clashes = [
        (field.label, saved[field.name])
        for field in form
        if str(field.value() or "").strip() != saved[field.name]
    ]
    return _form_answer(request, sub_plan, form, status=409, activity=stored, clashes=clashes)


@methods("POST")
@once
def activity_remove(request: UserRequest, pk: int, activity_pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    row = _get_activity(sub_plan, activity_pk)
    actions.remove_activity(row, by=request.user, at=request.at)
    messages.success(request, f"Đã xóa hoạt động “{row.title}”.")
    return _to_draft(pk, "activities")


@methods("GET", "POST")
@once
def activities_paste(request: UserRequest, pk: int) -> HttpResponse:
    """Rows copied in Excel: first every cell is checked and shown, then all are saved."""
    sub_plan = get_draft(request, pk)
    if request.method == "GET":
        return _table_page(request, sub_plan, form=RowsForm())
    form = RowsForm(request.POST)
    if not form.is_valid():
        return _table_page(request, sub_plan, form=form, status=422)
    return _take_rows(request, sub_plan, form.cleaned_data["rows"])


@methods("POST")
@once
def activities_import(request: UserRequest, pk: int) -> HttpResponse:
    """A sheet, filled in elsewhere: read like a paste, so it is checked and shown first."""
    sub_plan = get_draft(request, pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _table_page(request, sub_plan, sheet_form=form, status=422)
    try:
        text = _text_of(request, form.cleaned_data["file"])
    except (BadFile, BadSheet) as bad:
        form.add_error("file", str(bad))
        return _table_page(request, sub_plan, sheet_form=form, status=422)
    return _take_rows(request, sub_plan, text)


def _text_of(request: UserRequest, sent: "UploadedFile[Any]") -> str:
    staged = stage_file(by=request.user, at=request.at, name=sent.name or "", content=sent)
    with open_stored(staged.stored.sha256) as content:
        return sheet_text(content.read())


def _take_rows(request: UserRequest, sub_plan: SubPlan, text: str) -> HttpResponse:
    typed = RowsForm({"rows": text})
    try:
        table = read_grid(text_grid(text))
    except BadTable as bad:
        typed.add_error("rows", str(bad))
        return _table_page(request, sub_plan, form=typed, status=422)
    cells = [(row.number, row.cells) for row in table.rows]
    rows = check_rows(cells, vocabulary_of(sub_plan.campaign))
    problems = [problem for row in rows for problem in row.problems]
    if not problems and request.POST.get("save") == "1":
        data = [_data(row.form) for row in rows]
        actions.add_activities(sub_plan, data, by=request.user, at=request.at)
        messages.success(request, f"Đã ghi {len(data)} hoạt động vào bảng.")
        return _to_draft(sub_plan.pk, "activities")
    return _table_page(
        request, sub_plan, form=typed, rows=rows, problems=problems, ignored=table.ignored,
        status=422 if problems else 200,
    )  # fmt: skip


def _table_page(
    request: UserRequest, sub_plan: SubPlan, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The rows as understood; in place of the box under the table where a paste asked for it."""
    context = {"form": RowsForm(), "sheet_form": SheetForm(), "rows": [], **context}
    template = "activities_preview" if request.htmx else "activities_paste"
    return render(
        request, f"campaign/{template}.html",
        {"sub_plan": sub_plan, "columns": COLUMNS, **context}, status=status,
    )  # fmt: skip


@methods("GET")
def activities_export(request: UserRequest, pk: int) -> HttpResponse:
    """The table of a version as a sheet, in the columns it can be read back from."""
    sub_plan = get_sub_plan(request, pk)
    content = activities_sheet(sub_plan, activities_in_order(sub_plan))
    return workbook_answer(content, f"hoat-dong-{sub_plan.unit.code}-lan-{sub_plan.version}.xlsx")


@methods("GET")
def activities_blank(request: UserRequest, pk: int) -> HttpResponse:
    """The sheet to fill in: headings, and lists of the plan's codes and the units to pick from."""
    sub_plan = get_draft(request, pk)
    content = activities_template(vocabulary_of(sub_plan.campaign))
    return workbook_answer(content, "mau-bang-hoat-dong.xlsx")
