"""The report on who sent its plan, as an official document; its lists serve the one with figures.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I. Figures and lists; the words of assessment are those the
board wrote in the paper, the portal invents none.
"""

from collections.abc import Iterable, Iterator

from lib.official.model import (
    Align,
    Appendix,
    Bar,
    BarPiece,
    Block,
    Bullet,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
)
from lib.vietnamese import moment, number, percent, short_date
from reports.datasets.consolidated import Consolidated, Group, Totals, UnitRow
from reports.datasets.registered import ItemCount
from reports.datasets.words import Words
from reports.documents.heads import header_of
from reports.documents.places import see
from reports.kinds import Annex

ONCE = (
    "Một hoạt động gắn với nhiều mục của Kế hoạch được tính ở từng mục, nhưng chỉ tính một lần "
    "trong tổng số."
)
NONE = "Không có."
MOST_NAMED = 120  # units in one list of the text: more than Tây Ninh has
DASHES = ("- ", "– ", "• ")


def plan_section(code: str, data: Consolidated, words: Words) -> Iterator[Block]:
    return SECTIONS[code](data, words)


def framed(
    data: Consolidated,
    words: Words,
    *,
    body: tuple[Block, ...],
    appendices: tuple[Appendix, ...],
) -> Document:
    """A body between the fixed texts: title, căn cứ, opening, closing, signature, nơi nhận."""
    return Document(
        header=header_of(data, words),
        kind="Báo cáo",
        subject=words.subject,
        addressees=words.addressees,
        bases=words.bases,
        body=(*own_words(words.opening), *body),
        closing=words.closing,
        signature=Signature(position=words.position, name=words.signer, authority=words.authority),
        recipients=words.recipients,
        verification=source_of(data, words),
        appendices=appendices,
        draft=words.is_draft,
    )


def source_of(data: Consolidated, words: Words) -> str:
    said = f"Số liệu chốt đến {moment(data.as_of)}; mã số liệu {data.short_digest}"
    return f"{said}; mã kiểm tra {words.code}" if words.code else said


def own_words(text: str) -> Iterator[Block]:
    """What the board wrote, a paragraph a line; a line led by a dash is an item of a list."""
    for line in text.splitlines():
        if line.strip():
            yield said_line(line.strip())


def said_line(text: str) -> Block:
    return Bullet(text.lstrip("-–• ")) if text.startswith(DASHES) else Paragraph(text)


def inside(sentence: str) -> str:
    """A sentence as it stands inside another."""
    return sentence[:1].lower() + sentence[1:]


# --- I. who sent ---------------------------------------------------------------------------------


def _sending(data: Consolidated, words: Words) -> Iterator[Block]:
    totals = data.totals
    yield Heading(1, "Tình hình gửi kế hoạch triển khai")
    yield Paragraph(
        f"Theo Kế hoạch, kế hoạch triển khai của các cơ quan, đơn vị gửi về {data.plan.receiver} "
        f"chậm nhất ngày {short_date(data.plan.due_date)}."
    )
    yield Paragraph(
        (
            Run(f"Tính đến {moment(data.as_of)}, "),
            Run(f"{inside(totals.sentence)} đơn vị", bold=True),
            Run("."),
        )
    )
    if totals.on_time_rate is not None:
        yield Paragraph(
            f"Tỷ lệ đúng hạn: {totals.required_on_time}/{totals.required} đơn vị phải gửi, đạt "
            f"{percent(totals.on_time_rate)}. {see(data, 'Danh sách từng đơn vị', Annex.UNITS)}"
        )
    yield _by_block(data)
    yield Heading(2, f"Đơn vị gửi trễ hạn ({len(data.late)})")
    yield from _named(
        data,
        [
            f"{row.name}: trễ {row.days_late} ngày ({row.working_days_late} ngày làm việc), "
            f"gửi ngày {short_date(row.sent_on)}"
            for row in data.late
            if row.sent_on
        ],
    )
    yield Heading(2, f"Đơn vị được miễn gửi ({len(data.exempt)})")
    yield from bullets(f"{row.name} ({row.note})" for row in data.exempt)
    yield from own_words(words.of("I").own)


