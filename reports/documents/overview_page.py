"""Tổng quan on one printed page A4: the figures and charts of the screen, by its dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from campaign.models import Obligation
from lib.charts import Part, share_bar
from lib.charts.marks import shade_of
from lib.official.look import PDF_FONT
from lib.official.markup import FACES, font_faces
from lib.official.pdf import PdfFailed, render_page
from reports.datasets.dashboard.board import Board
from reports.datasets.dashboard.by_unit import members
from reports.datasets.dashboard.going import Going, ItemLine
from reports.datasets.dashboard.viewpoint import Viewpoint
from reports.datasets.dashboard.words import in_words
from reports.documents.overview_charts import most_registered, sending_bar, sending_chart
from reports.kinds import Level

# What one page holds; what is left out is said.
LINES = 22
DUTIES = 40


@dataclass(frozen=True)
class PaperLine:
    """One block, or one unit of a block."""

    name: str
    sent: str
    bar: SafeString
    going: Going


def overview_pdf(view: Viewpoint, found: Board) -> bytes:
    """One page, in a process of its own without a network; raises `PdfFailed`."""
    fonts = Path(settings.OFFICIAL_FONTS_DIR)
    if not all((fonts / name).is_file() for name, _, _ in FACES):
        raise PdfFailed("Chưa cài phông chữ để xuất PDF. Quản trị viên hãy chạy lại make run.")
    return render_page(overview_html(view, found, font_faces(fonts)), fonts)


def overview_html(view: Viewpoint, found: Board, faces: str = "") -> str:
    lines = list(_blocks(found) if view.scope.is_province else _units(view))
    context = {
        "view": view,
        "found": found,
        "figures": in_words(found),
        "chart": _chart(view, found),
        "lines": lines[:LINES],
        "left_out": max(0, len(lines) - LINES),
        "heat": list(_heat(found)),
        "changes": [one for one in found.changes if one.count and view.scope.is_province],
        "duties": found.items.duties[:DUTIES],
        "faces": mark_safe(faces),  # noqa: S308 - our own fonts
        "font": PDF_FONT,
        "is_block": view.scope.level is Level.BLOCK,
    }
    return render_to_string("reports/dashboard/paper.html", context)


def _chart(view: Viewpoint, found: Board) -> SafeString:
    page = settings.SITE_URL + reverse("reports:overview")
    chart = sending_chart(found, lambda line: page)
    # The style sheet of a page does not reach into a drawing when WeasyPrint sets it.
    drawn = chart.replace("<svg ", f'<svg font-family="{PDF_FONT}" font-size="12" ', 1)
    return mark_safe(drawn)  # noqa: S308 - the chart escapes what it says


def _blocks(found: Board) -> Iterable[PaperLine]:
    for line in found.blocks:
        totals = line.totals
        name = f"{line.block.code} {line.block}" if line.block else "– Đơn vị chưa xếp khối"
        sent = f"{totals.sent}/{totals.owed}"
        yield PaperLine(name, sent, sending_bar(totals), line.going)


@dataclass(frozen=True)
class HeatCell:
    shade: int
    count: int


@dataclass(frozen=True)
class HeatRow:
    line: ItemLine
    cells: tuple[HeatCell, ...]


def _heat(found: Board) -> Iterable[HeatRow]:
    """Solutions down, blocks across: how many activities are registered."""
    keys = [line.block.pk if line.block else None for line in found.blocks]
    lines = found.items.solutions
    most = most_registered(lines)
    for line in lines:
        known = [line.by_block.get(key) for key in keys]
        counts = [one.activities if one else 0 for one in known]
        yield HeatRow(line, tuple(HeatCell(shade_of(count, most), count) for count in counts))


def _units(view: Viewpoint) -> Iterable[PaperLine]:
    for line in members(view):
        going = line.states.going
        parts = (
            Part(going.done, "green", "hoàn thành"),
            Part(going.alive - going.done, "grey", "chưa xong"),
        )
        yield PaperLine(
            line.unit.name, _sent(line.owed), share_bar(parts, whole=going.alive), going
        )


def _sent(owed: Obligation | None) -> str:
    if owed is None or not owed.is_owed:
        return "không phải nộp" if owed is None else "được miễn"
    if owed.is_late:
        return f"trễ {owed.days_late} ngày"
    return "đúng hạn" if owed.is_on_time else "chưa nộp"
