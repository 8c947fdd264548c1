"""What units reported: sections I to V, and the appendices of figures, works, people, sending.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I. The text is the units' own, gathered under its section
with the unit's name, as the board selected, ordered and edited it; the portal invents none.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lib.official.model import (
    Align,
    Block,
    Column,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Run,
    Table,
)
from lib.vietnamese import moment, number, percent, short_date
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import (
    ExemplarRow,
    IndicatorRow,
    PeriodSending,
    Progress,
    SectionText,
    WorkRow,
)
from reports.datasets.words import SectionWords, Words
from reports.documents import own
from reports.documents.places import see
from reports.documents.report import (
    DASHES,
    NONE,
    bullets,
    inside,
    list_of_units,
    own_words,
    said_line,
)
from reports.kinds import Annex, Level

JOINT_ONCE = "Hoạt động nhiều đơn vị cùng thực hiện chỉ tính một lần trong số liệu toàn tỉnh."
PERIODS_A_TABLE = 5


# --- I to V --------------------------------------------------------------------------------------


def outline_sections(data: Consolidated, progress: Progress, words: Words) -> Iterator[Block]:
    heading = ""
    for part in progress.sections:
        above = part.section.heading.partition(". ")[2]
        if not above:
            yield Heading(1, part.section.title)
        elif above != heading:
            yield Heading(1, above)
        heading = above
        if above:
            yield Heading(2, part.section.title)
        yield from section_body(part, data, words)


def section_body(part: SectionText, data: Consolidated, words: Words) -> Iterator[Block]:
    """What stands under one section's heading: figures, the board's words, units' words."""
    shown = words.of(part.section.code)
    counted = [*_figures_in_words(part.section.code, data)]
    yield from (Paragraph(sentence) for sentence in counted)
    yield from own_words(shown.own)
    if data.scope.level is Level.UNIT:
        yield from _said_by_itself(part, shown, is_empty=not counted)
    else:
        yield from _said(part, shown)


def _figures_in_words(code: str, data: Consolidated) -> Iterator[str]:
    """The few sentences that are figures, and where their list is."""
    tellers = BY_ITSELF if data.scope.level is Level.UNIT else OF_MANY
    if data.progress and code in tellers:
        yield from tellers[code](data, data.progress)


def _leadership(data: Consolidated, progress: Progress) -> Iterator[str]:
    yield f"Kế hoạch triển khai: {inside(data.totals.sentence)} đơn vị."
    yield f"{progress.own_sending.sentence} đơn vị. {see(data, 'Chi tiết', Annex.SENDING)}"
    if progress.own_sending.missing:
        yield _not_counted(progress.own_sending)
    yield see(data, "Số liệu tổng hợp theo chỉ tiêu", Annex.FIGURES)


def _commendation(data: Consolidated, progress: Progress) -> Iterator[str]:
    yield (
        f"Các báo cáo nêu {number(len(progress.exemplars))} điển hình tiên tiến. "
        f"{see(data, 'Danh sách', Annex.EXEMPLARS)}"
    )
    if progress.commended:
        yield f"Đã công bố {progress.commended}."


def _works(data: Consolidated, progress: Progress) -> Iterator[str]:
    yield (
        f"Các đơn vị đăng ký {number(progress.registered_works)} công trình, phần việc; đã "
        f"hoàn thành {number(progress.works_done)}. {see(data, 'Danh mục', Annex.WORKS)}"
    )


def _duties(data: Consolidated, progress: Progress) -> Iterator[str]:
    yield (
        f"Trong {len(data.duties)} nhiệm vụ được giao, được đề nghị, {data.covered} nhiệm vụ "
        f"đã có hoạt động đăng ký. {see(data, 'Chi tiết', Annex.BY_SOLUTION, Annex.BY_DUTY)}"
    )


def _requests(data: Consolidated, progress: Progress) -> Iterator[str]:
    if progress.own_sending.to_urge:
        yield (
            f"Đề nghị Sở Nội vụ đôn đốc {progress.own_sending.to_urge} đơn vị phải gửi đã quá "
            f"hạn mà chưa gửi báo cáo {progress.period.name}."
        )


# By section of the outline.
OF_MANY = {
    "I": _leadership, "II.2": _commendation, "II.8": _works, "II.9": _duties, "V": _requests,
}  # fmt: skip
BY_ITSELF = {
    "I": own.leadership, "II.2": own.commendation, "II.8": own.works, "II.9": own.duties,
}  # fmt: skip


def _not_counted(sending: PeriodSending) -> str:
    """Whose figures are not in the sums, said where it is true."""
    return (
        f"{sending.missing}/{sending.owed} đơn vị chưa gửi báo cáo {sending.period.name} nên chưa "
        "được tính vào số liệu của kỳ."
    )


def _said(part: SectionText, shown: SectionWords) -> Iterator[Block]:
    for said in shown.said:
        first, *rest = [line.strip() for line in said.text.splitlines() if line.strip()] or [""]
        name = Run(f"{said.unit}:", bold=True)
        if first.startswith(DASHES):
            yield Paragraph((name,))
            yield said_line(first)
        else:
            yield Paragraph((name, Run(f" {first}")))
        for line in rest:
            yield said_line(line)
    if part.nothing:
        yield Paragraph(f"{number(part.nothing)} đơn vị báo cáo không phát sinh.")
    if not part.said and not part.nothing and not shown.own:
        yield Paragraph("Chưa có đơn vị nào báo cáo nội dung này.")


