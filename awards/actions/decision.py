"""The decision of the chairman: drafted, noted as signed, published, handed over, revoked.

What was signed cannot be taken back: a line is revoked with a reason, and stays (Điều 93).
"""

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.authority import DECIDERS, may_sign
from awards.bonus import bonus
from awards.datasets.decision import proposed
from awards.datasets.facts import Revocation, Signed
from awards.datasets.money import Tariff, pays_own, tariff_on
from awards.models import Decision, Grant, Nomination, PastAward, Proposal
from awards.permissions import may_note_decision, may_propose
from lib import clock


@transaction.atomic
def draft_decision(proposal: Proposal, *, subject: str, by: User, at: datetime) -> Decision:
    require(may_propose(by))
    if proposal.decisions.exists():
        raise Refused("Tờ trình này đã có quyết định hoặc dự thảo.")
    if not proposal.nominations.exists():
        raise Refused("Tờ trình không còn đề nghị nào.")
    decision = Decision.objects.create(
        campaign=proposal.campaign, proposal=proposal, subject=subject, created_at=at,
        created_by=by,
    )  # fmt: skip
    AuditEvent.objects.record(decision, "drafted", by=by, at=at, label="Lập dự thảo quyết định")
    return decision


@transaction.atomic
def sign_decision(decision: Decision, signed: Signed, *, by: User, at: datetime) -> None:
    """Granted or not, each with its reason; money, numbers and history follow at once."""
    require(may_note_decision(by))
    rows = [row for row in proposed(decision.proposal) if row.status == Nomination.Status.PROPOSED]
    _require_authority(signed, rows, at)
    _write_paper(decision, signed, by=by, at=at)
    tariff = tariff_on(signed.decided_on)
    granted = [row for row in rows if row.pk not in signed.refused]
    for nomination in rows:
        if nomination.pk in signed.refused:
            nomination.turn_down(by=by, at=at, reason=signed.refused[nomination.pk])
    for order, nomination in enumerate(granted, start=1):
        nomination.award(by=by, at=at, note=decision.number)
        _remember(_grant(decision, nomination, order, tariff), nomination)


def _require_authority(signed: Signed, rows: Collection[Nomination], at: datetime) -> None:
    if not rows:
        raise Refused("Tờ trình không còn đề nghị nào chờ quyết định.")
    if signed.decided_on > clock.local_day(at):
        raise Refused("Ngày quyết định ở sau ngày hôm nay.")
    for row in rows:
        if not row.form.is_provincial:
            raise Refused(
                f"{row.form.name} thuộc thẩm quyền {row.form.decided_by}; cổng chỉ ghi quyết định "
                "của Chủ tịch UBND tỉnh."
            )
        if not may_sign(signed.signer_position, DECIDERS[row.form.decider]):
            raise Refused(
                "Người ký không có thẩm quyền: cần Chủ tịch, hoặc Phó Chủ tịch ký thay (KT.)."
            )


def _write_paper(decision: Decision, signed: Signed, *, by: User, at: datetime) -> None:
    decision.number, decision.decided_on = signed.number, signed.decided_on
    decision.signer_name, decision.signer_position = signed.signer_name, signed.signer_position
    fields = ["number", "decided_on", "signer_name", "signer_position"]
    if signed.file:
        decision.document, decision.document_name = signed.file.stored, signed.file.name
        fields += ["document", "document_name"]
    try:
        with transaction.atomic():
            decision.save(update_fields=fields)
    except IntegrityError:
        raise Refused(f"Đã có quyết định số {signed.number} cùng ngày.") from None
    decision.sign(by=by, at=at)


def _grant(decision: Decision, nomination: Nomination, order: int, tariff: Tariff) -> Grant:
    candidate = nomination.candidate
    factor = tariff.factor(nomination.form.code, candidate.recipient)
    return Grant.objects.create(
        decision=decision, nomination=nomination, order=order, name=candidate.name,
        position=candidate.position, unit_name=candidate.unit.name,
        golden_book_number=f"{order:02d}", pays_own=pays_own(candidate),
        bonus=bonus(factor, tariff.base_salary),
    )  # fmt: skip


def _remember(grant: Grant, nomination: Nomination) -> None:
    """An award is history from the day it is given: the search for the same achievement sees it."""
    candidate, decision = nomination.candidate, grant.decision
    award = PastAward(
        recipient=candidate.recipient, name=grant.name, gender=candidate.gender,
        position=grant.position, rank=candidate.rank, is_enterprise=candidate.is_enterprise,
        unit=candidate.unit, unit_name=grant.unit_name, candidate=candidate, form=nomination.form,
        form_name=nomination.form.name, ground=nomination.ground,
        year=(decision.decided_on or clock.local_day(decision.created_at)).year,
        achieved_from=nomination.achieved_from, achieved_to=nomination.achieved_to,
        achievement=nomination.achievement, initiative_name=nomination.initiative_name,
        decision_number=decision.number, decided_on=decision.decided_on,
        decided_by=nomination.form.decider, golden_book_number=grant.golden_book_number,
        grant=grant, row_key=hashlib.sha256(f"grant {grant.pk}".encode()).hexdigest(),
        is_demonstration=candidate.is_demonstration,
    )  # fmt: skip
    award.note_keys()
    award.save()


@transaction.atomic
def publish_decision(decision: Decision, *, by: User, at: datetime) -> None:
    require(may_note_decision(by))
    decision.publish(by=by, at=at)


@transaction.atomic
def hand_over(grants: Collection[Grant], *, on: date, note: str, by: User, at: datetime) -> None:
    """Trao tặng: which of them, on which day, where."""
    require(may_note_decision(by))
    if not grants:
        raise Refused("Chưa chọn dòng nào. Mời đánh dấu ở đầu dòng rồi bấm lại.")
    for grant in grants:
        decided_on = grant.decision.decided_on
        if decided_on is None or on < decided_on:
            raise Refused("Ngày trao tặng ở trước ngày quyết định.")
        if on > clock.local_day(at):
            raise Refused("Ngày trao tặng ở sau ngày hôm nay.")
        grant.nomination.hand_over(by=by, at=at, note=note)
        grant.note_hand_over(on=on, note=note)


@transaction.atomic
def revoke(grant: Grant, revocation: Revocation, *, by: User, at: datetime) -> None:
    """The line, the nomination and the history say so from now on, wherever they are shown."""
    require(may_note_decision(by))
    decided_on = grant.decision.decided_on
    if decided_on is None or revocation.on < decided_on:
        raise Refused("Ngày hủy bỏ ở trước ngày quyết định.")
    if revocation.on > clock.local_day(at):
        raise Refused("Ngày hủy bỏ ở sau ngày hôm nay.")
    grant.nomination.revoke(by=by, at=at, reason=revocation.reason)
    grant.note_revocation(on=revocation.on, under=revocation.under, reason=revocation.reason)
    PastAward.objects.filter(grant=grant).update(revoked_on=revocation.on)
