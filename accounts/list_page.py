"""What `components/list.html` shows of a list: the rows of a page, and every way on from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page
from django.db.models import Q, QuerySet

from accounts.models import SavedView
from lib import listing as pure
from lib.listing import Asked, Column, Group, Listing

M = TypeVar("M")
R = TypeVar("R")
Query = dict[str, list[str]]

VIEW, ALL_ROWS, EXPORT, MANY = "xem", "tat-ca", "xuat", "tat_ca"


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


@dataclass(frozen=True)
class Heap:
    """Rows that stand together in the usual order: what they have in common, and how many."""

    condition: Q
    count: int


@dataclass(frozen=True)
class Source(Generic[M, R]):
    """The rows of a list as filtered, none of them read yet, and how they are made of what is
    stored. `groups` puts rows under headings where they stand in the usual order.

    `heaps` are for a list of a hundred thousand: all its rows, cut by the first term of their usual
    order into parts whose length is known, so that a page is looked for in its own part alone.
    """

    listing: Listing[R]
    form: forms.Form
    rows: QuerySet[Any] | Sequence[M]
    made: Callable[[Sequence[M]], Sequence[R]]
    file_name: str
    notes: tuple[str, ...] = ()
    groups: Callable[[Sequence[R]], Sequence[Group[R]]] | None = None
    heaps: Sequence[Heap] = ()
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
        return {column.key: column for column in self.asked.columns}

    @property
    def width(self) -> int:
        return len(self.shown) + bool(self.acts)

    @property
    def acts(self) -> tuple[Act, ...]:
        return self.source.acts

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.asked.columns]

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
        filters = {name: values for name, values in self.own.items() if name not in DISPLAY}
        return address({**filters, **pure.as_typed(self.listing, asked)})

    @property
    def own_query(self) -> str:
        """What the list asks now, for an act on its rows."""
        return address(self.own)

    # --- the forms around the rows: each carries on what the other asks

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        return _pairs(self.own, lambda name: name in DISPLAY or name == VIEW)

    @property
    def kept_by_display(self) -> list[tuple[str, str]]:
        return _pairs(self.own, lambda name: name not in DISPLAY)

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
        return [(column, column.key in self.shown) for column in self.listing.columns[1:]]

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


DISPLAY = {pure.ORDER, pure.COLUMNS, pure.SIZE}
_NOT_FILTERS = {*DISPLAY, VIEW}
FILTERS_OFF = f"?{VIEW}={ALL_ROWS}"


def _pairs(own: Query, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in own.items() if wanted(name) for value in values]


def address(query: Mapping[str, Sequence[str]]) -> str:
    return "?" + urlencode(query, doseq=True)
