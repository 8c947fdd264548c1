"""The moves of whatever a unit sends, the same for a sub-plan and for a report.

Each asks who, holds the row, moves it and keeps the ledger. What is checked before sending, what
is copied into a new version and who is written to belongs to the kind: its own actions, over
these.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max, Model

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign.models import Obligation, Submission
from campaign.permissions import (
    may_decide,
    may_draft,
    may_hand_to_head,
    may_register_receipt,
    may_review,
    may_submit,
    may_withdraw,
)
from lib import clock

S = TypeVar("S", bound=Submission)

# Raises `Refused` while what is written is not fit to be sent.
Check = Callable[[S, datetime], None]

# Saves of the same fields within one sitting are one line of history.
SITTING = timedelta(minutes=15)


# --- Drafting -----------------------------------------------------------------------------------


def begin(fresh: S, *, by: User, at: datetime) -> tuple[S, bool]:
    """Keep the next version of its series; or give the one a colleague began at that moment, and
    False."""
    versions = type(fresh)._base_manager.filter(**fresh.series())
    fresh.version = (versions.aggregate(Max("version"))["version__max"] or 0) + 1
    fresh.created_at, fresh.created_by = at, by
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        return versions.get(status__in=fresh.OPEN), False
    return fresh, True


def claim(version: Submission, revision: int, *, by: User, at: datetime) -> None:
    """Count one save of the draft; refused where somebody saved or sent it meanwhile."""
    if version.claim_revision(revision, by=by, at=at):
        return
    if not version.is_editable:
        raise no_draft(version)
    raise Conflict("Bản soạn vừa được người khác lưu. Mời so lại hai bản rồi lưu tiếp.")


def lock_draft(version: S, *, by: User) -> S:
    """The draft, held until the end of the transaction, so that it cannot be sent meanwhile."""
    require(may_draft(by, version.unit))
    locked = type(version)._base_manager.select_for_update(of=("self",)).get(pk=version.pk)
    if not locked.is_editable:
        raise no_draft(locked)
    return locked


def no_draft(version: Submission) -> Refused:
    """Why it is not changed any more, and what helps."""
    if version.status == version.Status.AWAITING_HEAD:
        return Refused(
            "Bản này đã trình thủ trưởng nên không sửa được. "
            "Cần sửa thêm, mời đề nghị thủ trưởng chuyển lại."
        )
    return Refused(
        f"Bản này đã ở trạng thái “{version.get_status_display()}” nên không sửa được nữa. "
        f"Mời mở lại trang {version.short_title} để xem bước tiếp theo."
    )


def record_edit(draft: Model, labels: list[str], *, by: User, at: datetime) -> None:
    """One line of history for a sitting, not one for every few seconds of typing."""
    last = AuditEvent.objects.about(draft).first()
    if (
        last is not None
        and (last.verb, last.by_id) == ("edited", by.pk)
        and at - last.at < SITTING
        and set(labels) <= set(last.note.split("; "))
    ):
        return
    AuditEvent.objects.record(
        draft, "edited", by=by, at=at, label="Sửa bản soạn", note="; ".join(labels)
    )


# --- What the unit does -------------------------------------------------------------------------


@transaction.atomic
def hand_to_head(version: S, *, by: User, at: datetime, check: Check[S]) -> None:
    require(may_hand_to_head(by, version))
    _hold(version)
    check(version, at)
    version.hand_to_head(by=by, at=at)


@transaction.atomic
def hand_back(version: Submission, *, by: User, at: datetime, reason: str) -> None:
    require(may_submit(by, version))
    version.hand_back(by=by, at=at, reason=reason)


@transaction.atomic
def submit(version: S, *, by: User, at: datetime, check: Check[S]) -> None:
    """Approve and send. The receipt is the row itself: code, moment, hash of each file."""
    require(may_submit(by, version))
    _hold(version)
    check(version, at)
    version.submit(by=by, at=at)
    recount_obligation(version)


def _hold(version: Submission) -> None:
    """What is checked is what is sent: a colleague's save comes wholly before, or is refused."""
    version.refresh_from_db(from_queryset=type(version)._base_manager.select_for_update())


@transaction.atomic
def withdraw(version: Submission, *, by: User, at: datetime, reason: str) -> None:
    """Take it back before review began; a withdrawn submission does not count."""
    require(may_withdraw(by, version))
    version.withdraw(by=by, at=at, reason=reason)
    recount_obligation(version)


