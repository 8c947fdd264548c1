"""One row of a reading: said in other words, cut in two, or written anew."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.workflow import Refused
from campaign.actions import reading as actions
from campaign.datasets import reading as shown
from campaign.forms.reading import RowForm, row_shown
from campaign.models import PlanReading
from campaign.proposal import editing
from campaign.proposal.draft import Draft, Entry
from campaign.proposal.editing import Stale
from campaign.proposal.row import Row
from campaign.views.reading import at_of, frame_of
from campaign.views.readings import get_reading
from lib import clock

CONTEXT_LINES = 6
CUT = "tach"


def _entry(draft: Draft, number: int) -> Entry:
    entry = draft.entry(number)
    if entry is None:
        raise Http404
    return entry


def _back(reading: PlanReading, number: int) -> str:
    return f"{reading.get_absolute_url()}#muc-{number}"


@methods("GET", "POST")
@once
def reading_row(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """The row beside its lines; a POST saves it, or cuts it where `tach` says."""
    found = get_reading(request, pk)
    draft = shown.draft_of(found)
    entry = _entry(draft, number)
    if request.method == "GET":
        return _page(request, found, entry, _form(None, draft, entry))
    if request.POST.get(CUT):
        return _cut(request, found, number)
    return _save(request, found, entry, _form(request.POST.dict(), draft, entry))


def _save(request: UserRequest, found: PlanReading, entry: Entry, form: RowForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, entry, form, status=422)
    change = partial(editing.change, at=at_of(request, entry.number), values=form.values())
    try:
        actions.edit(found, change, by=request.user, at=request.at)
    except Stale as stale:
        return _clash(request, found, stale.entry, shown.draft_of(found))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, entry, form, status=422)
    messages.success(request, f"Đã lưu và giữ mục {form.cleaned_data['code']}.")
    return redirect(_back(found, entry.number))


def _form(typed: dict[str, str] | None, draft: Draft, entry: Entry) -> RowForm:
    codes = {one.row.code for one in draft.alive}
    return RowForm(typed, initial=row_shown(entry), codes=codes)


def _cut(request: UserRequest, found: PlanReading, number: int) -> HttpResponse:
    try:
        place = int(request.POST[CUT])
    except ValueError:
        raise Refused("Không rõ chỗ cần tách. Mời tải lại trang.") from None
    change = partial(editing.split, at=at_of(request, number), place=place)
    try:
        actions.edit(found, change, by=request.user, at=request.at)
    except Stale as stale:
        return _clash(request, found, stale.entry, shown.draft_of(found))
    messages.success(request, "Đã tách thành hai mục; mời xem lại mã và nơi được giao của mục sau.")
    return redirect(_back(found, number))


def _clash(
    request: UserRequest, found: PlanReading, entry: Entry | None, draft: Draft
) -> HttpResponse:
    """What was typed stays in its fields, with what is stored now beside it."""
    if entry is None:
        raise Refused("Mục này vừa được gộp vào mục khác. Mời tải lại trang.")
    typed = {**request.POST.dict(), "revision": str(entry.revision)}
    return _page(request, found, entry, _form(typed, draft, entry), status=409, stored=entry)


def _page(
    request: UserRequest, found: PlanReading, entry: Entry, form: RowForm, *,
    status: int = 200, stored: Entry | None = None,
) -> HttpResponse:  # fmt: skip
    draft = shown.draft_of(found)
    row = entry.row
    near = range(row.first - CONTEXT_LINES, row.last + CONTEXT_LINES + 1)
    context = {
        **frame_of(request, found, draft),
        "entry": entry,
        "form": form,
        "stored": stored,
        "lines": [
            line for line in shown.lines_of(found) if line.number in near and line.text.strip()
        ],
        "sentences": editing.sentences(row.text)[1:],
    }
    return render(request, "campaign/reading_row.html", context, status=status)


@methods("POST")
def reading_row_autosave(request: UserRequest, pk: int, number: int) -> JsonResponse:
    """Save while one types. Guarded by the revision of the row instead of a form key."""
    found = get_reading(request, pk)
    draft = shown.draft_of(found)
    form = _form(request.POST.dict(), draft, _entry(draft, number))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    change = partial(editing.change, at=at_of(request, number), values=form.values())
    try:
        saved = actions.edit(found, change, by=request.user, at=request.at)
    except Stale as stale:
        return _autosave_clash(found, stale.entry)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    return JsonResponse({"revision": _entry(saved, number).revision, "saved_at": _time(found)})


def _autosave_clash(found: PlanReading, entry: Entry | None) -> JsonResponse:
    if entry is None:
        gone = "Mục này vừa được gộp vào mục khác nên không lưu được nữa."
        return JsonResponse({"message": gone}, status=409)
    stored = RowForm(initial=row_shown(entry), codes=set())
    values = {
        name: ("on" if stored[name].value() else "")
        if name == "is_request"
        else str(stored[name].value() or "")
        for name in stored.fields
        if name != "revision"
    }
    said = {"revision": entry.revision, "saved_by": str(found.saved_by), "saved_at": _time(found)}
    return JsonResponse(
        {**said, "message": "Có người vừa sửa mục này.", "values": values}, status=409
    )


def _time(found: PlanReading) -> str:
    return f"{found.saved_at.astimezone(clock.LOCAL):%H:%M}" if found.saved_at else ""


@methods("GET", "POST")
@once
def reading_row_add(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """A row the document has and the reader did not see, behind another one."""
    found = get_reading(request, pk)
    draft = shown.draft_of(found)
    above = _entry(draft, number)
    stem = above.row.parent or above.row.code
    blank = Row(
        editing.next_code(stem, editing.codes_in_use(draft)),
        above.row.kind,
        "",
        parent=above.row.parent,
    )
    fresh = Entry(0, blank)
    form = _form(request.POST.dict() if request.method == "POST" else None, draft, fresh)
    if request.method == "POST" and form.is_valid():
        row = Row(**{**form.values(), "first": above.row.last, "last": above.row.last})
        try:
            actions.edit(
                found, partial(editing.add, row=row, after=number), by=request.user, at=request.at
            )
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, f"Đã thêm mục {row.code}.")
            return redirect(_back(found, number))
    status = 422 if form.is_bound else 200
    return _page(request, found, Entry(0, blank), form, status=status)