def _by_block(data: Consolidated) -> Table:
    return Table(
        caption="Biểu 1. Tình hình gửi kế hoạch theo khối thi đua",
        columns=(
            Column("Khối thi đua", 3),
            Column("Số đơn vị", 1, Align.RIGHT),
            Column("Đã gửi", 1, Align.RIGHT),
            Column("Đúng hạn", 1, Align.RIGHT),
            Column("Trễ hạn", 1, Align.RIGHT),
            Column("Chưa gửi", 1, Align.RIGHT),
            Column("Số hoạt động", 1.2, Align.RIGHT),
        ),
        rows=(
            *(Row(_sums(group.name, group.totals)) for group in data.groups),
            Row(_sums("Tổng cộng", data.totals), RowKind.TOTAL),
        ),
        bars=(*(bar_of(group.totals) for group in data.groups), None),
    )


def bar_of(totals: Totals) -> Bar:
    """How a block stands, as the page draws it: on time green, late red, not sent grey."""
    pieces = (
        BarPiece(totals.on_time, "green", "đúng hạn"),
        BarPiece(totals.late, "red", "trễ hạn"),
        BarPiece(totals.missing, "grey", "chưa gửi"),
    )
    return Bar(pieces, totals.owed)


def _sums(name: str, totals: Totals) -> tuple[str, ...]:
    figures = (
        totals.owed, totals.sent, totals.on_time, totals.late, totals.missing, totals.activities,
    )  # fmt: skip
    return (name, *(number(figure) for figure in figures))


def _named(data: Consolidated, lines: list[str]) -> Iterator[Block]:
    """Few units are named in the text; of many the appendix has the list."""
    if len(lines) > MOST_NAMED:
        yield Paragraph(see(data, "Danh sách", Annex.UNITS))
    else:
        yield from bullets(lines)


def bullets(lines: Iterable[str]) -> Iterator[Block]:
    """A list ends its lines with “;” and its last with “.”."""
    known = list(lines)
    if not known:
        yield Paragraph(NONE)
    for place, line in enumerate(known, start=1):
        yield Bullet(f"{line}{'.' if place == len(known) else ';'}")


# --- II. what they registered --------------------------------------------------------------------


def _registered(data: Consolidated, words: Words) -> Iterator[Block]:
    totals = data.totals
    yield Heading(1, "Nội dung đăng ký")
    yield Paragraph(
        f"Các đơn vị đã gửi kế hoạch đăng ký {number(totals.activities)} công trình, phần việc, "
        f"hoạt động. {ONCE}"
    )
    yield Heading(2, "Theo giải pháp (mục III của Kế hoạch)")
    yield Table(
        caption="Biểu 2. Hoạt động đăng ký theo giải pháp",
        columns=_item_columns("Giải pháp"),
        rows=tuple(Row(_item(solution)) for solution in data.solutions),
    )
    yield Paragraph(see(data, "Chi tiết theo từng nội dung", Annex.BY_SOLUTION))
    yield Heading(2, "Theo nhiệm vụ (mục IV của Kế hoạch)")
    yield Paragraph(
        f"Trong {len(data.duties)} nhiệm vụ được giao, được đề nghị, {data.covered} nhiệm vụ đã "
        f"có hoạt động đăng ký, {len(data.uncovered)} nhiệm vụ chưa có hoạt động nào. "
        f"{see(data, 'Chi tiết', Annex.BY_DUTY)}"
    )
    yield Heading(2, f"Nhiệm vụ chưa có hoạt động đăng ký ({len(data.uncovered)})")
    yield from bullets(
        f"{duty.code} ({', '.join(duty.named)}): {duty.text.rstrip('.;/ ')}"
        for duty in data.uncovered
    )
    yield from own_words(words.of("II").own)


def _item_columns(header: str) -> tuple[Column, ...]:
    return (
        Column("Mục", 1, Align.CENTER),
        Column(header, 6),
        Column("Số đơn vị", 1, Align.RIGHT),
        Column("Số hoạt động", 1, Align.RIGHT),
    )


