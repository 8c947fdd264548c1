"""Text placed on paper that is already printed (phôi): so many millimetres from the edges.

For certificates: no header, no flow, only lines where they were put; and for a test page the
rulers and crosses by which the places are found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings

from lib.official.look import PDF_FONT
from lib.official.markup import FACES, font_faces
from lib.official.pdf import PdfFailed, render_page
from lib.vietnamese import clean

STEP = 10  # millimetres between two marks of a ruler
CROSS = 4  # length of an arm of a cross, in millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A text and where its first line begins; `width` is how far a line may run, in millimetres."""

    text: str
    x: float
    y: float
    width: float
    size: float
    centered: bool = True
    bold: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of the form, in millimetres."""

    width: float
    height: float


def write_placed(
    paper: Paper, pages: Iterable[Sequence[Placed]], *, title: str, rulers: bool = False
) -> bytes:
    """One page of the paper for each sequence of texts; with `rulers` they are drawn on each."""
    fonts = Path(settings.OFFICIAL_FONTS_DIR)
    if not all((fonts / name).is_file() for name, _, _ in FACES):
        raise PdfFailed("Chưa cài phông chữ để xuất PDF. Quản trị viên hãy chạy lại make run.")
    marks = _rulers(paper) if rulers else ""
    body = "".join(f"<section>{marks}{_page(page, rulers=rulers)}</section>" for page in pages)
    style = (
        f"{font_faces(fonts)}@page{{size:{paper.width}mm {paper.height}mm;margin:0}}"
        f'*{{box-sizing:border-box;margin:0;padding:0}}body{{font-family:"{PDF_FONT}";line-height:1.25}}'
        f"section{{position:relative;width:{paper.width}mm;height:{paper.height}mm;"
        "overflow:hidden;break-after:page}section:last-child{break-after:auto}"
        "p{position:absolute;overflow-wrap:break-word;white-space:pre-line}"
        "i{position:absolute;background:#888}b{position:absolute;font:6pt sans-serif;color:#666}"
    )
    return render_page(
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(clean(title))}'
        f"</title><style>{style}</style></head><body>{body}</body></html>",
        fonts,
    )


def _page(texts: Iterable[Placed], *, rulers: bool) -> str:
    return "".join(_text(one) + (_cross(one) if rulers else "") for one in texts)


def _text(one: Placed) -> str:
    align, weight = "center" if one.centered else "left", "bold" if one.bold else "normal"
    return (
        f'<p style="left:{one.x}mm;top:{one.y}mm;width:{one.width}mm;font-size:{one.size}pt;'
        f'text-align:{align};font-weight:{weight}">{escape(clean(one.text))}</p>'
    )


def _cross(one: Placed) -> str:
    """Where a text begins, how far it may run, and its name and measures."""
    said = f"{one.label}: {one.x:g} × {one.y:g} mm, rộng {one.width:g}"
    return (
        f"{_bar(one.x - CROSS, one.y, 2 * CROSS, 0.2)}{_bar(one.x, one.y - CROSS, 0.2, 2 * CROSS)}"
        f"{_bar(one.x + one.width, one.y - CROSS, 0.2, 2 * CROSS)}"
        f'<b style="left:{one.x + 1}mm;top:{one.y - 3.5}mm">{escape(said)}</b>'
    )


def _rulers(paper: Paper) -> str:
    """A mark each centimetre along the top and the left edge, numbered each five."""
    drawn = []
    for at in range(0, int(paper.width) + 1, STEP):
        far = 6 if at % (5 * STEP) == 0 else 3
        drawn.append(_bar(at, 0, 0.2, far))
        if far > STEP / 2:
            drawn.append(f'<b style="left:{at + 0.6}mm;top:3mm">{at}</b>')
    for at in range(0, int(paper.height) + 1, STEP):
        far = 6 if at % (5 * STEP) == 0 else 3
        drawn.append(_bar(0, at, far, 0.2))
        if far > STEP / 2 and at:
            drawn.append(f'<b style="left:3mm;top:{at + 0.6}mm">{at}</b>')
    return "".join(drawn)


def _bar(left: float, top: float, width: float, height: float) -> str:
    return f'<i style="left:{left}mm;top:{top}mm;width:{width}mm;height:{height}mm"></i>'
