"""The presses on the page of an activity: how it goes, who takes part, what is the same event."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions import activity_moves as moves
from campaign.actions import joint_activity as joint
from campaign.datasets.followed import alike
from campaign.datasets.vocabulary import vocabulary_of
from campaign.forms.followed_activity import (
    AskForm,
    CancelForm,
    CompleteForm,
    ContestForm,
    PostponeForm,
    ReopenForm,
    RestoreForm,
)
from campaign.models import Activity, Participation
from campaign.permissions import may_answer_for, may_lead_activity
from campaign.views.followed import detail, get_activity

LONGEST_ID = 12


def _complete(activity: Activity, **said: Any) -> None:
    by, at = said.pop("by"), said.pop("at")
    moves.complete_activity(activity, moves.Outcome(**said), by=by, at=at)


# By the word of the button: the form it needs, what it does, and what is said afterwards.
Move = tuple[str, type[forms.Form] | None, Callable[..., None], str]
MOVES: dict[str, Move] = {
    "bat-dau": ("", None, moves.begin_activity, "Đã ghi nhận bắt đầu thực hiện."),
    "xong": ("complete_form", CompleteForm, _complete, "Đã ghi nhận hoàn thành."),
    "hoan": ("postpone_form", PostponeForm, moves.postpone_activity, "Đã tạm hoãn hoạt động."),
    "huy": ("cancel_form", CancelForm, moves.cancel_activity, "Đã hủy hoạt động."),
    "mo-lai": ("reopen_form", ReopenForm, moves.reopen_activity, "Đã mở lại hoạt động."),
    "khoi-phuc": ("restore_form", RestoreForm, moves.restore_activity, "Đã khôi phục hoạt động."),
}


@methods("POST")
@once
def move(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    require(may_lead_activity(request.user, activity))
    if (wanted := MOVES.get(request.POST.get("buoc", ""))) is None:
        raise Refused("Không rõ bước cần làm. Mời tải lại trang.")
    name, form_class, act, done = wanted
    said: dict[str, Any] = {}
    if form_class is not None:
        form = form_class(request.POST)
        if not form.is_valid():
            return detail(request, activity, status=422, **{name: form})
        said = form.cleaned_data
    act(activity, by=request.user, at=request.at, **said)
    messages.success(request, done)
    return redirect(activity)


@methods("POST")
@once
def ask(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    require(may_lead_activity(request.user, activity))
    form = AskForm(request.POST, vocabulary=vocabulary_of(activity.campaign))
    if not form.is_valid():
        return detail(request, activity, status=422, ask_form=form)
    units = form.cleaned_data["units"]
    asked = joint.ask_to_take_part(activity, units, by=request.user, at=request.at)
    if asked:
        names = "; ".join(unit.name for unit in asked)
        messages.success(request, f"Đã mời {names}. Đơn vị được mời nhận thư và trả lời trên Cổng.")
    else:
        messages.info(request, "Các đơn vị này đã có trong hoạt động.")
    return redirect(activity)


def _participation(request: UserRequest, activity: Activity) -> Participation:
    rows = activity.participations.select_related("unit", "activity__lead_unit")
    return get_object_or_404(rows, unit=_id(request, "don_vi"))


def _id(request: UserRequest, name: str) -> int:
    """The id a button carries; anything else is nobody's."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_ID else 0


@methods("POST")
@once
def answer(request: UserRequest, pk: int) -> HttpResponse:
    """Confirm, contest or take an objection back, in the name of one unit."""
    activity = get_activity(request, pk)
    row = _participation(request, activity)
    require(may_answer_for(request.user, row))
    said = request.POST.get("tra_loi", "")
    if said == "xac-nhan":
        joint.confirm_participation(row, by=request.user, at=request.at)
        messages.success(request, "Đã xác nhận phối hợp. Hoạt động được tính cho đơn vị.")
    elif said == "rut":
        joint.withdraw_contest(row, by=request.user, at=request.at)
        messages.success(request, "Đã rút ý kiến. Hoạt động chờ đơn vị xác nhận.")
    else:
        form = ContestForm(request.POST)
        if not form.is_valid():
            return detail(
                request, activity, status=422, contest_form=form, contested_by=row.unit_id
            )
        reason = form.cleaned_data["note"]
        joint.contest_participation(row, by=request.user, at=request.at, reason=reason)
        messages.success(request, "Đã gửi ý kiến. Đơn vị chủ trì nhận được thư.")
    return redirect(activity)


@methods("POST")
@once
def release(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    require(may_lead_activity(request.user, activity))
    row = _participation(request, activity)
    joint.remove_participant(row, by=request.user, at=request.at)
    messages.success(request, f"Đã thôi mời {row.unit}.")
    return redirect(activity)


@methods("POST")
@once
def fold(request: UserRequest, pk: int) -> HttpResponse:
    """Into one of those that look alike, or another that the person may see."""
    activity = get_activity(request, pk)
    require(may_lead_activity(request.user, activity))
    wanted = _id(request, "vao")
    target = next((row for row in alike(activity) if row.pk == wanted), None)
    if target is None:
        target = get_activity(request, wanted)
    joint.fold_activity(activity, target, by=request.user, at=request.at)
    messages.success(
        request, f"Đã gộp vào hoạt động của {target.lead_unit}; toàn tỉnh chỉ tính một lần."
    )
    return redirect(activity)


@methods("POST")
@once
def unfold(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    joint.unfold_activity(activity, by=request.user, at=request.at)
    messages.success(request, "Đã tách ra; hoạt động được tính riêng.")
    return redirect(activity)


@methods("POST")
@once
def hand_back(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    joint.hand_back_lead(activity, by=request.user, at=request.at)
    messages.success(request, f"Đã trả lại {activity.lead_unit}. Đơn vị đó nhận được thư.")
    return redirect("campaign:activities")
