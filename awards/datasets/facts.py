"""What people type about opinions, meetings, votes, letters and decisions, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from awards.models import AwardForm
from files.models import StagedFile


@dataclass(frozen=True)
class Question:
    """What the letter says: whom it asks, when, and by when an answer is wanted."""

    body: str
    asked_on: date
    due_date: date
    number: str = ""


@dataclass(frozen=True)
class Reply:
    """What came back: the letter, and for each nomination the answer and its words."""

    answered_on: date
    answers: Mapping[int, tuple[str, str]]
    number: str = ""
    file: StagedFile | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """What a meeting is about, when, where, and who leads it."""

    body: str
    title: str
    meets_at: datetime
    place: str = ""
    chair: str = ""
    secretary: str = ""
    quorum: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the council concluded on one nomination; None where it did not come to it."""

    agreed: bool | None
    note: str = ""


@dataclass(frozen=True)
class BallotFacts:
    form: AwardForm
    threshold: Decimal
    counters: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """What the registry gave the letter, and who signed it."""

    number: str
    dated_on: date
    signer_name: str
    signer_position: str


@dataclass(frozen=True)
class Signed:
    """What stands on the signed paper; `refused`: whom the chairman did not grant, and why."""

    number: str
    decided_on: date
    signer_name: str
    signer_position: str
    refused: Mapping[int, str]
    file: StagedFile | None = None


@dataclass(frozen=True)
class Revocation:
    on: date
    under: str
    reason: str
