"""Rounds of inspection, their visits and minutes. Nobody inspects a unit they belong to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign import emails
from campaign.datasets.minutes import TEXTS, Member, Minutes, RoundFacts
from campaign.models import (
    Campaign,
    Finding,
    InspectionRound,
    Obligation,
    Visit,
    VisitMember,
)
from campaign.permissions import may_change_visit, may_plan_inspections, may_write_minutes
from lib import clock
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import belongs_to

# --- The plan of visits --------------------------------------------------------------------------


@transaction.atomic
def create_round(
    campaign: Campaign, facts: RoundFacts, *, by: User, at: datetime
) -> InspectionRound:
    require(may_plan_inspections(by))
    made = InspectionRound(campaign=campaign, created_by=by, created_at=at)
    _write_round(made, facts)
    AuditEvent.objects.record(made, "created", by=by, at=at, label="Lập đợt kiểm tra")
    return made


@transaction.atomic
def change_round(round_: InspectionRound, facts: RoundFacts, *, by: User, at: datetime) -> None:
    require(may_plan_inspections(by))
    outside = round_.visits.standing_in_the_plan().exclude(
        day__range=(facts.starts_on, facts.ends_on)
    )
    if stray := outside.select_related("unit").first():
        raise Refused(
            f"Cuộc kiểm tra tại {stray.unit} định vào {short_date(stray.day)}, ngoài thời gian mới."
        )
    _write_round(round_, facts)
    AuditEvent.objects.record(round_, "changed", by=by, at=at, label="Sửa đợt kiểm tra")


def _write_round(round_: InspectionRound, facts: RoundFacts) -> None:
    round_.name, round_.basis = facts.name, facts.basis
    round_.starts_on, round_.ends_on = facts.starts_on, facts.ends_on
    round_.save()


@transaction.atomic
def add_visits(
    round_: InspectionRound,
    days: Sequence[tuple[Unit, date]],
    *,
    by: User,
    at: datetime,
    team_of: Visit | None = None,
) -> list[Visit]:
    """Put units into the round, each on its day; a unit that is there already stays as it is.

    `team_of` lends its team; who belongs to the visited unit is left out of it.
    """
    require(may_plan_inspections(by) and not any(belongs_to(by, unit) for unit, _ in days))
    team = list(team_of.members.select_related("user").order_by("pk")) if team_of else []
    there = set(round_.visits.values_list("unit", flat=True))
    made = []
    for unit, day in days:
        if unit.pk in there:
            continue
        visit = Visit.objects.create(round=round_, unit=unit, day=day)
        _write_team(
            visit,
            [Member(one.role, one.name, one.position, one.user) for one in team],
            strict=False,
        )
        AuditEvent.objects.record(
            visit, "planned", by=by, at=at, label=f"Lên lịch kiểm tra ngày {short_date(day)}"
        )
        made.append(visit)
    return made


@transaction.atomic
def change_visit(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    revision: int,
    day: date,
    team: Iterable[Member],
) -> None:
    """Another day while it is only planned, or another team until it is closed."""
    require(may_change_visit(by, visit))
    if not visit.is_editable:
        raise Refused("Cuộc kiểm tra đã kết luận hoặc đã hủy, không sửa được nữa.")
    if visit.status != Visit.Status.PLANNED and day != visit.day:
        raise Refused("Cuộc kiểm tra đã tiến hành, không đổi ngày được nữa.")
    _claim(visit, revision)
    before, visit.day = visit.day, day
    visit.save(update_fields=["day"])
    visit.members.all().delete()
    _write_team(visit, team, strict=True)
    moved = f", chuyển từ {short_date(before)} sang {short_date(day)}" if before != day else ""
    AuditEvent.objects.record(
        visit, "changed", by=by, at=at, label=f"Sửa lịch, đoàn kiểm tra{moved}"
    )


def _write_team(visit: Visit, team: Iterable[Member], *, strict: bool) -> None:
    for member in team:
        if member.user and belongs_to(member.user, visit.unit):
            if strict:
                raise Refused(
                    f"{member.name} thuộc {visit.unit} nên không tham gia đoàn kiểm tra đơn vị này."
                )
            continue
        VisitMember.objects.create(
            visit=visit, role=member.role, name=member.name, position=member.position,
            user=member.user,
        )  # fmt: skip


def _claim(visit: Visit, revision: int) -> None:
    if not visit.claim_revision(revision):
        raise Conflict("Người khác vừa lưu cuộc kiểm tra này. Mời xem bản đang lưu rồi lưu lại.")


# --- The visit and its minutes -------------------------------------------------------------------


@transaction.atomic
def save_minutes(visit: Visit, minutes: Minutes, *, by: User, at: datetime, revision: int) -> None:
    require(may_write_minutes(by, visit))
    if not visit.is_editable:
        raise Refused("Biên bản đã khóa sau khi kết luận hoặc hủy, không sửa được nữa.")
    _claim(visit, revision)
    for name in TEXTS:
        setattr(visit, name, getattr(minutes, name))
    visit.save(update_fields=list(TEXTS))
    visit.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            visit=visit, kind=one.kind, text=one.text, plan_item=one.plan_item,
            due_date=one.due_date,
        )
        for one in minutes.findings
    )  # fmt: skip
    AuditEvent.objects.record(visit, "minutes_saved", by=by, at=at, label="Lưu biên bản")


@transaction.atomic
def hold_visit(visit: Visit, *, by: User, at: datetime) -> None:
    """It took place: from now on the unit reads the minutes as they stand."""
    require(may_write_minutes(by, visit))
    visit.hold(by=by, at=at)


@transaction.atomic
def close_visit(visit: Visit, *, by: User, at: datetime) -> list[Obligation]:
    """Conclude it. What has to be mended by a day is owed from now on; the unit is written to."""
    require(may_change_visit(by, visit))
    visit.close(by=by, at=at)
    findings = list(visit.findings.order_by("pk"))
    if not visit.conclusion:
        raise Refused("Biên bản chưa có kết luận, kiến nghị. Hãy ghi rồi kết luận.")
    today = clock.local_day(at)
    if late := next((one for one in findings if one.due_date and one.due_date <= today), None):
        raise Refused(f"Hạn khắc phục phải sau ngày hôm nay: “{late.text[:80]}”.")
    owed = [_owe(visit, finding) for finding in findings if finding.due_date]
    emails.visit_closed(visit, at=at)
    return owed


def _owe(visit: Visit, finding: Finding) -> Obligation:
    due = finding.due_date
    assert due is not None  # noqa: S101 - only findings with a day are owed
    return Obligation.objects.create(
        campaign=visit.round.campaign,
        unit=visit.unit,
        kind=Obligation.Kind.FOLLOW_UP,
        finding=finding,
        due_date=due,
        closes_at=clock.closes_at(due),
    )


@transaction.atomic
def cancel_visit(visit: Visit, *, by: User, at: datetime, reason: str) -> None:
    require(may_change_visit(by, visit))
    visit.cancel(by=by, at=at, reason=reason)
