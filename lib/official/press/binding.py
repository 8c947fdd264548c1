"""What the press drew, bound behind what WeasyPrint set: one PDF, one tree of tags."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf

from lib.official.markup import FACES
from lib.official.press.copying import Copy
from lib.official.press.faces import ASCENT, DESCENT, UNIT, Face
from lib.official.press.objects import Objects
from lib.official.press.pages import Bookmark, Press
from lib.official.wording import Part

_NAMES = ("Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic")
_FIXED_PITCH_NO_SYMBOLS = 32
_BOX = "[-544 -389 2797 1010]"  # of the widest glyph, in thousandths
_CMAP = """/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CMapName/Adobe-Identity-UCS def/CMapType 2 def
1 begincodespacerange<0000><ffff>endcodespacerange
{ranges}
endcmap CMapName currentdict/CMap defineresource pop end end"""
_LEFT = Decimal("85.04")
_RANGES = 100  # as many as one block of a CMap may hold


def bind(front: bytes, appendices: Sequence[Part], fonts: Path) -> bytes:
    """`front` with its appendices behind it: pages, tags, bookmarks.

    The front is read and taken over, because it is short; the appendices are only ever written.
    """
    with pikepdf.open(BytesIO(front)) as first:
        objects = Objects()
        copy = Copy(first, objects)
        keys = [int(key) for key in list(first.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        above = copy.number(_document(first))
        press = Press(_faces(fonts), objects, above, 1 + max(keys, default=-1))
        for part in appendices:
            press.draw(part)
        _finish(press, copy.number(first.Root.Pages))
        _join(first, copy, press)
        _list(first, copy, press.bookmarks)
        entries = f"/Root {copy.number(first.Root)} 0 R"
        if "/Info" in first.trailer:
            entries += f"/Info {copy.number(first.trailer.Info)} 0 R"
        copy.write()
    return objects.finish(entries)


def _document(first: pikepdf.Pdf) -> pikepdf.Object:
    """The tag that holds all others."""
    tree = first.Root.StructTreeRoot
    return tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K


def _faces(fonts: Path) -> dict[tuple[bool, bool], Face]:
    return {
        (weight == "bold", style == "italic"): Face(fonts / file, name)
        for (file, weight, style), name in zip(FACES, _NAMES, strict=True)
    }


# --- the press's own part ------------------------------------------------------------------------


def _finish(press: Press, papers: int) -> None:
    """The fonts, and the list of pages below `papers`."""
    fonts = " ".join(
        f"/{press.names[face.name]} {_font(press, face)} 0 R"
        for face in press.faces.values()
        if face.used
    )
    press.objects.put(press.resources, f"<</Font<<{fonts}>>>>")
    pages = " ".join(f"{number} 0 R" for number in press.pages)
    press.objects.put(
        press.paper,
        f"<</Type/Pages/Parent {papers} 0 R/Count {len(press.pages)}/Kids[{pages}]>>",
    )


def _font(press: Press, face: Face) -> int:
    """A font whose codes are glyph numbers, and what letter each of them is."""
    objects = press.objects
    content = face.embedded()
    file = objects.add_stream(content, f"/Length1 {len(content)}")
    name = f"{_tag(face)}+{face.name}"
    italic = -16.33 if "Italic" in face.name else 0
    descriptor = objects.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {_FIXED_PITCH_NO_SYMBOLS}"
        f"/FontBBox{_BOX}/ItalicAngle {italic}/Ascent {ASCENT * UNIT:.0f}"
        f"/Descent {-DESCENT * UNIT:.0f}/CapHeight 655/StemV 80/FontFile2 {file} 0 R>>"
    )
    widths = " ".join(f"{glyph}[{width:.0f}]" for glyph, width in face.widths())
    inner = objects.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{widths}]>>"
    )
    letters = objects.add_stream(_CMAP.format(ranges=_letters(face)).encode())
    return objects.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{inner} 0 R]/ToUnicode {letters} 0 R>>"
    )


def _tag(face: Face) -> str:
    """Six letters that say it is a subset; the same for the same glyphs."""
    number = sum((place + 1) * glyph for place, glyph in enumerate(sorted(face.used)))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _letters(face: Face) -> str:
    known = sorted(face.used.items())
    blocks = [known[start : start + _RANGES] for start in range(0, len(known), _RANGES)]
    return "\n".join(
        f"{len(block)} beginbfchar\n"
        + "\n".join(f"<{glyph:04x}><{letter.encode('utf-16-be').hex()}>" for glyph, letter in block)
        + "\nendbfchar"
        for block in blocks
    )


# --- binding -------------------------------------------------------------------------------------


def _join(first: pikepdf.Pdf, copy: Copy, press: Press) -> None:
    """The pages and tags of the press below those of the front."""
    papers, tree, document = first.Root.Pages, first.Root.StructTreeRoot, _document(first)
    papers.Kids.append(copy.stand_in(press.paper))
    papers.Count = int(papers.Count) + len(press.pages)
    for section in press.sections:
        document.K.append(copy.stand_in(section))
    for key, owners in press.owners:
        tree.ParentTree.Nums.append(key)
        tree.ParentTree.Nums.append(copy.stand_in(owners))
        tree.ParentTreeNextKey = key + 1


def _list(first: pikepdf.Pdf, copy: Copy, marks: Iterable[Bookmark]) -> None:
    """The headings of the appendices below the title of the document, each under its own."""
    with first.open_outline() as outline:
        above = [outline.root[0].children if outline.root else outline.root]
        levels = [0]
        for mark in marks:
            while levels[-1] >= mark.level:
                levels.pop()
                above.pop()
            top = Decimal(f"{mark.place:.2f}")
            place = [copy.stand_in(mark.page), pikepdf.Name.XYZ, _LEFT, top, 0]
            item = pikepdf.OutlineItem(mark.title, pikepdf.Array(place))
            above[-1].append(item)
            above.append(item.children)
            levels.append(mark.level)
