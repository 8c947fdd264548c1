"""What a unit owes, thing by thing, and the one next step of each for this person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from campaign.datasets.report_words import about_in_words
from campaign.models import (
    Campaign,
    FollowUpAnswer,
    Obligation,
    ProgressReport,
    Submission,
    SubPlan,
)
from units.models import Unit
from units.permissions import Role, standing

Kind = Obligation.Kind
Status = Submission.Status
Verdict = FollowUpAnswer.Verdict
Reasons = tuple[tuple[str, str], ...]

START, CONTINUE, APPROVE, WAIT, MEND, DONE, NOTHING = (
    "start", "continue", "approve", "wait", "mend", "done", "nothing"
)  # fmt: skip
# What has to be done comes before what only waits.
URGENCY = (APPROVE, MEND, START, CONTINUE, WAIT, DONE, NOTHING)
FINISHED = {DONE, NOTHING}


@dataclass(frozen=True)
class UnitWork:
    """One thing a unit owes, where it stands, and the one next step for this person.

    `version` is the newest of a sub-plan or report, `answer` the last to a finding.
    """

    obligation: Obligation
    step: str
    is_overdue: bool
    version: Any = None
    answer: FollowUpAnswer | None = None
    reasons: Reasons = ()

    @property
    def unit(self) -> Unit:
        return self.obligation.unit

    @property
    def is_waiting_for_me(self) -> bool:
        return self.step in {START, CONTINUE, APPROVE, MEND}

    @property
    def is_finished(self) -> bool:
        return self.step in FINISHED


def work_of(user: User, campaign: Campaign, *, at: datetime) -> list[UnitWork]:
    """Everything the person's units owe, overdue first; a fixed number of queries."""
    mine = standing(user)
    units, heads = mine.units(Role.OFFICER, Role.HEAD), mine.units(Role.HEAD)
    owed = list(
        Obligation.objects.visible_to(user)
        .filter(campaign=campaign, unit__in=units)
        .select_related("unit", "campaign", "period", "finding")
    )
    versions = {**_sub_plans(user, campaign, units), **_reports(user, campaign, units)}
    answers = _answers(owed)
    work = [
        _follow_up(row, answers.get(row.pk), at)
        if row.kind == Kind.FOLLOW_UP
        else _submission(row, versions.get((row.period_id, row.unit_id)), row.unit_id in heads, at)
        for row in owed
    ]
    return sorted(work, key=_urgency)


def _urgency(work: UnitWork) -> tuple[bool, int, datetime, int]:
    """Overdue first, then what waits for this person, then by the due day."""
    place = URGENCY.index(work.step)
    return not work.is_overdue, place, work.obligation.closes_at, work.unit.sort_order


Versions = dict[tuple[int | None, int], Submission]


def _sub_plans(user: User, campaign: Campaign, units: Iterable[int]) -> Versions:
    rows = SubPlan.objects.visible_to(user).filter(campaign=campaign, unit__in=list(units))
    newest = rows.latest_versions().prefetch_related("return_reasons")
    return {(None, row.unit_id): row for row in newest}


def _reports(user: User, campaign: Campaign, units: Iterable[int]) -> Versions:
    rows = ProgressReport.objects.visible_to(user).filter(
        period__campaign=campaign, unit__in=list(units)
    )
    newest = rows.latest_versions().select_related("period").prefetch_related("return_reasons")
    return {(row.period_id, row.unit_id): row for row in newest}


def _answers(owed: Iterable[Obligation]) -> dict[int, FollowUpAnswer]:
    asked = [row.pk for row in owed if row.kind == Kind.FOLLOW_UP]
    return {
        answer.obligation_id: answer
        for answer in FollowUpAnswer.objects.filter(obligation__in=asked).order_by("at", "pk")
    }


def _submission(
    owed: Obligation, version: Submission | None, is_head: bool, at: datetime
) -> UnitWork:
    return UnitWork(
        obligation=owed,
        version=version,
        step=_step(owed, version, is_head),
        is_overdue=owed.is_overdue(at=at),
        reasons=_reasons(version),
    )


def _reasons(version: Submission | None) -> Reasons:
    if version is None or version.status != Status.RETURNED:
        return ()
    given: Any = version
    said = sorted(given.return_reasons.all(), key=lambda reason: reason.pk)
    if isinstance(version, ProgressReport):
        return tuple((about_in_words(reason.about), reason.text) for reason in said)
    return tuple((reason.get_line_display(), reason.text) for reason in said)


def _step(owed: Obligation, version: Submission | None, is_head: bool) -> str:
    if version is None:
        return START if owed.is_owed else NOTHING
    if version.status == Status.AWAITING_HEAD:
        return APPROVE if is_head else WAIT
    return {
        Status.DRAFT: CONTINUE,
        Status.RETURNED: MEND,
        Status.WITHDRAWN: START,
        Status.ACCEPTED: DONE,
    }.get(Status(version.status), WAIT)


def _follow_up(owed: Obligation, answer: FollowUpAnswer | None, at: datetime) -> UnitWork:
    asked_again = answer is not None and answer.verdict == Verdict.ASKED_AGAIN
    steps = {None: START, Verdict.WAITING: WAIT, Verdict.ASKED_AGAIN: MEND, Verdict.ACCEPTED: DONE}
    return UnitWork(
        obligation=owed,
        answer=answer,
        step=steps[Verdict(answer.verdict) if answer else None] if owed.is_owed else NOTHING,
        is_overdue=owed.is_overdue(at=at),
        reasons=(("Ý kiến", answer.verdict_note),) if answer and asked_again else (),
    )
