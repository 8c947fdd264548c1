"""Reminders: those of the clock, those a reviewer sends by hand, and the days of the schedule.

A batch of letters is one transaction: the row that says "this person was told on this day" comes
first, the letter with it. So a run that is killed leaves whole letters or none, and of two runs
that meet the second finds the first one's rows (R38).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, Mail, User
from accounts.permissions import require
from campaign import emails
from campaign.datasets.owing import dues
from campaign.datasets.reminding import Call, calls_now, scheduled_calls
from campaign.models import Campaign, Digest, Obligation, Reminder, ReminderRule, ReminderRun
from campaign.models.obligation import ObligationQuerySet
from campaign.permissions import may_change_schedule, may_chase
from campaign.reminders import Step
from lib import clock

Source = Digest.Source
BATCH = 100  # people in one transaction
TRIES = 3


@dataclass(frozen=True)
class Sending:
    """Letters of one kind on one day: by the schedule, or by somebody of the board."""

    source: str
    on: date
    at: datetime
    by: User | None = None


@dataclass(frozen=True)
class Told:
    """What came of pressing the button."""

    people: int
    units: int
    told_before: int
    unreachable: tuple[str, ...]


def send_scheduled(*, on: date, at: datetime, batch: int = BATCH) -> Iterator[int]:
    """Everything the schedule asks for on a day; says after each batch how many were written."""
    sending = Sending(Source.SCHEDULE, on, at)
    calls, people = scheduled_calls(on), 0
    for start in range(0, len(calls), batch):
        written = _write(calls[start : start + batch], sending)
        people += written
        yield written
    ReminderRun.objects.get_or_create(day=on, defaults={"at": at, "people": people})


@transaction.atomic
def remind_now(obligations: ObligationQuerySet, *, by: User, at: datetime) -> Told:
    """Remind the people of the units behind these obligations; each person once on a day."""
    require(may_chase(by))
    on = clock.local_day(at)
    wanted = calls_now(dues(obligations), on=on)
    written = _write(wanted.calls, Sending(Source.BOARD, on, at, by))
    return Told(
        people=written,
        units=wanted.units - len(wanted.unreachable),
        told_before=len(wanted.calls) - written,
        unreachable=wanted.unreachable,
    )


def _write(calls: Sequence[Call], sending: Sending) -> int:
    """Write the letters of those who have none yet on that day."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _write_unsent(calls, sending)
        except IntegrityError:
            if not left:
                raise
            # Another run wrote to some of them just now: look again whom it left.
    return 0


def _write_unsent(calls: Sequence[Call], sending: Sending) -> int:
    told = set(
        Digest.objects.filter(
            day=sending.on, source=sending.source, user__in=[call.user for call in calls]
        ).values_list("user", flat=True)
    )
    fresh = [call for call in calls if call.user.pk not in told]
    digests = Digest.objects.bulk_create(
        Digest(user=call.user, day=sending.on, source=sending.source, sent_by=sending.by,
               at=sending.at)
        for call in fresh
    )  # fmt: skip
    Reminder.objects.bulk_create(
        reminder
        for call, digest in zip(fresh, digests, strict=True)
        for reminder in _reminders(call, digest)
    )
    mails = Mail.objects.bulk_create(
        emails.reminder(call, on=sending.on, at=sending.at) for call in fresh
    )
    for digest, mail in zip(digests, mails, strict=True):
        digest.mail = mail
    Digest.objects.bulk_update(digests, ["mail"])
    return len(fresh)


def _reminders(call: Call, digest: Digest) -> Iterator[Reminder]:
    for item in call.items:
        yield Reminder(
            obligation=item.due.obligation, user=call.user, due_date=item.due.day,
            offset=item.offset, digest=digest,
        )  # fmt: skip


def mark_seen(*, by: User, at: datetime) -> None:
    """The person has read what the home page reminded of."""
    Digest.objects.filter(user=by, seen_at=None).update(seen_at=at)


@transaction.atomic
def change_schedule(
    campaign: Campaign, kind: str, steps: Iterable[Step], *, by: User, at: datetime
) -> None:
    """Put other days in the place of those of one kind of obligation."""
    require(may_change_schedule(by))
    rules = [
        ReminderRule(campaign=campaign, kind=kind, offset=step.offset, is_weekly=step.is_weekly)
        for step in steps
    ]
    campaign.reminder_rules.filter(kind=kind).delete()
    ReminderRule.objects.bulk_create(rules)
    words = ", ".join(f"{rule}{' hằng tuần' if rule.is_weekly else ''}" for rule in rules)
    label = f"Đổi lịch nhắc: {Obligation.Kind(kind).label}"
    AuditEvent.objects.record(campaign, "schedule_changed", by=by, at=at, label=label, note=words)
