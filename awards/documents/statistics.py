"""Forms 0601–0605 as a workbook, one page each, and the rows behind a number."""

from collections.abc import Sequence

from awards.datasets.statistics import Behind, StatisticsForm
from lib.sheet import Column, Row, Sheet


def statistics_pages(forms: Sequence[StatisticsForm], year: int) -> list[Sheet]:
    return [_page(form, year) for form in forms]


def _page(form: StatisticsForm, year: int) -> Sheet:
    columns = [Column("", 44), *(Column(header, 14, "integer") for header in form.columns)]
    rows = [
        Row([line.label, *(one.value for one in line.figures)],
            kind="total" if line.is_total else "plain")
        for line in form.lines
    ]  # fmt: skip
    notes = [
        f"BIỂU {form.code}.N/BNV-TĐKT: {form.title.upper()}",
        f"Năm {year}. Theo Thông tư 02/2023/TT-BNV",
        *((form.note,) if form.note else ()),
    ]
    return Sheet(form.code, columns, rows, notes)


def behind_page(found: Behind) -> Sheet:
    columns = [Column(header, 34) for header in found.columns]
    return Sheet("Danh sách", columns, [Row(list(row)) for row in found.rows], [found.title])
