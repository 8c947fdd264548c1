"""Writing a report: its parts, its figures, what it corrects, whom it names."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.clash import answer_autosave, clashes
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign import consistency
from campaign.actions import report as actions
from campaign.actions.correction import Correction, correct_figures
from campaign.datasets.evidence import evidence_of_report
from campaign.datasets.report_content import content_of
from campaign.datasets.report_corrections import correctable_rows, earlier_reports
from campaign.datasets.report_prefill import parts_of
from campaign.datasets.report_table import TableRow, table_of
from campaign.forms.report import CorrectionForm, DraftForms, ExemplarForm
from campaign.models import Exemplar, Figure, ProgressReport, ReportingPeriod
from campaign.permissions import may_draft, may_submit
from campaign.views.report import findings_of, get_report
from lib.vietnamese import number, percent


def get_draft(request: UserRequest, pk: int) -> ProgressReport:
    """A version the person may write in. Whether it is still a draft, the action says."""
    report = get_report(request, pk)
    require(may_draft(request.user, report.unit))
    return report


@methods("GET", "POST")
@once
def report_draft(request: UserRequest, pk: int) -> HttpResponse:
    """The whole draft on one page; a POST saves it (the page without scripts)."""
    report = get_draft(request, pk)
    if request.method == "POST":
        return _save(request, report)
    if not report.is_editable:
        return redirect(report)
    table = table_of(report)
    return _page(request, report, table, DraftForms(report, parts_of(report), table))


def _page(
    request: UserRequest,
    report: ProgressReport,
    table: tuple[TableRow, ...],
    forms: DraftForms,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "report": report,
        "forms": forms,
        "sections": forms.parts,
        "answers": Figure.Answer.choices,
        "exemplars": list(report.exemplars.order_by("pk")),
        "evidence": evidence_of_report(report),
        "exemplar_form": ExemplarForm(),
        "corrected": list(
            report.adjustments.select_related("period", "indicator", "activity").order_by("pk")
        ),
        "earlier": [told.period for told in earlier_reports(report)],
        **findings_of(report, table),
        "can_prove": report.is_editable,
        "can_submit": may_submit(request.user, report),
        "is_closed": report.period.status != ReportingPeriod.Status.OPEN,
        "obligation": report.obligation(),
        "at": request.at,
        **more,
    }
    return render(request, "campaign/report_draft.html", context, status=status)


def _typed(forms: DraftForms) -> actions.Typed:
    return actions.Typed(
        document={name: forms.paper.cleaned_data[name] for name in ProgressReport.TEXT_FIELDS},
        sections={form.part.code: actions.SectionData(*form.answered()) for form in forms.parts},
        figures={
            cell.figure.pk: actions.FigureData(*cell.answered())
            for row in forms.rows
            for cell in row.cells
        },
    )


def _bound(report: ProgressReport, data: Any) -> tuple[tuple[TableRow, ...], DraftForms]:
    table = table_of(report)
    return table, DraftForms(report, parts_of(report), table, data)


def _save(request: UserRequest, report: ProgressReport) -> HttpResponse:
    table, forms = _bound(report, request.POST)
    if not forms.is_valid():
        return _page(request, report, table, forms, status=422)
    try:
        _keep(request, report, forms)
    except Conflict:
        return _show_clash(request, report.pk)
    except Refused as refused:
        # Handed over meanwhile: what was typed stays on the page, to be copied.
        return _page(request, report, table, forms, status=409, refused=str(refused))
    messages.success(request, "Đã lưu bản soạn.")
    return redirect("campaign:report-draft", report.pk)


def _keep(request: UserRequest, report: ProgressReport, forms: DraftForms) -> None:
    revision = forms.paper.cleaned_data["revision"]
    actions.save_report(report, _typed(forms), by=request.user, at=request.at, revision=revision)


def _show_clash(request: UserRequest, pk: int) -> HttpResponse:
    """What was typed still in its fields; the next save is against today's row."""
    stored, values = _stored(request, pk)
    table, forms = _bound(stored, {**request.POST.dict(), "revision": str(stored.revision)})
    found = clashes((form["text"] for form in forms.parts), values)
    return _page(request, stored, table, forms, status=409, clashes=found)


def _stored(request: UserRequest, pk: int) -> tuple[ProgressReport, dict[str, str]]:
    stored = get_draft(request, pk)
    forms = DraftForms(stored, parts_of(stored), table_of(stored))
    return stored, {name: value for name, value in forms.values().items() if name != "revision"}


