"""Phụ lục “Nguồn số liệu”: every version the figures are made of, and how the report is checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lib.official.model import Align, Block, Column, Paragraph, Row, RowKind, Table
from lib.vietnamese import moment, number
from reports.datasets.consolidated import Consolidated
from reports.datasets.source import Source

COLUMNS = (
    Column("STT", 0.7, Align.CENTER),
    Column("Đơn vị", 3.6),
    Column("Số, ký hiệu", 2.4),
    Column("Lần", 0.8, Align.CENTER),
    Column("Nhận lúc", 2.1),
    Column("Mã tiếp nhận", 2.5),
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


@dataclass(frozen=True)
class Counted:
    """One version that counts, as people look it up."""

    what: str
    unit: str
    number: str
    source: Source


def counted_versions(data: Consolidated) -> Iterator[Counted]:
    """Sub-plans first, then the reports of each period, each in protocol order."""
    names = {row.code: row.name for row in data.rows}
    for row in data.rows:
        if row.source.pk:
            yield Counted("Kế hoạch triển khai", row.name, row.number, row.source)
    for one in data.progress.sending if data.progress else ():
        for code, sender in one.senders.items():
            if sender.source.pk:
                yield Counted(
                    f"Báo cáo {one.period.name}", names.get(code, code), sender.number,
                    sender.source,
                )  # fmt: skip


def _rows(data: Consolidated) -> Iterator[Row]:
    place = 0
    for title, same in groupby(counted_versions(data), lambda one: one.what):
        lines = list(same)
        yield Row((f"{title} ({number(len(lines))} bản)",), RowKind.GROUP)
        for one in lines:
            place += 1
            source = one.source
            yield Row(
                (
                    str(place), one.unit, one.number, str(source.version),
                    moment(source.received_at) if source.received_at else "", source.receipt,
                    moment(source.accepted_at) if source.accepted_at else "Chưa tiếp nhận",
                )
            )  # fmt: skip
