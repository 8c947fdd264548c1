"""The consolidated report on paper and as a workbook, composed as its kind says."""

from lib.official.model import Document
from lib.sheet import Sheet
from reports.datasets.consolidated import Consolidated
from reports.datasets.words import Words, words_without_paper
from reports.documents.appendices import appendices_of
from reports.documents.report import framed
from reports.documents.section import body_of
from reports.documents.sheets import sheets_of


def consolidated_document(data: Consolidated, words: Words | None = None) -> Document:
    """`words` as its paper has them; without a paper those that come with the portal."""
    said = words or words_without_paper(data)
    return framed(
        data, said, body=tuple(body_of(data, said)), appendices=tuple(appendices_of(data))
    )


def consolidated_sheets(data: Consolidated) -> list[Sheet]:
    return [*sheets_of(data)]
