"""Evidence as pages show it: of an activity, of a report and of each of its indicators."""

from dataclasses import dataclass, field

from campaign.models import Activity, Evidence, ProgressReport


@dataclass
class ReportEvidence:
    """`whole` belongs to the report itself, `figures` to an indicator by its id."""

    whole: list[Evidence] = field(default_factory=list)
    figures: dict[int, list[Evidence]] = field(default_factory=dict)


def evidence_of_activity(activity: Activity) -> list[Evidence]:
    return list(activity.evidence.in_order())


def evidence_of_report(report: ProgressReport) -> ReportEvidence:
    """Everything in one query, however many figures have evidence."""
    found = ReportEvidence()
    for piece in report.evidence.in_order():
        if piece.indicator_id is None:
            found.whole.append(piece)
        else:
            found.figures.setdefault(piece.indicator_id, []).append(piece)
    return found
