"""One ledger as a page or a sheet: of the sub-plans, or of the reports of a period."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from accounts.http import UserRequest
from campaign.datasets.ledger import Ledger, ledger, select
from campaign.datasets.ledger_sheet import columns_of, in_words, ledger_rows, ledger_sheet
from campaign.datasets.matter import Matter
from campaign.datasets.past import past_at
from campaign.forms.obligation import LedgerForm
from lib import clock
from lib.sheet import write_csv, write_xlsx
from units.permissions import is_board_reviewer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def ledger_page(
    request: UserRequest, matter: Matter, template: str, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The rows the address asks for, among those the person may see; `xuat` gives them as a file."""
    form = LedgerForm(request.GET)
    context: dict[str, Any] = {"form": form, "matter": matter, **(more or {})}
    if not form.is_valid():
        return render(request, template, context, status=422)
    filters = form.filters()
    by = clock.past_moment(form.cleaned_data["luc"], at=request.at)
    at, past = by or request.at, past_at(by)
    wanted = request.GET.get("xuat", "")
    if wanted in {"xlsx", "csv"}:
        everything = ledger(request.user, matter, at=at, filters=filters, past=past)
        return _export(everything, matter, wanted, at=at)
    found = select(request.user, matter, at=at, filters=filters, past=past)
    paginator = Paginator(found, form.page_size() or max(1, found.count()))
    page = paginator.get_page(request.GET.get("trang"))
    shown = ledger(
        request.user, matter, at=at, filters=filters, part=page.object_list, past=past
    )  # fmt: skip
    context |= {
        "ledger": shown,
        "filters": filters,
        "page": page,
        "count": paginator.count,
        "first_number": page.start_index(),
        "words": in_words(shown.totals),
        "size_label": "Số chỉ tiêu" if matter.period else "Hoạt động",
        "can_register": is_board_reviewer(request.user),
        "at": at,
        "by": by,
    }
    return render(request, template, context)


def _export(shown: Ledger, matter: Matter, wanted: str, *, at: datetime) -> HttpResponse:
    """Exactly the rows the filters gave, all pages of them."""
    if wanted == "csv":
        content, kind = write_csv(columns_of(matter), ledger_rows(shown, at=at)), CSV
    else:
        content, kind = write_xlsx([ledger_sheet(shown, matter, at=at)]), XLSX
    subject = f"bao-cao-ky-{matter.period.pk}" if matter.period else "gui-ke-hoach"
    name = f"tinh-hinh-{subject}-{matter.campaign.code}.{wanted}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
