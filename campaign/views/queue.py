"""The board's queue, and who looks after which block."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign.actions import review as actions
from campaign.actions import submission
from campaign.datasets import queue as dataset
from campaign.datasets.queue_sheet import queue_sheet
from campaign.forms.review import AssignmentsForm, QueueForm
from campaign.models import Campaign, ReviewAssignment
from campaign.permissions import may_assign_reviewers
from campaign.views.ledger import XLSX
from campaign.views.obligation import current_campaign
from lib import clock
from lib.sheet import write_xlsx
from units.models import Block
from units.permissions import is_board_reviewer

PAGE_SIZE = 50
LONGEST_PK = 19  # what the database can hold


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
        refused = {"form": form, "campaign": campaign, "kind": kind}
        return render(request, "campaign/queue.html", refused, status=422)
    filters = form.filters()
    tab = dataset.tab_by_code(request.user, filters.tab)
    among = dataset.among(request.user, campaign, filters)
    found = dataset.in_tab(among, tab)
    if request.GET.get("xuat") == "xlsx":
        return _export(request, campaign, tab, found)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    rows = dataset.rows_of(request.user, campaign, page.object_list, at=request.at)
    context = {
        "form": form,
        "campaign": campaign,
        "tabs": dataset.counts(request.user, among),
        "tab": tab,
        "rows": rows,
        "unfiltered": _unfiltered(request.user, campaign, filters, tab),
        "first_open": next((row.version.pk for row in rows if not row.is_own), None),
        "kind": filters.kind,
        "kinds": dataset.waiting_by_kind(request.user, campaign),
        "page": page,
        "can_assign": may_assign_reviewers(request.user),
        "can_take": tab.code in {"cho", "gui-lai"},
        "at": request.at,
    }
    return render(request, "campaign/queue.html", context)


def _export(
    request: UserRequest, campaign: Campaign, tab: dataset.Tab, found: dataset.Rows
) -> HttpResponse:
    """Exactly the rows of the heap, all pages of them."""
    rows = dataset.rows_of(request.user, campaign, found, at=request.at)
    content = write_xlsx([queue_sheet(rows, tab, campaign, at=request.at)])
    name = f"hang-cho-xem-xet-{campaign.code}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


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
    ticked = [pk for pk in request.POST.getlist("chon") if pk.isdecimal() and len(pk) < LONGEST_PK]
    kind = dataset.kind_by_code(request.GET.get("loai", ""))
    seen = kind.model.objects.visible_to(request.user).filter(pk__in=ticked)
    wanted = list(seen.select_related("unit").order_by("submitted_at", "pk"))
    back = f"{reverse('campaign:queue')}?{request.META.get('QUERY_STRING', '')}".rstrip("?")
    if not wanted:
        messages.warning(request, "Chưa chọn hồ sơ nào. Mời đánh dấu ở đầu dòng rồi bấm lại.")
        return redirect(back)
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
