"""What people type about awards, once it is checked: from forms and sheets to actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from awards.models import AwardForm, Nomination
from units.models import Block, Unit


@dataclass(frozen=True)
class LetterFacts:
    """The letter (tờ trình) and the meeting of the unit's own council."""

    letter_number: str
    letter_date: date | None
    signer_name: str
    signer_position: str
    reason: str
    council_met_on: date | None
    council_members: int | None
    council_present: int | None
    council_chair: str
    council_secretary: str
    council_notes: str


@dataclass(frozen=True)
class CandidateFacts:
    """Who is nominated. Birth date and identity number go to a table of their own."""

    recipient: str
    name: str
    gender: str = ""
    position: str = ""
    workplace: str = ""
    rank: str = ""
    is_enterprise: bool = False
    member_count: int | None = None
    women_count: int | None = None
    joined_on: date | None = None
    birth_date: date | None = None
    id_number: str = ""

    def of_candidate(self) -> dict[str, Any]:
        private = {"birth_date", "id_number"}
        return {name: value for name, value in vars(self).items() if name not in private}


@dataclass(frozen=True)
class NominationFacts:
    """What the candidate is proposed for, and on what ground."""

    form: AwardForm
    ground: str
    achieved_from: date | None = None
    achieved_to: date | None = None
    achievement: str = ""
    summary: str = ""
    initiative_name: str = ""
    initiative_number: str = ""
    integrity: str = ""
    integrity_note: str = ""
    discipline_ended_on: date | None = None


@dataclass(frozen=True)
class Mend:
    """One thing to mend: of a paper, of a nominee, or of the whole where both are empty."""

    text: str
    paper_kind: str = ""
    nomination: Nomination | None = None


@dataclass(frozen=True)
class GuidelineFacts:
    number: str
    issued_on: date | None
    issuer: str
    valid_from: date | None
    due_date: date | None
    standards: str
    minimum_direct_share: Decimal | None
    max_per_year: int | None
    min_months_between: int | None
    needs_block_vote: bool
    return_days: int
    appraisal_days: int


@dataclass(frozen=True)
class FormFacts:
    form: AwardForm
    standards: str = ""


@dataclass(frozen=True)
class QuotaFacts:
    form: AwardForm
    recipient: str
    scope: str
    most: int
    unit: Unit | None = None
    block: Block | None = None


@dataclass(frozen=True)
class PaperAsked:
    kind: str
    scope: str
    form: AwardForm | None = None
    note: str = ""


@dataclass(frozen=True)
class GuidelineContent:
    forms: Sequence[FormFacts] = ()
    quotas: Sequence[QuotaFacts] = ()
    papers: Sequence[PaperAsked] = ()
