"""What a unit says it mended after an inspection, and what Ban Thi đua says to it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import emails
from campaign.models import Extension, FollowUpAnswer, FollowUpFile, Obligation
from campaign.permissions import may_answer_follow_up, may_judge_follow_up
from files.actions import claim_staged
from lib import clock

Verdict = FollowUpAnswer.Verdict


def _locked(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_for_update().get(pk=obligation.pk)


@transaction.atomic
def answer_follow_up(
    obligation: Obligation, *, by: User, at: datetime, text: str, tokens: Collection[str]
) -> FollowUpAnswer:
    """The unit reports; the first answer that is not sent back is when the obligation was met."""
    require(may_answer_follow_up(by, obligation))
    owed = _locked(obligation)
    settled = owed.answers.exclude(verdict=Verdict.ASKED_AGAIN).order_by("-at").first()
    if settled:
        raise Refused(f"Kết quả khắc phục đã được gửi: {settled.get_verdict_display().lower()}.")
    answer = FollowUpAnswer.objects.create(obligation=owed, text=text, by=by, at=at)
    # The same content sent twice is one file.
    once = {staged.stored_id: staged for staged in claim_staged(tokens, by=by, at=at)}
    for staged in once.values():
        FollowUpFile.objects.create(answer=answer, stored=staged.stored, name=staged.name)
    owed.note_met(at)
    AuditEvent.objects.record(owed, "answered", by=by, at=at, label="Gửi kết quả khắc phục")
    return answer


@transaction.atomic
def accept_follow_up(answer: FollowUpAnswer, *, by: User, at: datetime, note: str) -> None:
    require(may_judge_follow_up(by, answer.obligation))
    answer.decide(Verdict.ACCEPTED, by=by, at=at, note=note)
    _tell(answer, at=at)


@transaction.atomic
def ask_follow_up_again(
    answer: FollowUpAnswer, *, by: User, at: datetime, note: str, due: date | None
) -> None:
    """The answer does not do, so the unit owes another (ADR 0012), by a later day where one is set.

    Without a day the present one holds, as long as it is ahead.
    """
    require(may_judge_follow_up(by, answer.obligation))
    owed = _locked(answer.obligation)
    if due is None and owed.effective_due_date <= clock.local_day(at):
        raise Refused("Hạn khắc phục đã qua. Hãy ghi hạn mới.")
    answer.decide(Verdict.ASKED_AGAIN, by=by, at=at, note=note)
    owed.note_met(None)
    if due is not None:
        owed.extend(Extension(obligation=owed, due_date=due, reason=note, by=by, at=at))
    _tell(answer, at=at)


def _tell(answer: FollowUpAnswer, *, at: datetime) -> None:
    told = FollowUpAnswer.objects.select_related("obligation__unit", "obligation__finding")
    emails.follow_up_decided(told.get(pk=answer.pk), at=at)
