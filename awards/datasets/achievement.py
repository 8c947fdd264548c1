"""What in the portal an achievement may stand on, and the text drafted from what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from awards.models import AchievementSource, Dossier, Nomination
from campaign.datasets.report_prefill import line_about
from campaign.models import Activity, Figure, Participation, ProgressReport
from lib.vietnamese import number

MOST_SUMMARY = 500


@dataclass(frozen=True)
class Sources:
    """Activities of the unit that were done or are under way, and figures it has reported."""

    activities: tuple[Activity, ...]
    figures: tuple[Figure, ...]


def sources_offered(dossier: Dossier) -> Sources:
    return Sources(tuple(_activities(dossier)), tuple(_figures(dossier)))


def _activities(dossier: Dossier) -> list[Activity]:
    joined = Participation.objects.filter(
        unit=dossier.unit, state=Participation.State.CONFIRMED
    ).values("activity")
    own = Q(lead_unit=dossier.unit) | Q(pk__in=joined)
    status = [Activity.Status.DONE, Activity.Status.RUNNING]
    rows = Activity.objects.filter(own, campaign=dossier.campaign, status__in=status)
    return list(rows.counting().order_by(F("done_on").asc(nulls_last=True), "pk"))


def _figures(dossier: Dossier) -> list[Figure]:
    """Of the newest report of each period that was sent; what is not zero."""
    reports = ProgressReport.objects.counted().filter(
        unit=dossier.unit, period__campaign=dossier.campaign
    )
    rows = Figure.objects.filter(report__in=reports.values("pk"), activity=None, value__gt=0)
    return list(
        rows.select_related("indicator", "report__period").order_by(
            "report__period__data_to", "indicator__position", "pk"
        )
    )


def sources_of(nomination: Nomination) -> list[AchievementSource]:
    rows = nomination.sources.select_related(
        "activity__lead_unit", "figure__indicator", "figure__report__period"
    )
    return list(rows.order_by("position", "pk"))


def line_of(source: AchievementSource, dossier: Dossier) -> str:
    if source.activity is not None:
        return line_about(source.activity, dossier.unit)
    return line_of_figure(source.figure) if source.figure is not None else ""


def line_of_figure(figure: Figure) -> str:
    """ "- Số nhà tình nghĩa (Quý II/2024): 5 căn." """
    value = number(figure.value) if figure.value is not None else "–"
    return (
        f"- {figure.indicator.name} ({figure.report.period}): {value} {figure.indicator.measure}."
    )


def drafted(dossier: Dossier, sources: Sequence[AchievementSource]) -> tuple[str, str]:
    """The text of the report and the short form for the list, from what was chosen."""
    lines = [line_of(source, dossier) for source in sources]
    if not lines:
        return "", ""
    opening = f"Trong {dossier.campaign.name}, đã đạt được những kết quả chủ yếu sau:"
    short = "; ".join(line.removeprefix("- ").rstrip(".") for line in lines)
    if len(short) > MOST_SUMMARY:
        short = f"{short[: MOST_SUMMARY - 1].rsplit(' ', 1)[0]}…"
    return "\n".join([opening, *lines]), short
