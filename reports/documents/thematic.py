"""One row of the plan in figures (biểu chuyên đề): its indicators, and who does what for it."""

from collections.abc import Iterator

from lib.official.model import Align, Block, Column, Heading, Paragraph, Row, RowKind, Table
from lib.vietnamese import number, short_date
from reports.datasets.consolidated import Consolidated
from reports.datasets.words import Words
from reports.documents.places import see
from reports.documents.report import NONE, own_words
from reports.kinds import Annex


def thematic_section(code: str, data: Consolidated, words: Words) -> Iterator[Block]:
    yield from {"I": _indicators, "II": _activities}[code](data)
    yield from own_words(words.of(code).own)


def _indicators(data: Consolidated) -> Iterator[Block]:
    yield Heading(1, "Số liệu theo chỉ tiêu")
    rows = data.progress.indicators if data.progress else ()
    yield Paragraph(
        f"{number(len(rows))} chỉ tiêu gắn với {data.scope.name} của Kế hoạch. "
        f"{see(data, 'Số liệu', Annex.FIGURES)}"
    )


def _activities(data: Consolidated) -> Iterator[Block]:
    yield Heading(1, "Hoạt động đăng ký")
    yield Paragraph(
        f"{number(len({row.unit_code for row in data.activities}))} đơn vị đăng ký "
        f"{number(len(data.activities))} hoạt động gắn với {data.scope.name}. "
        f"{see(data, 'Danh sách', Annex.ACTIVITIES)}"
    )


def activities_of(data: Consolidated) -> Iterator[Block]:
    """Every activity once, under its unit."""
    if not data.activities:
        yield Paragraph(NONE)
        return
    rows, unit = [], ""
    for place, row in enumerate(data.activities, start=1):
        if row.unit != unit:
            unit = row.unit
            rows.append(Row((unit,), RowKind.GROUP))
        days = " – ".join(short_date(day) for day in (row.starts_on, row.ends_on) if day)
        rows.append(Row((str(place), row.title, ", ".join(row.codes), row.participants, days)))
    yield Table(
        (
            Column("STT", 0.7, Align.CENTER),
            Column("Nội dung hoạt động", 5),
            Column("Mục của Kế hoạch", 1.8),
            Column("Phối hợp", 3),
            Column("Thời gian", 1.8),
        ),
        tuple(rows),
    )
