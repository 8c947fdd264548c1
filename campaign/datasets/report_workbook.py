"""A report of a period as a workbook a unit fills in and sends back (`lib.roundtrip`).

Three pages: the figures and the words, whose lines are given, and the role models, which may
come and go. What was registered and reached before stands beside the figures, locked.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from campaign.datasets.report_table import TableRow
from campaign.models import Exemplar, Figure, ProgressReport, ReportSection
from campaign.sections import Section
from lib.roundtrip.model import Field, Filled, Form, Identity, Line, digest_of
from lib.vietnamese import moment

FIGURES, WORDS, EXEMPLARS = "Số liệu", "Lời văn", "Điển hình"
NOT_APPLICABLE = Figure.Answer.NOT_APPLICABLE.label
NOTHING = ReportSection.Answer.NOTHING.label
SPARE_EXEMPLARS = 20
_ANSWERS = frozenset({"value", "answer", "note"})


def report_forms(
    report: ProgressReport, table: Iterable[TableRow], parts: Iterable[Section]
) -> list[Form]:
    """The pages of the workbook; without one of figures where the period asks for words only."""
    figures = _figures_form(report, table)
    pages = [figures] if figures.lines else []
    return [*pages, _words_form(report, parts), _exemplars_form(report)]


def report_identity(report: ProgressReport, forms: list[Form], *, at: datetime) -> Identity:
    period = report.period
    return Identity(
        kind="campaign.progress_report",
        title=f"Báo cáo {period}",
        scope=f"{period.campaign.code}/{period.pk}",
        scope_name=f"kỳ {period}",
        unit=report.unit.code,
        unit_name=str(report.unit),
        version=report.version,
        state=f"{report.revision}-{digest_of(forms)}",
        issued_at=moment(at),
    )


def _notes(report: ProgressReport, what: str, how: str) -> tuple[str, ...]:
    return (
        f"{what}: báo cáo {report.period} của {report.unit}",
        f"Số liệu từ {report.period.window}; lần {report.version}.",
        how,
        "Chỉ sửa được các ô nền vàng nhạt. Xong thì lưu lại và gửi tệp này lên Cổng.",
    )


def _figures_form(report: ProgressReport, table: Iterable[TableRow]) -> Form:
    fields = [
        Field("ordinal", "STT", 5, "text", is_input=False),
        Field("name", "Chỉ tiêu", 60, is_input=False),
        Field("measure", "ĐVT", 12, is_input=False),
        Field("registered", "Đăng ký", 12, "decimal", is_input=False),
        Field("before", "Lũy kế trước kỳ", 12, "decimal", is_input=False),
        Field("value", "Kỳ này", 12, "decimal"),
        Field("answer", "Trả lời", 16, picks=(NOT_APPLICABLE,)),
        Field("note", "Ghi chú, giải trình", 40),
    ]
    how = (
        "Chỉ ghi phần phát sinh trong kỳ; không có thì ghi 0; không thuộc việc của đơn vị thì để "
        f"trống số và chọn “{NOT_APPLICABLE}”."
    )
    lines = [line for row in table for line in _figure_lines(row)]
    return Form(FIGURES, fields, lines, _notes(report, "Biểu số liệu", how), named_by="name")


def _figure_lines(row: TableRow) -> Iterator[Line]:
    one = row.indicator
    beside: dict[str, Filled] = {
        "ordinal": row.number,
        "registered": row.reached.registered,
        "before": row.reached.before,
    }
    if one.is_computed:
        beside |= {"name": f"{one} (Cổng tự đếm)", "measure": one.measure, "value": row.total}
        yield Line(f"c-{one.pk}", beside, closed=_ANSWERS)
        return
    for figure in row.parts:
        about = str(one) if figure.activity is None else f"{one.code} – {figure.activity.title}"
        left_out = figure.answer == Figure.Answer.NOT_APPLICABLE
        yield Line(
            figure_key(figure),
            {
                **beside, "name": about, "measure": one.measure, "value": figure.value,
                "answer": NOT_APPLICABLE if left_out else "", "note": figure.note,
            },
        )  # fmt: skip
        beside = {}  # what was reached belongs to the indicator, not to each of its activities


def figure_key(figure: Figure) -> str:
    return f"f-{figure.pk}"


def section_key(part: Section) -> str:
    return f"s-{part.code}"


def exemplar_key(exemplar: Exemplar) -> str:
    return f"e-{exemplar.pk}"


def _words_form(report: ProgressReport, parts: Iterable[Section]) -> Form:
    rows = {row.code: row for row in report.sections.all()}
    fields = [
        Field("title", "Mục", 32, is_input=False),
        Field("text", "Nội dung", 80),
        Field("nothing", "Không phát sinh", 16, picks=(NOTHING,)),
        Field("hint", "Gợi ý", 40, is_input=False),
    ]
    lines = []
    for part in parts:
        row = rows.get(part.code)
        nothing = row is not None and row.answer == ReportSection.Answer.NOTHING
        values = {
            "title": f"{part.code}. {part.title}", "text": row.text if row else "",
            "nothing": NOTHING if nothing else "",
            "hint": f"{part.hint} Khoảng {part.longest} từ.",
        }  # fmt: skip
        lines.append(Line(section_key(part), values))
    how = f"Mục không có gì thì để trống nội dung và chọn “{NOTHING}”."
    return Form(WORDS, fields, lines, _notes(report, "Lời văn", how))


def _exemplars_form(report: ProgressReport) -> Form:
    fields = [
        Field("kind", "Loại", 14, picks=tuple(str(label) for label in Exemplar.Kind.labels)),
        Field("name", "Tên tập thể, họ và tên", 36),
        Field("position", "Chức vụ, nơi công tác", 36),
        Field("achievement", "Thành tích tiêu biểu", 70),
    ]
    lines = [
        Line(
            exemplar_key(one),
            {
                "kind": one.get_kind_display(), "name": one.name, "position": one.position,
                "achievement": one.achievement,
            },
        )
        for one in report.exemplars.order_by("pk")
    ]  # fmt: skip
    how = "Mỗi điển hình một dòng; bỏ một điển hình thì xóa trắng các ô của dòng đó."
    notes = _notes(report, "Điển hình tiên tiến, người tốt việc tốt", how)
    return Form(EXEMPLARS, fields, lines, notes, SPARE_EXEMPLARS, "name")
