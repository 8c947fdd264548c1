"""What leaves the portal: whose table it is, its columns, its lines."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from lib.vietnamese import parse_date, parse_number, short_date

FieldKind = Literal["text", "integer", "decimal", "day"]
LineKind = Literal["plain", "group"]
Filled = str | int | Decimal | date | None

MARK: Final = "Cổng Thi đua"
SALT: Final = "lib.roundtrip"
_STATE_LENGTH = 16


@dataclass(frozen=True)
class Identity:
    """Whose table it is: of what kind, for what (campaign, period), of which unit and version.

    `state` names what the table said when it left: a revision, or a digest of its cells.
    """

    kind: str
    title: str
    scope: str
    scope_name: str
    unit: str
    unit_name: str
    version: int
    state: str
    issued_at: str


@dataclass(frozen=True)
class Field:
    """A column. Days are text cells, or 5/4/2024 typed into an English Excel becomes May."""

    name: str
    header: str
    width: int = 16
    kind: FieldKind = "text"
    is_input: bool = True
    picks: str | tuple[str, ...] = ""
    """What to pick from: a range of another page, or the values; a range allows other text too."""


@dataclass(frozen=True)
class Line:
    """A row that left the portal. `closed` are inputs it does not take; `picks` are the values
    of an input that only this line offers."""

    key: str
    values: Mapping[str, Filled]
    kind: LineKind = "plain"
    closed: frozenset[str] = frozenset()
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def takes(self, column: Field) -> bool:
        return column.is_input and self.kind == "plain" and column.name not in self.closed


@dataclass(frozen=True)
class Form:
    """One page to fill in. With `spare` empty lines below, lines may be added and removed;
    `named_by` is the field a person knows a line by."""

    title: str
    fields: Sequence[Field]
    lines: Sequence[Line]
    notes: Sequence[str] = ()
    spare: int = 0
    named_by: str = "title"

    @property
    def header_row(self) -> int:
        """Counted from 1, as on the page."""
        return len(self.notes) + bool(self.notes) + 1


def digest_of(forms: Sequence[Form]) -> str:
    """Another one as soon as anything that leaves is another: a state for an `Identity`."""
    said = [
        [form.title, line.key, {name: typed(value) for name, value in line.values.items()}]
        for form in forms
        for line in form.lines
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:_STATE_LENGTH]


def typed(value: Filled) -> str:
    """A value as somebody would type it: 22/3/2024; a number without dots, a comma if needed."""
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int | Decimal):
        plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
    return value


def name_of(form: Form, line: Line) -> str:
    return typed(line.values.get(form.named_by)) or line.key


def squeezed(text: str) -> str:
    """Line by line without what nobody sees; a new paragraph is a difference."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def alike(kind: FieldKind, old: str, new: str) -> bool:
    """The same to a reader: other spaces, 05/4/2024 for 5/4/2024, 3,50 for 3,5."""
    if squeezed(old) == squeezed(new):
        return True
    parse: Any = {"day": parse_date, "integer": parse_number, "decimal": parse_number}.get(kind)
    if not (parse and old and new):
        return False
    try:
        return bool(parse(old) == parse(new))
    except ValueError:
        return False
