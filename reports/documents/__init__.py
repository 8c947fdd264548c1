"""What is printed and saved of the reports, one file per kind of paper."""

from reports.documents.report import consolidated_document
from reports.documents.workbook import activities_sheet, consolidated_sheets, units_sheet

__all__ = ["activities_sheet", "consolidated_document", "consolidated_sheets", "units_sheet"]
