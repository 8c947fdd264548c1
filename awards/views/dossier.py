"""Dossiers: the list by stage, one of them, its letter, and its steps inside the unit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer, list_refused
from accounts.once import once
from accounts.permissions import require
from awards.actions import dossier as actions
from awards.datasets.dossier import dossier_page, events_of, last_return
from awards.datasets.likeness import lookalikes_of, told_to_unit
from awards.datasets.reception import SENT, DossierRow, dossier_rows, is_sent, stages_of
from awards.datasets.reception_columns import DOSSIERS
from awards.forms.dossier import BlockVoteForm, LetterForm, ReasonForm, letter_of
from awards.forms.reception import StageForm
from awards.models import AwardGuideline, Dossier, Nomination
from awards.permissions import (
    may_edit_dossier,
    may_note_block_vote,
    may_receive,
    may_see_reception,
    may_sign_dossier,
    may_withdraw_dossier,
)
from awards.views.ranking import proposals_open_to
from campaign.views.obligation import current_campaign
from lib import clock
from lib.vietnamese import fold, moment
from units.acting import acting_for
from units.models import Unit
from units.permissions import has_a_role, sees_province, writes_for

Status = Dossier.Status
TAKEN_BACK = "Đã lấy lại hồ sơ. Sửa xong, trình lại như lần đầu."


def get_dossier(request: UserRequest, pk: int) -> Dossier:
    seen = Dossier.objects.visible_to(request.user).select_related("unit", "campaign")
    return get_object_or_404(seen, pk=pk)


def _own_unit(request: UserRequest) -> Unit | None:
    acting = acting_for(request)
    return acting.unit if acting and writes_for(request.user, acting.unit) else None


@methods("GET")
def dossiers(request: UserRequest) -> HttpResponse:
    """All the person may see: a unit its own, a khối trưởng the block's, the board by stage."""
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    form = StageForm(request.GET)
    valid = form.is_valid()
    chosen = form.cleaned_data if valid else {}
    by = clock.past_moment(chosen.get("luc"), at=request.at)
    rows = dossier_rows(request.user, campaign, at=by or request.at, by=by)
    shown = [
        row
        for row in rows
        if (chosen.get("giai_doan") or row.stage) in {row.stage, SENT if is_sent(row.stage) else ""}
        and fold(chosen.get("tim", "")) in row.dossier.unit.search_key
        and (not chosen.get("qua_han") or row.is_over)
    ]
    context = {
        "campaign": campaign,
        "by": by,
        "stages": stages_of(rows),
        "unit": _own_unit(request),
        "is_board": may_see_reception(request.user),
        "guideline": AwardGuideline.objects.in_force(campaign, on=clock.local_day(request.at)),
        "proposals": proposals_open_to(request.user, campaign),
    }
    if not valid:
        return list_refused(request, "awards/dossiers.html", DOSSIERS, form, context)
    source: Source[DossierRow, DossierRow] = Source(
        DOSSIERS, form, shown, made=list, file_name=f"ho-so-khen-thuong-{campaign.code}",
        notes=("HỒ SƠ KHEN THƯỞNG", campaign.name, f"Số liệu lúc {moment(by or request.at)}"),
    )  # fmt: skip
    return list_answer(request, "awards/dossiers.html", source, context)


