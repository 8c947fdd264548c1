"""The text inside files, found through the thing each hangs on, where that may be seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from awards.models import AwardPaper, Decision
from campaign.models import Evidence, SourceDocument, SubPlan, SubPlanFile
from files.models import FileText
from lib.search import Nearness, Piece, quoted
from reports.datasets.search.asked import Asked, Hit, Listed
from reports.models import Paper, Report, SignedCopy

# Of each kind of thing the newest so many are looked at: who finds more writes another word.
NEWEST: Final = 100


@dataclass(frozen=True)
class _Hung:
    """A content, and the page of the thing it hangs on."""

    stored_id: int
    name: str
    of: str
    url: str
    since: datetime


def inside_files(asked: Asked) -> Listed:
    texts = FileText.objects.saying(asked.words)
    if not texts.exists():  # as for most of what is typed into the top bar
        return Listed()
    said = texts.values("stored")
    newest_first = sorted(_hung(asked, said), key=lambda one: one.since, reverse=True)
    # The same file goes on from version to version: the newest place is the one that counts.
    once = {(one.stored_id, one.of): one for one in reversed(newest_first)}
    hits = [_hit(one) for one in sorted(once.values(), key=lambda one: one.since, reverse=True)]
    return Listed(hits[: asked.most], len(hits))


def with_quotations(hits: Iterable[Hit], words: tuple[str, ...]) -> list[Hit]:
    """Those found inside a file with the place where the words stand: one query for them all."""
    shown = list(hits)
    wanted = {one.stored_id for one in shown if one.stored_id is not None}
    texts = dict(FileText.objects.filter(stored__in=wanted).values_list("stored", "text"))
    return [
        replace(one, quoted=quoted(texts.get(one.stored_id, ""), words)) if one.stored_id else one
        for one in shown
    ]


def _hit(one: _Hung) -> Hit:
    title = one.name or one.of
    about = one.of if one.name else ""
    return Hit(title, one.url, about, Nearness.INSIDE, (Piece(title),), one.stored_id)


def _hung(asked: Asked, said: QuerySet[Any, Any]) -> Iterator[_Hung]:
    yield from _of_units(asked, said)
    yield from _of_awards(asked, said)
    yield from _of_the_board(asked, said)


def _of_units(asked: Asked, said: QuerySet[Any, Any]) -> Iterator[_Hung]:
    plans = SubPlan.objects.visible_to(asked.user).values("pk")
    files = SubPlanFile.objects.filter(sub_plan__in=plans, stored__in=said)
    for file in files.select_related("sub_plan__unit").order_by("-pk")[:NEWEST]:
        of = f"Kế hoạch triển khai của {file.sub_plan.unit}"
        yield _Hung(file.stored_id, file.name, of, file.sub_plan.get_absolute_url(), file.added_at)
    proofs = Evidence.objects.visible_to(asked.user).filter(stored__in=said)
    beside = proofs.select_related("activity", "report__unit", "report__period")
    for proof in beside.order_by("-pk")[:NEWEST]:
        of, url = _proven(proof)
        yield _Hung(proof.stored_id or 0, str(proof), f"Minh chứng: {of}", url, proof.added_at)


def _proven(proof: Evidence) -> tuple[str, str]:
    if proof.activity is not None:
        return str(proof.activity), reverse(
            "campaign:evidence-of-activity", args=[proof.activity.pk]
        )
    return str(proof.report), reverse("campaign:evidence-of-report", args=[proof.report_id])


def _of_awards(asked: Asked, said: QuerySet[Any, Any]) -> Iterator[_Hung]:
    papers = AwardPaper.objects.visible_to(asked.user).current().filter(stored__in=said)
    for paper in papers.select_related("dossier__unit").order_by("-pk")[:NEWEST]:
        url = paper.dossier.get_absolute_url()
        yield _Hung(paper.stored_id, paper.name, str(paper.dossier), url, paper.added_at)
    decisions = Decision.objects.visible_to(asked.user).filter(document__in=said)
    for one in decisions.order_by("-pk")[:NEWEST]:
        since = one.signed_at or one.created_at
        yield _Hung(
            one.document_id or 0, one.document_name, str(one), one.get_absolute_url(), since
        )


def _of_the_board(asked: Asked, said: QuerySet[Any, Any]) -> Iterator[_Hung]:
    sources = SourceDocument.objects.filter(stored__in=said).select_related("campaign")
    for one in sources.order_by("-pk")[:NEWEST]:
        url = one.campaign.get_absolute_url()
        yield _Hung(one.stored_id or 0, one.name, str(one), url, one.added_at)
    reports = Report.objects.visible_to(asked.user).without_figures().filter(docx__in=said)
    for report in reports.select_related("campaign", "period").order_by("-pk")[:NEWEST]:
        url = report.get_absolute_url()
        yield _Hung(report.docx_id or 0, "", str(report), url, report.asked_at)
    yield from _of_papers(asked, said)


def _of_papers(asked: Asked, said: QuerySet[Any, Any]) -> Iterator[_Hung]:
    seen = Paper.objects.visible_to(asked.user)
    for paper in seen.filter(docx__in=said).select_related("report__campaign")[:NEWEST]:
        url, since = paper.get_absolute_url(), paper.issued_at or paper.report.asked_at
        yield _Hung(paper.docx_id or 0, "", str(paper), url, since)
    copies = SignedCopy.objects.filter(paper__in=seen.values("pk"), stored__in=said)
    for copy in copies.select_related("paper__report__campaign").order_by("-pk")[:NEWEST]:
        url = copy.paper.get_absolute_url()
        yield _Hung(copy.stored_id, copy.name, str(copy.paper), url, copy.added_at)