def _item(item: ItemCount) -> tuple[str, ...]:
    return (item.code, item.text, number(item.units), number(item.activities))


# --- III. who did not ----------------------------------------------------------------------------


def _missing(data: Consolidated, words: Words) -> Iterator[Block]:
    yield Heading(1, "Đơn vị chưa gửi và kiến nghị")
    yield Heading(2, f"Đơn vị chưa gửi ({data.totals.missing})")
    if data.totals.missing > MOST_NAMED:
        yield Paragraph(see(data, "Danh sách", Annex.UNITS))
    else:
        yield from bullets(
            f"{group.name} ({len(missing)}): {'; '.join(_missed(row) for row in missing)}"
            for group in data.groups
            if (missing := [row for row in group.rows if row.is_missing])
        )
    yield Heading(2, "Kiến nghị")
    if data.to_urge:
        yield Paragraph(
            f"Đề nghị Sở Nội vụ đôn đốc {len(data.to_urge)} đơn vị phải gửi đã quá hạn mà chưa gửi "
            "kế hoạch nêu trên."
        )
    elif not words.of("III").own:
        yield Paragraph(NONE)
    yield from own_words(words.of("III").own)


def _missed(row: UnitRow) -> str:
    return f"{row.name} ({row.note})" if row.note else row.name


SECTIONS = {"I": _sending, "II": _registered, "III": _missing}


# --- appendices ----------------------------------------------------------------------------------

LIST_COLUMNS = (
    Column("STT", 0.7, Align.CENTER),
    Column("Đơn vị", 4.2),
    Column("Số, ký hiệu", 2.8),
    Column("Ngày ban hành", 1.4, Align.CENTER),
    Column("Ngày gửi", 1.4, Align.CENTER),
    Column("Đúng/trễ hạn (số ngày)", 1.7),
    Column("Số công trình/phần việc đăng ký", 1.5, Align.RIGHT),
    Column("Ghi chú", 2.4),
)


def list_of_units(data: Consolidated) -> Table:
    rows = [row for group in data.groups for row in _block_of_units(group)]
    count = number(data.totals.activities)
    total = ("", data.totals.sentence, "", "", "", "", count, "")
    return Table(columns=LIST_COLUMNS, rows=(*rows, Row(total, RowKind.TOTAL)))


def _block_of_units(group: Group) -> Iterator[Row]:
    totals = group.totals
    yield Row((f"{group.name}: {inside(totals.sentence)}",), RowKind.GROUP)
    for row in group.rows:
        yield Row(
            (
                str(row.place),
                row.name,
                row.number,
                short_date(row.document_date) if row.document_date else "",
                short_date(row.sent_on) if row.sent_on else "",
                row.verdict_text,
                number(row.activities) if row.sent_at else "",
                row.note,
            )
        )


def by_solution(data: Consolidated) -> Table:
    rows = [
        Row(("Nội dung thi đua (mục II)",), RowKind.GROUP),
        *(Row(_item(content)) for content in data.contents),
    ]
    for solution in data.solutions:
        rows.append(Row((_in_words(solution),), RowKind.GROUP))
        rows.extend(Row(_item(part)) for part in solution.parts)
    return Table(columns=_item_columns("Nội dung"), rows=tuple(rows))


def _in_words(solution: ItemCount) -> str:
    return (
        f"{solution.code}. {solution.text}: {number(solution.activities)} hoạt động "
        f"của {number(solution.units)} đơn vị"
    )


def by_duty(data: Consolidated) -> Table:
    return Table(
        columns=(
            Column("Mục", 1, Align.CENTER),
            Column("Nhiệm vụ", 5),
            Column("Nơi được giao, được đề nghị", 2.4),
            Column("Số đơn vị", 0.9, Align.RIGHT),
            Column("Số hoạt động", 0.9, Align.RIGHT),
        ),
        rows=tuple(
            Row(
                (
                    duty.code,
                    duty.text,
                    "; ".join(duty.named),
                    number(duty.units),
                    number(duty.activities),
                )
            )
            for duty in data.duties
        ),
    )
