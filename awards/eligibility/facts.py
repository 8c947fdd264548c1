"""What the rules look at, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

SAME, KEPT = "same", "kept"


@dataclass(frozen=True)
class Award:
    """Another award of the same candidate: given, or on its way in another nomination."""

    title: str
    code: str
    year: int
    ground: str = ""
    achieved_from: date | None = None
    achieved_to: date | None = None
    decided_on: date | None = None
    is_provincial: bool = False
    campaign: str = ""
    # How a person finds it: "Quyết định 12/QĐ-UBND", "hồ sơ số 2 của Sở Y tế".
    where: str = ""
    # What Ban Thi đua concluded about the two: SAME, KEPT (both may stand), or nothing yet.
    verdict: str = ""

    def named(self) -> str:
        return f"{self.title} ({self.where})" if self.where else f"{self.title} ({self.year})"


@dataclass(frozen=True)
class Year:
    """How one year went for the candidate."""

    year: int
    rating: str
    initiatives: int = 0
    tasks_done: Fraction | None = None
    advanced_workers: Fraction | None = None
    has_base_fighter: bool = False


@dataclass(frozen=True)
class Vote:
    """A ballot that was closed; `members` are all members, whether they came or not."""

    votes: int
    members: int
    present: int


@dataclass(frozen=True)
class Facts:
    """One nomination and what stands around it, on the day it is looked at."""

    on: date
    # the award
    form_code: str
    form_name: str
    recipient: str
    ground: str = "thematic"
    is_thematic_form: bool = True
    is_provincial: bool = True
    ballot_required: bool = False
    threshold: Fraction | None = None
    quorum: Fraction | None = None
    campaign: str = ""
    # the candidate
    name: str = ""
    gender: str = ""
    rank: str = ""
    women_share: Fraction | None = None
    is_enterprise: bool = False
    in_unit: bool = True
    joined_on: date | None = None
    left_on: date | None = None
    years: tuple[Year, ...] = ()
    awards: tuple[Award, ...] = ()
    # the achievement
    achieved_from: date | None = None
    achieved_to: date | None = None
    achievement: str = ""
    summary: str = ""
    campaign_sources: int = 0
    initiative: str = ""
    initiative_used_by: tuple[str, ...] = ()
    integrity: str = "clean"
    integrity_note: str = ""
    discipline_ended_on: date | None = None
    # the dossier
    papers: frozenset[str] = frozenset()
    letter_date: date | None = None
    signer_name: str = ""
    signer_position: str = ""
    unit_valid_from: date | None = None
    unit_valid_to: date | None = None
    direct_workers: int = 0
    individuals: int = 0
    proposed_by_form: Mapping[str, int] = field(default_factory=dict)
    vote: Vote | None = None
    # the guideline in force; None where none is issued or it says nothing of this
    minimum_direct_share: Fraction | None = None
    max_per_year: int | None = None
    min_months_between: int | None = None