@methods("POST")
@once
def dossier_start(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    unit = _own_unit(request)
    require(unit is not None)
    assert unit is not None  # noqa: S101  # what `require` has just made sure of
    made = actions.start_dossier(current_campaign(), unit, by=request.user, at=request.at)
    messages.success(request, "Đã lập hồ sơ. Mời thêm người, tập thể, hộ được đề nghị.")
    return redirect(made)


@methods("GET")
def dossier(request: UserRequest, pk: int) -> HttpResponse:
    return detail(request, get_dossier(request, pk))


def detail(
    request: UserRequest, found: Dossier, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """The page; `typed` are forms with what was not accepted, by their name on the page."""
    page = dossier_page(found, at=request.at)
    can = what_next(request, found)
    context = {
        "dossier": found,
        "page": page,
        "can": can,
        "reason_form": ReasonForm(),
        "events": events_of(request.user, found, found, *found.nominations.all()),
        "last_return": last_return(found) if found.status == Status.RETURNED else None,
        "reads_only": sees_province(request.user) and not may_edit_dossier(request.user, found),
        "lookalikes": lookalikes_of(request.user, found),
        "likeness": told_to_unit(found),
        "at": request.at,
        **typed,
    }
    if can["vote"] and "vote_form" not in context:
        context["vote_form"] = BlockVoteForm(nominations=[one.nomination for one in page.judged])
    return render(request, "awards/dossier.html", context, status=status)


def what_next(request: UserRequest, found: Dossier) -> dict[str, bool]:
    """The steps open to this person on this dossier now."""
    user, status = request.user, found.status
    writes, signs = may_edit_dossier(user, found), may_sign_dossier(user, found)
    receives = may_receive(user, found)
    started = found.nominations.exclude(status=Nomination.Status.IN_DOSSIER).exclude(
        status__in=[Nomination.Status.APPRAISING, Nomination.Status.WITHDRAWN]
    )
    return {
        "edit": writes and found.is_editable,
        "papers": writes and (found.is_editable or status == Status.AWAITING_HEAD),
        "hand": writes and found.is_editable and not signs,
        "sign": signs and (found.is_editable or status == Status.AWAITING_HEAD),
        "hand_back": signs and status == Status.AWAITING_HEAD,
        "take_back": signs and status in {Status.SUBMITTED, Status.BLOCK_VOTE},
        "withdraw": may_withdraw_dossier(user, found) and found.can_move(Status.WITHDRAWN),
        "vote": status == Status.BLOCK_VOTE and may_note_block_vote(user, found),
        "receive": receives and status == Status.SUBMITTED,
        "send_back": receives
        and (status == Status.SUBMITTED or (status == Status.COMPLETE and not started.exists())),
    }


@methods("GET", "POST")
@once
def letter(request: UserRequest, pk: int) -> HttpResponse:
    found = get_dossier(request, pk)
    require(may_edit_dossier(request.user, found))
    form = LetterForm(request.POST if request.method == "POST" else None, initial=letter_of(found))
    if not form.is_valid():
        context, status = {"dossier": found, "form": form}, 422 if form.is_bound else 200
        return render(request, "awards/letter.html", context, status=status)
    actions.change_letter(found, form.facts(), by=request.user, at=request.at)
    messages.success(request, "Đã lưu tờ trình và biên bản.")
    return redirect(found)


@methods("POST")
@once
def hand(request: UserRequest, pk: int) -> HttpResponse:
    found = get_dossier(request, pk)
    actions.hand_to_head(found, by=request.user, at=request.at)
    messages.success(request, "Đã trình thủ trưởng duyệt.")
    return redirect(found)


@methods("POST")
@once
def sign(request: UserRequest, pk: int) -> HttpResponse:
    found = get_dossier(request, pk)
    actions.sign_dossier(found, by=request.user, at=request.at)
    if found.status == Status.BLOCK_VOTE:
        messages.success(request, "Đã duyệt. Hồ sơ chờ khối bỏ phiếu suy tôn.")
    else:
        messages.success(
            request, f"Đã gửi Ban Thi đua - Khen thưởng. Mã tiếp nhận: {found.receipt_code}."
        )
    return redirect(found)


def _with_reason(request: UserRequest, pk: int, act: Any, done: str) -> HttpResponse:
    found = get_dossier(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return detail(request, found, status=422, reason_form=form)
    act(found, by=request.user, at=request.at, reason=form.cleaned_data["reason"])
    messages.success(request, done)
    return redirect(found)


@methods("POST")
@once
def hand_back(request: UserRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.hand_back, "Đã trả lại chuyên viên.")


@methods("POST")
@once
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.take_back, TAKEN_BACK)


@methods("POST")
@once
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.withdraw_dossier, "Đã rút hồ sơ.")


@methods("POST")
@once
def block_back(request: UserRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.block_hands_back, "Đã trả lại đơn vị.")


@methods("POST")
@once
def block_vote(request: UserRequest, pk: int) -> HttpResponse:
    found = get_dossier(request, pk)
    require(may_note_block_vote(request.user, found))
    page = dossier_page(found, at=request.at)
    form = BlockVoteForm(request.POST, nominations=[one.nomination for one in page.judged])
    if not form.is_valid():
        return detail(request, found, status=422, vote_form=form)
    voters = form.cleaned_data["voters"]
    actions.note_block_vote(found, form.votes(), voters, by=request.user, at=request.at)
    messages.success(request, "Đã ghi kết quả suy tôn và chuyển hồ sơ cho Ban Thi đua.")
    return redirect(found)
