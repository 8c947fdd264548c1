"""One row of a plan before it is one: what it says, where, and who is named in it."""

from dataclasses import asdict, dataclass, fields
from typing import Any

# Kinds as `PlanItem.Kind` stores them; a test holds the two together.
DOCUMENT = "document"
ANNIVERSARY = "anniversary"
LEGAL_BASIS = "legal_basis"
PREAMBLE = "preamble"
PURPOSE = "purpose"
CONTENT = "content_item"
THEME = "theme"
THOUGHT = "guiding_thought"
THOUGHT_PART = "guiding_part"
SOLUTION = "solution_heading"
BULLET = "solution_bullet"
WINDOW = "campaign_window"
ADDRESSEE = "assignment_heading"
DUTY = "assignment_bullet"
PROVISION = "provision"
CLOSING = "closing_requirement"
RECIPIENT = "recipient"
SIGNATURE = "signature"

ROLES = ("assignees", "leads", "coordinators")


@dataclass(frozen=True, slots=True)
class Row:
    """Names are as printed: whom they mean is asked once for the whole document."""

    code: str
    kind: str
    text: str
    first: int = 0
    last: int = 0
    corrected: str = ""
    heading: str = ""
    parent: str = ""
    verb: str = ""
    is_request: bool = False
    basis: str = ""
    assignees: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    dates: str = ""
    date_note: str = ""
    legal_references: str = ""
    related: str = ""
    other_actors: str = ""
    note: str = ""

    @property
    def is_duty(self) -> bool:
        return self.kind == DUTY

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.assignees, *self.leads, *self.coordinators)


def to_json(row: Row) -> dict[str, Any]:
    """Without what is empty: a draft of two hundred rows is kept in one field."""
    kept = asdict(row)
    return {
        name: value for name, value in kept.items() if value or name in {"code", "kind", "text"}
    }


def from_json(kept: dict[str, Any]) -> Row:
    known = {field.name for field in fields(Row)}
    said = {name: value for name, value in kept.items() if name in known}
    for role in ROLES:
        said[role] = tuple(said.get(role, ()))
    return Row(**said)
