"""A document as a Word file (.docx): A4, real styles, page numbers from page 2, own appendices.

Page and margins: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I. The same document gives the same
bytes: the file's dates are the document's own, those inside the zip are fixed.
"""

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from lib.official import wordml
from lib.official.look import Style
from lib.official.measure import (
    LANDSCAPE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_NUMBER_FROM_TOP,
    PORTRAIT,
)
from lib.official.model import Document
from lib.official.wording import Part, parts, title
from lib.vietnamese import clean

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_UNDATED = datetime(2024, 1, 1, tzinfo=UTC)
_PAGE_FIELD = (
    '<w:fldSimple {ns} w:instr=" PAGE "><w:r><w:rPr><w:noProof/></w:rPr><w:t>2</w:t></w:r>'
    "</w:fldSimple>"
)


def write_docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    word = docx.Document()
    _restyle(word)
    _describe(word, document)
    bodies = []
    for place, part in enumerate(parts(document)):
        section = word.add_section(WD_SECTION.NEW_PAGE) if place else word.sections[0]
        if place:
            _shrink_break(word)
        else:
            _number_pages(section)
        _shape(section, part)
        word.add_paragraph(_place_of(place))
        bodies.append(_body(part))
    return _package(word, bodies)


def _restyle(word: WordDocument) -> None:
    """Put our styles in the place of those of python-docx's template."""
    element = word.styles.element
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(wordml.styles())))
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it as a file of an older version
    language = word.settings.element.find(qn("w:themeFontLang"))
    if language is not None:
        language.attrib.clear()
        language.set(qn("w:val"), "vi-VN")


def _describe(word: WordDocument, document: Document) -> None:
    day = document.header.issued_date
    moment = datetime.combine(day, time(), UTC) if day else _UNDATED
    about = word.core_properties
    about.title = title(document)[:255]
    about.author = clean(document.header.issuer or " ".join(document.header.issuing_body))[:255]
    about.last_modified_by = about.author
    about.comments = about.keywords = about.subject = about.category = ""
    about.language = "vi-VN"
    about.revision = 1
    about.created = about.modified = moment


# --- Pages ---------------------------------------------------------------------------------------


def _shape(section: Section, part: Part) -> None:
    page = LANDSCAPE if part.landscape else PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if part.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(MARGIN_TOP), Mm(MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(MARGIN_LEFT), Mm(MARGIN_RIGHT)
    section.header_distance = Mm(PAGE_NUMBER_FROM_TOP)
    section.footer_distance = Mm(PAGE_NUMBER_FROM_TOP)
    properties = section._sectPr  # noqa: SLF001 - python-docx has no call for page numbers
    numbering = properties.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = parse_xml(f"<w:pgNumType {nsdecls('w')}/>")
        properties.find(qn("w:pgMar")).addnext(numbering)
    numbering.set(qn("w:start"), "1")


def _number_pages(section: Section) -> None:
    """Page numbers in the middle of the top margin; none on the first page of each part."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = Style.PAGE_NUMBER
    paragraph._p.append(parse_xml(_PAGE_FIELD.format(ns=nsdecls("w"))))  # noqa: SLF001
    section.first_page_header.is_linked_to_previous = False


def _shrink_break(word: WordDocument) -> None:
    """The paragraph that ends a section must not push an empty page."""
    breaking = word.element.body.findall(qn("w:p"))[-1]
    spacing = breaking.get_or_add_pPr().get_or_add_spacing()
    spacing.set(qn("w:line"), "20")
    spacing.set(qn("w:lineRule"), "exact")


# --- Content -------------------------------------------------------------------------------------


def _place_of(part: int) -> str:
    return f"official part {part}"


def _body(part: Part) -> str:
    room = (LANDSCAPE if part.landscape else PORTRAIT).text_width
    heads = wordml.abreast(part.heads, room, keep=False)
    ends = wordml.abreast(part.ends, room, keep=True)
    last = len(part.pieces) - 1
    pieces = "".join(
        # The signature never stands alone on a page: the last paragraph goes with it.
        wordml.piece(piece, room, keep=bool(ends) and place == last)
        for place, piece in enumerate(part.pieces)
    )
    after_ends = (wordml.BEFORE_SIGNATURE + ends + wordml.AFTER_TABLE) if ends else ""
    last_lines = "".join(wordml.line(line, room) for line in part.last_lines)
    return heads + (wordml.AFTER_TABLE if heads else "") + pieces + after_ends + last_lines


def _package(word: WordDocument, bodies: list[str]) -> bytes:
    """The saved package with the parts' text in its places and the times inside the zip fixed.

    Text put in after saving, because moving parsed tables into the document is quadratic: a
    minute for 5,000 rows.
    """
    saved, fixed = BytesIO(), BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = _filled(content.decode(), bodies).encode()
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=6)
    return fixed.getvalue()


def _filled(xml: str, bodies: list[str]) -> str:
    filled, rest = [], xml
    for place, body in enumerate(bodies):
        before, _, rest = rest.partition(f"<w:p><w:r><w:t>{_place_of(place)}</w:t></w:r></w:p>")
        filled += [before, body]
    return "".join([*filled, rest])
