"""Lists of nominees and of awarded as they stand on paper, on a page and in a workbook."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from awards.models import Grant, Nomination, Recipient
from awards.models.nomination import NominationQuerySet

# Collectives come first in an official list, then households, then people.
ORDER = (Recipient.COLLECTIVE, Recipient.HOUSEHOLD, Recipient.INDIVIDUAL)
NOUNS = {
    Recipient.COLLECTIVE: "tập thể",
    Recipient.HOUSEHOLD: "hộ gia đình",
    Recipient.INDIVIDUAL: "cá nhân",
}
SMALL = 10


@dataclass(frozen=True)
class Listed:
    """One line; `note` says what became of it where that must be said (đã hủy bỏ)."""

    name: str
    position: str
    unit: str
    summary: str
    form: str
    recipient: str
    is_direct: bool = False
    number: str = ""
    note: str = ""

    @property
    def where(self) -> str:
        """Chức vụ, đơn vị in one cell."""
        return ", ".join(part for part in (self.position, self.unit) if part)


@dataclass(frozen=True)
class Group:
    """All of one form and one kind of recipient."""

    form: str
    recipient: str
    rows: tuple[Listed, ...]

    @property
    def title(self) -> str:
        return f"{self.form} – {Recipient(self.recipient).label.lower()}"


def official_order(nominations: NominationQuerySet) -> list[Nomination]:
    """By form, collectives before people, units by protocol."""
    rows = nominations.select_related("candidate__unit", "form", "dossier__unit")
    return sorted(
        rows,
        key=lambda row: (
            row.form.position, ORDER.index(Recipient(row.candidate.recipient)),
            row.candidate.unit.sort_order, row.position, row.pk,
        ),
    )  # fmt: skip


def listed_nominations(nominations: Iterable[Nomination]) -> list[Listed]:
    return [
        Listed(
            name=one.candidate.name, position=one.candidate.position,
            unit=one.candidate.unit.name, summary=one.summary, form=one.form.name,
            recipient=one.candidate.recipient, is_direct=one.candidate.is_direct_worker,
        )
        for one in nominations
    ]  # fmt: skip


def listed_grants(grants: Iterable[Grant]) -> list[Listed]:
    """As printed in the decision; fetch nomination, candidate and form along."""
    return [
        Listed(
            name=one.name, position=one.position, unit=one.unit_name,
            summary=one.nomination.summary, form=one.nomination.form.name,
            recipient=one.nomination.candidate.recipient,
            is_direct=one.nomination.candidate.is_direct_worker, number=one.golden_book_number,
            note=f"Đã hủy bỏ theo {one.revoked_under}" if one.is_revoked else "",
        )
        for one in grants
    ]  # fmt: skip


def groups_of(rows: Sequence[Listed]) -> list[Group]:
    """In the order they come."""
    return [
        Group(form, recipient, tuple(members))
        for (form, recipient), members in groupby(rows, key=lambda row: (row.form, row.recipient))
    ]


def headcount(rows: Iterable[Listed]) -> str:
    """“02 tập thể, 13 cá nhân”."""
    counts = Counter(row.recipient for row in rows)
    said = [
        f"{counts[kind]:02d} {NOUNS[kind]}"
        if counts[kind] < SMALL
        else f"{counts[kind]} {NOUNS[kind]}"
        for kind in ORDER
        if counts[kind]
    ]
    return ", ".join(said) or "không có trường hợp nào"
