"""What of the plan a sub-plan covers: the unit's own duties, and the seven solutions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.models import Duty, PlanItem, PlannedActivity, SubPlan

_OWN_NUMBER = re.compile(r"^[0-9]+\. ")


@dataclass(frozen=True)
class Covering:
    """An activity that serves a row of the plan: its place in the table, key and title."""

    number: int
    key: str
    title: str


@dataclass(frozen=True)
class Covered:
    """A row of the plan, the activities under it and, where there is none, why not."""

    item: PlanItem
    activities: tuple[Covering, ...]
    reason: str
    role: str = ""
    is_request: bool = False

    @property
    def text(self) -> str:
        """Without the number the plan prints before it: the code says it already."""
        return _OWN_NUMBER.sub("", self.item.text)

    @property
    def is_open(self) -> bool:
        """Neither an activity nor a reason yet."""
        return not self.activities and not self.reason


@dataclass(frozen=True)
class Coverage:
    duties: tuple[Covered, ...]
    solutions: tuple[Covered, ...]

    @property
    def open_duties(self) -> int:
        return sum(duty.is_open for duty in self.duties)

    @property
    def open_solutions(self) -> int:
        return sum(solution.is_open for solution in self.solutions)


def coverage_of(sub_plan: SubPlan, activities: Iterable[PlannedActivity]) -> Coverage:
    """Uncovered duties first; `activities` as `activities_in_order` gives them."""
    campaign = sub_plan.campaign
    duties = Duty.objects.of_unit(sub_plan.unit).filter(item__campaign=campaign)
    solutions = PlanItem.objects.filter(campaign=campaign).solutions().in_order()
    by_code = _by_code(activities)
    reasons = dict(sub_plan.exclusions.values_list("plan_item__code", "reason"))
    covered = [
        Covered(
            duty.item, tuple(by_code.get(duty.item.code, ())), reasons.get(duty.item.code, ""),
            duty.get_verb_display(), duty.is_request,
        )
        for duty in duties.select_related("item")
    ]  # fmt: skip
    return Coverage(
        duties=tuple(sorted(covered, key=lambda duty: not duty.is_open)),
        solutions=tuple(
            Covered(item, _under(item.code, by_code), reasons.get(item.code, ""))
            for item in solutions
        ),
    )


def _by_code(activities: Iterable[PlannedActivity]) -> dict[str, list[Covering]]:
    by_code: dict[str, list[Covering]] = {}
    for number, activity in enumerate(activities, start=1):
        covering = Covering(number, str(activity.key), activity.title)
        for item in activity.plan_items.all():
            by_code.setdefault(item.code, []).append(covering)
    return by_code


def _under(code: str, by_code: dict[str, list[Covering]]) -> tuple[Covering, ...]:
    """Activities of a solution: those tied to it or to a bullet of it, each once."""
    found = {
        covering.number: covering
        for tied, coverings in by_code.items()
        if tied == code or tied.startswith(f"{code}.")
        for covering in coverings
    }
    return tuple(found[number] for number in sorted(found))
