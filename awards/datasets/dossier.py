"""A dossier on its page: nominations with their findings, papers, quotas, what is in the way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from accounts.models import AuditEvent, User
from awards.datasets.guideline import (
    PaperLine,
    QuotaLine,
    forms_offered,
    papers_asked,
    quotas_of,
)
from awards.datasets.rules import Judged, day_judged, judge, nominations_of
from awards.models import AwardGuideline, Dossier, DossierReturn, Nomination
from lib import clock
from units.permissions import belongs_to, sees_province

SHOWN_EVENTS = 50
TOLD_OUTSIDE = {
    *(set(Dossier.Status) - {Dossier.Status.DRAFTING, Dossier.Status.AWAITING_HEAD}),
    *(set(Nomination.Status) - {Nomination.Status.IN_DOSSIER}),
    "nominee_out",
}
OF_THE_PROVINCE = {Nomination.Status.APPRAISED, Nomination.Status.CONSULTING}
# Rules on the letter: each nominee has the same, and it is mended in one place.
OF_DOSSIER = {"R16"}


@dataclass(frozen=True)
class Problem:
    """Something that keeps the head from signing; `basis` is the law or the guideline."""

    text: str
    basis: str = ""
    url: str = ""


@dataclass(frozen=True)
class DossierPage:
    dossier: Dossier
    guideline: AwardGuideline | None
    judged: tuple[Judged, ...]
    papers: tuple[PaperLine, ...]
    quotas: tuple[QuotaLine, ...]
    problems: tuple[Problem, ...]
    due_date: date | None
    is_late: bool

    @property
    def people(self) -> int:
        return sum(one.nomination.candidate.recipient == "individual" for one in self.judged)

    @property
    def direct_workers(self) -> int:
        return sum(one.nomination.candidate.is_direct_worker for one in self.judged)

    @property
    def women(self) -> int:
        return sum(one.nomination.candidate.gender == "female" for one in self.judged)


def dossier_page(dossier: Dossier, *, at: datetime) -> DossierPage:
    """Fetch `unit` and `campaign` along."""
    on = day_judged(dossier, at=at)
    guideline = AwardGuideline.objects.in_force(dossier.campaign, on=on)
    nominations = nominations_of(dossier)
    judged = tuple(judge(dossier, nominations, at=at))
    papers = tuple(papers_asked(dossier, nominations, guideline))
    quotas = tuple(quotas_of(guideline, dossier.campaign, dossier.unit))
    due = guideline.due_date if guideline else None
    sent = dossier.submitted_at or at
    return DossierPage(
        dossier=dossier,
        guideline=guideline,
        judged=judged,
        papers=papers,
        quotas=quotas,
        problems=tuple(_problems(judged, papers, quotas, guideline, on)),
        due_date=due,
        is_late=due is not None and sent >= clock.closes_at(due),
    )


def _problems(
    judged: tuple[Judged, ...],
    papers: tuple[PaperLine, ...],
    quotas: tuple[QuotaLine, ...],
    guideline: AwardGuideline | None,
    on: date,
) -> list[Problem]:
    if not judged:
        return [Problem("Hồ sơ chưa có đề nghị nào.")]
    basis = f"Hướng dẫn số {guideline.number}" if guideline else ""
    found = [problem for one in judged for problem in _of_nomination(one)]
    allowed = {form.code for form in forms_offered(guideline, on=on)}
    if guideline is not None:
        found += [
            Problem(f"{one.nomination}: hình thức này không có trong hướng dẫn.", basis)
            for one in judged
            if one.nomination.form.code not in allowed
        ]
    found += [
        Problem(
            f"{line.form.name} ({line.label.lower()}): {line.whose.lower()} đề nghị {line.used},"
            f" chỉ tiêu {line.most}.",
            basis,
        )
        for line in quotas
        if line.is_exceeded
    ]
    found += [
        Problem(f"Thiếu {line.label.lower()}{_of_whom(line)}.", basis)
        for line in papers
        if not line.is_there and not line.can_generate
    ]
    return list(dict.fromkeys(found))


def _of_whom(line: PaperLine) -> str:
    return f" của {line.nomination.candidate}" if line.nomination else ""


def _of_nomination(one: Judged) -> list[Problem]:
    url = one.nomination.get_absolute_url()
    who = one.nomination.candidate.name
    found = []
    if one.missing:
        found.append(Problem(f"{who}: còn thiếu {', '.join(one.missing)}.", "", url))
    for finding in one.findings:
        if not finding.blocks:
            continue
        basis = finding.rule.legal_basis
        ask = " Cần nêu lý do." if finding.needs_reason else ""
        if finding.rule.code in OF_DOSSIER and finding.is_error:
            found.append(Problem(finding.text, basis))
        else:
            found.append(Problem(f"{who}: {finding.text}{ask}", basis, url))
    return found


def events_of(user: User, dossier: Dossier, *subjects: Model) -> list[AuditEvent]:
    """What happened, as far as it is the reader's: what went on inside the unit stays with its
    people, what Ban Thi đua found stays with the province until it is decided."""
    rows = AuditEvent.objects.about(*subjects).select_related("by")
    if not belongs_to(user, dossier.unit):
        rows = rows.filter(verb__in=TOLD_OUTSIDE)
    if not sees_province(user):
        rows = rows.exclude(verb__in=OF_THE_PROVINCE)
    return list(rows[:SHOWN_EVENTS])


def last_return(dossier: Dossier) -> DossierReturn | None:
    rows = dossier.returns.prefetch_related("reasons__nomination__candidate").select_related("by")
    return rows.order_by("-at").first()
