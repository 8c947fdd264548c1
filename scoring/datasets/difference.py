"""What changed between two versions of a scale, in words a member can agree to or not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.vietnamese import number
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.formula import MethodName, describe

NONE = "(không có)"


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """A criterion that is new, gone or different. `kind`: added, removed, changed."""

    kind: str
    code: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    head: tuple[Change, ...]
    criteria: tuple[Changed, ...]

    @property
    def is_empty(self) -> bool:
        return not self.head and not self.criteria


def difference(before: ScaleContent, after: ScaleContent) -> Difference:
    old, new = before.by_code(), after.by_code()
    gone = [one for one in before.criteria if one.code not in new]
    return Difference(
        head=tuple(_head(before, after)),
        criteria=(
            *_of(new, old, after.criteria),
            *(Changed("removed", one.code, one.name, tuple(_facts(one, None))) for one in gone),
        ),
    )


def _head(before: ScaleContent, after: ScaleContent) -> Iterator[Change]:
    for label, name in (
        ("Tổng điểm", "total"),
        ("Điểm thưởng tối đa", "bonus_cap"),
        ("Mức chênh được phép khi tự chấm (%)", "honesty_percent"),
    ):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(label, number(old), number(new))


def _of(
    new: dict[str, CriterionContent],
    old: dict[str, CriterionContent],
    criteria: tuple[CriterionContent, ...],
) -> Iterator[Changed]:
    for one in criteria:
        if one.code not in old:
            yield Changed("added", one.code, one.name, tuple(_facts(None, one)))
            continue
        changes = tuple(_facts(old[one.code], one))
        if changes:
            yield Changed("changed", one.code, one.name, changes)


def _facts(before: CriterionContent | None, after: CriterionContent | None) -> Iterator[Change]:
    for label, value in _FIELDS.items():
        old = value(before) if before else NONE
        new = value(after) if after else NONE
        is_shown = label in _ALWAYS or (before and after)
        if old != new and is_shown:
            yield Change(label, old or NONE, new or NONE)


def _points(one: CriterionContent) -> str:
    is_free = one.section == "deduction" and one.max_points == Decimal(0)
    return "" if is_free else number(one.max_points)


def _words(one: CriterionContent) -> str:
    return describe(one.method, one.config, one.max_points)


def _way(one: CriterionContent) -> str:
    label = MethodName(one.method).label
    return label if one.is_group else f"{label}. {_words(one)}"


_ALWAYS = {"Điểm chuẩn", "Cách chấm"}
_FIELDS: dict[str, Callable[[CriterionContent], str]] = {
    "Nội dung": lambda one: one.name,
    "Thuộc nhóm": lambda one: one.parent or "",
    "Điểm chuẩn": _points,
    "Cách chấm": _way,
    "Minh chứng": lambda one: (
        f"{one.evidence_note}{' (bắt buộc)' if one.evidence_required else ''}".strip()
    ),
    "Nơi thẩm định": lambda one: one.verifier,
    "Mục của Kế hoạch": lambda one: ", ".join(one.plan_codes),
}
