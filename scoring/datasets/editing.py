"""Changes to a scale as plain values: in goes a content, out comes another. Nothing is stored.

Criteria are named by their codes, so that a page shown before a save still means the same row
after it.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.formula import MethodName, Section

ZERO = Decimal(0)


def descendants(content: ScaleContent, code: str) -> set[str]:
    """The criterion and everything below it."""
    found = {code}
    for one in content.criteria:  # parents stand before children
        if one.parent in found:
            found.add(one.code)
    return found


def in_tree_order(criteria: Iterable[CriterionContent]) -> tuple[CriterionContent, ...]:
    """Depth first, siblings in the order they came; content, then bonuses, then deductions."""
    children: dict[str | None, list[CriterionContent]] = {}
    for one in criteria:
        children.setdefault(one.parent, []).append(one)
    order = list(Section)
    roots = sorted(children.get(None, []), key=lambda one: order.index(Section(one.section)))
    done: list[CriterionContent] = []

    def walk(one: CriterionContent) -> None:
        done.append(one)
        for child in children.get(one.code, []):
            walk(child)

    for root in roots:
        walk(root)
    return tuple(done)


def with_criterion(
    content: ScaleContent, criterion: CriterionContent, *, instead_of: str = "", after: str = ""
) -> ScaleContent:
    """Put a criterion in, in place of another or as a new one; `after` names the sibling before
    it. A new code is carried to the children of the old one."""
    others = [one for one in content.criteria if one.code != instead_of]
    if instead_of and instead_of != criterion.code:
        others = [
            replace(one, parent=criterion.code) if one.parent == instead_of else one
            for one in others
        ]
    place = _place(content, others, instead_of, after)
    return replace(content, criteria=in_tree_order([*others[:place], criterion, *others[place:]]))


def _place(
    content: ScaleContent, others: list[CriterionContent], instead_of: str, after: str
) -> int:
    codes = [one.code for one in others]
    if after in codes:
        return codes.index(after) + 1
    if instead_of:
        return [one.code for one in content.criteria].index(instead_of)
    return len(others)


def without(content: ScaleContent, code: str) -> ScaleContent:
    gone = descendants(content, code)
    return replace(content, criteria=tuple(one for one in content.criteria if one.code not in gone))


def with_points(content: ScaleContent, typed: dict[str, tuple[str, Decimal]]) -> ScaleContent:
    """Names and points of many criteria at once, by their codes."""
    changed = (
        replace(one, name=typed[one.code][0], max_points=typed[one.code][1])
        if one.code in typed
        else one
        for one in content.criteria
    )
    return replace(content, criteria=tuple(changed))


def with_head(
    content: ScaleContent, *, total: Decimal, bonus_cap: Decimal, honesty_percent: Decimal
) -> ScaleContent:
    return ScaleContent(total, bonus_cap, honesty_percent, content.criteria)


def with_package(
    content: ScaleContent, group: CriterionContent, leaves: Iterable[CriterionContent]
) -> ScaleContent:
    """The group and its leaves at the end of the group they go into; the old ones give way."""
    known = content.by_code()
    kept = without(content, group.code) if group.code in known else content
    lines = [replace(leaf, parent=group.code, section=group.section) for leaf in leaves]
    return replace(kept, criteria=in_tree_order([*kept.criteria, group, *lines]))


def freed_code(content: ScaleContent, wanted: str) -> str:
    """A code nobody has: the wanted one, or it with a letter after."""
    known = content.by_code()
    for tail in ("", *"abcdefghij"):
        if f"{wanted}{tail}" not in known:
            return f"{wanted}{tail}"
    raise ValueError(f"No code is left near {wanted}.")


def next_code(content: ScaleContent, parent: str | None) -> str:
    """The code a new criterion is offered: the next number, or the next letter at the top."""
    siblings = [one.code for one in content.criteria if one.parent == parent]
    if parent is None:
        letters = {code for code in siblings if len(code) == 1}
        return next((one for one in "ABCDEFGHIK" if one not in letters), "L")
    return freed_code(content, f"{parent}.{len(siblings) + 1}")


def group_codes(content: ScaleContent) -> list[tuple[str, str]]:
    return [
        (one.code, f"{one.code} {one.name}")
        for one in content.criteria
        if one.method == MethodName.GROUP
    ]
