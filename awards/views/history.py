"""Awards of before: the list, one person or collective with all of theirs, and a workbook in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer, list_refused
from accounts.once import once
from accounts.permissions import require
from awards.actions.history import import_history
from awards.datasets.history import forms_of, holder_of, years_of
from awards.datasets.history import history as rows_of
from awards.datasets.history_columns import HISTORY
from awards.documents.history import history_sheet, template_sheets
from awards.forms.history import HistoryFilterForm
from awards.importers.history import ReadHistory, read_history
from awards.models import PastAward
from awards.permissions import may_import_history
from campaign.views.workbooks import take_workbook, workbook_answer
from files.models import StagedFile
from files.store import open_stored
from lib import clock
from lib.sheet import write_xlsx
from units.permissions import has_a_role

SHOWN = 100


@methods("GET")
def history(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    seen = PastAward.objects.visible_to(request.user)
    form = HistoryFilterForm(request.GET, names=forms_of(seen), years=years_of(seen))
    context = {"can_import": may_import_history(request.user)}
    if not form.is_valid():
        return list_refused(request, "awards/history.html", HISTORY, form, context)
    source: Source[PastAward, PastAward] = Source(
        HISTORY, form, rows_of(seen, form.wanted()), made=list, file_name="lich-su-khen-thuong",
        notes=("LỊCH SỬ KHEN THƯỞNG",),
    )  # fmt: skip
    return list_answer(request, "awards/history.html", source, context)


@methods("GET")
def holder(request: UserRequest, pk: int) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    seen = PastAward.objects.visible_to(request.user)
    award = get_object_or_404(seen, pk=pk)
    shown = holder_of(award, seen)
    if request.GET.get("xuat") == "xlsx":
        sheet = history_sheet(shown.awards, f"KHEN THƯỞNG CỦA {shown.name.upper()}")
        return workbook_answer(write_xlsx([sheet]), f"khen-thuong-{award.pk}.xlsx")
    return render(request, "awards/history_holder.html", {"award": award, "holder": shown})


@methods("GET")
def template(request: UserRequest) -> HttpResponse:
    require(may_import_history(request.user))
    return workbook_answer(write_xlsx(template_sheets()), "mau-lich-su-khen-thuong.xlsx")


@methods("GET", "POST")
@once
def take_in(request: UserRequest) -> HttpResponse:
    """First every row is read and shown; the same file, named by its token, is then taken in."""
    require(may_import_history(request.user))
    return take_workbook(request, partial(_import_page, request), partial(_compare, request))


def _compare(request: UserRequest, staged: StagedFile) -> HttpResponse:
    read = _read(request, staged)
    if read.problems or request.POST.get("save") != "1":
        return _preview(request, staged, read)
    awards = [row.award for row in read.new]
    batch = import_history(awards, staged=staged, by=request.user, at=request.at)
    messages.success(request, f"Đã ghi {batch.rows} lần khen thưởng vào lịch sử.")
    return redirect("awards:history")


def _read(request: UserRequest, staged: StagedFile) -> ReadHistory:
    with open_stored(staged.stored.sha256) as content:
        return read_history(content.read(), today=clock.local_day(request.at))


def _preview(request: UserRequest, staged: StagedFile, read: ReadHistory) -> HttpResponse:
    status = 422 if read.problems else 200
    return _import_page(
        request, status=status, staged=staged, read=read, problems=read.problems,
        shown=read.rows[:SHOWN],
    )  # fmt: skip


def _import_page(request: UserRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "awards/history_import.html", context, status=status)
