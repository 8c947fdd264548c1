"""What stands in the paper of a report while the board words it, for the world of the canaries."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from campaign.models import Campaign
from lib import clock
from reports.kinds import PROGRESS
from reports.models import Paper, Passage, PassageEdit
from tests.factories import UserFactory
from tests.reports.papers import built
from units.models import Unit

STATE, KIND, SECTION = "paper_draft", "passage", "I"


def let_paper_sing(unit: Unit, campaign: Campaign, say: Callable[..., str]) -> Paper:
    """The paper of a unit's own report: free words, a passage with its source and its past."""
    at, by = clock.now(), UserFactory()
    paper = built(campaign, at, at=at, kind=PROGRESS, unit=unit)
    section = paper.sections.get(code=SECTION)
    section.text = say(STATE, KIND, "own words")
    section.save(update_fields=["text"])
    passage = Passage.objects.create(
        section=section, unit=unit.name, source=say(STATE, KIND, "source"),
        text=say(STATE, KIND, "text"), position=1,
    )  # fmt: skip
    PassageEdit.objects.create(
        passage=passage, at=at, by=by, old_text=say(STATE, KIND, "past"), was_used=True
    )
    return paper


def pages_of(papers: list[Paper]) -> Iterator[str]:
    """The paper's own pages, and those that open the figures of its report to their sources."""
    for paper in papers:
        report = paper.report_id
        for name in ("report", "paper-text", "paper-draft", "report-units", "report-activities"):
            yield reverse(f"reports:{name}", args=[report])
        for name in ("paper-section", "paper-preview"):
            yield reverse(f"reports:{name}", args=[report, SECTION])
        passage = Passage.objects.filter(section__paper=paper).latest("pk")
        yield reverse("reports:passage", args=[report, passage.pk])
