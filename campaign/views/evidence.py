"""The evidence of an activity, of a report or of one of its figures: seen, added, put right."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from campaign.actions import evidence as actions
from campaign.forms.evidence import CaptionForm, EvidenceForm
from campaign.models import Activity, Evidence, Indicator, ProgressReport
from campaign.permissions import answers_for_evidence, may_prove_activity, may_prove_report
from campaign.views.uploads import staged_before, staged_now
from files.checks import BadFile
from files.http import serve

NOTHING = "Chưa có gì để thêm. Hãy chọn ảnh, tệp hoặc ghi một đường dẫn."


@dataclass(frozen=True)
class Subject:
    """What evidence is about: an activity, or a report and perhaps one of its indicators."""

    activity: Activity | None = None
    report: ProgressReport | None = None
    indicator: Indicator | None = None

    @property
    def url(self) -> str:
        if self.activity is not None:
            return reverse("campaign:evidence-of-activity", args=[self.activity.pk])
        report_pk = self.report.pk if self.report else 0
        if self.indicator is not None:
            return reverse("campaign:evidence-of-figure", args=[report_pk, self.indicator.code])
        return reverse("campaign:evidence-of-report", args=[report_pk])


def get_activity(request: UserRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(request.user).select_related("lead_unit")
    return get_object_or_404(seen, pk=pk)


def get_report(request: UserRequest, pk: int) -> ProgressReport:
    seen = ProgressReport.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("unit", "period__campaign"), pk=pk)


@methods("GET", "POST")
@once
def of_activity(request: UserRequest, pk: int) -> HttpResponse:
    return _of(request, Subject(activity=get_activity(request, pk)))


@methods("GET", "POST")
@once
def of_report(request: UserRequest, pk: int) -> HttpResponse:
    return _of(request, Subject(report=get_report(request, pk)))


@methods("GET", "POST")
@once
def of_figure(request: UserRequest, pk: int, code: str) -> HttpResponse:
    report = get_report(request, pk)
    indicators = Indicator.objects.filter(campaign=report.period.campaign_id)
    return _of(request, Subject(report=report, indicator=get_object_or_404(indicators, code=code)))


def _of(request: UserRequest, subject: Subject) -> HttpResponse:
    if request.method == "POST":
        return _add(request, subject)
    return _page(request, subject, EvidenceForm())


def _add(request: UserRequest, subject: Subject) -> HttpResponse:
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return _page(request, subject, form, status=422)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
        if not tokens and not form.cleaned_data["link"]:
            return _page(request, subject, form, status=422, files_error=NOTHING)
        proof = actions.Proof(tokens, form.cleaned_data["link"], form.cleaned_data["caption"])
        added = _prove(request, subject, proof)
    except BadFile as bad:
        return _page(request, subject, form, status=422, files_error=bad.sentence)
    said = f"Đã thêm {added} minh chứng." if added else "Những minh chứng này đã có từ trước."
    messages.success(request, said)
    return redirect(subject.url)


def _prove(request: UserRequest, subject: Subject, proof: actions.Proof) -> int:
    by, at = request.user, request.at
    if subject.activity is not None:
        return actions.prove_activity(subject.activity, proof, by=by, at=at)
    if subject.report is None:
        raise Http404
    return actions.prove_report(subject.report, proof, by=by, at=at, indicator=subject.indicator)


def _page(
    request: UserRequest,
    subject: Subject,
    form: EvidenceForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    rows = Evidence.objects.filter(
        activity=subject.activity, report=subject.report, indicator=subject.indicator
    )
    can_add = _may_add(request, subject)
    context = {
        "subject": subject,
        "evidence": list(rows.in_order()),
        "changeable": _changeable(request, rows) if can_add else set(),
        "can_add": can_add,
        "form": form,
        "staged": staged_before(request),
        **more,
    }
    return render(request, "campaign/evidence.html", context, status=status)


def _may_add(request: UserRequest, subject: Subject) -> bool:
    if subject.activity is not None:
        return may_prove_activity(request.user, subject.activity)
    report = subject.report
    return report is not None and report.is_editable and may_prove_report(request.user, report)


def _changeable(request: UserRequest, rows: Any) -> set[int]:
    """Ids of the pieces that one who may add here may still put right."""
    sent = set(rows.sent().values_list("pk", flat=True))
    whole = rows.select_related("activity__lead_unit", "report__unit")
    return {
        piece.pk
        for piece in whole
        if piece.pk not in sent and answers_for_evidence(request.user, piece)
    }


def _get_evidence(request: UserRequest, pk: int) -> Evidence:
    seen = Evidence.objects.visible_to(request.user).select_related(
        "activity__lead_unit", "report__unit", "report__period", "indicator", "stored", "thumbnail"
    )
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def evidence(request: UserRequest, pk: int) -> HttpResponseBase:
    """The file itself, as it was sent."""
    piece = _get_evidence(request, pk)
    if piece.stored is None:
        raise Http404
    return serve(piece.stored, piece.name)


@methods("GET")
def thumbnail(request: UserRequest, pk: int) -> HttpResponseBase:
    piece = _get_evidence(request, pk)
    if piece.thumbnail is None:
        raise Http404
    return serve(piece.thumbnail, f"{piece.name}.jpg")


def _back(piece: Evidence) -> HttpResponse:
    return redirect(Subject(piece.activity, piece.report, piece.indicator).url)


@methods("POST")
@once
def describe(request: UserRequest, pk: int) -> HttpResponse:
    piece = _get_evidence(request, pk)
    form = CaptionForm(request.POST)
    if not form.is_valid():
        subject = Subject(piece.activity, piece.report, piece.indicator)
        refused = {"pk": piece.pk, "form": form}
        return _page(request, subject, EvidenceForm(), status=422, caption_refused=refused)
    caption = form.cleaned_data["caption"]
    actions.describe_evidence(piece, by=request.user, at=request.at, caption=caption)
    messages.success(request, "Đã ghi chú thích.")
    return _back(piece)


@methods("POST")
@once
def remove(request: UserRequest, pk: int) -> HttpResponse:
    piece = _get_evidence(request, pk)
    name = str(piece)
    answer = _back(piece)
    actions.remove_evidence(piece, by=request.user, at=request.at)
    messages.success(request, f"Đã gỡ minh chứng “{name}”.")
    return answer
