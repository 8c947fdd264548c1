"""Awards of the years before: the list, and all that one person or collective was given."""

from dataclasses import dataclass

from django.db.models import Q

from awards.models import PastAward
from awards.models.history import PastAwardQuerySet
from lib.vietnamese import name_sort_key
from units.datasets import line_of, unit_lines
from units.models import Unit


@dataclass(frozen=True)
class HistoryFilter:
    """What the list is narrowed to; empty means all. A unit stands for its whole line."""

    search: str = ""
    form: str = ""
    year: int | None = None
    unit: Unit | None = None
    recipient: str = ""


@dataclass(frozen=True)
class Holder:
    """One person, collective or household with every award, over the units there were.

    `namesakes` are awards to the same name elsewhere: somebody else until a person says otherwise.
    """

    name: str
    recipient: str
    units: list[str]
    awards: list[PastAward]
    namesakes: list[PastAward]


def history(awards: PastAwardQuerySet, wanted: HistoryFilter) -> PastAwardQuerySet:
    """The newest first; `awards` are what the person may see."""
    found = awards
    if wanted.search:
        found = found.matching(wanted.search)
    if wanted.form:
        found = found.filter(form_name=wanted.form)
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.recipient:
        found = found.filter(recipient=wanted.recipient)
    if wanted.unit:
        found = found.filter(unit__in=line_of(wanted.unit.pk, unit_lines()))
    return found.select_related("unit").order_by("-year", "name_key", "pk")


def forms_of(awards: PastAwardQuerySet) -> list[str]:
    names = awards.order_by().values_list("form_name", flat=True).distinct()
    return sorted(names)


def years_of(awards: PastAwardQuerySet) -> list[int]:
    return sorted(awards.order_by().values_list("year", flat=True).distinct(), reverse=True)


def holder_of(award: PastAward, awards: PastAwardQuerySet) -> Holder:
    """By the row somebody decided it is one with, else by name within the line of its unit."""
    lines = unit_lines()
    line = line_of(award.unit_id, lines) if award.unit_id else frozenset()
    same_name = Q(recipient=award.recipient, name_key=award.name_key)
    wanted = same_name | Q(candidate__isnull=False, candidate=award.candidate_id)
    rows = awards.filter(wanted).select_related("unit").order_by("-year", "-decided_on", "pk")
    mine = [row for row in rows if _is_one(row, award, line)]
    others = [row for row in rows if row not in mine]
    units = dict.fromkeys(row.unit_name for row in mine if row.unit_name)
    others.sort(key=lambda row: (name_sort_key(row.unit_name), -row.year))
    return Holder(award.name, award.get_recipient_display(), list(units), mine, others)


def _is_one(row: PastAward, award: PastAward, line: frozenset[int]) -> bool:
    if row.pk == award.pk:
        return True
    if row.candidate_id and award.candidate_id:
        return row.candidate_id == award.candidate_id
    if row.unit_id is None or award.unit_id is None:
        return row.unit_id == award.unit_id and row.unit_key == award.unit_key
    return row.unit_id in line
