"""The board's queue, and who looks after which block."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import bulk
from accounts.http import UserRequest, methods
from accounts.lists import Act, Source, Tick, counts, list_answer, list_refused
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign.actions import review as actions
from campaign.actions import submission
from campaign.datasets import queue as dataset
from campaign.datasets.queue_list import WAITING, queue_listing
from campaign.forms.review import AssignmentsForm, QueueForm
from campaign.models import Campaign, ReviewAssignment
from campaign.permissions import may_assign_reviewers
from campaign.views.obligation import current_campaign
from lib import clock
from lib.listing import sort_out
from lib.vietnamese import moment
from units.models import Block
from units.permissions import is_board_reviewer


def queue_form(request: UserRequest, campaign: Campaign, asked: QueryDict) -> QueueForm:
    return QueueForm(
        asked,
        reviewers=dataset.reviewers(on=clock.local_day(request.at)),
        has_blocks=bool(dataset.assigned_blocks(request.user, campaign)),
    )


@methods("GET")
def queue(request: UserRequest) -> HttpResponse:
    require(is_board_reviewer(request.user))
    campaign = current_campaign()
    form = queue_form(request, campaign, request.GET)
    if not form.is_valid():
        kind = dataset.kind_by_code(request.GET.get("loai", ""))
        refused = {"campaign": campaign, "kind": kind}
        listing = queue_listing(kind, dataset.tab_by_code(request.user, ""), at=request.at)
        return list_refused(request, "campaign/queue.html", listing, form, refused)
    filters = form.filters()
    tab = dataset.tab_by_code(request.user, filters.tab)
    among = dataset.among(request.user, campaign, filters)
    tabs = dataset.counts(request.user, among)
    heaps = [(heap.tab.code, heap.tab.label, heap.count) for heap in tabs]
    context = {
        "campaign": campaign,
        "tabs": tabs,
        "counts": [counts(request, "muc", "Mục của hàng chờ", heaps, usual="cho")],
        "tab": tab,
        "unfiltered": _unfiltered(request.user, campaign, filters, tab),
        "kind": filters.kind,
        "kinds": dataset.waiting_by_kind(request.user, campaign),
        "can_assign": may_assign_reviewers(request.user),
        "at": request.at,
    }
    source = Source(
        queue_listing(filters.kind, tab, at=request.at),
        form,
        dataset.in_tab(among, tab),
        made=partial(dataset.rows_of, request.user, campaign, at=request.at),
        file_name=f"hang-cho-xem-xet-{campaign.code}",
        notes=(
            f"{filters.kind.title.upper()}: {tab.label.upper()}",
            campaign.name,
            f"Số liệu lúc {moment(request.at)}",
        ),
        acts=(Act("Nhận xem xét các dòng đã chọn", reverse("campaign:queue-take")),)
        if tab.code in WAITING
        else (),
        tick=_tick,
    )
    return list_answer(request, "campaign/queue.html", source, context)


def _tick(row: dataset.QueueRow) -> Tick | None:
    """What is of the person's own unit is not theirs to review."""
    return None if row.is_own else Tick(row.version.pk, str(row.version.unit))


def _heap(request: UserRequest) -> dataset.Rows:
    """All that the address shows, page by page."""
    campaign = current_campaign()
    filters = queue_form(request, campaign, request.GET).filters()
    among = dataset.among(request.user, campaign, filters)
    return dataset.in_tab(among, dataset.tab_by_code(request.user, filters.tab))


def _unfiltered(
    user: User, campaign: Campaign, filters: dataset.QueueFilters, tab: dataset.Tab
) -> int | None:
    """How many the heap holds whoever looks after them, where only the person's own are shown."""
    if filters.assigned != dataset.MINE:
        return None
    everybody = replace(filters, assigned=dataset.ALL)
    return dataset.in_tab(dataset.among(user, campaign, everybody), tab).count()


@methods("POST")
@once
def queue_take(request: UserRequest) -> HttpResponse:
    """Take the ticked ones; what a colleague took meanwhile is told, not taken."""
    require(is_board_reviewer(request.user))
    kind = dataset.kind_by_code(request.GET.get("loai", ""))
    seen = kind.model.objects.visible_to(request.user).select_related("unit")
    wanted = bulk.ticked(request, seen, partial(_heap, request)).order_by("submitted_at", "pk")
    back = f"{reverse('campaign:queue')}?{request.META.get('QUERY_STRING', '')}".rstrip("?")
    if why := bulk.too_few_or_many(wanted):
        return bulk.turned_back(request, why, back)
    if not bulk.is_agreed(request):
        rows = sort_out(wanted, partial(submission.why_not_taken, by=request.user))
        plan = bulk.Plan("Nhận xem xét", "Nhận xem xét", rows, lambda row: str(row.unit), back)
        return bulk.preview(request, plan)
    taken = submission.take_several(wanted, by=request.user, at=request.at)
    if taken:
        messages.success(request, f"Đã nhận xem xét {len(taken)} hồ sơ.")
    if missed := [str(row.unit) for row in wanted if row not in taken]:
        messages.warning(request, f"Không còn chờ nên không nhận được: {'; '.join(missed)}.")
    also = "" if kind is dataset.SUB_PLANS else f"&loai={kind.code}"
    return redirect(f"{reverse('campaign:queue')}?muc=cua-toi&phan_cong={dataset.ALL}{also}")


@methods("GET", "POST")
@once
def review_assignments(request: UserRequest) -> HttpResponse:
    require(may_assign_reviewers(request.user))
    campaign = current_campaign()
    given = {
        row.block_id: row.reviewer_id for row in ReviewAssignment.objects.filter(year=campaign.year)
    }
    people = list(dataset.reviewers(on=clock.local_day(request.at)))
    form = AssignmentsForm(
        request.POST if request.method == "POST" else None,
        blocks=Block.objects.order_by("sort_order"),
        reviewers=people,
        initial={f"khoi-{block}": str(reviewer) for block, reviewer in given.items()},
    )
    if not form.is_valid():
        context = {"form": form, "campaign": campaign, "people": people}
        status = 422 if form.is_bound else 200
        return render(request, "campaign/queue_assignments.html", context, status=status)
    changed = _assign(request, campaign, form, given, {person.pk: person for person in people})
    messages.success(
        request, f"Đã lưu phân công ({changed} khối thay đổi)." if changed else "Không có thay đổi."
    )
    return redirect("campaign:review-assignments")


def _assign(
    request: UserRequest,
    campaign: Campaign,
    form: AssignmentsForm,
    given: dict[int, int],
    people: dict[int, User],
) -> int:
    year, by, at = campaign.year, request.user, request.at
    changed = 0
    for block, wanted in form.wanted().items():
        if wanted == given.get(block.pk):
            continue
        changed += 1
        if wanted is None:
            actions.clear_reviewer(block, year=year, by=by, at=at)
        else:
            actions.assign_reviewer(block, year=year, reviewer=people[wanted], by=by, at=at)
    return changed
