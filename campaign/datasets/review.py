"""Everything a reviewer reads beside the file: the text, what changed, what the rules say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.checklist import Finding, Line, check
from campaign.datasets.activity_table import activities_in_order
from campaign.datasets.content import content_of
from campaign.datasets.coverage import Coverage, coverage_of
from campaign.datasets.edition import changes_since_previous
from campaign.datasets.targets import TargetLine, registered_lines
from campaign.difference import Difference
from campaign.models import PlannedActivity, ReturnReason, SubPlan, SubPlanFile
from files.checks import Kind
from lib import clock

_TEXTS = (
    "legal_basis", "purpose", "theme", "organisation", "commendation", "ho_chi_minh_link"
)  # fmt: skip
_FACTS = ("document_number", "document_date", "signer_name", "signer_position")


@dataclass(frozen=True)
class Fact:
    """A field as the unit filled it in; lit where it differs from the version sent before."""

    label: str
    value: str | date | None
    is_changed: bool


@dataclass(frozen=True)
class ActivityLine:
    activity: PlannedActivity
    codes: str
    is_changed: bool


@dataclass(frozen=True)
class Reading:
    """One version, ready to be read; `before` is what the version before was returned for."""

    facts: tuple[Fact, ...]
    texts: tuple[Fact, ...]
    activities: tuple[ActivityLine, ...]
    targets: tuple[TargetLine, ...]
    coverage: Coverage
    is_declared: bool
    findings: dict[str, tuple[Finding, ...]]
    difference: Difference | None
    before: tuple[ReturnReason, ...]
    files: tuple[SubPlanFile, ...]

    @property
    def error_count(self) -> int:
        return sum(found.is_error for line in self.findings.values() for found in line)


def reading_of(sub_plan: SubPlan, *, today: date) -> Reading:
    """The rules are asked as of the day it was sent, so that a finding does not come and go.

    Of a plan that came on paper the portal holds no content: every rule would cry.
    """
    rows = activities_in_order(sub_plan)
    is_declared = sub_plan.channel == SubPlan.Channel.PORTAL or bool(rows)
    difference = changes_since_previous(sub_plan)
    keys = difference.changed_keys if difference else frozenset()
    sent_on = clock.local_day(sub_plan.submitted_at) if sub_plan.submitted_at else today
    return Reading(
        facts=_facts(sub_plan, _FACTS, difference),
        texts=_facts(sub_plan, _TEXTS, difference),
        activities=tuple(
            ActivityLine(
                row, ", ".join(item.code for item in row.plan_items.all()), str(row.key) in keys
            )
            for row in rows
        ),
        targets=tuple(registered_lines(sub_plan)),
        coverage=coverage_of(sub_plan, rows),
        is_declared=is_declared,
        findings=_by_line(check(content_of(sub_plan, today=sent_on)) if is_declared else ()),
        difference=difference,
        before=_reasons_before(sub_plan),
        files=tuple(sub_plan.files.select_related("stored").order_by("-kind", "pk")),
    )


def _facts(
    sub_plan: SubPlan, names: Iterable[str], difference: Difference | None
) -> tuple[Fact, ...]:
    changed = difference.changed_labels if difference else frozenset()
    facts = []
    for name in names:
        label = str(SubPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        facts.append(Fact(label, getattr(sub_plan, name), label in changed))
    return tuple(facts)


def _by_line(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    by_line: dict[str, tuple[Finding, ...]] = {line.code: () for line in Line}
    for finding in findings:
        by_line[finding.line.code] += (finding,)
    return by_line


def _reasons_before(sub_plan: SubPlan) -> tuple[ReturnReason, ...]:
    earlier = ReturnReason.objects.filter(
        sub_plan__campaign=sub_plan.campaign_id,
        sub_plan__unit=sub_plan.unit_id,
        sub_plan__version=sub_plan.version - 1,
    )
    return tuple(earlier.order_by("pk"))


def shown_file(files: Iterable[SubPlanFile], wanted: str) -> SubPlanFile | None:
    """The file asked for, else the first PDF, else the first file."""
    listed = list(files)
    chosen = [file for file in listed if str(file.pk) == wanted]
    pdfs = [file for file in listed if file.stored.kind == Kind.PDF.value]
    return next(iter([*chosen, *pdfs, *listed]), None)
