"""Ban Thi đua receives a dossier, gives it back or declares it complete, and appraises."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.actions.likeness import require_decided
from awards.datasets.dossier import dossier_page
from awards.datasets.typed import Mend
from awards.models import AwardPaper, Dossier, DossierReturn, Nomination, ReturnReason
from awards.permissions import may_appraise, may_receive

Status = Nomination.Status


@transaction.atomic
def tick_paper(paper: AwardPaper, *, accepted: bool, note: str, by: User, at: datetime) -> None:
    require(may_receive(by, paper.dossier))
    if paper.dossier.status != Dossier.Status.SUBMITTED or paper.removed_at is not None:
        raise Refused("Chỉ kiểm tra giấy tờ của hồ sơ đang chờ tiếp nhận.")
    paper.accepted, paper.check_note = accepted, note
    paper.checked_at, paper.checked_by = at, by
    paper.save(update_fields=["accepted", "check_note", "checked_at", "checked_by"])


@transaction.atomic
def return_dossier(
    dossier: Dossier, mends: Sequence[Mend], *, due: date, note: str, by: User, at: datetime
) -> DossierReturn:
    """With what to mend; from a complete one only while nothing of it was appraised."""
    require(may_receive(by, dossier))
    if not mends:
        raise Refused("Hãy nêu ít nhất một nội dung cần bổ sung.")
    if dossier.status == Dossier.Status.COMPLETE:
        _back_into_dossier(dossier, by=by, at=at)
    said = "\n".join(mend.text for mend in mends)
    dossier.send_back(by=by, at=at, due=due, note="\n".join(filter(None, [note, said])))
    made = DossierReturn.objects.create(dossier=dossier, due_date=due, note=note, by=by, at=at)
    ReturnReason.objects.bulk_create(
        ReturnReason(
            dossier_return=made, nomination=mend.nomination, paper_kind=mend.paper_kind,
            text=mend.text,
        )
        for mend in mends
    )  # fmt: skip
    return made


def _back_into_dossier(dossier: Dossier, *, by: User, at: datetime) -> None:
    going = list(dossier.nominations.exclude(status=Status.WITHDRAWN))
    if any(one.status != Status.APPRAISING for one in going):
        raise Refused("Hồ sơ đã có đề nghị được thẩm định, không trả lại cả hồ sơ được nữa.")
    for nomination in going:
        nomination.return_to_unit(by=by, at=at)


@transaction.atomic
def declare_complete(dossier: Dossier, *, by: User, at: datetime) -> None:
    """From here the legal time of the appraisal runs, and each nomination goes its own way."""
    require(may_receive(by, dossier))
    require_decided(dossier, at=at)
    refused = [line for line in dossier_page(dossier, at=at).papers if not line.is_accepted]
    if refused:
        names = ", ".join(
            line.label.lower() + (f" của {line.nomination.candidate}" if line.nomination else "")
            for line in refused
        )
        raise Refused(f"Chưa đánh dấu hợp lệ: {names}.")
    dossier.declare_complete(by=by, at=at)
    for nomination in dossier.nominations.filter(status=Status.IN_DOSSIER):
        nomination.begin_appraisal(by=by, at=at)


@transaction.atomic
def appraise_nomination(
    nomination: Nomination, opinion: str, *, reason: str, by: User, at: datetime
) -> None:
    require(may_appraise(by, nomination))
    require_decided(nomination.dossier, at=at)
    nomination.appraise(opinion, by=by, at=at, reason=reason)


@transaction.atomic
def reopen_appraisal(nomination: Nomination, *, reason: str, by: User, at: datetime) -> None:
    require(may_appraise(by, nomination))
    nomination.reopen_appraisal(by=by, at=at, reason=reason)


@transaction.atomic
def withdraw_nomination(nomination: Nomination, *, reason: str, by: User, at: datetime) -> None:
    """A nominee the unit asks in writing to take out, after the dossier was complete."""
    require(may_appraise(by, nomination))
    nomination.withdraw(by=by, at=at, reason=reason)
    AuditEvent.objects.record(
        nomination.dossier, "nominee_out", by=by, at=at,
        label=f"Rút đề nghị {nomination.candidate}"[:200], note=reason,
    )  # fmt: skip