def recount_obligation(version: Submission) -> None:
    """The obligation was met by the first submission that counts (not void, not withdrawn)."""
    first = version.sent_versions().order_by("submitted_at", "version").first()
    obligation = Obligation.objects.select_for_update().get(pk=version.obligation().pk)
    obligation.note_met(first.submitted_at if first else None)


# --- What Ban Thi đua does ----------------------------------------------------------------------


@transaction.atomic
def take(version: Submission, *, by: User, at: datetime) -> None:
    require(may_review(by, version))
    version.take(by=by, at=at)


def why_not_taken(version: Submission, *, by: User) -> str:
    """Why the person cannot take a version, in a sentence; nothing where they can."""
    if not may_review(by, version):
        return "Hồ sơ của đơn vị ông/bà nên người khác xem xét."
    if version.status != version.Status.SUBMITTED:
        return f"Không còn chờ: {version.get_status_display().lower()}."
    return ""


@transaction.atomic
def take_several(versions: Iterable[S], *, by: User, at: datetime) -> list[S]:
    """Take what is still free of several; what a colleague took meanwhile is left to them."""
    taken = []
    for version in versions:
        require(may_review(by, version))
        try:
            version.take(by=by, at=at)
        except Refused:
            continue
        taken.append(version)
    return taken


@transaction.atomic
def put_back(version: Submission, *, by: User, at: datetime) -> None:
    require(may_decide(by, version))
    version.put_back(by=by, at=at)


@transaction.atomic
def send_back(
    version: Submission, *, by: User, at: datetime, due: date, reasons: Mapping[str, str]
) -> None:
    """Trả lại bổ sung: reasons by the words that say what each is about, and a new due day."""
    require(may_decide(by, version))
    if not reasons:
        raise Refused("Hãy ghi ít nhất một lý do trả lại.")
    note = "; ".join(f"{about}: {text}" for about, text in reasons.items())
    version.send_back(by=by, at=at, due=due, note=note)


@transaction.atomic
def declare_void(version: Submission, *, by: User, at: datetime, reason: str) -> None:
    """The submission was none (empty file, wrong paper): the next one decides on time or late."""
    require(may_decide(by, version))
    version.declare_void(by=by, at=at, reason=reason)
    recount_obligation(version)


@transaction.atomic
def accept(version: Submission, *, by: User, at: datetime, note: str = "") -> None:
    require(may_decide(by, version))
    version.accept(by=by, at=at, note=note)


@dataclass(frozen=True)
class Arrival:
    """When, and by which way other than the portal, a paper reached the board."""

    received_at: datetime
    channel: str


@transaction.atomic
def register(fresh: S, arrival: Arrival, *, by: User, at: datetime) -> S:
    """Nhập thay, first half: the version that stands for the paper. `count_registered` ends it."""
    require(may_register_receipt(by, fresh.unit))
    if arrival.received_at > at:
        raise Refused("Thời điểm nhận không thể ở sau lúc này.")
    _make_way(fresh, by=by, at=at)
    fresh.channel = arrival.channel
    version, is_ours = begin(fresh, by=by, at=at)
    if not is_ours:
        raise Refused(f"{fresh.unit} vừa bắt đầu một bản trên Cổng. Mời gửi lại biểu mẫu này.")
    return version


def count_registered(version: Submission, arrival: Arrival, *, by: User, at: datetime) -> None:
    """The day the paper reached the board counts, not the day it was entered."""
    version.submit(by=by, at=arrival.received_at)
    AuditEvent.objects.record(
        version, "registered", by=by, at=at, label=f"Nhập thay ({version.get_channel_display()})"
    )
    recount_obligation(version)


def _make_way(fresh: Submission, *, by: User, at: datetime) -> None:
    """A unit that began on the portal may still send paper: what it began stays readable, and
    the next version starts from it. What is already sent has to be decided first."""
    versions = type(fresh)._base_manager.filter(**fresh.series(), status__in=fresh.OPEN)
    begun = versions.select_for_update().first()
    if begun is None:
        return
    if begun.submitted_at is not None:
        raise Refused(f"{fresh.unit} đã gửi một bản trên Cổng; hãy quyết định bản đó trước.")
    begun.set_aside(by=by, at=at, reason="Ban Thi đua - Khen thưởng đã nhận văn bản của đơn vị")


def default_return_date(at: datetime) -> date:
    """Three working days, unless the reviewer says otherwise."""
    return clock.add_working_days(clock.local_day(at), 3)