@methods("POST")
def report_autosave(request: UserRequest, pk: int) -> JsonResponse:
    """Save while one types (R14). Guarded by the revision instead of a form key; the answer has
    the sums as the server counts them."""
    report = get_draft(request, pk)
    _, forms = _bound(report, request.POST)
    if not forms.is_valid():
        return JsonResponse({"errors": forms.errors}, status=422)
    return answer_autosave(
        lambda: _keep(request, report, forms),
        report,
        stored=lambda: _stored(request, pk),
        more=lambda: _counted(report),
    )


def _counted(report: ProgressReport) -> dict[str, Any]:
    """The sums as the server counts them, and how much still blocks the sending."""
    table = table_of(report)
    findings = consistency.check(content_of(report, table))
    return {
        "sums": {row.indicator.code: _sums(row) for row in table},
        "blocking": len(consistency.blocking(findings)),
    }


def _sums(row: TableRow) -> dict[str, str]:
    places = row.indicator.decimals
    return {
        "total": number(row.total, places),
        "cumulative": number(row.cumulative, places),
        "rate": percent(row.rate) if row.rate is not None else "–",
    }


@methods("POST")
@once
def report_refresh(request: UserRequest, pk: int) -> HttpResponse:
    """Take in the activities that came since; nothing typed is overwritten."""
    report = get_draft(request, pk)
    if actions.refresh_report(report, by=request.user, at=request.at):
        messages.success(request, "Đã thêm phần mới từ các hoạt động; nội dung đã gõ giữ nguyên.")
    else:
        messages.info(request, "Không có hoạt động nào mới để thêm.")
    return redirect("campaign:report-draft", pk)


@methods("POST")
@once
def report_zeros(request: UserRequest, pk: int) -> HttpResponse:
    report = get_draft(request, pk)
    filled = actions.fill_with_zero(report, by=request.user, at=request.at)
    messages.success(request, f"Đã ghi 0 vào {filled} ô chưa trả lời.")
    return redirect(f"{reverse('campaign:report-draft', args=[pk])}#figures")


@methods("POST")
@once
def report_nothing(request: UserRequest, pk: int) -> HttpResponse:
    """Không phát sinh, for all that has no answer yet. The head approves it like any report."""
    report = get_draft(request, pk)
    actions.report_nothing(report, by=request.user, at=request.at)
    messages.success(
        request, "Các phần chưa trả lời đã ghi “không phát sinh”, số liệu còn trống đã ghi 0."
    )
    return redirect(f"{reverse('campaign:report-draft', args=[pk])}#check")


@methods("GET", "POST")
@once
def report_corrections(request: UserRequest, pk: int, period_pk: int) -> HttpResponse:
    """What an earlier period should have said (đúng ra là)."""
    report = get_draft(request, pk)
    if request.method == "GET" and not report.is_editable:
        return redirect(report)
    period = get_object_or_404(
        ReportingPeriod, pk=period_pk, pk__in=earlier_reports(report).values("period")
    )
    rows = correctable_rows(report, period)
    data = request.POST if request.method == "POST" else None
    forms = [CorrectionForm(row, data) for row in rows]
    if data is None or not all(form.is_valid() for form in forms):
        context = {"report": report, "period": period, "forms": forms}
        status = 200 if data is None else 422
        return render(request, "campaign/report_corrections.html", context, status=status)
    wanted = [
        Correction(form.row.figure.pk, form.cleaned_data["right"], form.cleaned_data["reason"])
        for form in forms
    ]
    changed = correct_figures(report, period, wanted, by=request.user, at=request.at)
    messages.success(request, f"Đã ghi {changed} đính chính của {period}.")
    return redirect(f"{reverse('campaign:report-draft', args=[pk])}#corrections")


@methods("POST")
@once
def exemplar_add(request: UserRequest, pk: int) -> HttpResponse:
    report = get_draft(request, pk)
    form = ExemplarForm(request.POST)
    if not form.is_valid():
        table = table_of(report)
        forms = DraftForms(report, parts_of(report), table)
        return _page(request, report, table, forms, status=422, exemplar_form=form)
    actions.add_exemplar(report, form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, "Đã thêm điển hình.")
    return redirect(f"{reverse('campaign:report-draft', args=[pk])}#exemplars")


@methods("POST")
@once
def exemplar_remove(request: UserRequest, pk: int, exemplar_pk: int) -> HttpResponse:
    report = get_draft(request, pk)
    exemplars = Exemplar.objects.filter(report=report).select_related("report__unit")
    exemplar = get_object_or_404(exemplars, pk=exemplar_pk)
    actions.remove_exemplar(exemplar, by=request.user, at=request.at)
    messages.success(request, f"Đã bỏ {exemplar.name}.")
    return redirect(f"{reverse('campaign:report-draft', args=[pk])}#exemplars")
