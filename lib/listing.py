"""What a list (danh sách) is, declared once: columns, orders, pages; what an address asks of it.

One declaration serves the page, the sheet and the paper, so what is exported is what is shown.
Pure: rows are of any kind, and what a column is sorted by is for the database to understand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from lib import sheet
from lib.vietnamese import sort_key

R = TypeVar("R")

ORDER, COLUMNS, SIZE, PAGE = "sap_xep", "cot", "so_dong", "trang"
"""The names of what is asked of every list, as they stand in an address."""
EVERYTHING: Final = "tat-ca"
LARGEST_PAGE: Final = 2_000
"""More rows than this are for a sheet: no browser shows them, no person reads them."""


BY_VALUE: Final = ("value",)
"""What a column is sorted by where the rows are no query: its first field."""


# --- Columns ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Field(Generic[R]):
    """What a column holds of a row in a sheet: one cell."""

    header: str
    value: Callable[[R], sheet.Value]
    width: int = 16
    kind: sheet.CellKind = "text"

    @property
    def in_sheet(self) -> sheet.Column:
        return sheet.Column(self.header, self.width, self.kind)


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. On the page a cell may tell several things that a sheet keeps apart.

    `sort` is what its heading sorts by, in the words of the database; of rows that are no query
    the first field is compared. What the page tells otherwise, in the heading of a group of rows
    say, is off there but stands in every sheet.
    """

    key: str
    heading: str
    fields: tuple[Field[R], ...]
    sort: tuple[Any, ...] = ()
    is_on: bool = True
    in_every_sheet: bool = False

    @property
    def is_number(self) -> bool:
        """Set to the right; what may also be a day is read as words."""
        kinds = {one.kind for one in self.fields}
        return "date" not in kinds and self.fields[0].kind in {"integer", "decimal", "percent"}


def plain(
    key: str,
    heading: str,
    value: Callable[[Any], sheet.Value],
    *shape: Any,
    **more: Any,
) -> Column[Any]:
    """A column of one field named like it; `shape` is the width and kind of its cells."""
    return Column(key, heading, (Field(heading, value, *shape),), **more)


@dataclass(frozen=True)
class Order:
    """A way to sort that is no column's own; the first of a list is its usual one."""

    key: str
    label: str
    by: tuple[Any, ...]


@dataclass(frozen=True)
class Empty:
    """What a list without rows says."""

    title: str
    text: str = ""
    icon: str = "bi-inbox"


