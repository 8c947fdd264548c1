"""How a sheet's cells and states are written; nothing here decides anything."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lib.vietnamese import number
from scoring.datasets.sheet import Cell, SheetRow
from scoring.models import Level, ScoreSheet

register = template.Library()

LOOKS = {
    "draft": ("grey", "bi-pencil"),
    "awaiting_head": ("amber", "bi-person-check"),
    "submitted": ("blue", "bi-send-check"),
    "returned": ("red", "bi-arrow-return-left"),
    "block_appraised": ("blue", "bi-people"),
    "board_appraised": ("green", "bi-check2-all"),
    "locked": ("green", "bi-lock"),
}


@register.simple_tag
def level_label(level: str) -> str:
    return Level(level).label


@register.simple_tag
def sheet_status(status: str) -> SafeString:
    tone, icon = LOOKS[status]
    return format_html(
        '<span class="badge-state tone-{}"><i class="bi {}" aria-hidden="true"></i> {}</span>',
        tone, icon, ScoreSheet.Status(status).label,
    )  # fmt: skip


@register.filter
def sheet_status_word(status: str) -> str:
    return ScoreSheet.Status(status).label


@register.filter
def level_word(level: str) -> str:
    return Level(level).label


@register.filter
def cell_at(row: SheetRow, level: str) -> Cell | None:
    return row.cell(level)


@register.simple_tag
def answer_in(row: SheetRow, level: str, name: str, typed: Mapping[str, str] | None = None) -> str:
    """What stands in a field: what was typed and refused; what the level answered before; else
    what the level below did, so that whoever appraises changes a figure instead of copying it."""
    if typed:
        return typed.get(name, "")
    cell = row.cell(level)
    mark = cell.mark if cell and cell.mark else row.mark_below(level)
    return as_typed(mark.inputs.get(name, "") if mark else "")


def as_typed(value: str) -> str:
    try:
        return number(Decimal(value)).replace(".", "") if value else ""
    except ArithmeticError:
        return str(value)


@register.filter
def item_at(items: Sequence[Any], place: int) -> Any:
    return items[place] if place < len(items) else None
