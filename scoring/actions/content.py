"""Writing the criteria of a draft, all of them at once: a content in, rows out."""

from collections.abc import Iterable

from campaign.models import PlanItem
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.models import Criterion, PackageCriterion, ScoringScale


def write_content(scale: ScoringScale, content: ScaleContent) -> None:
    """Make a draft say exactly this: its head and every criterion, replacing what was there."""
    scale.total, scale.bonus_cap = content.total, content.bonus_cap
    scale.honesty_percent = content.honesty_percent
    scale.save(update_fields=["total", "bonus_cap", "honesty_percent"])
    scale.criteria.all().delete()
    rows = _write_criteria(scale, content.criteria)
    _tie_to_plan(scale, content.criteria, rows)


def _write_criteria(
    scale: ScoringScale, criteria: Iterable[CriterionContent]
) -> dict[str, Criterion]:
    """Level by level, because a row needs the key of its parent."""
    package = {one.code: one for one in PackageCriterion.objects.filter(
        package__campaign__starts_on__year=scale.year
    )}  # fmt: skip
    rows: dict[str, Criterion] = {}
    waiting = list(enumerate(criteria, start=1))
    while waiting:
        ready = [(at, one) for at, one in waiting if one.parent is None or one.parent in rows]
        if not ready:
            raise ValueError("A criterion names a parent that is not there.")
        made = Criterion.objects.bulk_create(
            _row(scale, at, one, rows.get(one.parent or ""), package.get(one.package_code))
            for at, one in ready
        )
        rows |= {row.code: row for row in made}
        waiting = [(at, one) for at, one in waiting if one.code not in rows]
    return rows


def _row(
    scale: ScoringScale,
    position: int,
    content: CriterionContent,
    parent: Criterion | None,
    package: PackageCriterion | None,
) -> Criterion:
    return Criterion(
        scale=scale,
        code=content.code,
        parent=parent,
        section=content.section,
        position=position,
        name=content.name,
        max_points=content.max_points,
        method=content.method,
        config=content.config,
        wording=content.wording,
        evidence_required=content.evidence_required,
        evidence_note=content.evidence_note,
        verifier=content.verifier,
        package_criterion=package,
    )


def _tie_to_plan(
    scale: ScoringScale, criteria: Iterable[CriterionContent], rows: dict[str, Criterion]
) -> None:
    """To the plan of the scale's year, as far as its rows are known."""
    items = PlanItem.objects.filter(campaign__starts_on__year=scale.year)
    known = dict(items.values_list("code", "pk"))
    through = Criterion.plan_items.through
    through._default_manager.bulk_create(
        through(criterion_id=rows[one.code].pk, planitem_id=known[code])
        for one in criteria
        for code in one.plan_codes
        if code in known
    )
