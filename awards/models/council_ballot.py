"""The secret votes of the council (bỏ phiếu kín).

How a member voted is stored nowhere: the box in the row of the ballot is sealed (ADR 0016) and
gives up its sums and nothing else; `CouncilVoter` holds only who has voted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from accounts.ballot import SealedBallot
from accounts.models import User
from accounts.workflow import Refused
from awards.models.catalogue import AwardForm, QuorumField, quorum_share
from awards.models.council import Attendance, Meeting
from awards.models.nomination import Nomination
from awards.voting import has_quorum, passes


@dataclass(frozen=True)
class PaperSlips:
    """What was counted by hand: who gave a slip of paper, and how often each was agreed to."""

    voters: Collection[Attendance]
    votes: Mapping[str, int]


class CouncilBallotQuerySet(models.QuerySet["CouncilBallot"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def running(self) -> Self:
        return self.filter(closed_at=None, cancelled_at=None)

    def not_called_off(self) -> Self:
        return self.filter(cancelled_at=None)


CouncilBallotManager = models.Manager.from_queryset(CouncilBallotQuerySet)


class CouncilBallot(SealedBallot):
    """A secret vote of the council on the nominations for one form.

    Quorum (a share such as 2/3) and threshold (percent) are kept as they held when it was opened,
    of `members`, all members of the council. Members vote in the portal, in the room or in
    writing; slips of paper are counted by hand and added to the box when it is closed.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots")
    form = models.ForeignKey(AwardForm, models.PROTECT, related_name="+")
    title = models.CharField("nội dung bỏ phiếu", max_length=200)
    members = models.PositiveSmallIntegerField("tổng số thành viên")
    quorum = QuorumField("tỷ lệ dự họp tối thiểu", blank=True)
    threshold = models.DecimalField("tỷ lệ phiếu tối thiểu (%)", max_digits=5, decimal_places=2)
    counters = models.CharField("ban kiểm phiếu", max_length=300, blank=True)

    objects = CouncilBallotManager()

    class Meta:
        verbose_name = "bỏ phiếu của Hội đồng"
        verbose_name_plural = "bỏ phiếu của Hội đồng"
        constraints = [
            *SealedBallot.Meta.constraints,
            models.CheckConstraint(condition=Q(members__gt=0), name="council_has_members"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="council_ballot_closed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(slips=None) | Q(slips__lte=F("members")),
                name="no_more_slips_than_members",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gt=0, threshold__lte=100),
                name="council_threshold_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:council-ballot", args=[self.pk])

    @transaction.atomic
    def cast(self, attendance: Attendance, slip: Collection[str]) -> None:
        """The slip of one member: that they voted is written beside it, what they voted is not."""
        if attendance.state not in {Attendance.State.PRESENT, Attendance.State.WRITTEN}:
            raise Refused(
                "Thư ký chưa ghi nhận ông/bà có mặt hoặc được lấy ý kiến bằng văn bản nên chưa "
                "bỏ phiếu được."
            )
        self._note_voter(attendance)
        self.drop(slip)

    @transaction.atomic
    def close(self, paper: PaperSlips, *, by: User, at: datetime) -> None:
        """Counted once, with the slips of paper; frozen from here on."""
        quorum = quorum_share(self.quorum)
        present = self.meeting.attendances.present().count()
        if not has_quorum(present, self.members, quorum):
            raise Refused(
                f"Chỉ còn {present}/{self.members} thành viên có mặt, không đủ để kiểm phiếu."
            )
        for attendance in paper.voters:
            self._note_voter(attendance)
        if paper.voters:
            self.drop_counted(len(paper.voters), paper.votes)
        self.open_box(voters=self.voters.count())
        self.closed_at, self.closed_by = at, by
        self.save(update_fields=["closed_at", "closed_by"])
        self._keep_results()

    def _note_voter(self, attendance: Attendance) -> None:
        in_writing = attendance.state == Attendance.State.WRITTEN
        try:
            with transaction.atomic():
                self.voters.create(member_id=attendance.member_id, in_writing=in_writing)
        except IntegrityError:
            raise Refused(f"{attendance.member} đã bỏ phiếu.") from None

    def _keep_results(self) -> None:
        votes: Mapping[str, int] = self.votes or {}
        choices = list(self.choices.all())
        for choice in choices:
            choice.votes = votes[str(choice.nomination_id)]
            choice.passed = passes(choice.votes, self.members, self.threshold)
        BallotChoice.objects.bulk_update(choices, ["votes", "passed"])


class CouncilVoter(models.Model):
    """That a member has voted (in the room or in writing), and nothing of how or when."""

    ballot = models.ForeignKey(CouncilBallot, models.CASCADE, related_name="voters")
    member = models.ForeignKey(User, models.PROTECT, related_name="+")
    in_writing = models.BooleanField("bằng văn bản", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member"], name="a_member_votes_once"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class BallotChoice(models.Model):
    """A nomination up for the vote; `votes` is empty until the ballot is closed."""

    ballot = models.ForeignKey(CouncilBallot, models.CASCADE, related_name="choices")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="ballot_choices")
    votes = models.PositiveSmallIntegerField("phiếu đồng ý", null=True)
    passed = models.BooleanField("đạt", null=True)

    class Meta:
        verbose_name = "kết quả bỏ phiếu"
        verbose_name_plural = "kết quả bỏ phiếu"
        constraints = [
            models.UniqueConstraint(fields=["ballot", "nomination"], name="voted_on_once"),
            models.CheckConstraint(
                condition=Q(votes=None, passed=None) | Q(votes__isnull=False, passed__isnull=False),
                name="votes_and_result_go_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.nomination)
