"""Phụ lục “Nguồn số liệu”: every version the figures are made of, and how the report is checked."""

from collections.abc import Iterable, Iterator

from lib.official.model import Align, Block, Column, Paragraph, Row, RowKind, Table
from lib.vietnamese import moment, number
from reports.datasets.consolidated import Consolidated
from reports.datasets.source import Source

COLUMNS = (
    Column("STT", 0.7, Align.CENTER),
    Column("Đơn vị", 4),
    Column("Số, ký hiệu", 2.4),
    Column("Lần", 0.6, Align.CENTER),
    Column("Nhận lúc", 2.1),
    Column("Mã tiếp nhận", 2),
    Column("Tiếp nhận lúc", 2.1),
)


def sources_of(data: Consolidated) -> Iterator[Block]:
    yield Paragraph(
        f"Số liệu chốt đến {moment(data.as_of)} từ các bản kế hoạch, báo cáo dưới đây, mỗi đơn vị "
        "lấy bản mới nhất nhận được đến lúc đó. Mã số liệu của báo cáo (SHA-256): "
        f"{_in_groups(data.digest)}."
    )
    rows = [*_rows(data)]
    counted = sum(1 for row in rows if row.kind is RowKind.DATA)
    yield Paragraph(f"Tổng số: {number(counted)} bản.")
    if counted:
        yield Table(COLUMNS, tuple(rows))


def _in_groups(digest: str) -> str:
    """Read out by eights, the way one compares them."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _rows(data: Consolidated) -> Iterator[Row]:
    names = {row.code: row.name for row in data.rows}
    place = 0
    plans = ((row.name, row.number, row.source) for row in data.rows if row.source.pk)
    series: list[tuple[str, Iterable[tuple[str, str, Source]]]] = [("Kế hoạch triển khai", plans)]
    for one in data.progress.sending if data.progress else ():
        told = (
            (names.get(code, code), sender.number, sender.source)
            for code, sender in one.senders.items()
            if sender.source.pk
        )
        series.append((f"Báo cáo {one.period.name}", told))
    for title, sent in series:
        lines = list(sent)
        if lines:
            yield Row((f"{title} ({number(len(lines))} bản)",), RowKind.GROUP)
        for name, document, source in lines:
            place += 1
            yield Row(
                (
                    str(place), name, document, str(source.version),
                    moment(source.received_at) if source.received_at else "", source.receipt,
                    moment(source.accepted_at) if source.accepted_at else "Chưa tiếp nhận",
                )
            )  # fmt: skip
