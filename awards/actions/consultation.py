"""Hiệp y: other bodies are asked, their answers noted. Silence is shown, never taken for consent."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.datasets.facts import Question, Reply
from awards.models import Consultation, ConsultationOpinion, Nomination
from awards.permissions import may_consult
from campaign.models import Campaign

Answer = ConsultationOpinion.Answer
Status = Nomination.Status


@transaction.atomic
def ask_opinion(
    campaign: Campaign,
    nominations: Collection[Nomination],
    question: Question,
    *,
    by: User,
    at: datetime,
) -> Consultation:
    """One letter to one body about nominations that were appraised."""
    require(may_consult(by))
    if not nominations:
        raise Refused("Chưa chọn đề nghị nào để lấy ý kiến.")
    asked = Consultation.objects.create(
        campaign=campaign, body=question.body, number=question.number,
        asked_on=question.asked_on, due_date=question.due_date, asked_at=at, asked_by=by,
    )  # fmt: skip
    for nomination in nominations:
        if nomination.status != Status.CONSULTING:
            nomination.ask_opinions(by=by, at=at)
        asked.opinions.create(nomination=nomination)
    AuditEvent.objects.record(
        asked, "asked", by=by, at=at, label="Lấy ý kiến hiệp y", note=question.body
    )
    return asked


@transaction.atomic
def note_answer(asked: Consultation, reply: Reply, *, by: User, at: datetime) -> None:
    """Written down as it came; a slip may be mended while the nomination is under way."""
    require(may_consult(by))
    if reply.answered_on < asked.asked_on:
        raise Refused("Ngày trả lời ở trước ngày hỏi.")
    opinions = list(asked.opinions.select_related("nomination"))
    if any(one.nomination.status not in Nomination.UNDER_WAY for one in opinions):
        raise Refused("Có đề nghị đã có quyết định hoặc đã rút nên không sửa ý kiến được nữa.")
    for opinion in opinions:
        opinion.answer, opinion.text = reply.answers[opinion.pk]
    ConsultationOpinion.objects.bulk_update(opinions, ["answer", "text"])
    asked.answered_on, asked.answer_number = reply.answered_on, reply.number
    asked.noted_at, asked.noted_by = at, by
    if reply.file:
        asked.answer_file, asked.answer_file_name = reply.file.stored, reply.file.name
    asked.save()
    AuditEvent.objects.record(
        asked, "answered", by=by, at=at, label="Ghi nhận ý kiến trả lời", note=reply.number
    )
    for opinion in opinions:
        _go_on(opinion.nomination, by=by, at=at)


def _go_on(nomination: Nomination, *, by: User, at: datetime) -> None:
    """Back to “appraised” once every body that was asked has answered."""
    waiting = nomination.opinions.filter(consultation__answered_on=None)
    if nomination.status == Status.CONSULTING and not waiting.exists():
        nomination.end_consultation(by=by, at=at, note="Đã có đủ ý kiến trả lời.")
