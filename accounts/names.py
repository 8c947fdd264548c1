"""Persons in the order of their own names (tên), as Vietnamese lists of people go."""

from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Collate, Reverse, Right, StrIndex

VIETNAMESE = "vi-x-icu"


def by_given_name(field: str, persons: Q | None = None) -> tuple[Any, ...]:
    """The last word first, then the whole name: family name, middle name. `persons` tells them
    from collectives in a list of both; those go by their first word."""
    has_several_words = Q(**{f"{field}__contains": " "})
    last_word = Right(field, StrIndex(Reverse(F(field)), Value(" ")) - 1)
    wanted = has_several_words & persons if persons else has_several_words
    given = Case(When(wanted, then=last_word), default=F(field))
    return Collate(given, VIETNAMESE), Collate(field, VIETNAMESE)
