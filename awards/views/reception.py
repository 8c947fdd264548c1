"""Ban Thi đua: papers ticked, a dossier given back or declared complete, nominees appraised."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions import reception as actions
from awards.datasets.dossier import dossier_page
from awards.forms.dossier import ReasonForm
from awards.forms.reception import AppraisalForm, ReturnForm
from awards.models import AwardPaper
from awards.permissions import may_receive
from awards.views.dossier import get_dossier
from awards.views.nomination import detail, get_nomination
from lib import clock
from lib.vietnamese import clean

RETURN_WORKING_DAYS = 5


@methods("POST")
@once
def tick(request: UserRequest, pk: int) -> HttpResponse:
    seen = AwardPaper.objects.visible_to(request.user).select_related("dossier__unit")
    paper = get_object_or_404(seen, pk=pk)
    actions.tick_paper(
        paper, accepted=request.POST.get("hop_le") == "1",
        note=clean(request.POST.get("ghi_chu", ""))[:300], by=request.user, at=request.at,
    )  # fmt: skip
    return redirect(f"{paper.dossier.get_absolute_url()}#giay-to")


@methods("GET", "POST")
@once
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    dossier = get_dossier(request, pk)
    require(may_receive(request.user, dossier))
    page = dossier_page(dossier, at=request.at)
    day = clock.add_working_days(clock.local_day(request.at), RETURN_WORKING_DAYS)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        nominations=[one.nomination for one in page.judged],
        papers=list(page.papers),
        initial={"due": day, **_suggested(page.papers)},
    )
    if not form.is_valid():
        context = {"dossier": dossier, "form": form, "page": page}
        status = 422 if form.is_bound else 200
        return render(request, "awards/dossier_return.html", context, status=status)
    actions.return_dossier(
        dossier, form.mends(), due=form.cleaned_data["due"], note=form.cleaned_data["note"],
        by=request.user, at=request.at,
    )  # fmt: skip
    messages.success(request, f"Đã trả lại {dossier.unit} để bổ sung.")
    return redirect(dossier)


def _suggested(papers: object) -> dict[str, str]:
    """What was said beside a paper that was not accepted is already a reason."""
    found = {}
    for line in papers:  # type: ignore[attr-defined]
        refused = [paper for paper in line.papers if paper.accepted is False]
        if refused:
            whose = f"_{line.nomination.pk}" if line.nomination else ""
            found[f"giay_{line.kind}{whose}"] = refused[-1].check_note or "Chưa hợp lệ."
    return found


@methods("POST")
@once
def complete(request: UserRequest, pk: int) -> HttpResponse:
    dossier = get_dossier(request, pk)
    actions.declare_complete(dossier, by=request.user, at=request.at)
    messages.success(request, "Hồ sơ đầy đủ. Thời hạn thẩm định tính từ hôm nay.")
    return redirect(dossier)


@methods("POST")
@once
def appraise(request: UserRequest, pk: int) -> HttpResponse:
    nomination = get_nomination(request, pk)
    form = AppraisalForm(request.POST)
    if not form.is_valid():
        return detail(request, nomination, status=422, appraisal_form=form)
    typed = form.cleaned_data
    actions.appraise_nomination(
        nomination, typed["opinion"], reason=typed["reason"], by=request.user, at=request.at
    )
    messages.success(request, f"Đã thẩm định {nomination.candidate}.")
    return redirect(nomination)


@methods("POST")
@once
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    nomination = get_nomination(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return detail(request, nomination, status=422, reason_form=form)
    actions.reopen_appraisal(
        nomination, reason=form.cleaned_data["reason"], by=request.user, at=request.at
    )
    messages.success(request, "Đã mở lại thẩm định.")
    return redirect(nomination)
