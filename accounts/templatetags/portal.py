"""How dates, moments and figures are written on every page."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django import template

from accounts.templatetags.forms_once import form_tokens
from lib import clock, vietnamese

register = template.Library()
register.simple_tag(form_tokens, takes_context=True)

DASH = "–"


class Owed(Protocol):
    def is_overdue(self, *, at: datetime) -> bool: ...


@register.filter
def short_date(day: date | None) -> str:
    """22/3/2024."""
    return vietnamese.short_date(day) if day else DASH


@register.filter
def long_date(day: date | None) -> str:
    """ngày 22 tháng 3 năm 2024."""
    return vietnamese.long_date(day) if day else DASH


@register.filter
def moment(at: datetime | None) -> str:
    """10:21 ngày 22/3/2024, local time."""
    return vietnamese.moment(at) if at else DASH


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """1.234,5."""
    return DASH if value is None else vietnamese.number(value, places)


@register.filter
def percent(value: Decimal | int | None, places: int = 1) -> str:
    return DASH if value is None else vietnamese.percent(value, places)


@register.filter
def overdue_at(owed: Owed, at: datetime) -> bool:
    return owed.is_overdue(at=at)


@register.filter
def days_past(due: date, at: datetime) -> int:
    """Calendar days since a due day, 0 while it lasts."""
    return clock.days_late(due, at)
