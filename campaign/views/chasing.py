"""Đôn đốc: the board of counts, the list behind each, and the button that reminds."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import bulk
from accounts.http import UserRequest, methods
from accounts.lists import Act, Source, Tick, counts, list_answer, list_refused
from accounts.once import once
from accounts.permissions import require
from campaign.actions.remind import Told, change_schedule, mark_seen, remind_now
from campaign.datasets import chasing as dataset
from campaign.datasets.chasing_columns import chasing_listing
from campaign.datasets.reminding import schedule
from campaign.forms.chasing import ChasingForm, ScheduleForm
from campaign.models import Obligation, ReminderRun
from campaign.models.obligation import CAMPAIGN_KINDS, ObligationQuerySet
from campaign.permissions import may_change_schedule, may_chase, may_read_chasing
from campaign.reminders import DEFAULT_STEPS
from campaign.views.obligation import current_campaign
from lib.listing import Sorted, sort_out
from lib.vietnamese import moment


def ticked(request: UserRequest) -> ObligationQuerySet:
    """The rows that were ticked, among what the person may see; or all that the address shows."""
    seen: Any = Obligation.objects.visible_to(request.user)
    found: Any = bulk.ticked(request, seen, partial(_filtered, request))
    return found  # type: ignore[no-any-return]


def _filtered(request: UserRequest) -> Any:
    campaign = current_campaign()
    form = ChasingForm(request.GET, matters=dataset.matters(campaign))
    form.is_valid()
    return dataset.select(campaign, form.filters(), at=request.at)


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
    listing = chasing_listing(at=request.at)
    if not form.is_valid():
        refused = {"campaign": campaign}
        return list_refused(request, "campaign/chasing_list.html", listing, form, refused)
    filters = form.filters()
    found = dataset.state_counts(campaign, filters, at=request.at)
    states = [(state.code, state.label, count) for state, count in found]
    usual = dataset.OVERDUE.code
    source = Source(
        listing, form, dataset.select(campaign, filters, at=request.at),
        made=partial(dataset.rows_of, at=request.at), file_name=f"don-doc-{campaign.code}",
        notes=("DANH SÁCH ĐÔN ĐỐC", campaign.name, f"Số liệu lúc {moment(request.at)}"),
        acts=_acts() if may_chase(request.user) else (),
        tick=_tick,
    )  # fmt: skip
    shown = counts(request, "tinh_trang", "Số lượng theo tình trạng", states, usual=usual)
    context = {"campaign": campaign, "counts": [shown], "at": request.at}
    return list_answer(request, "campaign/chasing_list.html", source, context)


def _acts() -> tuple[Act, ...]:
    return (
        Act("Gửi thư nhắc", reverse("campaign:chasing-remind"), "bi-send"),
        Act(
            "Lập công văn", reverse("campaign:letter-new"), "bi-envelope-paper", "outline-secondary"
        ),
    )  # fmt: skip


def _tick(row: dataset.ChasingRow) -> Tick | None:
    owed = row.obligation
    return Tick(owed.pk, f"{owed.unit}: {row.due.title}") if row.can_be_chased else None


def _why_not_reminded(row: dataset.ChasingRow) -> str:
    if not row.can_be_chased:
        return "Đã gửi, hoặc kỳ báo cáo đã khóa."
    return "" if row.people else "Chưa có ai có tài khoản để nhận thư."


def _plan(request: UserRequest, wanted: ObligationQuerySet) -> bulk.Plan[Obligation]:
    shown = wanted.select_related("unit", "period", "finding").order_by("unit__sort_order", "pk")
    rows = sort_out(dataset.rows_of(shown, at=request.at), _why_not_reminded)
    chosen: Sorted[Obligation] = Sorted(
        will=tuple(row.obligation for row in rows.will),
        wont=tuple((row.obligation, why) for row, why in rows.wont),
    )
    return bulk.Plan(
        "Gửi thư nhắc", "Gửi thư nhắc", chosen, str, back_to_list(request),
        note="Mỗi người nhận nhiều nhất một thư nhắc tay trong ngày, cho mọi nội dung còn thiếu.",
    )  # fmt: skip


@methods("POST")
@once
def chasing_remind(request: UserRequest) -> HttpResponse:
    require(may_chase(request.user))
    wanted = ticked(request)
    if why := bulk.too_few_or_many(wanted):
        return bulk.turned_back(request, why, back_to_list(request))
    if not bulk.is_agreed(request):
        return bulk.preview(request, _plan(request, wanted))
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
