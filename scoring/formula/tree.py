"""Whether the criteria of a scale fit together: children sum to their parent, roots to the total."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.formula.answer import ZERO, words


class Section(StrEnum):
    """Where a criterion counts: in the total, beside it, or against it."""

    CONTENT = "content"
    BONUS = "bonus"
    DEDUCTION = "deduction"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(section.value, section.label) for section in cls]


_LABELS = {
    Section.CONTENT: "Nội dung chấm điểm",
    Section.BONUS: "Điểm thưởng",
    Section.DEDUCTION: "Điểm trừ",
}


@dataclass(frozen=True)
class Node:
    """A criterion as far as sums go. `is_group`: its points are those of its children."""

    code: str
    parent: str | None
    section: Section
    max_points: Decimal
    is_group: bool


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a scale from being put in force; `code` empty: the scale itself."""

    code: str
    message: str


def sums_below(nodes: Iterable[Node]) -> dict[str | None, Decimal]:
    """What the children of each node add up to; under None, the roots of the content."""
    sums: defaultdict[str | None, Decimal] = defaultdict(lambda: ZERO)
    for node in nodes:
        if node.parent is not None or node.section == Section.CONTENT:
            sums[node.parent] += node.max_points
    return dict(sums)


def tree_faults(nodes: Iterable[Node], total: Decimal) -> list[Fault]:
    known = list(nodes)
    sums = sums_below(known)
    found = list(_faults_of_nodes(known, sums))
    top = sums.get(None, ZERO)
    if top != total:
        found.append(
            Fault(
                "",
                f"Các nhóm cộng lại {words(top)} điểm, {_differs(top, total)} "
                f"so với tổng điểm {words(total)} của thang.",
            )
        )
    return found


def _faults_of_nodes(nodes: list[Node], sums: dict[str | None, Decimal]) -> Iterator[Fault]:
    sections = {node.code: node.section for node in nodes}
    for node in nodes:
        if node.parent and sections.get(node.parent) != node.section:
            yield Fault(node.code, "Tiêu chí phải cùng phần với nhóm chứa nó.")
        if node.section != Section.CONTENT:
            continue
        if node.is_group and node.code not in sums:
            yield Fault(node.code, "Nhóm chưa có tiêu chí nào bên trong.")
        elif node.is_group and sums[node.code] != node.max_points:
            below = sums[node.code]
            yield Fault(
                node.code,
                f"Các tiêu chí bên trong cộng lại {words(below)} điểm, "
                f"{_differs(below, node.max_points)} so với {words(node.max_points)} của nhóm.",
            )


def _differs(found: Decimal, wanted: Decimal) -> str:
    return f"thừa {words(found - wanted)}" if found > wanted else f"thiếu {words(wanted - found)}"
