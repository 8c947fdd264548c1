"""Letters of chasing: made from what was ticked, numbered once the registry has issued them."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.datasets.chasing_letter import letter_of, split
from campaign.datasets.owing import Due, dues
from campaign.documents.chasing_letter import letter_document
from campaign.models import Campaign, ChasingLetter
from campaign.models.obligation import ObligationQuerySet
from campaign.permissions import may_chase
from files.actions import keep_document
from files.checks import Kind
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf


@transaction.atomic
def make_letters(
    campaign: Campaign,
    obligations: ObligationQuerySet,
    *,
    new_due_date: date,
    by: User,
    at: datetime,
) -> list[ChasingLetter]:
    """One letter, or two where some of the units were assigned and others requested."""
    require(may_chase(by))
    if new_due_date <= clock.local_day(at):
        raise Refused("Ngày đề nghị gửi phải sau ngày hôm nay.")
    found = dues(obligations.filter(campaign=campaign))
    if not found:
        raise Refused("Các nội dung đã chọn không còn thiếu nên không lập công văn.")
    made = []
    for kind, part in split(found, campaign).items():
        letter = ChasingLetter(
            campaign=campaign, kind=kind, new_due_date=new_due_date, by=by, at=at
        )
        made.append(_keep(letter, part))
    return made


def _keep(letter: ChasingLetter, found: list[Due]) -> ChasingLetter:
    on = clock.local_day(letter.at)
    told = letter_of(letter.kind, found, letter.campaign, on=on, new_due_date=letter.new_due_date)
    document = letter_document(told)
    letter.docx = keep_document(write_docx(document), Kind.DOCX, at=letter.at)
    letter.pdf = keep_document(write_pdf(document), Kind.PDF, at=letter.at)
    letter.save()
    letter.obligations.set(due.obligation for due in found)
    AuditEvent.objects.record(
        letter, "made", by=letter.by, at=letter.at, label=f"Lập {letter.get_kind_display().lower()}"
    )
    return letter


@transaction.atomic
def number_letter(
    letter: ChasingLetter, *, number: str, issued_on: date, by: User, at: datetime
) -> None:
    """The number and day the registry (văn thư) gave it; a slip may be mended, and is on record."""
    require(may_chase(by))
    locked = ChasingLetter.objects.select_for_update().get(pk=letter.pk)
    locked.number, locked.issued_on = number, issued_on
    locked.save(update_fields=["number", "issued_on"])
    AuditEvent.objects.record(
        locked, "numbered", by=by, at=at, label="Ghi số, ngày công văn", note=number
    )
