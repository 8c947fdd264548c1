"""What a guideline asks of a dossier: forms, quotas and papers, against what there is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from awards.models import (
    AwardForm,
    AwardGuideline,
    AwardPaper,
    Dossier,
    GuidelinePaper,
    GuidelineQuota,
    Nomination,
    PaperKind,
    Recipient,
)
from campaign.models import Campaign
from units.models import BlockMembership, Unit

Scope = GuidelineQuota.Scope

# What the law asks where no guideline is issued: letter, minutes, a report for each nominee.
ALWAYS = (
    (PaperKind.LETTER, GuidelinePaper.Scope.DOSSIER),
    (PaperKind.MINUTES, GuidelinePaper.Scope.DOSSIER),
    (PaperKind.REPORT, GuidelinePaper.Scope.NOMINATION),
)
# Papers the portal writes itself from the data of the dossier.
GENERATED = frozenset({PaperKind.LETTER, PaperKind.MINUTES, PaperKind.REPORT})


@dataclass(frozen=True)
class QuotaLine:
    """One quota that concerns a unit: how many there may be, how many are on their way."""

    form: AwardForm
    recipient: str
    whose: str
    most: int
    used: int

    @property
    def left(self) -> int:
        return self.most - self.used

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.most

    @property
    def label(self) -> str:
        return str(Recipient(self.recipient).label) if self.recipient else "Mọi đối tượng"


def quotas_of(guideline: AwardGuideline | None, campaign: Campaign, unit: Unit) -> list[QuotaLine]:
    """The quotas of the unit and of its block; none where no guideline is issued."""
    if guideline is None:
        return []
    place = BlockMembership.objects.filter(unit=unit, year=campaign.year).first()
    block = place.block_id if place else None
    rows = list(
        guideline.quotas.select_related("form", "unit", "block").order_by("form__position", "pk")
    )
    chosen = [row for row in rows if _concerns(row, rows, unit, block)]
    of_unit = _counted(campaign, [unit.pk])
    needs_block = any(row.scope in {Scope.EACH_BLOCK, Scope.BLOCK} for row in chosen)
    of_block = _counted(campaign, _members(block, campaign)) if needs_block else Counter()
    return [
        QuotaLine(
            row.form,
            row.recipient,
            "Đơn vị" if _is_of_unit(row) else "Cả khối",
            row.most,
            _used(of_unit if _is_of_unit(row) else of_block, row),
        )
        for row in chosen
    ]


def _is_of_unit(row: GuidelineQuota) -> bool:
    return row.scope in {Scope.EACH_UNIT, Scope.UNIT}


def _concerns(
    row: GuidelineQuota, rows: Sequence[GuidelineQuota], unit: Unit, block: int | None
) -> bool:
    """A quota for one by name goes before the general one for the same form and recipients."""
    if row.scope == Scope.UNIT:
        return row.unit_id == unit.pk
    if row.scope == Scope.BLOCK:
        return row.block_id == block
    named = [one for one in rows if (one.form_id, one.recipient) == (row.form_id, row.recipient)]
    if row.scope == Scope.EACH_UNIT:
        return not any(one.unit_id == unit.pk for one in named)
    return block is not None and not any(one.block_id == block for one in named)


def _members(block: int | None, campaign: Campaign) -> list[int]:
    rows = BlockMembership.objects.filter(block=block, year=campaign.year)
    return list(rows.values_list("unit", flat=True))


def _counted(campaign: Campaign, units: Iterable[int]) -> Counter[tuple[str, str]]:
    """Live nominations by form and recipient; drafts count too, so that two officers see it."""
    rows = Nomination.objects.live().of_campaign(campaign).filter(dossier__unit__in=list(units))
    return Counter(rows.values_list("form__code", "candidate__recipient"))


def _used(counts: Counter[tuple[str, str]], row: GuidelineQuota) -> int:
    return sum(
        count
        for (code, recipient), count in counts.items()
        if code == row.form.code and row.recipient in {"", recipient}
    )


def forms_offered(guideline: AwardGuideline | None, *, on: date) -> list[AwardForm]:
    """What may be proposed on a day: the guideline's forms, or every form of the law fit for a
    campaign while none is issued."""
    forms = AwardForm.objects.in_force(on=on)
    if guideline is None:
        return list(forms.thematic().in_order())
    codes = guideline.forms.values_list("form__code", flat=True)
    return list(forms.filter(code__in=list(codes)).in_order())


@dataclass(frozen=True)
class PaperLine:
    """One paper that is asked for, and what there is of it."""

    kind: str
    nomination: Nomination | None
    note: str
    papers: tuple[AwardPaper, ...]

    @property
    def label(self) -> str:
        return str(PaperKind(self.kind).label)

    @property
    def can_generate(self) -> bool:
        return self.kind in GENERATED

    @property
    def is_there(self) -> bool:
        return bool(self.papers)

    @property
    def is_accepted(self) -> bool:
        return bool(self.papers) and all(paper.accepted for paper in self.papers)


def papers_asked(
    dossier: Dossier, nominations: Sequence[Nomination], guideline: AwardGuideline | None
) -> list[PaperLine]:
    """The checklist: the papers of the whole first, then each nominee's."""
    rows = (
        AwardPaper.objects.current().filter(dossier=dossier).select_related("stored", "checked_by")
    )
    there: dict[tuple[str, int | None], list[AwardPaper]] = {}
    for paper in rows.order_by("added_at", "pk"):
        there.setdefault((paper.kind, paper.nomination_id), []).append(paper)
    lines = []
    for kind, nomination, note in _asked(nominations, guideline):
        found = there.pop((kind, nomination.pk if nomination else None), [])
        lines.append(PaperLine(kind, nomination, note, tuple(found)))
    by_pk = {row.pk: row for row in nominations}
    more = [
        PaperLine(kind, by_pk.get(pk or 0), "", tuple(found)) for (kind, pk), found in there.items()
    ]
    return lines + more


def _asked(
    nominations: Sequence[Nomination], guideline: AwardGuideline | None
) -> list[tuple[str, Nomination | None, str]]:
    if guideline is None:
        rules = [(str(kind), str(scope), "", "") for kind, scope in ALWAYS]
    else:
        rows = guideline.papers.select_related("form").order_by("pk")
        rules = [(row.kind, row.scope, row.form.code if row.form else "", row.note) for row in rows]
    codes = {row.form.code for row in nominations}
    asked: dict[tuple[str, int], tuple[str, Nomination | None, str]] = {}
    for kind, scope, code, note in sorted(rules, key=lambda rule: rule[1]):
        if scope == GuidelinePaper.Scope.DOSSIER:
            if not code or code in codes:
                asked[kind, 0] = (kind, None, note)
            continue
        for row in nominations:
            if code in {"", row.form.code}:
                asked[kind, row.pk] = (kind, row, note)
    return list(asked.values())
