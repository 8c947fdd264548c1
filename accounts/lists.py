"""One list component for every list: the address is read, rows are sorted, cut into pages, shown
or given as a file. What a list is stands in its `Listing` (`lib/listing.py`); which rows there
are, and who may see them, is the business of the view that calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property

from accounts.http import XLSX, UserRequest, attachment
from accounts.list_page import (
    ALL_ROWS,
    EXPORT,
    MANY,
    VIEW,
    Act,
    Choice,
    Counts,
    Heap,
    Line,
    ListPage,
    Query,
    Source,
    Tick,
    View,
    address,
)
from accounts.models import SavedView
from lib import listing as pure
from lib.listing import Asked, Group, Listing
from lib.sheet import Sheet, write_csv, write_xlsx

__all__ = [
    "MANY",
    "Act",
    "Counts",
    "Heap",
    "Source",
    "Tick",
    "counts",
    "list_answer",
    "list_refused",
]

CSV = "text/csv; charset=utf-8"
SALT = "saved-view"


def counts(
    request: UserRequest,
    name: str,
    label: str,
    counted: Sequence[tuple[str, str, int | None]],
    *,
    usual: str = "",
) -> Counts:
    """Counts that open their rows; the code "" stands for all of them."""
    now = request.GET.get(name) or usual
    others = {key: kept for key, kept in request.GET.lists() if key not in {name, pure.PAGE}}

    def one(code: str) -> str:
        return address({**others, name: [code]} if code else others or {VIEW: [ALL_ROWS]})

    return Counts(
        label, tuple(Choice(word, count, one(code), code == now) for code, word, count in counted)
    )


def list_answer(
    request: UserRequest, template: str, source: Source[Any, Any], more: Mapping[str, Any]
) -> HttpResponse:
    """The list as a page; `xuat` gives exactly what is shown as a file, all pages of it."""
    saved = list(SavedView.objects.of(request.user, source.listing.key))
    usual = next((view for view in saved if view.is_default), None)
    if usual and request.method == "GET" and not request.GET:
        return HttpResponseRedirect(View(usual, is_current=True).query)
    asked = pure.read(source.listing, dict(request.GET.lists()))
    source = replace(source, rows=in_order(source.rows, source.listing, asked))
    if (kind := request.GET.get(EXPORT)) in {"xlsx", "csv"}:
        return _file(source, asked, kind)
    shown = _page(request, source, asked, saved)
    context = {"list": shown, "form": source.form, "page": shown.page, "count": shown.count}
    return render(request, template, {**context, **more})


def list_refused(
    request: UserRequest,
    template: str,
    listing: Listing[Any],
    form: forms.Form,
    more: Mapping[str, Any],
) -> HttpResponse:
    """What is asked cannot be: said by the fields. A saved view opens without what is no more."""
    opened = request.GET.get(VIEW, "")
    saved = SavedView.objects.of(request.user, listing.key)
    if any(str(view.pk) == opened for view in saved):
        kept = request.GET.copy()
        for name in form.errors:
            kept.pop(name, None)
        gone = ", ".join(str(form.fields[name].label) for name in form.errors)
        messages.warning(request, f"Cách xem này có điều kiện không còn dùng được, đã bỏ: {gone}.")
        return HttpResponseRedirect("?" + kept.urlencode())
    return render(request, template, {"form": form, **more}, status=422)


def in_order(
    rows: QuerySet[Any] | Sequence[Any], listing: Listing[Any], asked: Asked[Any]
) -> QuerySet[Any] | Sequence[Any]:
    if not isinstance(rows, QuerySet):
        return pure.in_order(rows, listing, asked)
    if column := listing.column(asked.order):
        by = [_directed(one, is_descending=asked.is_descending) for one in column.sort]
    else:
        by = next(list(order.by) for order in listing.orders if order.key == asked.order)
    return rows.order_by(*by, *listing.tie)


def _directed(by: Any, *, is_descending: bool) -> Any:
    """Nothing comes last both ways, on either database."""
    wanted = F(by) if isinstance(by, str) else by
    return wanted.desc(nulls_last=True) if is_descending else wanted.asc(nulls_last=True)


def _page(
    request: UserRequest, source: Source[Any, Any], asked: Asked[Any], saved: list[SavedView]
) -> ListPage[Any]:
    is_usual = asked.order == source.listing.orders[0].key
    page = _paginator(source, asked, is_usual=is_usual).get_page(request.GET.get(pure.PAGE))
    own = own_query(request, source.listing, source.form)
    made = source.made(list(page.object_list))
    groups = source.groups(made) if source.groups and is_usual else [Group("", tuple(made))]
    return ListPage(
        listing=source.listing,
        form=source.form,
        asked=asked,
        page=page,
        lines=tuple(_numbered(groups, source, page.start_index())),
        own=own,
        source=source,
        views=tuple(View(one, one.query == _saved_query(own)) for one in saved),
        token=signing.dumps(
            {"list": source.listing.key, "path": request.path, "query": _saved_query(own)},
            salt=SALT,
        ),
    )


def _paginator(source: Source[Any, Any], asked: Asked[Any], *, is_usual: bool) -> Paginator[Any]:
    if not source.heaps or not isinstance(source.rows, QuerySet):
        return Paginator(source.rows, asked.size)
    return HeapPaginator(source.rows, asked.size, source.heaps, is_usual=is_usual)


class HeapPaginator(Paginator[Any]):
    """Counts nothing, for the heaps know; and reads of the rows only the heaps of a page."""

    def __init__(
        self, rows: QuerySet[Any], size: int, heaps: Sequence[Heap], *, is_usual: bool
    ) -> None:
        super().__init__(rows, size)
        self.rows, self.heaps, self.is_usual = rows, heaps, is_usual

    @cached_property
    def count(self) -> int:
        return sum(heap.count for heap in self.heaps)

    def page(self, number: int | str) -> Page[Any]:
        shown = super().page(number)
        if self.is_usual:
            first = (shown.number - 1) * self.per_page
            shown.object_list = self._part(first, first + self.per_page)
        return shown

    def _part(self, first: int, last: int) -> Any:
        """Rows `first` to `last`, looked for in the heaps they lie in."""
        before, skipped, touched = 0, 0, []
        for heap in self.heaps:
            after = before + heap.count
            if after <= first:
                skipped = after
            elif heap.count and before < last:
                touched.append(heap.condition)
            before = after
        if not touched:
            return self.rows.none()
        rows = self.rows.filter(reduce(or_, touched))
        if len(touched) == 1 and len(self.heaps) > 1:
            # Within a heap the term that tells them apart is the same, and would hide an index.
            rows = rows.order_by(*rows.query.order_by[1:])
        return rows[first - skipped : last - skipped]


def _numbered(
    groups: Sequence[Group[Any]], source: Source[Any, Any], first: int
) -> Sequence[Group[Line[Any]]]:
    found, number = [], first
    for group in groups:
        lines = []
        for row in group.rows:
            lines.append(Line(row, number, source.tick(row) if source.acts else None))
            number += 1
        found.append(Group(group.heading, tuple(lines), group.note))
    return found


def own_query(request: UserRequest, listing: Listing[Any], form: forms.Form) -> Query:
    """What of the address is the list's own: its filters that are set, and how it is shown."""
    filters = {name: request.GET.getlist(name) for name in form.fields if request.GET.get(name)}
    asked = pure.read(listing, dict(request.GET.lists()))
    view = {VIEW: [request.GET[VIEW]]} if request.GET.get(VIEW, "").isdecimal() else {}
    return {**filters, **pure.as_typed(listing, asked), **view}


def _saved_query(own: Query) -> str:
    kept = {name: values for name, values in own.items() if name != VIEW}
    return urlencode(kept, doseq=True)


def _file(source: Source[Any, Any], asked: Asked[Any], kind: str) -> HttpResponse:
    columns = pure.sheet_columns(asked.in_sheet)
    rows = pure.sheet_rows(asked.in_sheet, source.made(list(source.rows)))
    if kind == "csv":
        content, shape = write_csv(columns, rows), CSV
    else:
        sheet = Sheet(source.listing.title, columns, rows, notes=source.notes)
        content, shape = write_xlsx([sheet]), XLSX
    return attachment(content, f"{source.file_name}.{kind}", shape)
