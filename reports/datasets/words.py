"""The words of a report beside its figures: fixed texts, what the board adds, whom it lets speak.

Pages, files and comparisons take the same frozen values. A report whose paper is not drawn up yet
says what the portal comes with and what units wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campaign.sections import SECTIONS
from lib.docnumber import format_number
from reports.datasets.consolidated import Consolidated
from reports.datasets.fixed_texts import filled, shipped_texts
from reports.datasets.progress import Said
from reports.kinds import Body
from reports.models import Paper, PaperSection
from reports.models.template import TEXT_FIELDS

# The parts of the report on who sent its plan: figures and lists, to which the board adds words.
PLAN_PARTS = (
    ("I", "Tình hình gửi kế hoạch triển khai"),
    ("II", "Nội dung đăng ký"),
    ("III", "Đơn vị chưa gửi và kiến nghị"),
)
THEMATIC_PARTS = (("I", "Số liệu theo chỉ tiêu"), ("II", "Hoạt động đăng ký"))
PARTS = {Body.SENDING: PLAN_PARTS, Body.TABLES: THEMATIC_PARTS}


@dataclass(frozen=True)
class SectionWords:
    """Under one section: the board's own words, then units in the order it chose."""

    own: str = ""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Words:
    subject: str
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    opening: str
    closing: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    position: str
    signer: str
    sections: Mapping[str, SectionWords] = field(default_factory=dict)
    number: str | None = None
    issued_on: date | None = None
    code: str = ""
    is_draft: bool = False

    def of(self, code: str) -> SectionWords:
        return self.sections.get(code, SectionWords())


@dataclass(frozen=True)
class PartOfText:
    """A section as it is called on a page."""

    code: str
    title: str
    heading: str = ""


def outline(data: Consolidated) -> tuple[PartOfText, ...]:
    """The sections a report of this kind has, in order."""
    if data.kind.body is not Body.OUTLINE:
        return tuple(PartOfText(code, title) for code, title in PARTS[data.kind.body])
    return tuple(PartOfText(part.code, part.title, part.heading) for part in SECTIONS)


def said_in(data: Consolidated) -> dict[str, tuple[Said, ...]]:
    """What units wrote, by section."""
    parts = data.progress.sections if data.progress else ()
    return {part.section.code: part.said for part in parts}


def words_of(paper: Paper) -> Words:
    """As the paper stands now, in two queries."""
    sections = PaperSection.objects.filter(paper=paper).prefetch_related("passages")
    return _words(
        paper.texts(),
        {row.code: words_of_section(row) for row in sections},
        number=format_number(paper.number) if paper.number else None,
        issued_on=paper.issued_on,
        # A draft is not for anybody to check; the same figures give the same draft, byte for byte.
        code=paper.code if paper.number else "",
        is_draft=paper.status in {Paper.Status.DRAFT, Paper.Status.PROPOSED},
    )


def words_of_section(section: PaperSection) -> SectionWords:
    used = [row for row in section.passages.all() if row.is_used and row.text.strip()]
    used.sort(key=lambda row: (row.position, row.pk))
    return SectionWords(section.text, tuple(Said(row.unit, row.text) for row in used))


def words_of_one(section: PaperSection) -> Words:
    """Those of one section, for it alone is shown."""
    texts = dict.fromkeys(TEXT_FIELDS, "")
    return _words(texts, {section.code: words_of_section(section)})


def words_without_paper(data: Consolidated) -> Words:
    """The shipped texts and every unit's own words."""
    return words_of_texts(shipped_texts(data.kind), data)


def words_of_texts(texts: Mapping[str, str], data: Consolidated) -> Words:
    """Fixed texts as a template words them, filled, and every unit's own words."""
    return _words(
        filled(texts, data),
        {code: SectionWords(said=said) for code, said in said_in(data).items()},
    )


def _words(
    texts: Mapping[str, str], sections: Mapping[str, SectionWords], **more: str | date | bool | None
) -> Words:
    return Words(
        subject=texts["subject"],
        addressees=_lines(texts["addressees"]),
        bases=_lines(texts["bases"]),
        opening=texts["opening"],
        closing=texts["closing"],
        recipients=_lines(texts["recipients"]),
        authority=_lines(texts["authority"]),
        position=texts["position"],
        signer=texts["signer"],
        sections=sections,
        **more,  # type: ignore[arg-type]  # each of its own type, checked by the tests
    )


def _lines(text: str) -> tuple[str, ...]:
    """A list is typed a line an entry, with or without a dash before it."""
    lines = (line.strip().removeprefix("-").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
