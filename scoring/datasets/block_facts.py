"""What is noted of a block's year, as forms read it and actions take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from units.models import Unit

Token = str | UUID | None


@dataclass(frozen=True)
class Pledge:
    """Giao ước thi đua: number and day of the signed document, and the document itself."""

    number: str
    signed_on: date | None
    token: Token = None


@dataclass(frozen=True)
class Target:
    """A line of the pledge; without a unit it is the whole block's."""

    unit: Unit | None
    text: str
    quantity: Decimal | None = None
    quantity_unit: str = ""


@dataclass(frozen=True)
class Presence:
    """Whether a unit was there, and who for it."""

    is_present: bool
    people: str = ""


@dataclass(frozen=True)
class Meeting:
    """What is noted of a meeting (hội nghị khối)."""

    kind: str
    held_on: date
    place: str = ""
    chaired_by: str = ""
    secretary: str = ""
    minutes: str = ""
    token: Token = None


@dataclass(frozen=True)
class HandOver:
    """Bàn giao nhiệm vụ khối trưởng: to whom, on which day, and what is said of it."""

    to: Unit
    on: date
    note: str = ""


@dataclass(frozen=True)
class Vote:
    """What a ballot is about: its subject, who is up for it, how many a slip may name."""

    title: str
    nominees: Sequence[Unit]
    choices: int
    allows_own: bool = False
