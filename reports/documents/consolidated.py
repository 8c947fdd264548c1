"""The consolidated report on paper and as a workbook: with the figures of a period, or without."""

from lib.official.model import Document
from lib.sheet import Sheet
from reports.datasets.consolidated import Consolidated
from reports.datasets.words import Words, words_without_paper
from reports.documents.progress import progress_document
from reports.documents.progress_sheets import progress_sheets
from reports.documents.report import plan_document
from reports.documents.workbook import notes_of, plan_sheets


def consolidated_document(data: Consolidated, words: Words | None = None) -> Document:
    """`words` as its paper has them; without a paper those that come with the portal."""
    said = words or words_without_paper(data)
    if data.progress:
        return progress_document(data, data.progress, said)
    return plan_document(data, said)


def consolidated_sheets(data: Consolidated) -> list[Sheet]:
    sheets = plan_sheets(data)
    if data.progress:
        return [*progress_sheets(data, data.progress, notes_of(data)), *sheets]
    return sheets
