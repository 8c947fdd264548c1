"""One section as it will read, without building a file: what a preview shows at once."""

from collections.abc import Iterator

from lib.official.model import Block
from reports.datasets.consolidated import Consolidated
from reports.datasets.words import Words
from reports.documents.progress import section_body
from reports.documents.report import plan_section


def section_blocks(code: str, data: Consolidated, words: Words) -> Iterator[Block]:
    if data.progress is None:
        yield from plan_section(code, data, words)
        return
    for part in data.progress.sections:
        if part.section.code == code:
            yield from section_body(part, data, data.progress, words)
