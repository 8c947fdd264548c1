"""A report filled in offline: handed out, taken back, compared cell by cell, saved."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from campaign.actions.report import FigureData, SectionData, Typed
from campaign.actions.returned_report import ReturnedExemplars, take_report
from campaign.actions.submission import no_draft
from campaign.datasets.report_prefill import parts_of
from campaign.datasets.report_table import table_of
from campaign.datasets.report_workbook import (
    EXEMPLARS,
    exemplar_key,
    report_forms,
    report_identity,
)
from campaign.forms.activity import SheetForm
from campaign.forms.returned_report import ReturnedReport
from campaign.models import ProgressReport
from campaign.views.report_draft import get_draft
from campaign.views.workbooks import take_workbook, workbook_answer
from files.models import StagedFile
from files.store import open_stored
from lib.roundtrip.difference import PageChanges, differences
from lib.roundtrip.reader import open_returned, read
from lib.roundtrip.writer import write


def _get_editable(request: UserRequest, pk: int) -> ProgressReport:
    report = get_draft(request, pk)
    if not report.is_editable:
        raise no_draft(report)
    return report


@methods("GET")
def report_workbook(request: UserRequest, pk: int) -> HttpResponse:
    report = _get_editable(request, pk)
    forms = report_forms(report, table_of(report), parts_of(report))
    content = write(report_identity(report, forms, at=request.at), forms)
    name = f"bao-cao-{report.period.data_to:%Y-%m-%d}-{report.unit.code}-lan-{report.version}.xlsx"
    return workbook_answer(content, name)


@methods("GET", "POST")
@once
def report_return(request: UserRequest, pk: int) -> HttpResponse:
    """First every difference is shown, cell by cell; only a second press saves them."""
    report = _get_editable(request, pk)
    return take_workbook(
        request, partial(_page, request, report), partial(_compare, request, report)
    )


def _compare(request: UserRequest, report: ProgressReport, staged: StagedFile) -> HttpResponse:
    table, parts = table_of(report), parts_of(report)
    forms = report_forms(report, table, parts)
    asked = report_identity(report, forms, at=request.at)
    with open_stored(staged.stored.sha256) as content:
        returned = open_returned(content.read(), asked)
    readings = [(form, read(returned, form)) for form in forms]
    if problems := [problem for _, reading in readings for problem in reading.problems]:
        return _page(request, report, status=422, problems=problems)
    found = [PageChanges(form.title, tuple(differences(form, said))) for form, said in readings]
    pages = [page for page in found if page.changes]
    checked = ReturnedReport(report, table, parts, pages)
    if checked.problems:
        return _page(request, report, status=422, problems=checked.problems)
    if pages and request.POST.get("save") == "1":
        return _save(request, report, pages, checked)
    return _page(request, report, staged=staged, pages=pages)


def _save(
    request: UserRequest,
    report: ProgressReport,
    pages: Sequence[PageChanges],
    checked: ReturnedReport,
) -> HttpResponse:
    typed = Typed(
        document={},
        sections={form.part.code: SectionData(*form.answered()) for form in checked.parts},
        figures={form.figure.pk: FigureData(*form.answered()) for form in checked.figures},
    )
    exemplars = _exemplars(report, pages, checked)
    take_report(
        report, typed, exemplars, by=request.user, at=request.at, revision=report.revision
    )  # fmt: skip
    count = sum(len(page.changes) for page in pages)
    messages.success(request, f"Đã ghi {count} thay đổi từ tệp vào báo cáo.")
    return redirect("campaign:report-draft", report.pk)


def _exemplars(
    report: ProgressReport, pages: Sequence[PageChanges], checked: ReturnedReport
) -> ReturnedExemplars:  # fmt: skip
    known = {exemplar_key(one): one.pk for one in report.exemplars.all()}
    gone = {
        known[change.key]
        for page in pages
        if page.title == EXEMPLARS
        for change in page.changes
        if change.kind == "removed"
    }
    return ReturnedExemplars(
        added=[form.cleaned_data for change, form in checked.exemplars if change.kind == "added"],
        changed={
            known[change.key]: form.cleaned_data
            for change, form in checked.exemplars
            if change.kind == "changed"
        },
        removed=frozenset(gone),
    )


def _page(
    request: UserRequest, report: ProgressReport, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    context = {"report": report, "form": SheetForm(), **more}
    return render(request, "campaign/report_return.html", context, status=status)
