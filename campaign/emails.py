"""Letters about what units send: one function per thing that happened. Each writes `Mail` rows in
the caller's transaction; a worker sends them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string

from accounts.handover import hand_over
from accounts.models import Mail, User
from accounts.tasks import send_mail
from campaign.datasets.reminding import Call, Item
from campaign.datasets.report_words import about_in_words
from campaign.models import (
    Activity,
    FigureQuestion,
    FollowUpAnswer,
    Obligation,
    Participation,
    ProgressReport,
    SubPlan,
    Visit,
)
from lib import clock
from units.models import Membership, Unit

Role = Membership.Role
LONGEST_SUBJECT = 200


def sub_plan_awaits_head(sub_plan: SubPlan, *, at: datetime) -> None:
    _write("sub_plan_awaits_head", f"Chờ duyệt: {sub_plan}",
           people_of(sub_plan.unit, Role.HEAD, at=at), sub_plan, at=at)  # fmt: skip


def sub_plan_handed_back(sub_plan: SubPlan, *, at: datetime, reason: str) -> None:
    _write("sub_plan_handed_back", f"Thủ trưởng chuyển lại: {sub_plan}",
           people_of(sub_plan.unit, Role.OFFICER, at=at), sub_plan, at=at, reason=reason)  # fmt: skip


def sub_plan_submitted(sub_plan: SubPlan, *, at: datetime) -> None:
    _write("sub_plan_submitted", f"Đã nhận: {sub_plan}",
           people_of(sub_plan.unit, Role.OFFICER, Role.HEAD, at=at), sub_plan, at=at)  # fmt: skip


def sub_plan_returned(sub_plan: SubPlan, *, at: datetime) -> None:
    _write("sub_plan_returned", f"Trả lại bổ sung: {sub_plan}",
           people_of(sub_plan.unit, Role.OFFICER, Role.HEAD, at=at), sub_plan, at=at,
           reasons=list(sub_plan.return_reasons.order_by("pk")))  # fmt: skip


def sub_plan_accepted(sub_plan: SubPlan, *, at: datetime) -> None:
    _write("sub_plan_accepted", f"Đã tiếp nhận: {sub_plan}",
           people_of(sub_plan.unit, Role.OFFICER, Role.HEAD, at=at), sub_plan, at=at)  # fmt: skip


def obligation_extended(obligation: Obligation, *, at: datetime, reason: str) -> None:
    body = render_to_string(
        "emails/obligation_extended.txt",
        {"obligation": obligation, "reason": reason, "site": settings.SITE_URL},
    )
    subject = f"Gia hạn: {obligation}"
    post(subject, body, people_of(obligation.unit, Role.OFFICER, Role.HEAD, at=at), at=at)


def reminder(call: Call, *, on: date, at: datetime) -> Mail:
    """The one letter of the day to a person, not stored yet: reminders are written many at once.

    No worker is woken: thousands of wake-ups would hold the clock up, and the sweeper comes soon.
    """
    items = sorted(call.items, key=lambda item: item.due.day)
    overdue = [item for item in items if item.due.days_past(on) > 0]
    coming = [item for item in items if item.due.days_past(on) <= 0]
    context = {"overdue": [(item.due, item.due.when(on)) for item in overdue],
               "coming": [(item.due, item.due.when(on)) for item in coming],
               "by_hand": items[0].offset is None, "person": call.user,
               "site": settings.SITE_URL}  # fmt: skip
    body = render_to_string("emails/reminder.txt", context)
    return Mail(to=call.user, subject=_reminding(overdue, coming), body=body, asked_at=at)


def _reminding(overdue: list[Item], coming: list[Item]) -> str:
    if len(overdue) + len(coming) == 1:
        (only,) = overdue or coming
        word = "Quá hạn" if overdue else "Sắp đến hạn"
        return f"{word}: {only.due.public_title}, {only.due.obligation.unit}"[:LONGEST_SUBJECT]
    counted = ((len(overdue), "quá hạn"), (len(coming), "sắp đến hạn"))
    said = [f"{count} nội dung {words}" for count, words in counted if count]
    return f"Nhắc việc: {', '.join(said)}"


def activities_await_answer(
    unit: Unit, activities: list[Activity], *, asked_by: Unit, at: datetime
) -> None:
    """One letter for all that one press asks of the unit: to lead, or to take part."""
    led = [activity for activity in activities if activity.lead_unit_id == unit.pk]
    joined = [activity for activity in activities if activity.lead_unit_id != unit.pk]
    _tell(unit, "activities_await_answer", f"{asked_by} mời phối hợp {len(activities)} hoạt động",
          at=at, led=led, joined=joined, asked_by=asked_by)  # fmt: skip


def participation_contested(participation: Participation, *, at: datetime) -> None:
    activity = participation.activity
    _tell(activity.lead_unit, "participation_contested",
          f"{participation.unit} có ý kiến khác: {activity}",
          at=at, activity=activity, participation=participation)  # fmt: skip


def activity_handed_back(activity: Activity, *, refused_by: Unit, at: datetime) -> None:
    _tell(activity.lead_unit, "activity_handed_back",
          f"{refused_by} không chủ trì: {activity}",
          at=at, activity=activity, refused_by=refused_by)  # fmt: skip


def activity_folded(folded: Activity, target: Activity, *, at: datetime) -> None:
    _tell(target.lead_unit, "activity_folded", f"{folded.lead_unit} gộp hoạt động: {target}",
          at=at, activity=target, folded=folded)  # fmt: skip


def _tell(unit: Unit, name: str, subject: str, *, at: datetime, **context: object) -> None:
    """A letter to the people who write for a unit and answer for it."""
    body = render_to_string(
        f"emails/{name}.txt", {"unit": unit, "site": settings.SITE_URL, **context}
    )
    post(subject, body, people_of(unit, Role.OFFICER, Role.HEAD, at=at), at=at)


def visit_closed(visit: Visit, *, at: datetime) -> None:
    """The unit reads what was found, and what it has to mend by when."""
    findings = list(visit.findings.exclude(due_date=None).order_by("due_date", "pk"))
    _tell(visit.unit, "visit_closed", f"Kết luận kiểm tra: {visit.unit}",
          at=at, visit=visit, findings=findings)  # fmt: skip


def follow_up_decided(answer: FollowUpAnswer, *, at: datetime) -> None:
    owed = answer.obligation
    _tell(owed.unit, "follow_up_decided", f"{answer.get_verdict_display()}: {owed.finding}",
          at=at, answer=answer, obligation=owed)  # fmt: skip


def people_of(unit: Unit, *roles: str, at: datetime) -> Iterable[User]:
    """Active people who hold one of the roles at the unit that day."""
    holders = Membership.objects.valid(on=clock.local_day(at)).with_role(*roles).filter(unit=unit)
    return User.objects.filter(is_active=True, pk__in=holders.values("user")).order_by("pk")


def _write(
    name: str, subject: str, to: Iterable[User], sub_plan: SubPlan, *, at: datetime, **more: object
) -> None:
    body = render_to_string(
        f"emails/{name}.txt", {"sub_plan": sub_plan, "site": settings.SITE_URL, **more}
    )
    post(subject, body, to, at=at)


def post(subject: str, body: str, to: Iterable[User], *, at: datetime) -> None:
    """A letter of its own to each; stored now, sent by a worker."""
    for person in to:
        mail = Mail.objects.post(to=person, subject=subject[:LONGEST_SUBJECT], body=body, at=at)
        hand_over(send_mail, mail_id=mail.pk)


# --- Reports of a period ------------------------------------------------------------------------


def report_awaits_head(report: ProgressReport, *, at: datetime) -> None:
    _write_of_report("report_awaits_head", f"Chờ duyệt: {report}",
          people_of(report.unit, Role.HEAD, at=at), report, at=at)  # fmt: skip


def report_handed_back(report: ProgressReport, *, at: datetime, reason: str) -> None:
    _write_of_report("report_handed_back", f"Thủ trưởng chuyển lại: {report}",
          people_of(report.unit, Role.OFFICER, at=at), report, at=at, reason=reason)  # fmt: skip


def report_submitted(report: ProgressReport, *, at: datetime) -> None:
    _write_of_report(
        "report_submitted", f"Đã nhận: {report}", _all_of(report, at=at), report, at=at
    )


def report_returned(report: ProgressReport, *, at: datetime) -> None:
    reasons = [
        (about_in_words(reason.about), reason.text)
        for reason in report.return_reasons.order_by("pk")
    ]
    _write_of_report("report_returned", f"Trả lại bổ sung: {report}", _all_of(report, at=at), report, at=at,
          reasons=reasons)  # fmt: skip


def report_accepted(report: ProgressReport, *, at: datetime) -> None:
    _write_of_report(
        "report_accepted", f"Đã tiếp nhận: {report}", _all_of(report, at=at), report, at=at
    )


def figure_questioned(question: FigureQuestion, *, at: datetime) -> None:
    report = question.report
    _write_of_report("figure_questioned", f"Hỏi về số liệu: {report}", _all_of(report, at=at), report, at=at,
          question=question)  # fmt: skip


def figure_answered(question: FigureQuestion, *, at: datetime) -> None:
    """To the reviewer who asked."""
    report = question.report
    _write_of_report("figure_answered", f"Đã trả lời: {report}", [question.asked_by], report, at=at,
          question=question)  # fmt: skip


def _all_of(report: ProgressReport, *, at: datetime) -> Iterable[User]:
    return people_of(report.unit, Role.OFFICER, Role.HEAD, at=at)


def _write_of_report(
    name: str,
    subject: str,
    to: Iterable[User],
    report: ProgressReport,
    *,
    at: datetime,
    **more: object,
) -> None:
    context = {"report": report, "site": settings.SITE_URL, **more}
    post(subject, render_to_string(f"emails/{name}.txt", context), to, at=at)
