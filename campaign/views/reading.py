"""The confirm screen: the document on the left, what was read in it on the right."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.workflow import Refused
from campaign.actions import reading as actions
from campaign.datasets import reading as shown
from campaign.models import PlanReading
from campaign.permissions import may_launch
from campaign.proposal import editing
from campaign.proposal.draft import Draft
from campaign.proposal.editing import At, Stale
from campaign.views.readings import get_reading, steps_of

# What one press does to one row. The first three change nothing but that row.
ALONE: Mapping[str, Callable[[Draft, At], Draft]] = {
    "giu": editing.keep,
    "bo": editing.drop,
    "lay-lai": editing.restore,
}
ACTS: Mapping[str, Callable[[Draft, At], Draft]] = {
    **ALONE,
    "gop": editing.merge,
    "len": partial(editing.move, by=-1),
    "xuong": partial(editing.move, by=1),
}
CLASH = "Mục này vừa được người khác sửa nên chưa ghi gì. Bên dưới là nội dung hiện nay; mời xem rồi bấm lại."


@methods("GET")
def reading(request: UserRequest, pk: int) -> HttpResponse:
    """Its progress until it is read, then the confirm screen."""
    found = get_reading(request, pk)
    if found.state != PlanReading.State.DONE:
        context = {"reading": found, "steps": steps_of(found)}
        return render(request, "campaign/reading_waiting.html", context)
    return confirm_page(request, found)


def confirm_page(
    request: UserRequest, found: PlanReading, *, status: int = 200, trouble: str = ""
) -> HttpResponse:
    draft = shown.draft_of(found)
    context = {
        **frame_of(request, found, draft),
        "lines": shown.lines_of(found),
        "rows": shown.rows_of(found, draft),
        "trouble": trouble,
    }
    name = "campaign/reading_rows.html" if request.htmx else "campaign/reading.html"
    return render(request, name, context, status=status)


def frame_of(request: UserRequest, found: PlanReading, draft: Draft) -> dict[str, object]:
    """What every page of a reading shows around its part."""
    return {
        "reading": found,
        "progress": shown.progress_of(found, draft),
        "day": shown.day_of(found, draft),
        "can_edit": found.is_editable,
        "can_launch": may_launch(request.user),
    }


def at_of(request: UserRequest, number: int) -> At:
    """The row as the page had it; a number that is none was never shown."""
    try:
        return At(number, int(request.POST.get("revision", "")))
    except ValueError:
        raise Refused("Trang này đã cũ. Mời tải lại trang.") from None


@methods("POST")
@once
def reading_act(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """Keep, drop, take back, merge, move: one press on one row."""
    found = get_reading(request, pk)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Refused("Không rõ việc cần làm. Mời tải lại trang.")
    pressed = at_of(request, number)
    try:
        draft = actions.edit(
            found, lambda draft: ACTS[act](draft, pressed), by=request.user, at=request.at
        )
    except Stale:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.htmx else HTTPStatus.CONFLICT
        answer = confirm_page(request, found, status=status, trouble=CLASH)
        return _whole(answer)
    if not request.htmx:
        return redirect(f"{found.get_absolute_url()}#muc-{_next(draft, number)}")
    if act not in ALONE:
        return _whole(confirm_page(request, found))
    entry = draft.entry(number)
    assert entry is not None  # noqa: S101  # it was changed this moment
    context = {**frame_of(request, found, draft), "row": shown.one_row(found, draft, entry)}
    return render(request, "campaign/reading_row_swap.html", context)


def _whole(answer: HttpResponse) -> HttpResponse:
    """Rows changed places: htmx puts the whole list anew, not the one row that was pressed."""
    answer["HX-Retarget"] = "#de-xuat"
    answer["HX-Reswap"] = "outerHTML"
    return answer


def _next(draft: Draft, number: int) -> int:
    """The row itself, or what took its place."""
    if draft.entry(number):
        return number
    return max((one.number for one in draft.alive if one.number < number), default=1)


@methods("POST")
@once
def reading_keep_all(request: UserRequest, pk: int) -> HttpResponse:
    found = get_reading(request, pk)
    actions.edit(found, editing.keep_all, by=request.user, at=request.at)
    messages.success(request, "Đã giữ mọi mục chưa xem.")
    return redirect(f"{reverse('campaign:reading', args=[pk])}#de-xuat")
