"""A bar beside a row of figures, as vector in every writer: the same marks as on the page."""

from base64 import b64encode

from lib.charts import Part, share_bar
from lib.charts.marks import FILLS
from lib.official.measure import POINTS_PER_MM
from lib.official.model import Bar

_EMU_PER_MM = 36_000
_HEIGHT = 3.4  # millimetres, about that of the text beside it
_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _parts(bar: Bar) -> list[Part]:
    return [Part(piece.value, piece.tone, piece.word) for piece in bar.pieces]


def in_words(bar: Bar) -> str:
    """For those who do not see it."""
    told = ", ".join(f"{piece.word} {piece.value}" for piece in bar.pieces)
    return f"{told}; tất cả {bar.whole}"


def svg(bar: Bar) -> str:
    """As a page shows it."""
    return share_bar(_parts(bar), whole=bar.whole)


def image_address(bar: Bar) -> str:
    """The drawing inside its own address: the typesetter fetches nothing."""
    drawn = svg(bar).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def height_in_points() -> float:
    return _HEIGHT * POINTS_PER_MM


def drawing(bar: Bar, width: float, number: int) -> str:
    """A run that holds the bar as shapes Word can recolour (DrawingML), `width` in millimetres."""
    whole, height = round(width * _EMU_PER_MM), round(_HEIGHT * _EMU_PER_MM)
    shapes, start = [], 0
    for piece in bar.pieces:
        length = round(whole * piece.value / bar.whole) if bar.whole else 0
        if length:
            shapes.append(_rectangle(start, length, height, FILLS[piece.tone]))
        start += length
    frame = f'<a:off x="0" y="0"/><a:ext cx="{whole}" cy="{height}"/>'
    inside = f'<a:chOff x="0" y="0"/><a:chExt cx="{whole}" cy="{height}"/>'
    return (
        f'<w:r {_NAMES}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{whole}" '
        f'cy="{height}"/><wp:docPr id="{number}" name="Biểu đồ {number}" '
        f'descr="{in_words(bar)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp>'
        f"<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}{inside}</a:xfrm></wpg:grpSpPr>"
        f"{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice></mc:AlternateContent></w:r>"
    )


def _rectangle(start: int, length: int, height: int, fill: str) -> str:
    return (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{start}" y="0"/>'
        f'<a:ext cx="{length}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom><a:solidFill><a:srgbClr val="{fill.lstrip("#")}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
    )
