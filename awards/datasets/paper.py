"""What a paper of a dossier says: the letter with its list, the minutes, a report."""

from dataclasses import dataclass
from datetime import date, datetime

from awards.datasets.rules import day_judged, nominations_of
from awards.models import (
    AwardGuideline,
    Dossier,
    Nomination,
    PaperTemplate,
    Recipient,
)


@dataclass(frozen=True)
class PaperFacts:
    """`template` is the numbered form of the decree in force on the day of the letter."""

    kind: str
    dossier: Dossier
    nominations: tuple[Nomination, ...]
    guideline: AwardGuideline | None
    template: str
    nomination: Nomination | None = None

    def count(self, recipient: Recipient) -> int:
        return sum(row.candidate.recipient == recipient for row in self.nominations)


def paper_facts(
    dossier: Dossier, kind: str, nomination: Nomination | None, *, at: datetime
) -> PaperFacts:
    """Of the letter and the minutes, where no nomination is named; else of its report."""
    on = dossier.letter_date or day_judged(dossier, at=at)
    nominations = nominations_of(dossier)
    first = nomination or (nominations[0] if nominations else None)
    return PaperFacts(
        kind=kind,
        dossier=dossier,
        nominations=tuple(nominations),
        guideline=AwardGuideline.objects.in_force(dossier.campaign, on=on),
        template=_template(kind, first, on),
        nomination=nomination,
    )


def _template(kind: str, nomination: Nomination | None, on: date) -> str:
    ground = nomination.ground if nomination else ""
    recipient = nomination.candidate.recipient if nomination else ""
    rows = PaperTemplate.objects.in_force(on=on).for_paper(kind, ground=ground, recipient=recipient)
    return next((row.number for row in rows if row.number), "")
