"""The body of a report, section by section: as the files have it, and as a preview shows one
without building a file."""

from collections.abc import Iterator

from lib.official.model import Block
from reports.datasets.consolidated import Consolidated
from reports.datasets.words import Words, outline
from reports.documents.progress import outline_sections, section_body
from reports.documents.report import plan_section
from reports.documents.thematic import thematic_section
from reports.kinds import Body


def body_of(data: Consolidated, words: Words) -> Iterator[Block]:
    """Every section with its headings."""
    if data.kind.body is Body.OUTLINE and data.progress:
        yield from outline_sections(data, data.progress, words)
        return
    for part in outline(data):
        yield from section_blocks(part.code, data, words)


def section_blocks(code: str, data: Consolidated, words: Words) -> Iterator[Block]:
    if data.kind.body is Body.SENDING:
        yield from plan_section(code, data, words)
    elif data.kind.body is Body.TABLES:
        yield from thematic_section(code, data, words)
    else:
        for part in data.progress.sections if data.progress else ():
            if part.section.code == code:
                yield from section_body(part, data, words)
