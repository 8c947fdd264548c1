"""What was asked, what is answered, and how a database is asked for names by nearness.

Large tables have a folded column (`*_key`) that the database looks through; small registers are
folded here (`nearness`). Both mean the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.db.models import Case, Count, Model, Q, QuerySet, Value, When, Window

from accounts.models import User
from lib.search import SHORT, Nearness, Piece, needles, shown, spellings

# What can be leafed through of one kind; who finds more than that writes another word.
MOST: Final = 200

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Asked:
    """`words` are folded and never empty. `most` is how many of a kind are wanted."""

    user: User
    words: tuple[str, ...]
    typed: str
    at: datetime
    most: int = MOST

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `stored_id` names the content whose words were found."""

    title: str
    url: str
    about: str
    nearness: Nearness
    marked: tuple[Piece, ...]
    stored_id: int | None = None
    quoted: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Listed:
    """The nearest first. `count` may say more than there are hits."""

    hits: Sequence[Hit] = ()
    count: int = 0


def hit(asked: Asked, title: str, url: str, about: str, near: int) -> Hit:
    return Hit(title, url, about, Nearness(near), shown(title, asked.words))


def has_words(words: Iterable[str], field: str) -> Q:
    """Names in which each word stands somewhere, in either spelling."""
    return _has_all(map(spellings, words), field)


def has_needles(words: Sequence[str], field: str) -> Q:
    """Sentences in which the words stand, two of them together (`lib.search.needles`)."""
    return _has_all(needles(words), field)


def _has_all(wanted_of_each: Iterable[tuple[str, ...]], field: str) -> Q:
    wanted = Q()
    for needle in wanted_of_each:
        somewhere = Q()
        for one in needle:
            somewhere |= _stands(one, field)
        wanted &= somewhere
    return wanted


def _stands(needle: str, field: str) -> Q:
    if len(needle) > SHORT:
        return Q(**{f"{field}__contains": needle})
    return Q(**{f"{field}__startswith": needle}) | Q(**{f"{field}__contains": f" {needle}"})


def rank(field: str, words: Sequence[str], *, exact: Q | None = None) -> Case:
    """How near a folded column is, as `lib.search.nearness` says it."""
    phrase = " ".join(words)
    whole = (
        Q(**{field: phrase})
        | Q(**{f"{field}__contains": f" {phrase} "})
        | Q(**{f"{field}__endswith": f" {phrase}"})
    )
    first = [When(exact, then=Value(Nearness.EXACT.value))] if exact is not None else []
    return Case(
        *first,
        When(**{f"{field}__startswith": phrase}, then=Value(Nearness.BEGINS.value)),
        When(whole, then=Value(Nearness.WHOLE_WORDS.value)),
        When(**{f"{field}__contains": f" {phrase}"}, then=Value(Nearness.BEGUN.value)),
        default=Value(Nearness.CONTAINS.value),
    )


def nearest(rows: QuerySet[M], near: Case, *order: str, most: int) -> tuple[list[M], int]:
    """The nearest rows, each with its `near`, and how many there are: one query."""
    counted = rows.annotate(near=near, found=Window(Count("pk"))).order_by("near", *order)[:most]
    found = list(counted)
    return found, found[0].found if found else 0  # type: ignore[attr-defined]


def near_of(row: Model) -> int:
    """What `nearest` found of a row."""
    return row.near  # type: ignore[attr-defined, no-any-return]
