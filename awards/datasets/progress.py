"""How the awards of a campaign stand, for those who give it one minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q

from accounts.models import User
from awards.datasets.reception import DossierRow, StageCount, dossier_rows, stages_of
from awards.models import AwardGuideline, Candidate, Decision, Grant, Nomination, Recipient
from awards.models.nomination import NominationQuerySet
from campaign.models import Campaign
from lib import clock

Status = Nomination.Status
PEOPLE = Q(candidate__recipient=Recipient.INDIVIDUAL)
OUT = Q(status__in=[Status.WITHDRAWN])
# What a number of the page counts, and what its list shows.
GROUPS: dict[str, tuple[str, Q]] = {
    "tat-ca": ("Mọi đề nghị đã gửi", Q()),
    "dang-xet": ("Đang xét", Q(status__in=Nomination.UNDER_WAY)),
    "da-khen": ("Được khen thưởng", Q(status__in=Nomination.HONOURED)),
    "khong-khen": ("Không khen thưởng", Q(status=Status.NOT_GRANTED)),
    "huy-bo": ("Đã hủy bỏ", Q(status=Status.REVOKED)),
    "ca-nhan": ("Cá nhân", PEOPLE),
    "truc-tiep": (
        "Người trực tiếp công tác, lao động", PEOPLE & Q(candidate__rank=Candidate.Rank.DIRECT_WORKER),
    ),
    "nu": ("Cá nhân nữ", PEOPLE & Q(candidate__gender=Candidate.Gender.FEMALE)),
    "tap-the": ("Tập thể", Q(candidate__recipient=Recipient.COLLECTIVE)),
    "ho": ("Hộ gia đình", Q(candidate__recipient=Recipient.HOUSEHOLD)),
}  # fmt: skip


@dataclass(frozen=True)
class AwardsOverview:
    """`counts` by the codes of `GROUPS`, with `_` for `-`; the stages are of dossiers, the counts of nominations."""

    stages: Sequence[StageCount]
    waiting: Sequence[DossierRow]
    limit: int
    counts: dict[str, int]
    least_direct: Decimal | None
    decisions: int
    handed_over: int
    granted: int

    def _share(self, name: str) -> Decimal | None:
        people = self.counts["ca_nhan"]
        return Decimal(self.counts[name]) / people if people else None

    @property
    def direct(self) -> Decimal | None:
        return self._share("truc_tiep")

    @property
    def women(self) -> Decimal | None:
        return self._share("nu")

    @property
    def is_direct_short(self) -> bool:
        """Fewer direct workers than the guideline asks for (R7)."""
        if self.direct is None or self.least_direct is None:
            return False
        return self.direct * 100 < self.least_direct

    @property
    def over(self) -> int:
        return sum(row.is_over for row in self.waiting)


def nominees(user: User, campaign: Campaign, group: str) -> NominationQuerySet:
    """The nominations behind a number."""
    sent = Nomination.objects.visible_to(user).of_campaign(campaign).sent()
    return sent.exclude(OUT).exclude(dossier__status="withdrawn").filter(GROUPS[group][1])


def awards_overview(user: User, campaign: Campaign, *, at: datetime) -> AwardsOverview:
    rows = dossier_rows(user, campaign, at=at)
    asked = {
        name.replace("-", "_"): Count("pk", filter=condition)
        for name, (_, condition) in GROUPS.items()
    }
    counted = nominees(user, campaign, "tat-ca").aggregate(**asked)
    guideline = AwardGuideline.objects.in_force(campaign, on=clock.local_day(at))
    grants = Grant.objects.standing().filter(decision__campaign=campaign)
    handed = grants.aggregate(
        all=Count("pk"), handed=Count("pk", filter=Q(handed_over_on__isnull=False))
    )
    signed = Decision.objects.filter(campaign=campaign).exclude(status=Decision.Status.DRAFT)
    return AwardsOverview(
        stages=stages_of(rows),
        waiting=[row for row in rows if row.waits is not None],
        limit=guideline.appraisal_days if guideline else 20,
        counts=counted,
        least_direct=guideline.minimum_direct_share if guideline else None,
        decisions=signed.count(),
        handed_over=handed["handed"],
        granted=handed["all"],
    )
