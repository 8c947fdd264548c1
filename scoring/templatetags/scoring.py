"""How a sheet's cells and states are written; nothing here decides anything."""

from collections.abc import Sequence
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
def cell_at(row: SheetRow, level: str) -> Cell | None:
    return row.cell(level)


@register.filter
def given(cell: Cell | None, name: str) -> str:
    """What a level answered before, as it is typed."""
    value = cell.mark.inputs.get(name, "") if cell and cell.mark else ""
    try:
        return number(Decimal(value)).replace(".", "") if value else ""
    except ArithmeticError:
        return str(value)


@register.filter
def item_at(items: Sequence[Any], place: int) -> Any:
    return items[place] if place < len(items) else None
