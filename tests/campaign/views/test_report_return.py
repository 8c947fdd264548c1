"""A report filled in offline: out, edited with another program, back, compared, saved."""

from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from campaign.models import Exemplar, Figure, ProgressReport, ReportSection
from tests.factories import (
    ActivityFactory,
    FigureFactory,
    HeadFactory,
    IndicatorFactory,
    OfficerFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportSectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

FIRST = 7  # four notes, an empty line, the headings
PAGES = ["Số liệu", "Lời văn", "Điển hình"]


@pytest.fixture
def draft():
    """April's report: two figures, one of an activity, one counted by the portal; words; a name."""
    draft = ProgressReportFactory(unit=UnitFactory(name="Sở Của mình"))
    told, gifts = IndicatorFactory(code="CT01"), IndicatorFactory(code="CT02", money=True)
    works = IndicatorFactory(code="CT03", works=True)
    activity = ActivityFactory(lead_unit=draft.unit, title="Hội thi")
    FigureFactory(report=draft, indicator=told, value=Decimal(3))
    FigureFactory(report=draft, indicator=gifts, activity=activity, unanswered=True)
    FigureFactory(report=draft, indicator=works, activity=activity, value=Decimal(1))
    ReportSectionFactory(report=draft, code="I", text="Đã ban hành\nkế hoạch.")
    ReportSectionFactory(report=draft, code="V", nothing=True)
    for code in ("II.1", "III.2", "IV"):
        ReportSection.objects.create(report=draft, code=code)
    for name in ("Trần Thị Lan (mẫu)", "Chi đoàn Sở"):
        Exemplar.objects.create(report=draft, kind="individual", name=name, achievement="Giỏi")
    return draft


@pytest.fixture
def officer(client, draft):
    officer = OfficerFactory(draft.unit)
    client.force_login(officer)
    return officer


def url(name, draft):
    return reverse(f"campaign:report-{name}", args=[draft.pk])


def taken_out(client, draft):
    workbook = load_workbook(BytesIO(client.get(url("workbook", draft)).content))
    return workbook, [workbook[title] for title in PAGES]


def letter(page, heading):
    return next(cell.column_letter for cell in page[FIRST - 1] if cell.value == heading)


def row_of(page, text):
    return next(row[0].row for row in page.iter_rows() if any(text in str(c.value) for c in row))


def put(page, text, heading, value):
    """Write into the row that says `text`, under a heading; the address."""
    address = f"{letter(page, heading)}{row_of(page, text)}"
    page[address] = value
    return address


def send(client, draft, workbook, **more):
    content = BytesIO()
    workbook.save(content)
    file = SimpleUploadedFile("bao-cao.xlsx", content.getvalue())
    return client.post(url("return", draft), {"form_key": str(uuid4()), "file": file, **more})


def confirm(client, draft, shown):
    staged = str(shown.context["staged"].token)
    body = {"form_key": str(uuid4()), "staged": staged, "save": "1"}
    return client.post(url("return", draft), body)


def fill_in(figures, words, exemplars):
    put(figures, "CT01", "Kỳ này", 5)
    put(figures, "CT01", "Ghi chú, giải trình", "Thêm hai cuộc ở cơ sở")
    put(figures, "CT02", "Trả lời", "Không áp dụng")
    put(words, "II.1.", "Nội dung", "Tổ chức 03 cuộc.\nCó 250 lượt người.")
    put(words, "III.2.", "Không phát sinh", "Không phát sinh")
    for heading in ("Loại", "Tên tập thể, họ và tên", "Thành tích tiêu biểu"):
        exemplars[f"{letter(exemplars, heading)}{FIRST + 1}"] = None
    put(exemplars, "Trần Thị Lan", "Chức vụ, nơi công tác", "Chuyên viên")
    exemplars[f"B{FIRST + 2}"] = "Tập thể"
    exemplars[f"C{FIRST + 2}"] = "Phòng Nghiệp vụ (mẫu)"
    exemplars[f"E{FIRST + 2}"] = "Cải cách thủ tục"


def test_untouched_it_differs_in_nothing(client, officer, draft):
    workbook, _ = taken_out(client, draft)

    response = send(client, draft, workbook)

    assert (response.status_code, response.context["pages"]) == (200, [])


def test_every_difference_is_shown_first_and_then_all_are_saved(client, officer, draft):
    workbook, pages = taken_out(client, draft)
    fill_in(*pages)

    shown = send(client, draft, workbook)

    said = {
        page.title: [(change.kind, len(change.cells)) for change in page.changes]
        for page in shown.context["pages"]
    }
    assert said == {
        "Số liệu": [("changed", 2), ("changed", 1)],
        "Lời văn": [("changed", 1), ("changed", 1)],
        "Điển hình": [("changed", 1), ("added", 3), ("removed", 3)],
    }
    named = [change.title for change in shown.context["pages"][2].changes]
    assert named == ["Trần Thị Lan (mẫu)", "Phòng Nghiệp vụ (mẫu)", "Chi đoàn Sở"]
    assert draft.figures.get(indicator__code="CT01").value == 3

    response = confirm(client, draft, shown)

    assert response.url == url("draft", draft)
    told, gifts, works = draft.figures.order_by("indicator__code")
    assert (told.value, told.note) == (5, "Thêm hai cuộc ở cơ sở")
    assert (gifts.answer, gifts.value) == (Figure.Answer.NOT_APPLICABLE, None)
    assert works.value == 1
    assert draft.sections.get(code="III.2").answer == ReportSection.Answer.NOTHING
    assert draft.sections.get(code="II.1").text == "Tổ chức 03 cuộc.\nCó 250 lượt người."
    named = draft.exemplars.order_by("pk").values_list("kind", "name", "position")
    assert list(named) == [
        ("individual", "Trần Thị Lan (mẫu)", "Chuyên viên"),
        ("collective", "Phòng Nghiệp vụ (mẫu)", ""),
    ]
    draft.refresh_from_db()
    assert (draft.revision, draft.saved_by) == (1, officer)


def test_the_three_kinds_of_nothing_stay_apart(client, officer, draft):
    workbook, (figures, *_) = taken_out(client, draft)
    put(figures, "CT01", "Kỳ này", 0)
    confirm(client, draft, send(client, draft, workbook))
    zero = draft.figures.get(indicator__code="CT01")

    workbook, (figures, *_) = taken_out(client, draft)
    put(figures, "CT01", "Kỳ này", None)
    confirm(client, draft, send(client, draft, workbook))
    empty = draft.figures.get(indicator__code="CT01")

    assert (zero.answer, zero.value) == (Figure.Answer.VALUE, 0)
    assert (empty.answer, empty.value) == (Figure.Answer.UNANSWERED, None)


def test_what_the_page_would_refuse_is_refused_by_its_cell(client, officer, draft):
    workbook, (figures, words, exemplars) = taken_out(client, draft)
    number = put(figures, "CT01", "Kỳ này", 2.5)
    left_out = put(figures, "CT02", "Kỳ này", 10)
    put(figures, "CT02", "Trả lời", "Không áp dụng")
    nothing = put(words, "IV.", "Không phát sinh", "Có")
    unnamed = put(exemplars, "Trần Thị Lan", "Tên tập thể, họ và tên", None)

    response = send(client, draft, workbook, save="1")

    assert response.status_code == 422
    assert response.context["problems"] == [
        f"Trang “Số liệu”, ô {number}: “2,5”: chỉ tiêu này không có số lẻ sau dấu phẩy.",
        f"Trang “Số liệu”, ô {left_out}: Đã chọn “Không áp dụng” thì để trống ô số.",
        f"Trang “Lời văn”, ô {nothing}: Chỉ chọn “Không phát sinh” hoặc để trống.",
        f"Trang “Điển hình”, ô {unnamed}: Hãy ghi tên tập thể hoặc họ và tên.",
    ]
    assert draft.exemplars.count() == 2


def test_what_the_portal_counts_and_what_was_reached_is_locked(client, officer, draft):
    workbook, (figures, *_) = taken_out(client, draft)
    counted = put(figures, "CT03", "Kỳ này", 9)
    reached = put(figures, "CT01", "Lũy kế trước kỳ", 50)

    problems = send(client, draft, workbook).context["problems"]

    assert [problem.split(":")[0] for problem in problems] == [
        f"Trang “Số liệu”, ô {reached}", f"Trang “Số liệu”, ô {counted}",
    ]  # fmt: skip


def test_the_workbook_of_another_period_unit_or_version_is_refused_by_name(client, officer, draft):
    workbook, _ = taken_out(client, draft)
    may = ProgressReportFactory(unit=draft.unit, period=ReportingPeriodFactory(month=5))
    other = ProgressReportFactory(unit=UnitFactory(name="Sở Khác"), period=draft.period)

    period = send(client, may, workbook).context["refused"]
    ProgressReport.objects.filter(pk=draft.pk).update(version=2)
    version = send(client, draft, workbook).context["refused"]
    client.force_login(OfficerFactory(other.unit))
    unit = send(client, other, workbook).context["refused"]

    assert "thuộc kỳ tháng 4/2024, còn trang này thuộc kỳ tháng 5/2024" in period
    assert "thuộc bản lần 1" in version
    assert "là của Sở Của mình, còn trang này là của Sở Khác" in unit


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, officer, draft):
    workbook, pages = taken_out(client, draft)
    fill_in(*pages)
    shown = send(client, draft, workbook)
    ProgressReport.objects.filter(pk=draft.pk).update(revision=7)

    response = confirm(client, draft, shown)

    assert response.status_code == 422
    assert "từ đó nội dung trên Cổng đã được sửa" in response.context["refused"]
    assert draft.figures.get(indicator__code="CT01").value == 3


def test_what_was_handed_over_is_neither_given_out_nor_taken_back(client, draft):
    client.force_login(HeadFactory(draft.unit))
    ProgressReport.objects.filter(pk=draft.pk).update(status=ProgressReport.Status.AWAITING_HEAD)

    assert [client.get(url(name, draft)).status_code for name in ("workbook", "return")] == [
        409
    ] * 2
