"""The secret peer vote of a block (bỏ phiếu suy tôn)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from accounts.ballot import SealedBallot
from accounts.models import User
from accounts.workflow import Refused
from scoring.models.block_year import BlockYear
from units.models import Unit


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, user: User) -> BallotQuerySet:
        return self.filter(block_year__in=BlockYear.objects.visible_to(user))

    def open(self) -> BallotQuerySet:
        return self.filter(closed_at=None, cancelled_at=None)

    def counted(self) -> BallotQuerySet:
        return self.filter(slips__isnull=False)


BallotManager = models.Manager.from_queryset(BallotQuerySet)


class Ballot(SealedBallot):
    """One unit, one slip for up to `choices` of the units that are put up; sealed (ADR 0016).

    The options of the box are the ids of those units. `members` is how many units the block had
    when the vote was closed: shares are of all members, not of those who came to vote.
    """

    block_year = models.ForeignKey(BlockYear, models.PROTECT, related_name="ballots")
    title = models.CharField("nội dung suy tôn", max_length=200)
    choices = models.PositiveSmallIntegerField("số đơn vị được chọn tối đa", default=1)
    allows_own = models.BooleanField("được chọn chính đơn vị mình", default=False)
    members = models.PositiveSmallIntegerField("số đơn vị thành viên", null=True)

    objects = BallotManager()

    class Meta:
        verbose_name = "bỏ phiếu suy tôn"
        verbose_name_plural = "bỏ phiếu suy tôn"
        constraints = [
            *SealedBallot.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_at__gt=F("opened_at"), closed_by__isnull=False),
                name="ballot_closed_when_and_by_whom",
            ),
            models.CheckConstraint(condition=Q(choices__gte=1), name="ballot_chooses_someone"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scoring:ballot", args=[self.pk])

    @property
    def nominee_ids(self) -> list[int]:
        return [int(one) for one in self.options]

    @transaction.atomic
    def cast(self, unit: Unit, slip: Collection[str], *, by: User, at: datetime) -> None:
        """The slip of one unit: that it voted is written beside it, what it voted is not."""
        if len(slip) > self.choices:
            raise Refused(f"Chỉ được chọn tối đa {self.choices} đơn vị.")
        if not self.allows_own and str(unit.pk) in slip:
            raise Refused("Theo quy định của lần bỏ phiếu này, đơn vị không chọn chính mình.")
        try:
            with transaction.atomic():
                BallotVoter.objects.create(ballot=self, unit=unit, by=by, at=at)
        except IntegrityError:
            raise Refused(f"{unit} đã bỏ phiếu.") from None
        self.drop(slip)

    @transaction.atomic
    def close(self, *, members: int, by: User, at: datetime) -> None:
        self.open_box(voters=self.voters.count())
        self.closed_at, self.closed_by, self.members = at, by, members
        self.save(update_fields=["closed_at", "closed_by", "members"])


class BallotVoter(models.Model):
    """That a unit has voted, and nothing of what it voted."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "unit"], name="a_unit_votes_once"),
        ]

    def __str__(self) -> str:
        return str(self.unit)
