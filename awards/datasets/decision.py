"""A decision in figures: its lines, its money, what was handed over and what was revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from awards.bonus import Money, bonus, total
from awards.datasets.listed import Listed, listed_grants, listed_nominations, official_order
from awards.datasets.money import pays_own, tariff_on
from awards.models import AgendaItem, Decision, Grant, Nomination, Proposal
from lib import clock
from lib.vietnamese import long_date


@dataclass(frozen=True)
class DecisionSheet:
    """What the pages and the papers of a decision show. A draft has no grants yet: its lines are
    those of the letter, its money what they would cost on `on`."""

    decision: Decision
    grants: tuple[Grant, ...]
    rows: tuple[Listed, ...]
    money: Money
    refused: tuple[Nomination, ...]

    @property
    def handed_over(self) -> int:
        return sum(one.handed_over_on is not None for one in self.grants)

    @property
    def revoked(self) -> int:
        return sum(one.is_revoked for one in self.grants)


def grants_of(decision: Decision) -> list[Grant]:
    rows = decision.grants.select_related(
        "nomination__candidate", "nomination__form", "decision__campaign"
    )
    return list(rows.in_order())


def decision_sheet(decision: Decision, *, on: date) -> DecisionSheet:
    grants = grants_of(decision)
    if decision.status == Decision.Status.DRAFT:
        nominations = proposed(decision.proposal)
        return DecisionSheet(
            decision, (), tuple(listed_nominations(nominations)), _foreseen(nominations, on), ()
        )
    refused: tuple[Nomination, ...] = ()
    if decision.proposal:
        rows = decision.proposal.nominations.filter(status=Nomination.Status.NOT_GRANTED)
        refused = tuple(official_order(rows))
    money = total((one.bonus, one.pays_own) for one in grants if not one.is_revoked)
    return DecisionSheet(decision, tuple(grants), tuple(listed_grants(grants)), money, refused)


def proposed(proposal: Proposal | None) -> list[Nomination]:
    return official_order(proposal.nominations.all()) if proposal else []


def _foreseen(nominations: Sequence[Nomination], on: date) -> Money:
    tariff = tariff_on(on)
    lines = (
        (bonus(tariff.factor(one.form.code, one.candidate.recipient), tariff.base_salary),
         pays_own(one.candidate))
        for one in nominations
    )  # fmt: skip
    return total(lines)


def meetings_of(proposal: Proposal) -> list[str]:
    """The meetings a letter stands on, as its bases name them."""
    items = AgendaItem.objects.filter(nomination__proposal=proposal, meeting__status="closed")
    meetings = {item.meeting_id: item.meeting for item in items.select_related("meeting")}
    return [
        f"Căn cứ Biên bản họp {one.get_body_display()} {long_date(clock.local_day(one.meets_at))}"
        for one in sorted(meetings.values(), key=lambda meeting: meeting.meets_at)
    ]
