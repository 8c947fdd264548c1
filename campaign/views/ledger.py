"""One ledger as a page or a sheet: of the sub-plans, or of the reports of a period."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from accounts.http import UserRequest
from accounts.lists import Act, Counts, Heap, Source, Tick, counts, list_answer, list_refused
from campaign.datasets.ledger import Ledger, LedgerRow, ledger, rows_of, select
from campaign.datasets.ledger_list import by_block, in_words, ledger_listing
from campaign.datasets.matter import Matter
from campaign.datasets.past import past_at
from campaign.forms.obligation import LedgerForm
from lib import clock
from lib.vietnamese import moment
from units.permissions import belongs_to, is_board_head, is_board_reviewer


def ledger_page(
    request: UserRequest, matter: Matter, template: str, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The rows the address asks for, among those the person may see."""
    form = LedgerForm(request.GET)
    context: dict[str, Any] = {"matter": matter, **(more or {})}
    if not form.is_valid():
        listing = ledger_listing(matter, at=request.at)
        return list_refused(request, template, listing, form, context)
    filters = form.filters()
    by = clock.past_moment(form.cleaned_data["luc"], at=request.at)
    at, past = by or request.at, past_at(by)
    shown = ledger(request.user, matter, at=at, filters=filters, part=(), past=past)
    context |= {
        "ledger": shown,
        "counts": [_states(request, shown)],
        "words": in_words(shown.totals),
        "can_register": is_board_reviewer(request.user),
        "at": at,
        "by": by,
    }
    source = Source(
        ledger_listing(matter, at=at),
        form,
        select(request.user, matter, at=at, filters=filters, past=past),
        made=partial(rows_of, request.user, matter, past=past),
        groups=partial(by_block, totals=shown.by_block),
        heaps=(Heap(Q(), shown.count_of(filters.state)),),
        file_name=_file_name(matter),
        notes=(
            f"TÌNH HÌNH GỬI {matter.title.upper()}",
            matter.campaign.name,
            in_words(shown.totals),
            f"Số liệu lúc {moment(at)}",
        ),
        acts=_acts(matter) if is_board_head(request.user) and by is None else (),
        tick=partial(_tick, request),
    )
    return list_answer(request, template, source, context)


def _states(request: UserRequest, shown: Ledger) -> Counts:
    everything = ("", "Tất cả", shown.totals.owed + shown.totals.exempt)
    states = [(found.state.code, found.state.label, found.count) for found in shown.states]
    return counts(request, "trang_thai", "Số lượng theo tình trạng", [everything, *states])


def _file_name(matter: Matter) -> str:
    subject = f"bao-cao-ky-{matter.period.pk}" if matter.period else "gui-ke-hoach"
    return f"tinh-hinh-{subject}-{matter.campaign.code}"


# --- Several at once ----------------------------------------------------------------------------


def _acts(matter: Matter) -> tuple[Act, ...]:
    return (
        Act("Gia hạn", _address(matter, "extend"), "bi-calendar-plus"),
        Act("Miễn", _address(matter, "exempt"), "bi-dash-circle", "outline-secondary"),
    )


def _address(matter: Matter, act: str) -> str:
    keys = [matter.period.pk] if matter.period else []
    return reverse(f"campaign:obligations-{act}", args=keys)


def _tick(request: UserRequest, row: LedgerRow) -> Tick | None:
    """Nobody changes what the own unit owes."""
    if belongs_to(request.user, row.unit):
        return None
    return Tick(row.obligation.pk, row.unit.name)
