"""One activity, several units: who takes part, who says otherwise, and one event registered twice.

The lead owns the figures; the others confirm or contest them. The same event registered by two
units is folded into one, so that the province counts it once (domain guide §3.3).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import emails
from campaign.models import Activity, Participation
from campaign.permissions import may_answer_for, may_lead_activity
from units.models import Unit

State = Participation.State
LONGEST_TITLE = 400


def _refuse_folded(activity: Activity) -> None:
    if activity.same_as_id is not None:
        raise Refused(
            "Hoạt động này đã gộp vào hoạt động chung; mời làm việc đó ở hoạt động chung."
        )


@transaction.atomic
def ask_to_take_part(
    activity: Activity, units: Iterable[Unit], *, by: User, at: datetime
) -> list[Unit]:
    """The units newly asked; who takes part already is not asked again."""
    require(may_lead_activity(by, activity))
    _refuse_folded(activity)
    if activity.status == Activity.Status.CANCELLED:
        raise Refused("Hoạt động đã hủy nên không mời thêm đơn vị.")
    asked = invite(activity, units, at=at)
    if asked:
        AuditEvent.objects.record(
            activity, "asked", by=by, at=at, label="Đề nghị đơn vị phối hợp xác nhận",
            note="; ".join(unit.name for unit in asked),
        )  # fmt: skip
    return asked


def invite(activity: Activity, units: Iterable[Unit], *, at: datetime) -> list[Unit]:
    """Ask in the name of the lead, whom the caller has let act."""
    asked = []
    for unit in units:
        if unit == activity.lead_unit:
            continue
        _, is_new = Participation.objects.get_or_create(activity=activity, unit=unit)
        if is_new:
            asked.append(unit)
            emails.activities_await_answer(unit, [activity], asked_by=activity.lead_unit, at=at)
    return asked


@transaction.atomic
def remove_participant(participation: Participation, *, by: User, at: datetime) -> None:
    """The lead asks no longer; who has confirmed takes part until it says otherwise itself."""
    activity = participation.activity
    require(may_lead_activity(by, activity))
    same = Participation.objects.filter(pk=participation.pk).exclude(state=State.CONFIRMED)
    if not same.delete()[0]:
        raise Refused("Đơn vị này đã xác nhận phối hợp nên không gỡ được.")
    AuditEvent.objects.record(
        activity, "participant_removed", by=by, at=at, label="Thôi mời phối hợp",
        note=str(participation.unit),
    )  # fmt: skip


@transaction.atomic
def confirm_participation(participation: Participation, *, by: User, at: datetime) -> None:
    _answer(participation, State.CONFIRMED, by=by, at=at)


@transaction.atomic
def contest_participation(
    participation: Participation, *, by: User, at: datetime, reason: str
) -> None:
    """The unit says otherwise: it takes no part, or the figures are not so."""
    _answer(participation, State.CONTESTED, by=by, at=at, note=reason)
    emails.participation_contested(participation, at=at)


@transaction.atomic
def withdraw_contest(participation: Participation, *, by: User, at: datetime) -> None:
    """Back to where it was asked; it may confirm later."""
    if participation.state != State.CONTESTED:
        raise Refused("Đơn vị không có ý kiến nào để rút.")
    _answer(participation, State.ASKED, by=by, at=at)


LABELS = {
    State.ASKED: "rút ý kiến, sẽ xác nhận sau",
    State.CONFIRMED: "xác nhận phối hợp",
    State.CONTESTED: "có ý kiến khác",
}


def _answer(
    participation: Participation, state: str, *, by: User, at: datetime, note: str = ""
) -> None:
    require(may_answer_for(by, participation))
    _refuse_folded(participation.activity)
    if participation.state == state and participation.note == note:
        raise Refused("Đơn vị đã trả lời như vậy rồi.")
    who = (None, None) if state == State.ASKED else (by, at)
    same = Participation.objects.filter(pk=participation.pk, state=participation.state)
    if not same.update(state=state, note=note, by=who[0], at=who[1]):
        raise Refused("Câu trả lời vừa được người khác ghi. Mời tải lại trang để xem.")
    participation.state, participation.note = state, note
    participation.by, participation.at = who
    AuditEvent.objects.record(
        participation.activity, f"answered_{state}", by=by, at=at,
        label=f"{participation.unit}: {LABELS[State(state)]}", note=note,
    )  # fmt: skip


@transaction.atomic
def hand_back_lead(activity: Activity, *, by: User, at: datetime) -> None:
    """ "Không phải hoạt động của đơn vị": the unit that registered it leads it itself."""
    require(may_lead_activity(by, activity))
    if activity.lead_unit_id == activity.registered_by_id:
        raise Refused("Đơn vị tự đăng ký hoạt động này nên không có nơi để trả lại.")
    is_touched = activity.figures.exists() or activity.folded.exists()
    if activity.status != Activity.Status.PLANNED or is_touched:
        raise Refused("Hoạt động đã bắt đầu hoặc đã có số liệu nên không trả lại được.")
    refusing = activity.lead_unit
    same = Activity.objects.filter(pk=activity.pk, lead_unit=refusing)
    if not same.update(lead_unit=activity.registered_by):
        raise Refused("Hoạt động vừa được người khác xử lý. Mời tải lại trang để xem.")
    activity.lead_unit = activity.registered_by
    activity.participations.filter(unit=activity.registered_by).delete()
    AuditEvent.objects.record(
        activity, "handed_back", by=by, at=at, label=f"{refusing}: không phải hoạt động của đơn vị"
    )
    emails.activity_handed_back(activity, refused_by=refusing, at=at)


@transaction.atomic
def fold_activity(activity: Activity, into: Activity, *, by: User, at: datetime) -> None:
    """It is the same event: count that one, and take part in it with whoever confirmed here."""
    require(may_lead_activity(by, activity))
    rows = Activity.objects.select_for_update(of=("self",)).order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[activity.pk, into.pk])}
    own, target = locked[activity.pk], locked[into.pk]
    _refuse_fold(own, target)
    Activity.objects.filter(pk=own.pk).update(same_as=target)
    activity.same_as = target
    _join(own, target, by=by, at=at)
    AuditEvent.objects.record(
        own, "folded", by=by, at=at, label="Gộp vào hoạt động chung", note=str(target)
    )
    AuditEvent.objects.record(
        target, "joined", by=by, at=at, label=f"{own.lead_unit} gộp hoạt động của mình vào",
        note=str(own),
    )  # fmt: skip
    if own.lead_unit_id != target.lead_unit_id:
        emails.activity_folded(own, target, at=at)


def _refuse_fold(own: Activity, target: Activity) -> None:
    if own.pk == target.pk or own.campaign_id != target.campaign_id:
        raise Refused("Chỉ gộp được vào một hoạt động khác của cùng đợt thi đua.")
    if own.same_as_id is not None:
        raise Refused("Hoạt động này đã gộp vào hoạt động khác. Hãy tách ra trước.")
    if target.same_as_id is not None:
        raise Refused(
            "Hoạt động kia đã gộp vào một hoạt động chung; hãy gộp vào hoạt động chung ấy."
        )
    if own.folded.exists():
        raise Refused("Đã có hoạt động gộp vào hoạt động này; hãy để đơn vị kia gộp vào đây.")
    if Activity.Status.CANCELLED in {own.status, target.status}:
        raise Refused("Hoạt động đã hủy thì không gộp.")


def _join(own: Activity, target: Activity, *, by: User, at: datetime) -> None:
    """The lead of the folded one and those who confirmed there take part in the target."""
    note = _fold_note(own)
    confirmed = own.participations.filter(state=State.CONFIRMED).select_related("unit", "by")
    joining = [
        (own.lead_unit, by, at),
        *((row.unit, row.by, row.at) for row in confirmed.order_by("pk")),
    ]
    for unit, answered_by, answered_at in joining:
        if unit.pk == target.lead_unit_id:
            continue
        said = {"state": State.CONFIRMED, "by": answered_by, "at": answered_at}
        row, is_new = Participation.objects.get_or_create(
            activity=target, unit=unit, defaults={**said, "note": note}
        )
        # Who contests the joint activity keeps its objection, but who folds speaks for itself.
        if not is_new and (row.state == State.ASKED or unit == own.lead_unit):
            Participation.objects.filter(pk=row.pk).update(**said, note="")


def _fold_note(activity: Activity) -> str:
    """The title may be edited later; the number at the end finds it again."""
    return f"Gộp từ hoạt động “{activity.title[:LONGEST_TITLE]}” {_fold_mark(activity)}"


def _fold_mark(activity: Activity) -> str:
    return f"(số {activity.pk})"


@transaction.atomic
def unfold_activity(activity: Activity, *, by: User, at: datetime) -> None:
    """It is another event after all: it counts again, and who came with it goes with it."""
    require(may_lead_activity(by, activity))
    target = activity.same_as
    same = Activity.objects.filter(pk=activity.pk, same_as__isnull=False)
    if target is None or not same.update(same_as=None):
        raise Refused("Hoạt động này không gộp vào hoạt động nào.")
    activity.same_as = None
    came = target.participations.filter(state=State.CONFIRMED, note__endswith=_fold_mark(activity))
    still = target.folded.values("lead_unit")
    came.exclude(unit__in=still).delete()
    for subject, label, other in (
        (activity, "Tách khỏi hoạt động chung", target),
        (target, f"{activity.lead_unit} tách hoạt động của mình ra", activity),
    ):
        AuditEvent.objects.record(subject, "unfolded", by=by, at=at, label=label, note=str(other))
