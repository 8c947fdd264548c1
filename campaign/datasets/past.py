"""What was owed, and how activities went, at a moment that has passed.

A level is read back from the audit trail, a due day from the extensions, a submission from its
own time. Two things are as they are today: what was withdrawn or declared void counts on no day
(the rule of every report), and an obligation is as old as its campaign.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    Value,
    When,
)

from accounts.past import events_of, status_then
from campaign.models import Activity, Extension, Obligation
from campaign.models.activity import ActivityQuerySet
from campaign.models.obligation import ObligationQuerySet
from campaign.models.submission import Submission
from lib import clock

Level = Obligation.Level
LEVELS, FOLDS = Obligation._meta.label, Activity._meta.label


class Event(NamedTuple):
    at: datetime
    verb: str


@dataclass(frozen=True)
class Past:
    """What has to be undone to read the ledger as it stood at `by`; nothing for the present."""

    by: datetime | None = None
    levels: Mapping[str, list[int]] = field(default_factory=dict)
    dues: Mapping[date, list[int]] = field(default_factory=dict)
    folded: Sequence[int] = ()
    single: Sequence[int] = ()

    def standing(self, rows: ObligationQuerySet) -> ObligationQuerySet:
        """Each obligation with `level_then`, `met_then` and `closes_then`."""
        if self.by is None:
            return rows.annotate(
                level_then=F("level"), met_then=F("met_at"), closes_then=F("closes_at")
            )
        levels = [When(pk__in=pks, then=Value(level)) for level, pks in self.levels.items()]
        closes = [
            When(pk__in=pks, then=Value(clock.closes_at(due))) for due, pks in self.dues.items()
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

    def activities(self, rows: ActivityQuerySet) -> ActivityQuerySet:
        """Those known then, each with the status it had, `status_then`, and whether it stood for
        itself, `counts_then` (not folded into a joint one)."""
        if self.by is None:
            # Said as plainly as the indexes say it, so that they are found.
            alone = ExpressionWrapper(Q(same_as=None), output_field=BooleanField())
            return rows.annotate(status_then=F("status"), counts_then=alone)
        counts = Case(
            When(pk__in=self.single, then=Value(value=True)),
            When(Q(pk__in=self.folded) | Q(same_as__isnull=False), then=Value(value=False)),
            default=Value(value=True),
        )
        return rows.filter(added_at__lte=self.by).annotate(
            status_then=status_then(Activity, self.by), counts_then=counts
        )

    def set_version_back(self, version: Submission) -> None:
        """The same for a version that carries its `status_then`."""
        then: Any = version
        version.set_back(then.status_then)
        if self.by and version.voided_at and version.voided_at > self.by:
            version.voided_at = None


PRESENT = Past()


@dataclass(frozen=True)
class History:
    """What has ever been changed of levels, due days and joint activities: few rows, read once,
    from which any moment can be told. `events` are by kind and subject, oldest first."""

    events: Mapping[str, Mapping[int, list[Event]]]
    extensions: Sequence[tuple[int, date, date, datetime]]

    def at(self, by: datetime) -> Past:
        folded, single = self._folded(by)
        return Past(by, self._levels(by), self._dues(by), folded, single)

    def _levels(self, by: datetime) -> Mapping[str, list[int]]:
        """The obligations whose level was changed since, by the level they had."""
        found: dict[str, list[int]] = defaultdict(list)
        for subject, changes in self.events[LEVELS].items():
            if changes[-1].at > by:
                found[_level_at(changes, by)].append(subject)
        return found

    def _dues(self, by: datetime) -> Mapping[date, list[int]]:
        """The obligations extended since, by the due day they had."""
        then: dict[int, date] = {}
        for owed, original, due, at in self.extensions:
            then[owed] = due if at <= by else then.get(owed, original)
        changed = {owed for owed, _, _, at in self.extensions if at > by}
        found: dict[date, list[int]] = defaultdict(list)
        for owed in changed:
            found[then[owed]].append(owed)
        return found

    def _folded(self, by: datetime) -> tuple[list[int], list[int]]:
        """Of those folded or taken apart since: which were folded then, and which stood alone.
        What is folded has an event that says so; without one before, it was not."""
        folded: list[int] = []
        single: list[int] = []
        for subject, changes in self.events[FOLDS].items():
            before = [change.verb for change in changes if change.at <= by]
            if len(before) < len(changes):
                (folded if before and before[-1] == "folded" else single).append(subject)
        return folded, single


def history() -> History:
    """In two queries."""
    events: dict[str, dict[int, list[Event]]] = {LEVELS: {}, FOLDS: {}}
    rows = events_of(Obligation, Level.values) | events_of(Activity, ["folded", "unfolded"])
    for kind, subject, at, verb in rows.order_by("at", "pk").values_list(
        "subject_type", "subject_id", "at", "verb"
    ):
        events[kind].setdefault(int(subject), []).append(Event(at, verb))
    extended = Extension.objects.order_by("at", "pk")
    return History(
        events, list(extended.values_list("obligation", "obligation__due_date", "due_date", "at"))
    )


def past_at(by: datetime | None) -> Past:
    """How everything stood at a moment; None is the present."""
    return PRESENT if by is None else history().at(by)


def activities_at(rows: ActivityQuerySet, by: datetime | None) -> ActivityQuerySet:
    """Activities as they stood at a moment, see `Past.activities`."""
    return past_at(by).activities(rows)


def _level_at(changes: Iterable[Event], by: datetime) -> str:
    """Before the first change an obligation is required, as it is made; what was required again
    had been exempt."""
    before = ""
    for change in changes:
        if change.at > by:
            return before or (Level.EXEMPT if change.verb == Level.REQUIRED else Level.REQUIRED)
        before = change.verb
    return before
