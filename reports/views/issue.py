"""The life of a paper: proposed, approved, numbered, issued; the signed copy that comes back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.views.uploads import staged_now
from files.checks import BadFile
from files.http import serve
from lib import clock
from reports.actions import issue as actions
from reports.forms.paper import NumberForm, hand_back_form, number_back_form
from reports.models import Paper, Printing, SignedCopy
from reports.permissions import may_approve_paper, may_edit_paper
from reports.signed_copy import signatures_of
from reports.views.paper import get_paper

Status = Paper.Status


def life_of(request: UserRequest, paper: Paper, **bound: Any) -> dict[str, Any]:
    """What the panel on the report's page shows: where the paper stands, and what may be done."""
    user, newest = request.user, Printing.objects.newest(paper)
    finished = Printing.objects.finished(paper)
    edits, heads = may_edit_paper(user, paper), may_approve_paper(user, paper)
    year = clock.local_day(request.at).year
    return {
        "paper": paper,
        "printing": newest,
        "is_printing": bool(newest and not newest.is_final),
        "is_stale": _is_stale(paper, finished),
        "can_edit": edits and paper.is_editable,
        "can_reprint": edits and not paper.is_issued,
        "can_propose": edits and paper.can_move(Status.PROPOSED),
        "can_approve": heads and paper.status == Status.PROPOSED,
        "can_hand_back": heads and paper.status in {Status.PROPOSED, Status.APPROVED},
        "can_number": edits and paper.can_move(Status.NUMBERED),
        "can_take_number_back": edits and paper.status == Status.NUMBERED,
        "can_issue": heads and paper.can_move(Status.ISSUED),
        "can_sign": edits and paper.is_issued,
        "number_form": NumberForm(
            next_number=Paper.objects.next_number(year, paper.report.symbol), at=request.at
        ),
        "reason_form": hand_back_form(),
        "number_reason_form": number_back_form(),
        "copies": _copies(paper),
        **bound,
    }


def _is_stale(paper: Paper, printed: Printing | None) -> bool:
    """Whether the files say something else than the text now does; the first ones are edition 0."""
    return not paper.is_issued and paper.edition != (printed.edition if printed else 0)


def _copies(paper: Paper) -> list[tuple[SignedCopy, list[Any]]]:
    if not paper.is_issued:
        return []
    rows = SignedCopy.objects.filter(paper=paper).newest_first().select_related("added_by")
    return [(row, signatures_of(row.signatures)) for row in rows]


def _step(act: Callable[..., None], said: str) -> Callable[[UserRequest, int], HttpResponse]:
    """A step without anything to fill in."""

    @methods("POST")
    @once
    def answer(request: UserRequest, pk: int) -> HttpResponse:
        paper = get_paper(request, pk)
        act(paper, by=request.user, at=request.at)
        messages.success(request, said)
        return redirect(paper)

    return answer


paper_propose = _step(actions.propose_paper, "Đã trình Trưởng Ban duyệt.")
paper_approve = _step(actions.approve_paper, "Đã duyệt báo cáo. Bước tiếp theo: cấp số, ngày.")
paper_issue = _step(
    actions.issue_paper, "Đã ban hành báo cáo. Từ giờ văn bản, số liệu và tệp không thay đổi nữa."
)


@methods("POST")
@once
def paper_hand_back(request: UserRequest, pk: int) -> HttpResponse:
    paper = get_paper(request, pk)
    require(may_approve_paper(request.user, paper))
    form = hand_back_form(request.POST)
    if not form.is_valid():
        return _refused(request, paper, reason_form=form)
    reason = form.cleaned_data["reason"]
    actions.hand_back_paper(paper, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã chuyển lại bản thảo để sửa.")
    return redirect(paper)


@methods("POST")
@once
def paper_number(request: UserRequest, pk: int) -> HttpResponse:
    paper = get_paper(request, pk)
    require(may_edit_paper(request.user, paper))
    form = NumberForm(request.POST, next_number=1, at=request.at)
    if not form.is_valid():
        return _refused(request, paper, number_form=form)
    said = form.cleaned_data
    actions.number_paper(paper, said["number"], said["day"], by=request.user, at=request.at)
    messages.success(request, f"Đã cấp số {paper.full_number}. Cổng đang lập tệp có số, ngày.")
    return redirect(paper)


@methods("POST")
@once
def paper_number_back(request: UserRequest, pk: int) -> HttpResponse:
    paper = get_paper(request, pk)
    require(may_edit_paper(request.user, paper))
    form = number_back_form(request.POST)
    if not form.is_valid():
        return _refused(request, paper, number_reason_form=form)
    reason = form.cleaned_data["reason"]
    actions.take_number_back(paper, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã thu hồi số; báo cáo trở lại trạng thái đã duyệt.")
    return redirect(paper)


def _refused(request: UserRequest, paper: Paper, **bound: Any) -> HttpResponse:
    """The step's form again with its faults, and nothing else to distract."""
    context = {**life_of(request, paper, **bound), "form": next(iter(bound.values()), None)}
    return render(request, "reports/paper_step.html", context, status=422)


@methods("POST")
@once
def signed_add(request: UserRequest, pk: int) -> HttpResponse:
    """Take the signed PDF in, sent ahead or with this very form."""
    paper = get_paper(request, pk)
    require(may_edit_paper(request.user, paper))
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _refused_copy(request, paper, bad.sentence)
    if len(tokens) != 1:
        return _refused_copy(request, paper, "Mời chọn một tệp PDF đã ký.")
    try:
        copy = actions.add_signed_copy(paper, tokens, by=request.user, at=request.at)
    except Refused as refused:
        return _refused_copy(request, paper, str(refused))
    if copy.differences:
        messages.warning(request, "Đã nhận bản đã ký, nhưng có chỗ khác bản ban hành.")
    else:
        messages.success(request, "Đã nhận bản đã ký.")
    return redirect(f"{paper.get_absolute_url()}#ban-da-ky")


def _refused_copy(request: UserRequest, paper: Paper, sentence: str) -> HttpResponse:
    context = {**life_of(request, paper), "file_error": sentence}
    return render(request, "reports/paper_step.html", context, status=422)


@methods("GET")
def signed_file(request: UserRequest, pk: int, copy_pk: int) -> HttpResponseBase:
    paper = get_paper(request, pk)
    copies = SignedCopy.objects.filter(paper=paper).select_related("stored")
    found = get_object_or_404(copies, pk=copy_pk)
    return serve(found.stored, found.name)
