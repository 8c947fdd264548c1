"""The consolidated report on paper and as a workbook: with the figures of a period, or without."""

from lib.official.model import Document
from lib.sheet import Sheet
from reports.datasets.consolidated import Consolidated
from reports.documents.progress import progress_document
from reports.documents.progress_sheets import progress_sheets
from reports.documents.report import plan_document
from reports.documents.workbook import notes_of, plan_sheets


def consolidated_document(data: Consolidated) -> Document:
    return progress_document(data, data.progress) if data.progress else plan_document(data)


def consolidated_sheets(data: Consolidated) -> list[Sheet]:
    sheets = plan_sheets(data)
    if data.progress:
        return [*progress_sheets(data, data.progress, notes_of(data)), *sheets]
    return sheets
