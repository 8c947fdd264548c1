"""The press's file finished, and bound behind what WeasyPrint set: one PDF, one tree of tags."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf

from lib.official.markup import FACES
from lib.official.press.faces import ASCENT, DESCENT, UNIT, Face
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
_OF_THE_FRONT = (
    "/Metadata", "/Lang", "/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/Outlines",
)  # fmt: skip
_RANGES = 100  # as many as one block of a CMap may hold


def bind(front: bytes, appendices: Sequence[Part], fonts: Path) -> bytes:
    """`front` with its appendices behind it: pages, tags, bookmarks.

    What is copied is the front, because it is short and the appendices may be long.
    """
    with pikepdf.open(BytesIO(front)) as first:
        keys = [int(key) for key in list(first.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        press = Press(_faces(fonts), 1 + max(keys, default=-1))
        for part in appendices:
            press.draw(part)
        book = pikepdf.open(BytesIO(_finished(press)))
        numbers = {int(page.objgen[0]): len(first.pages) + at for at, page in enumerate(book.pages)}
        book.pages[:0] = list(first.pages)
        _graft(book, first)
    _list(book, press.bookmarks, numbers)
    bound = BytesIO()
    book.save(
        bound,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return bound.getvalue()


def _faces(fonts: Path) -> dict[tuple[bool, bool], Face]:
    return {
        (weight == "bold", style == "italic"): Face(fonts / file, name)
        for (file, weight, style), name in zip(FACES, _NAMES, strict=True)
    }


# --- the press's own file ------------------------------------------------------------------------


def _finished(press: Press) -> bytes:
    objects = press.objects
    fonts = " ".join(
        f"/{press.names[face.name]} {_font(press, face)} 0 R"
        for face in press.faces.values()
        if face.used
    )
    objects.put(press.resources, f"<</Font<<{fonts}>>>>")
    pages = " ".join(f"{number} 0 R" for number in press.pages)
    objects.put(press.paper, f"<</Type/Pages/Count {len(press.pages)}/Kids[{pages}]>>")
    owners = " ".join(
        f"{key}[{' '.join(f'{number} 0 R' for number in numbers)}]" for key, numbers in press.owners
    )
    sections = " ".join(f"{number} 0 R" for number in press.sections)
    objects.put(
        press.tree,
        f"<</Type/StructTreeRoot/K[{sections}]/ParentTree<</Nums[{owners}]>>>>",
    )
    root = objects.add(f"<</Type/Catalog/Pages {press.paper} 0 R/StructTreeRoot {press.tree} 0 R>>")
    return objects.finish(root)


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


def _graft(book: pikepdf.Pdf, first: pikepdf.Pdf) -> None:
    """What the front says of itself, and the appendices' tags under those of the document."""
    for name in _OF_THE_FRONT:
        if name in first.Root:
            book.Root[name] = _copied(book, first, first.Root[name])
    if "/Info" in first.trailer:
        book.trailer.Info = _copied(book, first, first.trailer.Info)
    own = book.Root.StructTreeRoot
    tree = _copied(book, first, first.Root.StructTreeRoot)
    document = tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K
    for section in own.K:
        section.P = document
        document.K.append(section)
    for entry in own.ParentTree.Nums:
        tree.ParentTree.Nums.append(entry)
    tree.ParentTreeNextKey = 1 + int(tree.ParentTree.Nums[-2])
    book.Root.StructTreeRoot = tree


def _copied(book: pikepdf.Pdf, first: pikepdf.Pdf, value: pikepdf.Object) -> pikepdf.Object:
    """Only what has a number of its own can be copied into another file."""
    is_numbered = getattr(value, "is_indirect", False)
    return book.copy_foreign(value if is_numbered else first.make_indirect(value))


def _list(book: pikepdf.Pdf, marks: Iterable[Bookmark], numbers: dict[int, int]) -> None:
    """The headings of the appendices below the title of the document, each under its own."""
    with book.open_outline() as outline:
        above = [outline.root[0].children if outline.root else outline.root]
        levels = [0]
        for mark in marks:
            while levels[-1] >= mark.level:
                levels.pop()
                above.pop()
            item = pikepdf.OutlineItem(
                mark.title, numbers[mark.page], "XYZ", left=85.04, top=mark.place, zoom=0
            )
            above[-1].append(item)
            above.append(item.children)
            levels.append(mark.level)
