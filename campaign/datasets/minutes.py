"""What a visit says in plain values: its team, its findings, its minutes. Pages, form and paper
take the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from accounts.models import User
from campaign.models import Finding, PlanItem, Visit, VisitMember

Kind = Finding.Kind


@dataclass(frozen=True)
class RoundFacts:
    """What a round is called and when it takes place."""

    name: str
    basis: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Member:
    """Somebody of the team; `user` where the person has an account here."""

    role: str
    name: str
    position: str = ""
    user: User | None = None

    @property
    def role_label(self) -> str:
        return VisitMember.Role(self.role).label


@dataclass(frozen=True)
class Found:
    """One line of what a visit found."""

    kind: str
    text: str
    plan_item: PlanItem | None = None
    due_date: date | None = None


@dataclass(frozen=True)
class Minutes:
    """What the minutes say: hours, who was there, what was seen, what follows."""

    place: str = ""
    begins: time | None = None
    ends: time | None = None
    attendance: str = ""
    course: str = ""
    conclusion: str = ""
    unit_signer: str = ""
    findings: Sequence[Found] = ()

    def of_kind(self, kind: str) -> list[Found]:
        return [found for found in self.findings if found.kind == kind]


TEXTS = ("place", "begins", "ends", "attendance", "course", "conclusion", "unit_signer")
_RANK = {VisitMember.Role.HEAD: 0, VisitMember.Role.SECRETARY: 1, VisitMember.Role.MEMBER: 2}


def minutes_of(visit: Visit) -> Minutes:
    rows = visit.findings.select_related("plan_item").order_by("pk")
    findings = tuple(Found(row.kind, row.text, row.plan_item, row.due_date) for row in rows)
    return Minutes(**{name: getattr(visit, name) for name in TEXTS}, findings=findings)


def team_of(visit: Visit) -> list[Member]:
    """The head first, then the secretary, then the others as they were named."""
    rows = visit.members.select_related("user").order_by("pk")
    team = [Member(row.role, row.name, row.position, row.user) for row in rows]
    return sorted(team, key=lambda member: _RANK[VisitMember.Role(member.role)])
