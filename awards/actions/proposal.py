"""Tờ trình: what the council agreed on goes to the chairman in one letter."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.authority import SUBMITTERS, may_sign
from awards.datasets.facts import LetterFacts
from awards.models import AgendaItem, Nomination, Proposal
from awards.models.nomination import NominationQuerySet
from awards.permissions import may_propose
from campaign.models import Campaign

Status = Nomination.Status


def agreed_on(campaign: Campaign) -> NominationQuerySet:
    """What a meeting that is over agreed on and no letter carries yet."""
    passed = AgendaItem.objects.filter(agreed=True, meeting__status="closed")
    return Nomination.objects.of_campaign(campaign).filter(
        status=Status.WITH_COUNCIL, pk__in=passed.values("nomination")
    )


@transaction.atomic
def make_proposal(
    campaign: Campaign, nominations: Collection[Nomination], *, by: User, at: datetime
) -> Proposal:
    require(may_propose(by))
    wanted = {one.pk for one in nominations}
    if not wanted:
        raise Refused("Chưa chọn đề nghị nào để trình.")
    ready = agreed_on(campaign).filter(pk__in=wanted)
    if ready.count() != len(wanted):
        raise Refused("Có đề nghị chưa được Hội đồng thống nhất hoặc đã trình. Mời tải lại trang.")
    proposal = Proposal.objects.create(campaign=campaign, created_at=at, created_by=by)
    for nomination in nominations:
        nomination.propose(proposal, by=by, at=at)
    AuditEvent.objects.record(
        proposal, "made", by=by, at=at, label="Lập tờ trình", note=f"{len(wanted)} đề nghị"
    )
    return proposal


@transaction.atomic
def number_proposal(proposal: Proposal, facts: LetterFacts, *, by: User, at: datetime) -> None:
    """Number, day and signer; a slip may be mended until a decision was signed on it."""
    require(may_propose(by))
    if proposal.decisions.exclude(status="draft").exists():
        raise Refused("Đã có quyết định theo tờ trình này nên không sửa được nữa.")
    if not may_sign(facts.signer_position, SUBMITTERS):
        raise Refused("Người ký tờ trình phải là Giám đốc hoặc Phó Giám đốc ký thay (KT.).")
    for name, value in vars(facts).items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(vars(facts)))
    AuditEvent.objects.record(
        proposal, "numbered", by=by, at=at, label="Ghi số, ngày tờ trình", note=facts.number
    )


@transaction.atomic
def take_out(nomination: Nomination, *, by: User, at: datetime, reason: str) -> None:
    """One nomination leaves the letter and waits for another."""
    require(may_propose(by))
    proposal = nomination.proposal
    if proposal is None or proposal.decisions.exclude(status="draft").exists():
        raise Refused("Đề nghị không còn trong tờ trình chờ quyết định.")
    nomination.bring_to_council(by=by, at=at)
    nomination.proposal = None
    nomination.save(update_fields=["proposal"])
    AuditEvent.objects.record(
        proposal, "taken_out", by=by, at=at, label=f"Đưa ra khỏi tờ trình: {nomination}"[:200],
        note=reason,
    )  # fmt: skip
