"""What a period adds to the workbook: the same figures and lists as the document."""

from collections.abc import Iterable, Sequence

from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import ExemplarRow, IndicatorRow, Progress, WorkRow


def progress_sheets(data: Consolidated, progress: Progress, notes: Sequence[str]) -> list[Sheet]:
    return [
        indicators_sheet(progress.indicators, notes),
        _works(progress.works, notes),
        _exemplars(progress.exemplars, notes),
        _sending(data, progress, notes),
        _texts(progress, notes),
        _afterwards(progress, notes),
    ]


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


def _works(rows: Iterable[WorkRow], notes: Sequence[str]) -> Sheet:
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


def _exemplars(rows: Iterable[ExemplarRow], notes: Sequence[str]) -> Sheet:
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


def _sending(data: Consolidated, progress: Progress, notes: Sequence[str]) -> Sheet:
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


def _texts(progress: Progress, notes: Sequence[str]) -> Sheet:
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


def _afterwards(progress: Progress, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Nhận sau khi chốt",
        notes=notes,
        columns=(Column("Đơn vị", 46), Column("Nội dung", 36), Column("Nhận lúc", 24)),
        rows=[Row((row.unit, row.what, moment(row.received_at))) for row in progress.afterwards],
    )
