"""A dossier on its way from the officer over the head (and the block) to Ban Thi đua."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.actions.paper import write_missing_papers
from awards.datasets.dossier import dossier_page
from awards.datasets.typed import LetterFacts
from awards.models import AwardGuideline, Dossier, Nomination
from awards.permissions import (
    may_edit_dossier,
    may_nominate,
    may_note_block_vote,
    may_sign_dossier,
    may_withdraw_dossier,
)
from campaign.models import Campaign
from lib import clock
from units.models import Unit


class NotReady(Refused):
    """The head cannot sign yet; the details say what is in the way."""

    def __init__(self, details: tuple[str, ...]) -> None:
        super().__init__("Hồ sơ chưa gửi được. Mời bổ sung những điểm sau rồi gửi lại.")
        self.details = details


@transaction.atomic
def start_dossier(campaign: Campaign, unit: Unit, *, by: User, at: datetime) -> Dossier:
    require(may_nominate(by, unit))
    # The unit's row is locked, so that two officers do not take the same number.
    Unit.objects.select_for_update().get(pk=unit.pk)
    last = Dossier.objects.of(campaign, unit).aggregate(last=Max("number"))["last"] or 0
    made = Dossier.objects.create(
        campaign=campaign, unit=unit, number=last + 1, created_at=at, created_by=by
    )
    AuditEvent.objects.record(made, "created", by=by, at=at, label="Lập hồ sơ khen thưởng")
    return made


@transaction.atomic
def change_letter(dossier: Dossier, facts: LetterFacts, *, by: User, at: datetime) -> None:
    require(may_edit_dossier(by, dossier))
    require_editable(dossier)
    for name, value in vars(facts).items():
        setattr(dossier, name, value)
    dossier.save(update_fields=list(vars(facts)))
    AuditEvent.objects.record(
        dossier, "changed", by=by, at=at, label="Sửa tờ trình, biên bản của đơn vị"
    )


def require_editable(dossier: Dossier) -> None:
    if not dossier.is_editable:
        raise Refused("Hồ sơ đã chuyển đi, không sửa được ở bước này.")


@transaction.atomic
def hand_to_head(dossier: Dossier, *, by: User, at: datetime) -> None:
    """The officer is done; what is in the way is told, and the head sees it too."""
    require(may_edit_dossier(by, dossier))
    if not dossier.nominations.exclude(status=Nomination.Status.WITHDRAWN).exists():
        raise Refused("Hồ sơ chưa có đề nghị nào để trình.")
    dossier.hand_to_head(by=by, at=at)


@transaction.atomic
def hand_back(dossier: Dossier, *, by: User, at: datetime, reason: str) -> None:
    require(may_sign_dossier(by, dossier))
    dossier.hand_back(by=by, at=at, reason=reason)


@transaction.atomic
def sign_dossier(dossier: Dossier, *, by: User, at: datetime) -> None:
    """The head signs: to the block where the guideline asks for its vote, else to the board.

    What the portal can write itself is written now, so that the papers say what was signed.
    """
    require(may_sign_dossier(by, dossier))
    write_missing_papers(dossier, by=by, at=at)
    page = dossier_page(dossier, at=at)
    if page.problems:
        raise NotReady(tuple(f"{one.text} {one.basis}".strip() for one in page.problems))
    guideline = AwardGuideline.objects.in_force(dossier.campaign, on=clock.local_day(at))
    asks_block = guideline is not None and guideline.needs_block_vote
    if asks_block and dossier.can_move(Dossier.Status.BLOCK_VOTE):
        dossier.pass_to_block(by=by, at=at)
    else:
        dossier.submit(by=by, at=at)


@transaction.atomic
def note_block_vote(
    dossier: Dossier, votes: dict[int, int], voters: int, *, by: User, at: datetime
) -> None:
    """The khối trưởng notes the votes and passes the dossier on to the board."""
    require(may_note_block_vote(by, dossier))
    if dossier.status != Dossier.Status.BLOCK_VOTE:
        raise Refused("Hồ sơ không ở bước chờ khối suy tôn.")
    for nomination in dossier.nominations.filter(pk__in=votes):
        nomination.block_votes, nomination.block_voters = votes[nomination.pk], voters
        nomination.save(update_fields=["block_votes", "block_voters"])
    dossier.submit(by=by, at=at)


@transaction.atomic
def block_hands_back(dossier: Dossier, *, by: User, at: datetime, reason: str) -> None:
    require(may_note_block_vote(by, dossier))
    if dossier.status != Dossier.Status.BLOCK_VOTE:
        raise Refused("Hồ sơ không ở bước chờ khối suy tôn.")
    dossier.block_hands_back(by=by, at=at, reason=reason)


@transaction.atomic
def take_back(dossier: Dossier, *, by: User, at: datetime, reason: str) -> None:
    require(may_sign_dossier(by, dossier))
    dossier.take_back(by=by, at=at, reason=reason)


@transaction.atomic
def withdraw_dossier(dossier: Dossier, *, by: User, at: datetime, reason: str) -> None:
    """The unit gives it up; its nominations go with it."""
    require(may_withdraw_dossier(by, dossier))
    dossier.withdraw(by=by, at=at, reason=reason)
    for nomination in dossier.nominations.filter(status=Nomination.Status.IN_DOSSIER):
        nomination.withdraw(by=by, at=at, reason=reason)
