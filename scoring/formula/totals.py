"""From the points of the criteria to the points of a unit.

What does not apply to a unit is taken out and the rest scaled: the share earned of what does
apply, times the whole (`earned ÷ applicable × total`). Bonuses are capped by the scale;
deductions are taken off; nobody falls below 0. What is not yet scored counts as 0 and is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.formula.answer import ZERO, AnswerKind, Outcome, between, rounded
from scoring.formula.tree import Node, Section


@dataclass(frozen=True)
class Line:
    """Points of one node: a leaf, or a group with what lies below it."""

    code: str
    earned: Decimal
    applicable: Decimal
    """The most that could be earned of what applies; less than the maximum where something does
    not apply."""
    unscored: int

    @property
    def is_applicable(self) -> bool:
        return self.applicable > 0


@dataclass(frozen=True)
class Totals:
    """A unit's points. `lines` holds every node of the scale by its code."""

    lines: Mapping[str, Line]
    content: Decimal
    bonus: Decimal
    bonus_uncapped: Decimal
    deduction: Decimal
    total: Decimal
    applicable: Decimal
    is_scaled: bool
    unscored: int

    def scaled(self, code: str, max_points: Decimal) -> Decimal:
        """A group's points as if all of it applied, so that units can be compared by it."""
        line = self.lines[code]
        return rounded(line.earned * max_points / line.applicable) if line.applicable else ZERO


def total_up(
    nodes: Iterable[Node], outcomes: Mapping[str, Outcome], *, total: Decimal, bonus_cap: Decimal
) -> Totals:
    known = list(nodes)
    lines = _lines(known, outcomes)
    roots = {
        section: [lines[one.code] for one in known if one.section == section and not one.parent]
        for section in Section
    }
    content, applicable = _sum(roots[Section.CONTENT])
    bonus, deduction = _sum(roots[Section.BONUS])[0], _sum(roots[Section.DEDUCTION])[0]
    scaled = rounded(content * total / applicable) if applicable else ZERO
    capped = min(bonus, bonus_cap)
    return Totals(
        lines=lines,
        content=between(scaled, ZERO, total),
        bonus=capped,
        bonus_uncapped=bonus,
        deduction=deduction,
        total=max(ZERO, between(scaled, ZERO, total) + capped - deduction),
        applicable=applicable,
        is_scaled=applicable != total,
        unscored=sum(line.unscored for found in roots.values() for line in found),
    )


def _sum(lines: list[Line]) -> tuple[Decimal, Decimal]:
    earned = sum((line.earned for line in lines), ZERO)
    return earned, sum((line.applicable for line in lines), ZERO)


def _lines(nodes: list[Node], outcomes: Mapping[str, Outcome]) -> dict[str, Line]:
    children: dict[str, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent or "", []).append(node)
    lines: dict[str, Line] = {}

    def line_of(node: Node) -> Line:
        if node.is_group:
            below = [line_of(child) for child in children.get(node.code, [])]
            earned, applicable = _sum(below)
            line = Line(node.code, earned, applicable, sum(one.unscored for one in below))
        else:
            line = _leaf(node, outcomes.get(node.code))
        lines[node.code] = line
        return line

    for root in children.get("", []):
        line_of(root)
    return lines


def _leaf(node: Node, outcome: Outcome | None) -> Line:
    if outcome is None or outcome.kind == AnswerKind.NOT_SCORED:
        return Line(node.code, ZERO, node.max_points, 1)
    if outcome.kind == AnswerKind.NOT_APPLICABLE:
        return Line(node.code, ZERO, ZERO, 0)
    points = max(ZERO, outcome.points or ZERO)
    # A deduction with a maximum of 0 has no upper limit.
    is_limited = node.section != Section.DEDUCTION or node.max_points > 0
    return Line(
        node.code, min(points, node.max_points) if is_limited else points, node.max_points, 0
    )
