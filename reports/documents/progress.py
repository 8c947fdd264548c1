"""The consolidated report with the figures of a period: sections I to V and Phụ lục I to VI.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I. The text is the units' own, gathered under its section
with the unit's name, as the board selected, ordered and edited it; the portal invents none.
"""

from collections.abc import Iterable, Iterator

from lib.official.model import (
    Align,
    Appendix,
    Block,
    Column,
    Document,
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
from reports.documents.report import (
    DASHES,
    NONE,
    ONCE,
    bullets,
    by_duty,
    by_solution,
    framed,
    inside,
    list_of_units,
    own_words,
    said_line,
)

JOINT_ONCE = "Hoạt động nhiều đơn vị cùng thực hiện chỉ tính một lần trong số liệu toàn tỉnh."
PERIODS_A_TABLE = 5
LEADERSHIP, COMMENDATION, WORKS, DUTIES, REQUESTS = "I", "II.2", "II.8", "II.9", "V"


def progress_document(data: Consolidated, progress: Progress, words: Words) -> Document:
    """BÁO CÁO kết quả thực hiện, from Ban Thi đua - Khen thưởng to Sở Nội vụ."""
    return framed(
        data,
        words,
        body=tuple(_sections(data, progress, words)),
        appendices=(
            Appendix(
                title="Biểu số liệu",
                blocks=(Paragraph(_about_figures(progress)), _figures(progress.indicators)),
                landscape=True,
            ),
            Appendix(
                title="Danh mục công trình, phần việc",
                blocks=tuple(_works(progress)),
                landscape=True,
            ),
            Appendix(title="Điển hình tiên tiến", blocks=tuple(_exemplars(progress.exemplars))),
            Appendix(
                title="Tình hình gửi kế hoạch, báo cáo",
                blocks=tuple(_sending(data, progress)),
                landscape=True,
            ),
            Appendix(
                title="Hoạt động đăng ký theo nội dung, giải pháp của Kế hoạch",
                blocks=(Paragraph(ONCE), by_solution(data)),
            ),
            Appendix(
                title="Hoạt động đăng ký theo nhiệm vụ được giao, được đề nghị",
                blocks=(Paragraph(ONCE), by_duty(data)),
            ),
        ),
    )


# --- I to V --------------------------------------------------------------------------------------


def _sections(data: Consolidated, progress: Progress, words: Words) -> Iterator[Block]:
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
        yield from section_body(part, data, progress, words)


def section_body(
    part: SectionText, data: Consolidated, progress: Progress, words: Words
) -> Iterator[Block]:
    """What stands under one section's heading: figures, the board's words, units' words."""
    for sentence in _figures_in_words(part.section.code, data, progress):
        yield Paragraph(sentence)
    shown = words.of(part.section.code)
    yield from own_words(shown.own)
    yield from _said(part, shown)


def _figures_in_words(code: str, data: Consolidated, progress: Progress) -> Iterator[str]:
    """The few sentences that are figures, and where their list is."""
    if code == LEADERSHIP:
        yield f"Kế hoạch triển khai: {inside(data.totals.sentence)} đơn vị."
        yield f"{progress.own_sending.sentence} đơn vị. Chi tiết nêu tại Phụ lục IV."
        yield "Số liệu tổng hợp theo chỉ tiêu nêu tại Phụ lục I."
    elif code == COMMENDATION:
        yield (
            f"Các báo cáo nêu {number(len(progress.exemplars))} điển hình tiên tiến, danh sách "
            "tại Phụ lục III."
        )
    elif code == WORKS:
        yield (
            f"Các đơn vị đăng ký {number(progress.registered_works)} công trình, phần việc; đã "
            f"hoàn thành {number(progress.works_done)}. Danh mục nêu tại Phụ lục II."
        )
    elif code == DUTIES:
        yield (
            f"Trong {len(data.duties)} nhiệm vụ được giao, được đề nghị, {data.covered} nhiệm vụ "
            "đã có hoạt động đăng ký. Chi tiết nêu tại Phụ lục V và Phụ lục VI."
        )
    elif code == REQUESTS and progress.own_sending.to_urge:
        yield (
            f"Đề nghị Sở Nội vụ đôn đốc {progress.own_sending.to_urge} đơn vị phải gửi đã quá "
            f"hạn mà chưa gửi báo cáo {progress.period.name}."
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


# --- Phụ lục I -----------------------------------------------------------------------------------


def _about_figures(progress: Progress) -> str:
    return (
        f"Kết quả trong kỳ tính {progress.period.window}; lũy kế tính từ đầu đợt thi đua. "
        f"{JOINT_ONCE}"
    )


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


def _figure(row: IndicatorRow) -> tuple[str, ...]:
    return (
        row.number,
        row.name,
        row.measure,
        "" if row.registered is None else number(row.registered, row.decimals),
        row.nothing or number(row.in_period, row.decimals),
        "" if row.reached is None else number(row.reached, row.decimals),
        "" if row.rate is None else percent(row.rate),
        row.note,
    )


# --- Phụ lục II and III --------------------------------------------------------------------------


def _works(progress: Progress) -> Iterator[Block]:
    if not progress.works:
        yield Paragraph(NONE)
        return
    yield Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Công trình, phần việc", 4),
            Column("Đơn vị chủ trì", 2.4),
            Column("Đơn vị phối hợp", 2.2),
            Column("Thời hạn", 1.3, Align.CENTER),
            Column("Tình trạng", 1.5),
            Column("Hoàn thành ngày", 1.3, Align.CENTER),
            Column("Kết quả, ghi chú", 2.6),
        ),
        rows=tuple(Row(_work(row)) for row in progress.works),
    )


def _work(row: WorkRow) -> tuple[str, ...]:
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


def _exemplars(rows: Iterable[ExemplarRow]) -> Iterator[Block]:
    known = list(rows)
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
