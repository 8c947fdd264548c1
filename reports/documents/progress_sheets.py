"""What a period adds to the workbook: the same figures and lists as the document."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import ExemplarRow, IndicatorRow, Progress, WorkRow


def indicators_sheet(rows: Iterable[IndicatorRow], notes: Sequence[str]) -> Sheet:
    """Phụ lục I, ready to calculate with: a figure is a number, no figure is a word."""
    return Sheet(
        title="Biểu số liệu",
        notes=notes,
        columns=(
            Column("STT", 7),
            Column("Mã", 9),
            Column("Chỉ tiêu", 60),
            Column("ĐVT", 14),
            Column("Đăng ký", 13, "decimal"),
            Column("Kết quả trong kỳ", 16, "decimal"),
            Column("Lũy kế", 14, "decimal"),
            Column("Tỷ lệ %", 10, "percent"),
            Column("Đơn vị có số liệu", 11, "integer"),
            Column("Không áp dụng", 11, "integer"),
            Column("Chưa trả lời", 11, "integer"),
            Column("Chưa gửi", 11, "integer"),
            Column("Ghi chú", 40),
        ),
        rows=[Row(_indicator(row)) for row in rows],
    )


def _indicator(row: IndicatorRow) -> Sequence[Value]:
    return (
        row.number,
        row.code,
        row.name,
        row.measure,
        row.registered,
        row.nothing or row.in_period,
        row.reached,
        row.rate,
        row.answered,
        row.not_applicable,
        row.unanswered,
        row.not_sent,
        row.note,
    )


def works_sheet(rows: Iterable[WorkRow], notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Công trình, phần việc",
        notes=notes,
        columns=(
            Column("STT", 6, "integer"),
            Column("Công trình, phần việc", 60),
            Column("Đơn vị chủ trì", 36),
            Column("Đơn vị phối hợp", 36),
            Column("Địa điểm", 24),
            Column("Thời hạn", 12, "date"),
            Column("Tình trạng", 18),
            Column("Hoàn thành ngày", 12, "date"),
            Column("Kết quả", 40),
            Column("Ghi chú", 18),
        ),
        rows=[
            Row(
                (
                    row.place, row.title, row.lead, row.participants, row.where, row.ends_on,
                    row.state, row.done_on, row.result, row.note,
                )
            )
            for row in rows
        ],
    )  # fmt: skip


def exemplars_sheet(rows: Iterable[ExemplarRow], notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Điển hình",
        notes=notes,
        columns=(
            Column("STT", 6, "integer"),
            Column("Loại", 12),
            Column("Tập thể, cá nhân", 36),
            Column("Chức vụ, nơi công tác", 36),
            Column("Đơn vị báo cáo", 36),
            Column("Kỳ báo cáo", 20),
            Column("Thành tích tiêu biểu", 60),
        ),
        rows=[
            Row(
                (
                    row.place, row.kind_label, row.name, row.position, row.unit, row.period,
                    row.achievement,
                )
            )
            for row in rows
        ],
    )  # fmt: skip


def by_unit_sheets(data: Consolidated, notes: Sequence[str]) -> Iterator[Sheet]:
    """Each unit's part of each indicator: result of the period beside what was reached so far."""
    if data.progress is None:
        return
    shown = [row for row in data.progress.indicators if data.progress.by_unit.get(row.code)]
    known = [data.progress.by_unit[row.code] for row in shown]
    columns = [
        Column(f"{row.name} ({row.measure}), {what}", 16, "decimal")
        for row in shown
        for what in ("trong kỳ", "lũy kế")
    ]
    rows = []
    for unit in data.rows:
        told = [part.get(unit.code) for part in known]
        if any(told):
            figures = [Decimal(text) for part in told for text in part or ("0", "0")]
            rows.append(Row((unit.place, unit.name, *figures)))
    yield Sheet(
        title="Theo đơn vị",
        notes=notes,
        columns=(Column("STT", 6, "integer"), Column("Đơn vị", 46), *columns),
        rows=rows,
    )


def sending_sheet(data: Consolidated, progress: Progress, notes: Sequence[str]) -> Sheet:
    """One line a unit, one column a period."""
    rows = []
    for group in data.groups:
        rows.append(Row((None, group.name, *("" for _ in progress.sending)), "group"))
        for unit in group.rows:
            stood = [one.senders.get(unit.code) for one in progress.sending]
            words = ["" if sender is None else sender.words for sender in stood]
            rows.append(Row((unit.place, unit.name, *words)))
    totals = (f"{one.sent}/{one.owed}" for one in progress.sending)
    return Sheet(
        title="Gửi báo cáo kỳ",
        notes=notes,
        columns=(
            Column("STT", 6, "integer"),
            Column("Đơn vị", 46),
            *(Column(f"Báo cáo {one.period.name}", 22) for one in progress.sending),
        ),
        rows=[*rows, Row((None, "Đã gửi", *totals), "total")],
    )


def texts_sheet(progress: Progress, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Nội dung báo cáo",
        notes=notes,
        columns=(Column("Mục", 8), Column("Nội dung", 40), Column("Đơn vị", 40), Column("Lời", 90)),
        rows=[
            Row((part.section.code, part.section.title, said.unit, said.text))
            for part in progress.sections
            for said in part.said
        ],
    )


def afterwards_sheet(progress: Progress, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Nhận sau khi chốt",
        notes=notes,
        columns=(Column("Đơn vị", 46), Column("Nội dung", 36), Column("Nhận lúc", 24)),
        rows=[Row((row.unit, row.what, moment(row.received_at))) for row in progress.afterwards],
    )