@dataclass(frozen=True)
class Listing(Generic[R]):
    """One list of the portal. `key` is what views of it are saved under."""

    key: str
    title: str
    columns: tuple[Column[R], ...]
    orders: tuple[Order, ...]
    row: str
    """The template of a row's cells, each guarded by `{% if "key" in list.shown %}`."""
    empty: Empty
    sizes: tuple[int, ...] = (50, 100)
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Orders as addresses of old called them."""
    tie: tuple[Any, ...] = ("pk",)
    """What sorts rows that are otherwise equal, so that no row stands on two pages."""

    def column(self, key: str) -> Column[R] | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True)
class Group(Generic[R]):
    """Rows that stand together under a heading, in the usual order of a list."""

    heading: str
    rows: tuple[R, ...]
    note: str = ""


# --- What the address asks --------------------------------------------------------------------


@dataclass(frozen=True)
class Asked(Generic[R]):
    """What an address asks of a list; whatever it does not name, or names wrongly, is as usual.
    `columns` are those of the page, `in_sheet` those of a file."""

    columns: tuple[Column[R], ...]
    in_sheet: tuple[Column[R], ...]
    order: str
    is_descending: bool
    size: int

    @property
    def sorting(self) -> str:
        return f"-{self.order}" if self.is_descending else self.order


def read(listing: Listing[R], typed: Mapping[str, Sequence[str]]) -> Asked[R]:
    order, is_descending = _order(listing, _last(typed, ORDER))
    columns = _columns(listing, typed.get(COLUMNS, ()))
    return Asked(
        columns=columns,
        in_sheet=tuple(one for one in listing.columns if one in columns or one.in_every_sheet),
        order=order,
        is_descending=is_descending,
        size=_size(listing, _last(typed, SIZE)),
    )


def as_typed(listing: Listing[R], asked: Asked[R]) -> dict[str, list[str]]:
    """The shortest address that asks this: what is as usual is left out."""
    usual = read(listing, {})
    found: dict[str, list[str]] = {}
    if asked.sorting != usual.sorting:
        found[ORDER] = [asked.sorting]
    if asked.size != usual.size:
        found[SIZE] = [EVERYTHING if asked.size == LARGEST_PAGE else str(asked.size)]
    if asked.columns != usual.columns:
        found[COLUMNS] = [column.key for column in asked.columns]
    return found


def _last(typed: Mapping[str, Sequence[str]], name: str) -> str:
    found = typed.get(name) or [""]
    return found[-1]


def _order(listing: Listing[R], wanted: str) -> tuple[str, bool]:
    wanted = listing.aliases.get(wanted, wanted)
    key = wanted.removeprefix("-")
    column = listing.column(key)
    if column and column.sort:
        return key, wanted.startswith("-")
    known = {order.key for order in listing.orders}
    return (key if key in known else listing.orders[0].key), False


def _columns(listing: Listing[R], wanted: Sequence[str]) -> tuple[Column[R], ...]:
    """In the order declared. The first column names the row, so it always stands."""
    known = {column.key for column in listing.columns}
    chosen = known if EVERYTHING in wanted else known & set(wanted)
    if not chosen:
        chosen = {column.key for column in listing.columns if column.is_on}
    first, *rest = listing.columns
    return first, *(column for column in rest if column.key in chosen)


def _size(listing: Listing[R], wanted: str) -> int:
    if wanted == EVERYTHING:
        return LARGEST_PAGE
    return int(wanted) if wanted in {str(size) for size in listing.sizes} else listing.sizes[0]


# --- In order, and in a sheet -----------------------------------------------------------------


def in_order(rows: Iterable[R], listing: Listing[R], asked: Asked[R]) -> list[R]:
    """Rows that are no query, by the first field of a column; nothing comes last both ways."""
    rows = list(rows)
    column = listing.column(asked.order)
    if column is None:
        return rows
    read_value = column.fields[0].value
    known = [row for row in rows if read_value(row) not in (None, "")]
    blank = [row for row in rows if read_value(row) in (None, "")]
    known.sort(key=lambda row: _comparable(read_value(row)), reverse=asked.is_descending)
    return [*known, *blank]


def _comparable(value: sheet.Value) -> tuple[str, Decimal]:
    """Text in the Vietnamese order, figures and days by size."""
    match value:
        case str() | None:
            return sort_key(value or ""), Decimal(0)
        case datetime():
            return "", Decimal(str(value.timestamp()))
        case date():
            return "", Decimal(value.toordinal())
        case _:
            return "", Decimal(value)


NUMBER = sheet.Column("STT", 6, "integer")


def sheet_columns(columns: Iterable[Column[R]]) -> tuple[sheet.Column, ...]:
    return NUMBER, *(one.in_sheet for column in columns for one in column.fields)


def sheet_rows(columns: Sequence[Column[R]], rows: Iterable[R]) -> list[sheet.Row]:
    """Exactly the rows given, numbered from 1, with exactly the columns given."""
    fields = [one for column in columns for one in column.fields]
    return [
        sheet.Row((number, *(one.value(row) for one in fields)))
        for number, row in enumerate(rows, start=1)
    ]


# --- One act on several rows ------------------------------------------------------------------

MOST_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Sorted(Generic[R]):
    """What an act would do: to which rows, and to which not, each with the reason."""

    will: tuple[R, ...]
    wont: tuple[tuple[R, str], ...]


def sort_out(rows: Iterable[R], why_not: Callable[[R], str]) -> Sorted[R]:
    """`why_not` says in a sentence why the act leaves a row alone; nothing where it does not."""
    answers = [(row, why_not(row)) for row in rows]
    return Sorted(
        will=tuple(row for row, reason in answers if not reason),
        wont=tuple((row, reason) for row, reason in answers if reason),
    )
