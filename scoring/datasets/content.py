"""A scale as plain values: what is copied, compared, imported and exported."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from scoring.formula import MethodName, Node, Section, dump, method_from
from scoring.models import Criterion, ScoringScale

# What a criterion may be called: A, A.1, C.2.3.
CODE = re.compile(r"[0-9A-ZĐ][0-9A-ZĐa-zđ]*(?:\.[0-9A-ZĐa-zđ]+)*")


@dataclass(frozen=True)
class CriterionContent:
    """One criterion without its row. `config` in its full form, so that two can be compared."""

    code: str
    name: str
    max_points: Decimal
    method: str
    parent: str | None = None
    section: str = Section.CONTENT.value
    config: Any = field(default_factory=dict)
    wording: str = ""
    evidence_required: bool = False
    evidence_note: str = ""
    verifier: str = ""
    plan_codes: tuple[str, ...] = ()
    package_code: str = ""

    @property
    def is_group(self) -> bool:
        return self.method == MethodName.GROUP

    def node(self) -> Node:
        return Node(self.code, self.parent, Section(self.section), self.max_points, self.is_group)

    def completed(self) -> "CriterionContent":
        """With every default of the configuration written out; `BadConfig` where it is none."""
        if self.is_group:
            return replace(self, config={})
        return replace(self, config=dump(method_from(self.method, self.config)))


@dataclass(frozen=True)
class ScaleContent:
    """The head of a scale and its criteria in printed order, parents before children."""

    total: Decimal
    bonus_cap: Decimal
    honesty_percent: Decimal
    criteria: tuple[CriterionContent, ...] = ()

    def nodes(self) -> list[Node]:
        return [one.node() for one in self.criteria]

    def by_code(self) -> dict[str, CriterionContent]:
        return {one.code: one for one in self.criteria}


EMPTY_SCALE = ScaleContent(Decimal(1000), Decimal(0), Decimal(5))


def content_of(scale: ScoringScale) -> ScaleContent:
    rows = scale.criteria.in_order().select_related("parent", "package_criterion")
    criteria = tuple(_criterion(row) for row in rows.prefetch_related("plan_items"))
    return ScaleContent(scale.total, scale.bonus_cap, scale.honesty_percent, criteria)


def _criterion(row: Criterion) -> CriterionContent:
    items = sorted(row.plan_items.all(), key=lambda item: item.position)
    return CriterionContent(
        code=row.code,
        name=row.name,
        max_points=row.max_points,
        method=row.method,
        parent=row.parent.code if row.parent else None,
        section=row.section,
        config=row.config,
        wording=row.wording,
        evidence_required=row.evidence_required,
        evidence_note=row.evidence_note,
        verifier=row.verifier,
        plan_codes=tuple(item.code for item in items),
        package_code=row.package_criterion.code if row.package_criterion else "",
    )
