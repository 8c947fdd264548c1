"""What is printed and saved of the reports, one file per kind of paper."""

from reports.documents.consolidated import consolidated_document, consolidated_sheets
from reports.documents.figures import shares_sheet
from reports.documents.progress_sheets import indicators_sheet
from reports.documents.section import section_blocks
from reports.documents.workbook import units_sheet

__all__ = [
    "consolidated_document",
    "consolidated_sheets",
    "indicators_sheet",
    "section_blocks",
    "shares_sheet",
    "units_sheet",
]
