"""A meeting of the council in figures: who came, what was voted, what was concluded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from accounts.models import User
from awards.datasets.listed import Listed, listed_nominations
from awards.models import AgendaItem, Attendance, CouncilBallot, Meeting
from awards.voting import has_quorum, least_votes, needed

State = Attendance.State


@dataclass(frozen=True)
class MemberRow:
    """A member as the papers name them."""

    attendance: Attendance

    @property
    def name(self) -> str:
        return str(self.attendance.member)

    @property
    def invited_as(self) -> str:
        unit = self.attendance.unit
        office = self.attendance.position or (unit.name if unit else "")
        return f"{self.name}, {office}" if office else self.name

    @property
    def said(self) -> str:
        note = f" ({self.attendance.note})" if self.attendance.note else ""
        return f"{self.invited_as}: {self.attendance.get_state_display().lower()}{note}"


@dataclass(frozen=True)
class ResultRow:
    name: str
    where: str
    votes: int
    percent: Decimal
    passed: bool

    @property
    def word(self) -> str:
        return "Đạt" if self.passed else "Không đạt"


@dataclass(frozen=True)
class CountedBallot:
    """A ballot that is over: sums, and nothing of who voted how."""

    ballot: CouncilBallot
    rows: tuple[ResultRow, ...]
    in_writing: int

    @property
    def least(self) -> int:
        return least_votes(self.ballot.members, self.ballot.threshold)

    @property
    def passed(self) -> int:
        return sum(row.passed for row in self.rows)


@dataclass(frozen=True)
class MeetingPaper:
    """All the papers of a meeting need."""

    AGREED: ClassVar[str] = "Thống nhất"

    meeting: Meeting
    members: tuple[MemberRow, ...]
    rows: tuple[Listed, ...]
    ballots: tuple[CountedBallot, ...]

    def _with(self, state: str) -> int:
        return sum(row.attendance.state == state for row in self.members)

    @property
    def count(self) -> int:
        return len(self.members)

    @property
    def present(self) -> int:
        return self._with(State.PRESENT)

    @property
    def in_writing(self) -> int:
        return self._with(State.WRITTEN)

    @property
    def absent(self) -> int:
        return self.count - self.present - self.in_writing

    @property
    def needed(self) -> int:
        return needed(self.count, self.meeting.required_quorum())

    @property
    def has_quorum(self) -> bool:
        return has_quorum(self.present, self.count, self.meeting.required_quorum())

    @property
    def minutes_lines(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.meeting.minutes.splitlines())
        return tuple(line for line in lines if line)


def meeting_paper(meeting: Meeting) -> MeetingPaper:
    members = meeting.attendances.select_related("member", "unit").in_order()
    counted = meeting.ballots.filter(slips__isnull=False).order_by("pk").select_related("form")
    return MeetingPaper(
        meeting=meeting,
        members=tuple(MemberRow(row) for row in members),
        rows=tuple(_row(item) for item in agenda_of(meeting)),
        ballots=tuple(counted_ballot(ballot) for ballot in counted),
    )


def agenda_of(meeting: Meeting) -> Sequence[AgendaItem]:
    return list(
        meeting.agenda.select_related(
            "nomination__candidate__unit", "nomination__form", "nomination__dossier__unit"
        ).order_by("position", "pk")
    )


def _row(item: AgendaItem) -> Listed:
    (row,) = listed_nominations([item.nomination])
    said = {True: MeetingPaper.AGREED, False: item.note, None: ""}[item.agreed]
    return replace(row, note=said)


def counted_ballot(ballot: CouncilBallot) -> CountedBallot:
    choices = ballot.choices.select_related("nomination__candidate__unit").order_by("pk")
    return CountedBallot(
        ballot=ballot,
        rows=tuple(
            ResultRow(
                name=choice.nomination.candidate.name,
                where=choice.nomination.candidate.unit.name,
                votes=choice.votes or 0,
                percent=Decimal(100 * (choice.votes or 0)) / ballot.members,
                passed=bool(choice.passed),
            )
            for choice in choices
        ),
        in_writing=ballot.voters.filter(in_writing=True).count(),
    )


def ballots_for(user: User) -> list[CouncilBallot]:
    """Votes that are running and wait for this member."""
    seats = Attendance.objects.who_may_vote().filter(member=user)
    rows = CouncilBallot.objects.running().filter(meeting__in=seats.values("meeting"))
    waiting = rows.exclude(voters__member=user).select_related("meeting")
    return list(waiting.order_by("pk"))


def meetings_for(user: User) -> list[Meeting]:
    """Meetings the member was called to and that are not over."""
    rows = Meeting.objects.filter(
        attendances__member=user, status__in=[Meeting.Status.CALLED, Meeting.Status.OPEN]
    )
    return list(rows.order_by("meets_at"))
