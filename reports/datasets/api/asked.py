"""What a request asks for, and a page of the rows that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import AuditEvent, User
from campaign.models import Campaign
from units.models import Block, BlockMembership
from units.permissions import has_a_role

T = TypeVar("T")
M = TypeVar("M", bound=Model)
After = tuple[int, ...]  # the keys of the last row told; empty at the beginning


@dataclass(frozen=True)
class Asked:
    """Who reads, at what moment, and what the address says (cleaned by its form)."""

    user: User
    at: datetime
    said: Mapping[str, Any]

    @property
    def by(self) -> datetime | None:
        """The moment the answer is moved back to; None is the present."""
        by: datetime | None = self.said.get("den_luc")
        return by

    def campaign(self) -> Campaign | None:
        """The one named, or the current one; none for who has no role anywhere."""
        if not has_a_role(self.user):
            return None
        if code := self.said.get("dot"):
            return Campaign.objects.filter(code=code).first()
        return Campaign.objects.current()


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows in the order of their keys; `after` where more follow."""

    items: Sequence[T]
    after: After = ()


def keyset(
    rows: QuerySet[M], after: After, size: int, tell: Callable[[list[M]], Sequence[T]]
) -> Page[T]:
    """Rows after a key, never rows after a number: what is added meanwhile shifts nothing, and
    the thousandth page costs what the first did."""
    if after:
        rows = rows.filter(pk__gt=after[0])
    found = list(rows.order_by("pk")[: size + 1])
    part = found[:size]
    return Page(tell(part), (part[-1].pk,) if len(found) > size else ())


def first_of(rows: QuerySet[M], tell: Callable[[list[M]], Sequence[T]]) -> T | None:
    found = list(rows.order_by("-pk")[:1])
    return tell(found)[0] if found else None


def changed_since(rows: QuerySet[M], at: datetime, *moments: str) -> QuerySet[M]:
    """Rows of which anything is in the trail since, or one of whose own moments is."""
    events = AuditEvent.objects.filter(
        subject_type=rows.model._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
        at__gte=at,
    )
    later = Q(Exists(events))
    for name in moments:
        later |= Q(**{f"{name}__gte": at})
    return rows.filter(later)


def blocks_of(pairs: set[tuple[int, int]]) -> Mapping[tuple[int, int], Block]:
    """The block of each unit in each year, in one query."""
    rows = BlockMembership.objects.filter(
        unit__in={unit for unit, _ in pairs}, year__in={year for _, year in pairs}
    )
    return {(row.unit_id, row.year): row.block for row in rows.select_related("block")}
