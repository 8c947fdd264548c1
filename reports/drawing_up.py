"""A paper as it is first drawn up from a report: fixed texts filled, units' paragraphs in order.

Where the report follows an earlier one, what the board had done to a paragraph is kept as long
as the unit still says the same; what came or changed since is marked.
"""

from collections.abc import Mapping

from django.db import transaction

from lib import clock
from reports.datasets.consolidated import Consolidated
from reports.datasets.fixed_texts import filled, shipped_texts
from reports.datasets.progress import Said
from reports.datasets.words import outline, said_in
from reports.models import Paper, PaperSection, Passage, Report, TextTemplate

STEP = 10  # between places, so that one passage can be put between two others
SUPPLEMENT = " (bản bổ sung)"

Earlier = Mapping[tuple[str, str], Passage]


def paper_of(report: Report, data: Consolidated) -> Paper:
    """Drawn up once: a retry finds what the first attempt wrote."""
    with transaction.atomic():
        Report.objects.select_for_update().only("pk").get(pk=report.pk)
        return Paper.objects.filter(report=report).first() or _draw_up(report, data)


def _draw_up(report: Report, data: Consolidated) -> Paper:
    before = Paper.objects.filter(report=report.earlier).first() if report.earlier else None
    paper = _begin(report, data, before)
    own = _own_words(before)
    kept = _passages(before)
    said = said_in(data)
    sections = PaperSection.objects.bulk_create(
        PaperSection(paper=paper, code=part.code, position=place, text=own.get(part.code, ""))
        for place, part in enumerate(outline(data), start=1)
    )
    Passage.objects.bulk_create(
        _passage(section, one, place, kept, follows=before is not None)
        for section in sections
        for place, one in enumerate(said.get(section.code, ()), start=1)
    )
    return paper


def _begin(report: Report, data: Consolidated, before: Paper | None) -> Paper:
    template = TextTemplate.objects.in_force(data.kind)
    texts = filled(template.texts if template else shipped_texts(data.kind), data)
    if before:
        # What was worded by hand is worded again only where its figures would be old.
        texts |= {name: getattr(before, name) for name in ("addressees", "bases", "recipients")}
        texts |= {name: getattr(before, name) for name in ("authority", "position", "signer")}
        texts["subject"] = f"{texts['subject']}{SUPPLEMENT}"
    year = clock.local_day(report.as_of).year
    return Paper.objects.create(
        report=report, template=template, code=Paper.new_code(year), **texts
    )


def _own_words(before: Paper | None) -> dict[str, str]:
    rows = PaperSection.objects.filter(paper=before) if before else PaperSection.objects.none()
    return dict(rows.values_list("code", "text"))


def _passages(before: Paper | None) -> Earlier:
    if before is None:
        return {}
    rows = Passage.objects.filter(section__paper=before).select_related("section")
    return {(row.section.code, row.unit): row for row in rows}


def _passage(
    section: PaperSection, said: Said, place: int, kept: Earlier, *, follows: bool
) -> Passage:
    old = kept.get((section.code, said.unit))
    fresh = Passage(
        section=section, unit=said.unit, source=said.text, text=said.text, position=place * STEP
    )
    if old is None or old.source != said.text:
        fresh.is_new = follows
        if old is not None:
            fresh.position, fresh.is_used = old.position, old.is_used
        return fresh
    fresh.text, fresh.position, fresh.is_used = old.text, old.position, old.is_used
    return fresh
