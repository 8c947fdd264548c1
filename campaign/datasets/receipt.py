"""What a receipt says (phiếu tiếp nhận), for the page, the PDF and whoever verifies the code."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.models import Obligation, SubPlan
from lib import clock


@dataclass(frozen=True)
class ReceiptFile:
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """One submission as it was received. Late or not is the obligation's: the first submission
    that counts decides, a later version changes nothing."""

    code: str
    unit: str
    campaign: str
    receiver: str
    version: int
    document_number: str
    document_date: date | None
    signer_name: str
    channel: str
    received_at: datetime
    sent_by: str
    due_date: date
    is_exempt: bool
    is_counted: bool
    decides: bool
    days_late: int
    working_days_late: int
    activity_count: int
    files: tuple[ReceiptFile, ...]

    @property
    def standing(self) -> str:
        """On time or late, in a sentence."""
        if not self.is_counted:
            return "Lần gửi này không còn được tính (đơn vị đã rút hoặc không hợp lệ)"
        if self.is_exempt:
            return "Đơn vị được miễn gửi"
        if self.days_late:
            return f"Trễ {self.days_late} ngày ({self.working_days_late} ngày làm việc)"
        return "Đúng hạn"

    @property
    def tone(self) -> str:
        if not self.is_counted or self.is_exempt:
            return "grey"
        return "red" if self.days_late else "green"


def receipt_of(sub_plan: SubPlan) -> Receipt | None:
    """The receipt of a version, or nothing while it has not been sent."""
    if sub_plan.submitted_at is None or sub_plan.receipt_code is None:
        return None
    owed = sub_plan.obligation()
    is_counted = not sub_plan.is_void and sub_plan.status != SubPlan.Status.WITHDRAWN
    decided_at = owed.met_at or sub_plan.submitted_at
    due = owed.effective_due_date
    return Receipt(
        code=sub_plan.receipt_code,
        unit=sub_plan.unit.name,
        campaign=sub_plan.campaign.name,
        receiver=sub_plan.campaign.receiver,
        version=sub_plan.version,
        document_number=sub_plan.document_number,
        document_date=sub_plan.document_date,
        signer_name=sub_plan.signer_name,
        channel=sub_plan.get_channel_display(),
        received_at=sub_plan.submitted_at,
        sent_by=str(sub_plan.submitted_by),
        due_date=due,
        is_exempt=owed.level == Obligation.Level.EXEMPT,
        is_counted=is_counted,
        decides=is_counted and owed.met_at == sub_plan.submitted_at,
        days_late=clock.days_late(due, decided_at),
        working_days_late=clock.working_days_late(due, decided_at),
        activity_count=sub_plan.activities.count(),
        files=tuple(
            ReceiptFile(file.name, file.get_kind_display(), file.stored.size, file.stored.sha256)
            for file in sub_plan.files.select_related("stored").order_by("-kind", "pk")
        ),
    )


def receipt_by_code(code: str) -> Receipt | None:
    """For anyone who holds a code, so past `visible_to`: the code itself is the right to ask."""
    sent = SubPlan.objects.select_related("unit", "campaign", "submitted_by")
    sub_plan = sent.filter(receipt_code=code.strip().upper()).first()
    return receipt_of(sub_plan) if sub_plan else None
