"""The demonstration year of two blocks: days, pledge, meetings, sealed votes, one hand-over.

Every step comes on its own day, by the same actions as a person's; what lies ahead of the clock
has not happened yet.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from campaign.models import BlockStep, Campaign
from lib import clock
from reports.demo.sheets import person
from scoring.actions import ballot as ballots
from scoring.actions import block_year as actions
from scoring.actions.days import set_days
from scoring.datasets.ballot import members_of
from scoring.datasets.block_facts import HandOver, Meeting, Pledge, Presence, Target, Vote
from scoring.deadlines import usual_day
from scoring.models import Ballot, BlockYear
from units.models import Block, BlockMembership, Membership, Unit

Role = Membership.Role
# The first keeps its year to the end; of the second the last vote is still open.
FINISHED, ON_THE_WAY = "K06", "K04"
DAYS, PLEDGED, VOTING = date(2024, 3, 5), date(2024, 3, 20), date(2024, 5, 10)
MID_YEAR, YEAR_END, HANDED_OVER = date(2024, 7, 12), date(2025, 3, 11), date(2025, 4, 10)
TARGETS = (
    Target(None, "Nhiệm vụ UBND tỉnh giao hoàn thành đúng hạn", Decimal(100), "%"),
    Target(None, "Đơn vị thành viên gửi đủ kế hoạch, báo cáo đúng hạn", Decimal(100), "%"),
    Target(None, "Hoạt động thăm hỏi, đền ơn đáp nghĩa của Khối", Decimal(2), "hoạt động"),
)
SAID = {
    "pledge": "Thông qua thang bảng điểm và quy chế hoạt động của Khối.\n"
    "Các đơn vị ký giao ước thi đua năm 2024.",
    "mid_year": "Các đơn vị báo cáo kết quả 6 tháng đầu năm.\n"
    "Khối thống nhất các việc trọng tâm 6 tháng cuối năm.",
    "year_end": "Khối thống nhất kết quả chấm điểm.\nKhối trưởng lập tờ trình gửi Ban TĐKT.",
}


def write_block_years(campaign: Campaign, *, now: datetime) -> int:
    """How many years were begun; none where there are some."""
    if BlockYear.objects.exists() or _at(DAYS) > now:
        return 0
    with transaction.atomic():
        for code in (FINISHED, ON_THE_WAY):
            block = Block.objects.filter(code=code).first()
            if block:
                _Year(block, campaign.year).live(now)
    return BlockYear.objects.count()


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.LOCAL)


class _Year:
    """One block, its people, and what happens in its year."""

    def __init__(self, block: Block, year: int) -> None:
        self.block, self.year = block, year
        self.members = members_of(block, year)
        lead = next(row.unit for row in self.members if row.role == BlockMembership.Role.LEAD)
        self.units: list[Unit] = [row.unit for row in self.members]
        self.lead: User = person(Role.BLOCK_LEAD, lead)

    def live(self, now: datetime) -> None:
        happenings: list[tuple[date, Callable[[], object]]] = [
            (DAYS, self._set_days), (PLEDGED, self._pledge),
            (PLEDGED, lambda: self._meet("pledge", PLEDGED)),
            (MID_YEAR, lambda: self._meet("mid_year", MID_YEAR)),
        ]  # fmt: skip
        if self.block.code == FINISHED:
            happenings += [
                (PLEDGED, lambda: self._vote("Suy tôn điển hình tiên tiến quý I", PLEDGED)),
                (YEAR_END, lambda: self._meet("year_end", YEAR_END)),
                (YEAR_END, lambda: self._vote("Suy tôn đề nghị tặng Cờ thi đua", YEAR_END)),
                (HANDED_OVER, self._hand_over),
            ]
        else:
            happenings.append((VOTING, self._open_vote))
        for day, happen in happenings:
            if _at(day, 17) <= now:
                happen()

    def _set_days(self) -> None:
        days = {kind.value: usual_day(kind, self.year) for kind in BlockStep.Kind}
        set_days(self.block, self.year, days, by=self.lead, at=_at(DAYS))

    def _pledge(self) -> None:
        at = _at(PLEDGED, 14)
        for target in (*TARGETS, *(self._own_target(unit) for unit in self.units)):
            actions.add_target(self.block, self.year, target, by=self.lead, at=at)
        said = Pledge("01/GƯ-KTĐ", PLEDGED)
        actions.note_pledge(self.block, self.year, said, by=self.lead, at=at)

    @staticmethod
    def _own_target(unit: Unit) -> Target:
        return Target(unit, "Công trình, phần việc chào mừng hoàn thành", Decimal(1), "công trình")

    def _meet(self, kind: str, day: date) -> None:
        meeting = Meeting(
            kind, day, place="Hội trường đơn vị khối trưởng", chaired_by=str(self.lead),
            minutes=SAID[kind],
        )  # fmt: skip
        present = {
            unit.pk: Presence(is_present=place != len(self.units) - 2 or kind != "mid_year")
            for place, unit in enumerate(self.units)
        }
        actions.note_meeting(
            self.block, self.year, meeting, present, by=self.lead, at=_at(day, 15)
        )  # fmt: skip

    def _vote(self, title: str, day: date) -> None:
        ballot = self._opened(title, day)
        self._cast(ballot, self.units, day)
        ballots.count_ballot(ballot, by=self.lead, at=_at(day, 11))

    def _open_vote(self) -> None:
        ballot = self._opened("Suy tôn tập thể tiêu biểu giữa kỳ", VOTING)
        self._cast(ballot, self.units[1:4], VOTING)

    def _opened(self, title: str, day: date) -> Ballot:
        vote = Vote(title, self.units, choices=1)
        return ballots.open_ballot(self.block, self.year, vote, by=self.lead, at=_at(day))

    def _cast(self, ballot: Ballot, voters: Sequence[Unit], day: date) -> None:
        """Most for the same unit, which itself chooses another."""
        best, second = self.units[0], self.units[2]
        for place, unit in enumerate(voters):
            chosen = second if unit == best or (place == 1 and unit != second) else best
            at = _at(day, 10) + timedelta(minutes=place)
            ballots.cast_vote(ballot, unit, [chosen.pk], by=person(Role.HEAD, unit), at=at)

    def _hand_over(self) -> None:
        at, to = _at(HANDED_OVER, 10), self.units[1]
        said = HandOver(to, HANDED_OVER, "Bàn giao đủ hồ sơ năm 2024 của Khối.")
        year = actions.hand_over_year(self.block, self.year, said, by=self.lead, at=at)
        actions.receive_year(year, by=person(Role.HEAD, to), at=at + timedelta(hours=2))