def _said_by_itself(part: SectionText, shown: SectionWords, *, is_empty: bool) -> Iterator[Block]:
    """In its own report a unit is not named before each paragraph."""
    for said in shown.said:
        yield from own_words(said.text)
    if not shown.said and not shown.own and is_empty:
        yield Paragraph("Không phát sinh." if part.nothing else "Chưa báo cáo nội dung này.")


# --- Phụ lục I -----------------------------------------------------------------------------------


def _about_figures(progress: Progress) -> str:
    return (
        f"Kết quả trong kỳ tính {progress.period.window}; lũy kế tính từ đầu đợt thi đua. "
        f"{JOINT_ONCE}"
    )


def figures_of(data: Consolidated) -> Iterator[Block]:
    if data.progress:
        yield Paragraph(_about_figures(data.progress))
        yield _figures(data.progress.indicators)


def _figures(rows: Iterable[IndicatorRow]) -> Table:
    return Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Chỉ tiêu", 5),
            Column("ĐVT", 1.4, Align.CENTER),
            Column("Đăng ký", 1.3, Align.RIGHT),
            Column("Kết quả trong kỳ", 1.5, Align.RIGHT),
            Column("Lũy kế", 1.3, Align.RIGHT),
            Column("Tỷ lệ %", 1.1, Align.RIGHT),
            Column("Ghi chú", 3),
        ),
        rows=tuple(Row(_figure(row)) for row in rows),
    )


def amount(value: Decimal, row: IndicatorRow) -> str:
    """As many places as the indicator has."""
    return number(value, row.decimals)


def _figure(row: IndicatorRow) -> tuple[str, ...]:
    return (
        row.number,
        row.name,
        row.measure,
        "" if row.registered is None else amount(row.registered, row),
        row.nothing or amount(row.in_period, row),
        "" if row.reached is None else amount(row.reached, row),
        "" if row.rate is None else percent(row.rate),
        row.note,
    )


# --- Phụ lục II and III --------------------------------------------------------------------------


def works_of(data: Consolidated) -> Iterator[Block]:
    works = data.progress.works if data.progress else ()
    if not works:
        yield Paragraph(NONE)
        return
    yield Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Công trình, phần việc", 3.7),
            Column("Đơn vị chủ trì", 2.4),
            Column("Đơn vị phối hợp", 2.2),
            Column("Thời hạn", 1.6, Align.CENTER),
            Column("Tình trạng", 1.5),
            Column("Hoàn thành ngày", 1.6, Align.CENTER),
            Column("Kết quả, ghi chú", 2.6),
        ),
        rows=tuple(Row(_work_line(row)) for row in works),
    )


def _work_line(row: WorkRow) -> tuple[str, ...]:
    return (
        str(row.place),
        row.title,
        row.lead,
        row.participants,
        short_date(row.ends_on) if row.ends_on else "",
        row.state,
        short_date(row.done_on) if row.done_on else "",
        "; ".join(filter(None, [row.result, row.note])),
    )


def exemplars_of(data: Consolidated) -> Iterator[Block]:
    known: tuple[ExemplarRow, ...] = data.progress.exemplars if data.progress else ()
    if not known:
        yield Paragraph(NONE)
        return
    lines, kind = [], ""
    for row in known:
        if row.kind != kind:
            lines.append(Row((row.kind_label,), RowKind.GROUP))
            kind = row.kind
        lines.append(Row((str(row.place), row.name, row.position, row.unit, row.achievement)))
    yield Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Tập thể, cá nhân", 2.2),
            Column("Chức vụ, nơi công tác", 2.2),
            Column("Đơn vị báo cáo", 2),
            Column("Thành tích tiêu biểu", 3.6),
        ),
        rows=tuple(lines),
    )


# --- Phụ lục IV ----------------------------------------------------------------------------------


def sending_of(data: Consolidated) -> Iterator[Block]:
    if data.progress:
        yield from _sending(data, data.progress)


def _sending(data: Consolidated, progress: Progress) -> Iterator[Block]:
    yield Heading(1, "Gửi kế hoạch triển khai", numbered=False)
    yield list_of_units(data)
    yield Heading(1, "Gửi báo cáo kỳ", numbered=False)
    for sending in progress.sending:
        yield Paragraph(f"{sending.sentence} đơn vị; hạn gửi {short_date(sending.period.due)}.")
    for start in range(0, len(progress.sending), PERIODS_A_TABLE):
        yield _by_period(data, progress.sending[start : start + PERIODS_A_TABLE])
    if not progress.sending:
        yield Paragraph("Chưa có kỳ báo cáo nào được mở.")
    yield Heading(1, "Nhận sau thời điểm chốt, không tính vào số liệu", numbered=False)
    yield from bullets(
        f"{row.unit}: {row.what}, {moment(row.received_at)}" for row in progress.afterwards
    )


def _by_period(data: Consolidated, shown: tuple[PeriodSending, ...]) -> Table:
    rows = []
    for group in data.groups:
        rows.append(Row((group.name,), RowKind.GROUP))
        rows += [
            Row((str(unit.place), unit.name, *(_stood(one, unit.code) for one in shown)))
            for unit in group.rows
        ]
    return Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Đơn vị", 4),
            *(Column(f"Báo cáo {one.period.name}", 2) for one in shown),
        ),
        rows=tuple(rows),
    )


def _stood(sending: PeriodSending, code: str) -> str:
    """Who does not owe this period's report has no word there."""
    sender = sending.senders.get(code)
    return sender.words if sender else ""
