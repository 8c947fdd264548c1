"""One row of the plan in figures (biểu chuyên đề): its indicators, and who does what for it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lib.official.model import Align, Block, Bullet, Column, Heading, Paragraph, Row, RowKind, Table
from lib.vietnamese import number, percent, short_date
from reports.datasets.consolidated import Consolidated, Group
from reports.datasets.progress import IndicatorRow
from reports.datasets.registered import ActivityRow
from reports.datasets.words import Words
from reports.documents.places import see
from reports.documents.progress import JOINT_ONCE, amount
from reports.documents.report import NONE, own_words
from reports.kinds import Annex

INDICATORS_A_TABLE = 5


def thematic_section(code: str, data: Consolidated, words: Words) -> Iterator[Block]:
    yield from {"I": _indicators, "II": _activities}[code](data)
    yield from own_words(words.of(code).own)


def _indicators(data: Consolidated) -> Iterator[Block]:
    yield Heading(1, "Số liệu theo chỉ tiêu")
    yield from (
        Paragraph(f"{row.code}. {row.text}") for row in data.items if row.code == data.scope.code
    )
    rows = data.progress.indicators if data.progress else ()
    if not rows:
        yield Paragraph(f"Chưa có chỉ tiêu nào gắn với {data.scope.name} của Kế hoạch.")
        return
    yield Paragraph(f"{number(len(rows))} chỉ tiêu gắn với {data.scope.name} của Kế hoạch:")
    yield from (Bullet(f"{_in_words(row)};") for row in rows[:-1])
    yield Bullet(f"{_in_words(rows[-1])}.")
    yield Paragraph(see(data, "Số liệu", Annex.FIGURES, Annex.BY_UNIT))


def _in_words(row: IndicatorRow) -> str:
    """“Cuộc tuyên truyền: 31 cuộc, đạt 1,9% đăng ký (1.662); 13 đơn vị chưa có số liệu”."""
    if row.reached is None:
        said = f"{row.name}: {row.nothing.lower()}"
    else:
        said = f"{row.name}: {amount(row.reached, row)} {row.measure}"
    if row.rate is not None and row.registered is not None:
        said += f", đạt {percent(row.rate)} đăng ký ({amount(row.registered, row)})"
    if row.without_figures and row.reached is not None:
        said += f"; {number(row.without_figures)} đơn vị chưa có số liệu"
    return said


def _activities(data: Consolidated) -> Iterator[Block]:
    yield Heading(1, "Hoạt động đăng ký")
    yield Paragraph(
        f"{number(len({row.unit_code for row in data.activities}))} đơn vị đăng ký "
        f"{number(len(data.activities))} hoạt động gắn với {data.scope.name}. "
        f"{see(data, 'Danh sách', Annex.ACTIVITIES)}"
    )
    if data.activities:
        yield _by_block(data)


def _by_block(data: Consolidated) -> Table:
    rows = []
    for group in data.groups:
        mine = [row for row in data.activities if row.block_code == group.code]
        if mine:
            units = len({row.unit_code for row in mine})
            rows.append(
                Row((group.name, number(len(group.rows)), number(units), number(len(mine))))
            )
    units = len({row.unit_code for row in data.activities})
    total = ("Tổng cộng", number(len(data.rows)), number(units), number(len(data.activities)))
    return Table(
        caption=f"Biểu 1. Hoạt động đăng ký gắn với {data.scope.name} theo khối thi đua",
        columns=(
            Column("Khối thi đua", 4),
            Column("Số đơn vị", 1, Align.RIGHT),
            Column("Đơn vị có đăng ký", 1.2, Align.RIGHT),
            Column("Số hoạt động", 1.2, Align.RIGHT),
        ),
        rows=(*rows, Row(total, RowKind.TOTAL)),
    )


# --- appendices ----------------------------------------------------------------------------------


def by_unit_of(data: Consolidated) -> Iterator[Block]:
    """Each unit's part of each indicator, up to the cut-off; who has none has no line."""
    rows = data.progress.indicators if data.progress else ()
    shown = [row for row in rows if data.progress and data.progress.by_unit.get(row.code)]
    if not shown:
        yield Paragraph(NONE)
        return
    yield Paragraph(
        f"Lũy kế của từng đơn vị, kể cả hoạt động đơn vị chủ trì hoặc cùng thực hiện. {JOINT_ONCE}"
    )
    for start in range(0, len(shown), INDICATORS_A_TABLE):
        yield _by_unit(data, shown[start : start + INDICATORS_A_TABLE])


def _by_unit(data: Consolidated, shown: Sequence[IndicatorRow]) -> Table:
    place, rows = Counter[str](), []
    for group in data.groups:
        lines = [*_lines_of(group, data, shown, place)]
        if lines:
            rows += [Row((group.name,), RowKind.GROUP), *lines]
    total = [amount(row.cumulative, row) for row in shown]
    return Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Đơn vị", 4),
            *(Column(f"{row.name} ({row.measure})", 2, Align.RIGHT) for row in shown),
        ),
        rows=(*rows, Row(("", "Tổng, hoạt động chung tính một lần", *total), RowKind.TOTAL)),
    )


def _lines_of(
    group: Group, data: Consolidated, shown: Sequence[IndicatorRow], place: Counter[str]
) -> Iterator[Row]:
    known = data.progress.by_unit if data.progress else {}
    for unit in group.rows:
        told = [known[row.code].get(unit.code) for row in shown]
        if any(told):
            place["unit"] += 1
            figures = (
                amount(Decimal(part[1]), row) if part else ""
                for part, row in zip(told, shown, strict=True)
            )
            yield Row((str(place["unit"]), unit.name, *figures))


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
        rows.append(Row(_activity(place, row)))
    yield Table(
        (
            Column("STT", 0.7, Align.CENTER),
            Column("Nội dung hoạt động", 4.2),
            Column("Mục của Kế hoạch", 1.4),
            Column("Phối hợp", 2.4),
            Column("Địa điểm", 2),
            Column("Thời gian", 1.7, Align.CENTER),
            Column("Số lượng", 1.3, Align.RIGHT),
            Column("Sản phẩm, kết quả", 2.2),
        ),
        tuple(rows),
    )


def _activity(place: int, row: ActivityRow) -> tuple[str, ...]:
    days = " – ".join(short_date(day) for day in (row.starts_on, row.ends_on) if day)
    quantity = "" if row.quantity is None else f"{number(row.quantity)} {row.quantity_unit}".strip()
    return (
        str(place), row.title, ", ".join(row.codes), row.participants, row.place, days, quantity,
        row.product,
    )  # fmt: skip
