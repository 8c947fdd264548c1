"""One list component for every list: the address is read, rows are sorted, cut into pages, shown
or given as a file. What a list is stands in its `Listing` (`lib/listing.py`); which rows there
are, and who may see them, is the business of the view that calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header

from accounts.http import UserRequest
from accounts.models import SavedView
from lib import listing as pure
from lib.listing import Asked, Column, Group, Listing
from lib.sheet import Sheet, write_csv, write_xlsx

M = TypeVar("M")
R = TypeVar("R")
Query = dict[str, list[str]]

VIEW, ALL_ROWS, EXPORT, MANY = "xem", "tat-ca", "xuat", "tat_ca"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
SALT = "saved-view"


@dataclass(frozen=True)
class Act:
    """Something to be done to the rows ticked; the address shows first what it would do."""

    label: str
    url: str
    icon: str = "bi-check2-square"
    tone: str = "primary"


@dataclass(frozen=True)
class Tick:
    """What a row is ticked by, and what it is called to who cannot see it."""

    value: int
    label: str


@dataclass(frozen=True)
class Choice:
    """A count on top of a list, and the rows it opens."""

    label: str
    count: int | None
    query: str
    is_current: bool


@dataclass(frozen=True)
class Counts:
    """A line of counts; `label` says what they are of."""

    label: str
    choices: tuple[Choice, ...]


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


@dataclass(frozen=True)
class Source(Generic[M, R]):
    """The rows of a list as filtered, none of them read yet, and how they are made of what is
    stored. `groups` puts rows under headings where they stand in the usual order."""

    listing: Listing[R]
    form: forms.Form
    rows: QuerySet[Any] | Sequence[M]
    made: Callable[[Sequence[M]], Sequence[R]]
    file_name: str
    notes: tuple[str, ...] = ()
    groups: Callable[[Sequence[R]], Sequence[Group[R]]] | None = None
    acts: tuple[Act, ...] = ()
    tick: Callable[[R], Tick | None] = lambda row: None


@dataclass(frozen=True)
class Line(Generic[R]):
    row: R
    number: int
    tick: Tick | None


@dataclass(frozen=True)
class Head:
    """The heading of a column: what it is called, where it sorts, how it is sorted now."""

    column: Column[Any]
    query: str = ""
    direction: str = ""


@dataclass(frozen=True)
class View:
    """A saved view as a chip above the list."""

    saved: SavedView
    is_current: bool

    @property
    def query(self) -> str:
        parts = [self.saved.query, urlencode({VIEW: self.saved.pk})]
        return "?" + "&".join(filter(None, parts))


@dataclass(frozen=True)
class ListPage(Generic[R]):
    """What `components/list.html` shows."""

    listing: Listing[R]
    form: forms.Form
    asked: Asked[R]
    page: "Page[Any]"
    lines: tuple[Group[Line[R]], ...]
    own: Query
    source: "Source[Any, R]"
    views: tuple[View, ...] = field(default=())
    token: str = ""

    @property
    def rows(self) -> list[R]:
        return [line.row for group in self.lines for line in group.rows]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def shown(self) -> dict[str, Column[R]]:
        return {column.key: column for column in self.asked.on_page}

    @property
    def width(self) -> int:
        return len(self.shown) + bool(self.acts)

    @property
    def acts(self) -> tuple[Act, ...]:
        return self.source.acts

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.asked.on_page]

    def _head(self, column: Column[R]) -> Head:
        if not column.sort:
            return Head(column)
        is_now = self.asked.order == column.key
        turned = replace(
            self.asked, order=column.key, is_descending=is_now and not self.asked.is_descending
        )
        words = "descending" if self.asked.is_descending else "ascending"
        return Head(column, self._asking(turned), words if is_now else "")

    def _asking(self, asked: Asked[R]) -> str:
        filters = {name: values for name, values in self.own.items() if name not in _DISPLAY}
        return address({**filters, **pure.as_typed(self.listing, asked)})

    @property
    def own_query(self) -> str:
        """What the list asks now, for an act on its rows."""
        return address(self.own)

    # --- the forms around the rows: each carries on what the other asks

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        return _pairs(self.own, lambda name: name in _DISPLAY or name == VIEW)

    @property
    def kept_by_display(self) -> list[tuple[str, str]]:
        return _pairs(self.own, lambda name: name not in _DISPLAY)

    @property
    def sortings(self) -> list[tuple[str, str, bool]]:
        """Every way to sort: on a phone there are no headings to press."""
        usual = [(order.key, order.label) for order in self.listing.orders]
        by_column = [
            (sign + column.key, f"{column.heading}, {words}")
            for column in self.listing.columns
            if column.sort
            for sign, words in (("", "tăng dần"), ("-", "giảm dần"))
        ]
        return [(key, label, key == self.asked.sorting) for key, label in [*usual, *by_column]]

    @property
    def sizes(self) -> list[tuple[str, str, bool]]:
        known = [(str(size), str(size), size == self.asked.size) for size in self.listing.sizes]
        return [*known, (pure.EVERYTHING, "Tất cả", self.asked.size == pure.LARGEST_PAGE)]

    @property
    def choosable(self) -> list[tuple[Column[R], bool]]:
        """The columns a person may put on or off; the first names the row and stays."""
        found = [column for column in self.listing.columns if column.place != "sheet"]
        return [(column, column.key in self.shown) for column in found[1:]]

    @property
    def exports(self) -> list[tuple[str, str]]:
        everything = {**self.own, pure.COLUMNS: [pure.EVERYTHING]}
        files = [
            ("Excel (.xlsx), các cột đang hiện", self.own, "xlsx"),
            ("CSV, các cột đang hiện", self.own, "csv"),
            ("Excel (.xlsx), mọi cột", everything, "xlsx"),
        ]
        return [(label, address({**query, EXPORT: [kind]})) for label, query, kind in files]

    @property
    def on_paper(self) -> str:
        return address({**self.own, pure.SIZE: [pure.EVERYTHING]})

    @property
    def previous(self) -> str:
        return self._turned(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self._turned(self.page.next_page_number()) if self.page.has_next() else ""

    def _turned(self, number: int) -> str:
        return address({**self.own, pure.PAGE: [str(number)]})

    @property
    def next_count(self) -> int:
        return min(self.page.paginator.per_page, self.count - self.page.end_index())

    @property
    def is_narrowed(self) -> bool:
        return any(name not in _NOT_FILTERS for name in self.own)

    @property
    def filters_off(self) -> str:
        return FILTERS_OFF

    @property
    def view(self) -> View | None:
        """The saved view that was opened, whatever was changed since."""
        opened = self.own.get(VIEW, [""])[0]
        return next((view for view in self.views if str(view.saved.pk) == opened), None)


_DISPLAY = {pure.ORDER, pure.COLUMNS, pure.SIZE}
_NOT_FILTERS = {*_DISPLAY, VIEW}
FILTERS_OFF = f"?{VIEW}={ALL_ROWS}"


def _pairs(own: Query, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in own.items() if wanted(name) for value in values]


def address(query: Mapping[str, Sequence[str]]) -> str:
    return "?" + urlencode(query, doseq=True)


# --- Answers ----------------------------------------------------------------------------------


def list_answer(
    request: UserRequest, template: str, source: Source[Any, Any], more: Mapping[str, Any]
) -> HttpResponse:
    """The list as a page; `xuat` gives exactly what is shown as a file, all pages of it."""
    saved = list(SavedView.objects.of(request.user, source.listing.key))
    usual = next((view for view in saved if view.is_default), None)
    if usual and not request.GET:
        return HttpResponseRedirect(View(usual, is_current=True).query)
    asked = pure.read(source.listing, dict(request.GET.lists()))
    source = replace(source, rows=in_order(source.rows, source.listing, asked))
    if (kind := request.GET.get(EXPORT)) in {"xlsx", "csv"}:
        return _file(source, asked, kind)
    shown = _page(request, source, asked, saved)
    return render(request, template, {"list": shown, "form": source.form, **more})


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
    page = Paginator(source.rows, asked.size).get_page(request.GET.get(pure.PAGE))
    own = own_query(request, source.listing, source.form)
    made = source.made(list(page.object_list))
    is_usual = asked.order == source.listing.orders[0].key
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
    columns = pure.sheet_columns(asked.columns)
    rows = pure.sheet_rows(asked.columns, source.made(list(source.rows)))
    if kind == "csv":
        content, shape = write_csv(columns, rows), CSV
    else:
        sheet = Sheet(source.listing.title, columns, rows, notes=source.notes)
        content, shape = write_xlsx([sheet]), XLSX
    name = f"{source.file_name}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=shape, headers={"Content-Disposition": disposition})
