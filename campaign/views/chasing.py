"""Đôn đốc: the board of counts, the list behind each, and the button that reminds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.bulk import keys_of
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions.remind import Told, change_schedule, mark_seen, remind_now
from campaign.datasets import chasing as dataset
from campaign.datasets.reminding import schedule
from campaign.forms.chasing import ChasingForm, ScheduleForm
from campaign.models import Obligation, ReminderRun
from campaign.models.obligation import CAMPAIGN_KINDS, ObligationQuerySet
from campaign.permissions import may_change_schedule, may_chase, may_read_chasing
from campaign.reminders import DEFAULT_STEPS
from campaign.views.obligation import current_campaign

PAGE_SIZE = 100
NOTHING_TICKED = "Chưa chọn đơn vị nào. Mời đánh dấu ở đầu dòng rồi bấm lại."


def ticked(request: UserRequest) -> ObligationQuerySet:
    """The rows that were ticked, among what the person may see."""
    keys = keys_of(request.POST.getlist("chon"))
    return Obligation.objects.visible_to(request.user).filter(pk__in=keys)


def back_to_list(request: UserRequest) -> str:
    """The list as it was filtered."""
    query = request.META.get("QUERY_STRING", "")
    return f"{reverse('campaign:chasing-list')}?{query}".rstrip("?")


@methods("GET")
def chasing(request: UserRequest) -> HttpResponse:
    require(may_read_chasing(request.user))
    campaign = current_campaign()
    context = {
        "campaign": campaign,
        "board": dataset.chasing_board(campaign, at=request.at),
        "last_run": ReminderRun.objects.order_by("-day").first(),
        "can_change_schedule": may_change_schedule(request.user),
    }
    return render(request, "campaign/chasing.html", context)


@methods("GET")
def chasing_list(request: UserRequest) -> HttpResponse:
    require(may_read_chasing(request.user))
    campaign = current_campaign()
    form = ChasingForm(request.GET, matters=dataset.matters(campaign))
    if not form.is_valid():
        context = {"form": form, "campaign": campaign}
        return render(request, "campaign/chasing_list.html", context, status=422)
    filters = form.filters()
    found = dataset.select(campaign, filters, at=request.at)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign,
        "form": form,
        "filters": filters,
        "states": dataset.state_counts(campaign, filters, at=request.at),
        "rows": dataset.rows_of(page.object_list, at=request.at),
        "page": page,
        "can_chase": may_chase(request.user),
        "all_ticked": request.GET.get("chon") == "tat-ca",
        "at": request.at,
    }
    return render(request, "campaign/chasing_list.html", context)


@methods("POST")
@once
def chasing_remind(request: UserRequest) -> HttpResponse:
    require(may_chase(request.user))
    wanted = ticked(request)
    if not wanted.exists():
        messages.warning(request, NOTHING_TICKED)
        return redirect(back_to_list(request))
    told = remind_now(wanted, by=request.user, at=request.at)
    if told.people:
        messages.success(request, _reached(told))
    else:
        messages.warning(request, f"Chưa gửi thêm thư nào.{_left_out(told)}")
    if told.unreachable:
        names = "; ".join(told.unreachable)
        messages.warning(request, f"Chưa có ai có tài khoản để nhận thư: {names}.")
    return redirect(back_to_list(request))


def _reached(told: Told) -> str:
    return f"Đã ghi thư nhắc tới {told.people} người của {told.units} đơn vị.{_left_out(told)}"


def _left_out(told: Told) -> str:
    if not told.told_before:
        return ""
    return f" {told.told_before} người hôm nay đã được nhắc nên không gửi lại."


@methods("GET", "POST")
@once
def reminder_rules(request: UserRequest) -> HttpResponse:
    """The days of the schedule, by kind of what is owed; kept together or not at all."""
    require(may_change_schedule(request.user))
    campaign = current_campaign()
    kept = schedule()
    forms = [
        ScheduleForm(
            request.POST or None, kind=kind.value, label=kind.label,
            steps=kept.get((campaign.pk, kind.value), DEFAULT_STEPS),
        )
        for kind in CAMPAIGN_KINDS
    ]  # fmt: skip
    # Every form is asked, so that each shows its own errors.
    wrong = [form for form in forms if not form.is_valid()]
    if not wrong:
        for form in forms:
            if form.steps() != kept.get((campaign.pk, form.kind), DEFAULT_STEPS):
                change_schedule(campaign, form.kind, form.steps(), by=request.user, at=request.at)
        messages.success(request, "Đã ghi lịch nhắc. Áp dụng từ lượt nhắc tiếp theo.")
        return redirect("campaign:reminder-rules")
    context = {"forms": forms, "campaign": campaign}
    status = 422 if request.method == "POST" else 200
    return render(request, "campaign/reminder_rules.html", context, status=status)


@methods("POST")
@once
def reminders_seen(request: UserRequest) -> HttpResponse:
    mark_seen(by=request.user, at=request.at)
    return redirect("/")
