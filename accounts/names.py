"""Persons in the order of their own names (tên), as Vietnamese lists of people go."""

from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Collate, Reverse, Right, StrIndex

VIETNAMESE = "vi-x-icu"


def by_given_name(field: str) -> tuple[Any, ...]:
    """The last word first, then the whole name: family name, middle name."""
    after_last_space = StrIndex(Reverse(F(field)), Value(" ")) - 1
    given = Case(
        When(**{f"{field}__contains": " "}, then=Right(field, after_last_space)),
        default=F(field),
    )
    return Collate(given, VIETNAMESE), Collate(field, VIETNAMESE)
