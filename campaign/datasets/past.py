"""What was owed, and how activities went, at a moment that has passed.

A level is read back from the audit trail, a due day from the extensions, a submission from its
own time. Two things are as they are today: what was withdrawn or declared void counts on no day
(the rule of every report), and an obligation is as old as its campaign.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, DateTimeField, F, Q, Value, When

from accounts.past import events_of, status_then
from campaign.models import Activity, Extension, Obligation
from campaign.models.activity import ActivityQuerySet
from campaign.models.obligation import ObligationQuerySet
from campaign.models.submission import Submission
from lib import clock

Level = Obligation.Level


@dataclass(frozen=True)
class Past:
    """What has to be undone to read the ledger as it stood at `by`; nothing for the present."""

    by: datetime | None = None
    levels: Mapping[str, list[int]] = field(default_factory=dict)
    dues: Mapping[date | None, list[int]] = field(default_factory=dict)

    def standing(self, rows: ObligationQuerySet) -> ObligationQuerySet:
        """Each obligation with `level_then`, `met_then` and `closes_then`."""
        if self.by is None:
            return rows.annotate(
                level_then=F("level"), met_then=F("met_at"), closes_then=F("closes_at")
            )
        levels = [When(pk__in=pks, then=Value(level)) for level, pks in self.levels.items()]
        closes = [
            When(pk__in=pks, then=Value(clock.closes_at(due)))
            for due, pks in self.dues.items()
            if due is not None
        ]
        return rows.annotate(
            level_then=Case(*levels, default=F("level"), output_field=CharField()),
            met_then=Case(When(met_at__lte=self.by, then=F("met_at"))),
            closes_then=Case(*closes, default=F("closes_at"), output_field=DateTimeField()),
        )

    def set_back(self, owed: Obligation) -> None:
        """Let an obligation of `standing` say of itself how it stood; it is shown, never saved."""
        if self.by is None:
            return
        then: Any = owed
        if owed.level != then.level_then:
            owed.level, owed.level_reason = then.level_then, ""
        owed.met_at, owed.closes_at = then.met_then, then.closes_then
        due = clock.due_day(owed.closes_at)
        owed.extended_to = due if due > owed.due_date else None

    def set_version_back(self, version: Submission) -> None:
        """The same for a version that carries its `status_then`."""
        then: Any = version
        version.set_back(then.status_then)
        if self.by and version.voided_at and version.voided_at > self.by:
            version.voided_at = None


PRESENT = Past()


def past_at(by: datetime | None) -> Past:
    """The ledger as it stood at a moment, in two small queries; None is the present."""
    return PRESENT if by is None else Past(by, _levels(by), _dues(by))


def _levels(by: datetime) -> Mapping[str, list[int]]:
    """The obligations whose level was changed since, by the level they had."""
    events: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    rows = events_of(Obligation, Level.values).order_by("at", "pk")
    for subject, at, verb in rows.values_list("subject_id", "at", "verb"):
        events[subject].append((at, verb))
    found: dict[str, list[int]] = defaultdict(list)
    for subject, changes in events.items():
        if changes[-1][0] > by:
            found[_level_at(changes, by)].append(int(subject))
    return found


def _level_at(changes: Iterable[tuple[datetime, str]], by: datetime) -> str:
    """Before the first change an obligation is required, as it is made; what was required again
    had been exempt."""
    before = ""
    for at, level in changes:
        if at > by:
            return before or (Level.EXEMPT if level == Level.REQUIRED else Level.REQUIRED)
        before = level
    return before


def _dues(by: datetime) -> Mapping[date | None, list[int]]:
    """The obligations extended since, by the due day they had."""
    extended = Obligation.objects.filter(extensions__at__gt=by).distinct()
    last: dict[int, date] = dict(extended.values_list("pk", "due_date"))
    rows = Extension.objects.filter(obligation__extensions__at__gt=by, at__lte=by)
    last |= dict(rows.order_by("at", "pk").values_list("obligation", "due_date"))
    found: dict[date | None, list[int]] = defaultdict(list)
    for pk, due in last.items():
        found[due].append(pk)
    return found


def activities_at(rows: ActivityQuerySet, by: datetime | None) -> ActivityQuerySet:
    """Activities known at a moment, each with the status it had, `status_then`, and whether it
    stood for itself, `counts_then` (not folded into a joint one)."""
    if by is None:
        alone = Case(When(same_as=None, then=Value(value=True)), default=Value(value=False))
        return rows.annotate(status_then=F("status"), counts_then=alone)
    folded, single = _folded(by)
    counts = Case(
        When(pk__in=single, then=Value(value=True)),
        When(Q(pk__in=folded) | Q(same_as__isnull=False), then=Value(value=False)),
        default=Value(value=True),
    )
    return rows.filter(added_at__lte=by).annotate(
        status_then=status_then(Activity, by), counts_then=counts
    )


def _folded(by: datetime) -> tuple[list[int], list[int]]:
    """Of those folded or taken apart since: which were folded then, and which stood alone."""
    verbs: dict[str, str] = {}
    changed: set[str] = set()
    rows = events_of(Activity, ["folded", "unfolded"]).order_by("at", "pk")
    for subject, at, verb in rows.values_list("subject_id", "at", "verb"):
        if at <= by:
            verbs[subject] = verb
        else:
            changed.add(subject)
            verbs.setdefault(subject, "unfolded")  # what is folded has an event that says so
    then = {int(subject): verbs[subject] for subject in changed}
    return (
        [pk for pk, verb in then.items() if verb == "folded"],
        [pk for pk, verb in then.items() if verb == "unfolded"],
    )
