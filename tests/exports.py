"""What a list gave as a file, read back: rows by heading, so a test need not count columns."""

import csv
from io import BytesIO

from openpyxl import load_workbook


def rows_by_heading(response):
    """The rows of a workbook or of a CSV, each a dict from heading to what stands under it."""
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    lines = list(load_workbook(BytesIO(response.content)).active.values)
    top = next(number for number, line in enumerate(lines) if line[0] == "STT")
    return [dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :]]
