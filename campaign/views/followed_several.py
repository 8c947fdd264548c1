"""How several activities go, said at once by the unit that leads them, after a look ahead."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import bulk
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import activity_moves as actions
from campaign.datasets.activity_list import activity_list
from campaign.forms.followed_activity import (
    ActivityListForm,
    CompleteSeveralForm,
    PostponeForm,
)
from campaign.models import Activity
from campaign.views.followed import own_unit, units_told_apart
from campaign.views.obligation import current_campaign
from lib import clock
from lib.listing import sort_out

Status = Activity.Status
DONE = (
    "Kết quả ghi chung cho các hoạt động; số lượng thực hiện ghi bằng số lượng đăng ký. "
    "Hoạt động nào khác thì mở ra sửa riêng."
)


def _ticked(request: UserRequest) -> Any:
    campaign, unit = current_campaign(), own_unit(request)
    require(unit is not None)

    def filtered() -> Any:
        form = ActivityListForm(request.GET, units=units_told_apart(request, campaign))
        form.is_valid()
        today = clock.local_day(request.at)
        found = activity_list(
            request.user, campaign, on=today, filters=form.filters(), unit=unit
        )  # fmt: skip
        return found.rows

    seen = Activity.objects.visible_to(request.user).filter(campaign=campaign)
    rows: Any = bulk.ticked(request, seen, filtered)
    return rows.select_related("lead_unit").order_by("ends_on", "pk")


def _back(request: UserRequest) -> str:
    """The list as it was filtered."""
    query = request.META.get("QUERY_STRING", "")
    return f"{reverse('campaign:activities')}?{query}".rstrip("?")


def _name(activity: Activity) -> str:
    return activity.title


def _several(
    request: UserRequest,
    words: str,
    target: Status,
    form: PostponeForm | CompleteSeveralForm,
    act: Callable[..., None],
    *,
    note: str = "",
) -> HttpResponse:
    """Show what would be done to which activities; when the person says yes, do it."""
    wanted, back = _ticked(request), _back(request)
    if why := bulk.too_few_or_many(wanted):
        return bulk.turned_back(request, why, back)
    rows = sort_out(wanted, partial(actions.why_not_moved, by=request.user, to=target))
    plan: bulk.Plan[Activity] = bulk.Plan(words, words, rows, _name, back, form, note)
    if not bulk.is_confirmed(request, plan):
        return bulk.preview(request, plan)
    act(rows.will, by=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, f"{words}: {len(rows.will)} hoạt động.")
    return redirect(back)


@methods("POST")
@once
def postpone(request: UserRequest) -> HttpResponse:
    form = PostponeForm(request.POST if bulk.is_agreed(request) else None)
    return _several(request, "Tạm hoãn", Status.POSTPONED, form, actions.postpone_several)


@methods("POST")
@once
def complete(request: UserRequest) -> HttpResponse:
    initial = {"on": clock.local_day(request.at)}
    form = CompleteSeveralForm(
        request.POST if bulk.is_agreed(request) else None, initial=initial
    )  # fmt: skip
    return _several(
        request, "Đã hoàn thành", Status.DONE, form, actions.complete_several, note=DONE
    )
