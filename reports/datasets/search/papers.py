"""Documents by what they are called: of units, of the campaign, of the board."""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet

from awards.models import AwardGuideline, Decision, Dossier
from campaign.models import ProgressReport, ReportingPeriod, SourceDocument, SubPlan
from campaign.models.submission import Submission
from lib.search import nearness
from lib.vietnamese import fold, short_date
from reports.datasets.search.asked import Asked, Hit, Listed, has_words, hit, near_of, nearest, rank
from reports.datasets.search.names import as_directories_say
from reports.models import Paper, Report

S = TypeVar("S", bound=Submission)
Known = Callable[[str], Q]

# A register is read whole and folded here; beyond that only its newest rows.
NEWEST: Final = 500

_SUB_PLAN = frozenset({"ke", "hoach", "trien", "khai", "cua"})
_REPORT = frozenset({"bao", "cao", "ky", "cua"})
_DOSSIER = frozenset({"ho", "so", "de", "nghi", "khen", "thuong", "cua"})


def documents(asked: Asked) -> Listed:
    of_units = [_sub_plans(asked), _progress_reports(asked), _dossiers(asked)]
    registered = _nearest_of_each(_registers(asked))
    hits = [one for listed in of_units for one in listed.hits] + registered
    hits.sort(key=lambda one: one.nearness)
    return Listed(
        hits[: asked.most], len(registered) + sum(listed.count for listed in of_units)
    )  # fmt: skip


# --- One of each unit ---------------------------------------------------------------------------


def _sub_plans(asked: Asked) -> Listed:
    seen = SubPlan.objects.visible_to(asked.user)
    rows = seen.newest_among(seen).select_related("unit", "campaign")
    found, count = _of_units(asked, rows, _SUB_PLAN, _number(asked))
    return Listed(
        [
            hit(
                asked, f"Kế hoạch triển khai của {row.unit}", row.get_absolute_url(),
                _about(row.document_number, row.get_status_display(), row.campaign), near_of(row),
            )
            for row in found
        ],
        count,
    )  # fmt: skip


def _progress_reports(asked: Asked) -> Listed:
    periods = list(ReportingPeriod.objects.visible_to(asked.user))
    seen = ProgressReport.objects.visible_to(asked.user)
    rows = seen.newest_among(seen).select_related("unit", "period")

    def known(word: str) -> Q:
        named = [one.pk for one in periods if word in fold(one.name)]
        return Q(period__in=named) if named else Q()

    found, count = _of_units(asked, rows, _REPORT, _number(asked), known)
    return Listed(
        [
            hit(
                asked, f"Báo cáo {row.period} của {row.unit}", row.get_absolute_url(),
                _about(row.document_number, row.get_status_display()), near_of(row),
            )
            for row in found
        ],
        count,
    )  # fmt: skip


def _dossiers(asked: Asked) -> Listed:
    rows = Dossier.objects.visible_to(asked.user).select_related("unit", "campaign")
    found, count = _of_units(asked, rows, _DOSSIER, Q(pk=None))
    return Listed(
        [
            hit(
                asked, str(row), row.get_absolute_url(),
                _about(row.get_status_display(), row.campaign), near_of(row),
            )
            for row in found
        ],
        count,
    )  # fmt: skip


def _of_units(
    asked: Asked, rows: QuerySet[Any], called: frozenset[str], exact: Q, known: Known | None = None
) -> tuple[list[Any], int]:
    """Those of units with the words that do not say merely what kind of document it is."""
    words = tuple(word for word in as_directories_say(asked.words) if word not in called)
    wanted = Q()
    for word in words:
        wanted &= has_words([word], "unit__search_key") | (known(word) if known else Q())
    near = rank("unit__search_key", words, exact=exact)
    rows = rows.filter(wanted | exact) if words else rows
    return nearest(rows, near, "unit__sort_order", "-pk", most=asked.most)


def _number(asked: Asked) -> Q:
    """“12/KH-SLĐTBXH” as typed: numbers of documents are in capitals and not folded."""
    has_digit = any(letter.isdigit() for letter in asked.typed)
    return Q(document_number__contains=asked.typed.upper()) if has_digit else Q(pk=None)


# --- Registers ----------------------------------------------------------------------------------


def _registers(asked: Asked) -> Iterator[Hit]:
    """Everything that has a subject of its own, folded here because there is little of it."""
    for source in SourceDocument.objects.select_related("campaign").order_by("-issued_on", "-pk"):
        about = _about(source.get_kind_display(), source.number, source.campaign)
        yield from _near(asked, source.subject, source.campaign.get_absolute_url(), about)
    for decision in Decision.objects.visible_to(asked.user).order_by("-pk")[:NEWEST]:
        day = short_date(decision.decided_on) if decision.decided_on else ""
        title = f"{decision} {decision.subject}"
        yield from _near(asked, title, decision.get_absolute_url(), _about("Khen thưởng", day))
    for guideline in AwardGuideline.objects.visible_to(asked.user).order_by("-pk")[:NEWEST]:
        yield from _near(asked, str(guideline), guideline.get_absolute_url(), "Khen thưởng")
    yield from _reports(asked)


def _reports(asked: Asked) -> Iterator[Hit]:
    papers = Paper.objects.visible_to(asked.user).select_related(
        "report__campaign", "report__period"
    )
    for paper in papers.defer("report__snapshot").order_by("-pk")[:NEWEST]:
        about = _about("Báo cáo tổng hợp", paper.get_status_display())
        yield from _near(asked, f"{paper} {paper.subject}", paper.get_absolute_url(), about)
    reports = Report.objects.visible_to(asked.user).filter(state=Report.State.DONE)
    whole = reports.without_figures().select_related("campaign", "period", "block", "unit", "item")
    for report in whole.newest_first()[:NEWEST]:
        about = _about("Báo cáo tổng hợp", report.whose)
        yield from _near(asked, str(report), report.get_absolute_url(), about)


def _near(asked: Asked, title: str, url: str, about: str) -> Iterator[Hit]:
    near = nearness(fold(f"{title} {about}"), asked.words)
    if near is not None:
        yield hit(asked, title, url, about, near)


def _nearest_of_each(hits: Iterator[Hit]) -> list[Hit]:
    """A report and its paper are one page."""
    kept: dict[str, Hit] = {}
    for one in hits:
        if one.url not in kept or one.nearness < kept[one.url].nearness:
            kept[one.url] = one
    return sorted(kept.values(), key=lambda one: one.nearness)


def _about(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
