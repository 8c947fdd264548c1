"""The same activity of the plan counted by two criteria of one scale (tính điểm hai lần).

Two criteria meet when they name the same row of the plan, or rows the plan itself ties together
(III.5.6 is carried out through IV.2.2 and IV.11.3). A warning, never an error: the block decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from campaign.models import PlanItem
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.formula import Section


@dataclass(frozen=True)
class Doubled:
    """Two criteria and the rows through which they meet."""

    one: CriterionContent
    other: CriterionContent
    codes: tuple[str, ...]


def activities_of(year: int) -> dict[str, frozenset[str]]:
    """Rows of the plan that are activities, each with itself and the rows tied to it."""
    kinds = [PlanItem.Kind.SOLUTION_BULLET, PlanItem.Kind.ASSIGNMENT_BULLET]
    rows = PlanItem.objects.filter(campaign__starts_on__year=year, kind__in=kinds)
    known = dict(rows.order_by("position").values_list("code", "related_codes"))
    return {
        code: frozenset({code, *(one for one in related.split(";") if one in known)})
        for code, related in known.items()
    }


def doubled(content: ScaleContent, activities: Mapping[str, frozenset[str]]) -> list[Doubled]:
    counting = [
        one
        for one in content.criteria
        if one.plan_codes and not one.is_group and one.section != Section.DEDUCTION
    ]
    met = (
        Doubled(one, other, _shared(one.plan_codes, other.plan_codes, activities))
        for one, other in combinations(counting, 2)
    )
    return [found for found in met if found.codes]


def _shared(
    one: Iterable[str], other: Iterable[str], activities: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    theirs = set(other)
    return tuple(code for code in one if code in activities and activities[code] & theirs)
