"""The published ranking of a block proposes: one click makes draft nominations."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.actions.dossier import start_dossier
from awards.datasets.proposals import award_named
from awards.models import AwardForm, Candidate, Dossier, Ground, Nomination, Recipient
from awards.permissions import may_nominate
from campaign.models import Campaign
from lib import clock
from scoring.models import RankingRow


@transaction.atomic
def nominate_by_ranking(
    row: RankingRow, campaign: Campaign, *, by: User, at: datetime
) -> Nomination:
    """The unit itself as a collective, for what its block's ranking says; once."""
    require(may_nominate(by, row.unit))
    form = award_named(row.award, on=clock.local_day(at))
    if form is None:
        raise Refused(f"Danh mục không có “{row.award}” đang có hiệu lực.")
    if Nomination.objects.live().filter(ranking_row=row).exists():
        raise Refused("Đề nghị theo xếp hạng này đã được lập.")
    dossier = _open_dossier(row, campaign, by=by, at=at)
    return _nominate(dossier, row, form, by=by, at=at)


def _open_dossier(row: RankingRow, campaign: Campaign, *, by: User, at: datetime) -> Dossier:
    drafts = Dossier.objects.of(campaign, row.unit).filter(status=Dossier.Status.DRAFTING)
    return drafts.order_by("-number").first() or start_dossier(campaign, row.unit, by=by, at=at)


def _nominate(
    dossier: Dossier, row: RankingRow, form: AwardForm, *, by: User, at: datetime
) -> Nomination:
    unit, year = row.unit, row.ranking.year
    candidate = (
        Candidate.objects.of_unit(unit)
        .named(unit.name)
        .filter(recipient=Recipient.COLLECTIVE)
        .first()
    )
    if candidate is None:
        candidate = Candidate(
            unit=unit, recipient=Recipient.COLLECTIVE, name=unit.name, created_at=at, created_by=by
        )
        candidate.note_key()
        candidate.save()
    made = Nomination(
        dossier=dossier, candidate=candidate, form=form, ground=Ground.REGULAR,
        position=dossier.nominations.count() + 1, origin=Nomination.Origin.RANKING,
        ranking_row=row, achieved_from=date(year, 1, 1), achieved_to=date(year, 12, 31),
        summary=f"Xếp hạng {row.position} {row.ranking.block} năm {year}",
        created_at=at, created_by=by,
    )  # fmt: skip
    made.achievement = (
        f"{unit.name} xếp hạng {row.position} trong {row.ranking.block} năm {year}, theo bảng xếp"
        f" hạng công bố (lần {row.ranking.version}, mã số liệu {row.ranking.digest[:12]})."
    )
    made.note_keys()
    made.save()
    AuditEvent.objects.record(
        made, "created", by=by, at=at, label=f"Lập đề nghị theo xếp hạng: {unit}"[:200]
    )
    return made
