"""The table of activities: by hand, pasted, from a sheet; every cell checked before any is kept."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from campaign.models import PlannedActivity, SubPlan
from lib.sheet import Column, Row, Sheet, write_xlsx
from tests.factories.campaign import (
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
)
from tests.factories.units import OfficerFactory, UnitFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(client):
    draft = SubPlanFactory()
    client.force_login(OfficerFactory(draft.unit))
    return draft


def url(name, draft, *more):
    return reverse(f"campaign:{name}", args=[draft.pk, *more])


def tokens(**fields):
    return {"form_key": str(uuid4()), **fields}


def test_a_row_is_added_with_what_it_is_tied_to(client, draft):
    first, second = PlanItemFactory(code="IV.3.1"), PlanItemFactory(code="III.1.1", bullet=True)
    partner = UnitFactory(name="Sở Văn hóa, Thể thao và Du lịch", short_name="SVHTTDL")

    response = client.post(
        url("activity-add", draft),
        tokens(
            title="Hội thi", plan_codes="iv.3.1; III.1.1", lead=draft.unit.short_name,
            partners="sở văn hoá, thể thao và du lịch, Đội văn nghệ", starts_on="15/4/2024",
            ends_on="7/5/2024", quantity="2", quantity_unit="cuộc", cost="12,5",
        ),
    )  # fmt: skip

    added = draft.activities.get()
    assert response.url == f"{url('draft', draft)}#activity-{added.key}"
    assert (added.title, added.lead_unit, added.lead_text) == ("Hội thi", draft.unit, "")
    assert set(added.plan_items.all()) == {first, second}
    assert (list(added.participants.all()), added.participants_text) == ([partner], "Đội văn nghệ")
    assert (added.starts_on, added.ends_on) == (date(2024, 4, 15), date(2024, 5, 7))
    assert (added.quantity, added.cost) == (Decimal(2), Decimal("12.5"))


def test_a_draft_row_may_be_incomplete(client, draft):
    client.post(url("activity-add", draft), tokens(title="Chỉ có tên"))

    assert draft.activities.get().title == "Chỉ có tên"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Hãy ghi nội dung hoạt động."),
        ("starts_on", "30/2/2024", "“30/2/2024” không phải là một ngày có trong lịch."),
        (
            "cost",
            "1.250",
            "“1.250” có thể là 1.250 hoặc 1,25. Hãy viết 1250 hoặc 1,25 để rõ nghĩa.",
        ),
        ("quantity", "-2", "“-2” là số âm; hãy ghi số từ 0 trở lên."),
        ("quantity", "1,234", "“1,234” có thể là 1.234 hoặc 1,234. Hãy viết 1234 hoặc 1,2340 để rõ nghĩa."),
        ("cost", "1,2345", "“1,2345” có quá 2 chữ số sau dấu phẩy."),
        (
            "plan_codes",
            "III.1",
            "“III.1” là đề mục giải pháp; hãy ghi nội dung bên trong, ví dụ III.1.1.",
        ),
        (
            "plan_codes",
            "IX.9",
            "Kế hoạch không có mục “IX.9” để đăng ký; ví dụ mã đúng: II.1, III.1.1, IV.3.2.",
        ),
        ("lead", "x" * 201, "Dài quá 200 ký tự (đang có 201)."),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_understood_says_why_and_keeps_what_was_typed(
    client, draft, field, typed, sentence
):
    PlanItemFactory(solution=True, code="III.1", campaign=draft.campaign)
    row = {"title": "Hội thi", "place": "Hội trường", field: typed}

    response = client.post(url("activity-add", draft), tokens(**row))

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert response.context["form"]["place"].value() == "Hội trường"
    assert list(draft.activities.all()) == []


def test_htmx_gets_the_row_and_what_follows_it(client, draft):
    response = client.post(
        url("activity-add", draft), tokens(title="Hội thi"), headers=HTMX, follow=True
    )

    added = draft.activities.get()
    assert response.redirect_chain == [(url("activity", draft, added.pk), 302)]


def test_the_row_for_htmx_brings_duties_and_check(client, draft):
    row = PlannedActivityFactory(sub_plan=draft)

    response = client.get(url("activity", draft, row.pk), headers=HTMX)

    assert [template.name for template in response.templates if "draft" in template.name] == [
        "campaign/draft_nav.html",
        "campaign/draft_duties.html",
        "campaign/draft_check.html",
    ]


def test_a_row_is_changed_from_what_it_was(client, draft):
    row = PlannedActivityFactory(sub_plan=draft, lead_text="Văn phòng", cost=Decimal("1250.50"))
    shown = client.get(url("activity-edit", draft, row.pk)).context["form"]
    typed = {field.name: field.value() or "" for field in shown}

    client.post(
        url("activity-edit", draft, row.pk), tokens(**{**typed, "place": "Sân"}, revision="0")
    )

    changed = PlannedActivity.objects.get()
    assert (changed.place, changed.revision) == ("Sân", 1)
    assert (changed.lead_unit, changed.lead_text) == (draft.unit, "Văn phòng")
    assert (changed.cost, changed.quantity) == (Decimal("1250.50"), Decimal(1))


def test_a_row_a_colleague_changed_is_not_overwritten(client, draft):
    row = PlannedActivityFactory(sub_plan=draft, title="Của người trước", revision=4)

    response = client.post(
        url("activity-edit", draft, row.pk), tokens(title="Của tôi", revision="3")
    )

    row.refresh_from_db()
    assert (response.status_code, row.title) == (409, "Của người trước")
    assert response.context["form"]["title"].value() == "Của tôi"
    assert ("Nội dung hoạt động", "Của người trước") in response.context["clashes"]


def test_a_row_is_removed(client, draft):
    row = PlannedActivityFactory(sub_plan=draft)

    client.post(url("activity-remove", draft, row.pk), tokens())

    assert list(draft.activities.all()) == []


def test_rows_of_another_draft_are_not_found(client, draft):
    row = PlannedActivityFactory()

    response = client.post(url("activity-remove", draft, row.pk), tokens())

    assert response.status_code == 404


def test_what_was_handed_over_takes_no_more_rows(client, draft):
    SubPlan.objects.filter(pk=draft.pk).update(status=SubPlan.Status.AWAITING_HEAD)

    response = client.post(url("activity-add", draft), tokens(title="Muộn"))

    assert response.status_code == 409
    assert list(draft.activities.all()) == []


PASTED = (
    "STT\tNội dung hoạt động\tMục KH\tĐơn vị chủ trì\tBắt đầu\tKết thúc\tKinh phí\n"
    '1\t"Hội thi\nlần một"\tIV.3.1\tSTN\t15/4/2024\t07/05/2024\t12,5\n'
    "2\tHội diễn\tIV.3.1\tPhòng Tổ chức\t\t\t\n"
)


def test_a_paste_is_shown_first_and_nothing_is_written(client, draft):
    PlanItemFactory(code="IV.3.1")

    response = client.post(url("activities-paste", draft), tokens(rows=PASTED))

    assert response.status_code == 200
    assert [row.number for row in response.context["rows"]] == [2, 3]
    assert list(draft.activities.all()) == []


def test_a_paste_without_errors_is_saved_whole(client, draft):
    PlanItemFactory(code="IV.3.1")
    lead = UnitFactory(short_name="STN")

    response = client.post(url("activities-paste", draft), tokens(rows=PASTED, save="1"))

    first, second = draft.activities.order_by("position")
    assert response.url == f"{url('draft', draft)}#activities"
    assert (first.title, first.lead_unit, first.cost) == ("Hội thi lần một", lead, Decimal("12.5"))
    assert (second.title, second.lead_unit, second.lead_text) == (
        "Hội diễn", None, "Phòng Tổ chức",
    )  # fmt: skip


def test_one_bad_cell_keeps_every_row_out(client, draft):
    PlanItemFactory(code="IV.3.1")
    rows = PASTED.replace("07/05/2024", "31/4/2024")

    response = client.post(url("activities-paste", draft), tokens(rows=rows, save="1"))

    assert response.status_code == 422
    assert response.context["problems"] == [
        "Dòng 2, cột “Kết thúc”: “31/4/2024” không phải là một ngày có trong lịch."
    ]
    assert response.context["form"]["rows"].value() == rows
    assert list(draft.activities.all()) == []


def test_a_paste_into_the_table_is_answered_in_place(client, draft):
    response = client.post(
        url("activities-paste", draft), tokens(rows="Hội thi\tIX.1"), headers=HTMX
    )

    assert response.status_code == 422
    assert response.content.decode().strip().startswith('<div id="paste-preview"')


@pytest.mark.parametrize("rows", ["", "\t\t\n"])
def test_an_empty_paste_says_what_to_do(client, draft, rows):
    response = client.post(url("activities-paste", draft), tokens(rows=rows))

    assert response.status_code == 422
    assert len(response.context["form"].errors["rows"]) == 1


def workbook(*rows):
    columns = [
        Column("Nội dung"),
        Column("Mục KH"),
        Column("Bắt đầu", kind="date"),
        Column("Số lượng", kind="decimal"),
    ]
    return write_xlsx([Sheet("Hoạt động", columns, [Row(row) for row in rows], ["Bảng"])])


def upload(content, name="hoat-dong.xlsx"):
    return SimpleUploadedFile(name, content)


def test_a_sheet_is_read_like_a_paste(client, draft):
    PlanItemFactory(code="IV.3.1")
    content = workbook(("Hội thi", "IV.3.1", date(2024, 4, 15), 2))

    response = client.post(url("activities-import", draft), tokens(file=upload(content)))

    row = response.context["rows"][0].form.cleaned_data
    assert response.status_code == 200
    assert (row["title"], row["starts_on"], row["quantity"]) == (
        "Hội thi", date(2024, 4, 15), Decimal(2),
    )  # fmt: skip


def test_a_file_that_is_no_sheet_is_refused_with_its_sentence(client, draft):

    response = client.post(
        url("activities-import", draft), tokens(file=upload(b"<html>", "bang.html"))
    )

    assert response.status_code == 422
    assert len(response.context["sheet_form"].errors["file"]) == 1


def test_the_export_can_be_read_back(client, draft):
    item = PlanItemFactory(code="IV.3.1")
    PlannedActivityFactory(sub_plan=draft, plan_items=[item], participants=[UnitFactory()])

    content = client.get(url("activities-export", draft)).content
    response = client.post(url("activities-import", draft), tokens(file=upload(content)))

    assert response.status_code == 200
    again = response.context["rows"][0].form
    assert again.plan_items() == (item,)
    assert again.plain_fields()["lead_unit"] == draft.unit


def test_the_sheet_to_fill_in_offers_codes_and_units(client, draft):
    PlanItemFactory(code="IV.3.1")

    content = client.get(url("activities-template", draft)).content

    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["Hoạt động", "Mã mục", "Đơn vị", "Loại"]
    assert book["Hoạt động"]["A1"].value == "Nội dung"
    assert book["Mã mục"]["A2"].value == "IV.3.1"
    assert len(book["Hoạt động"].data_validations.dataValidation) == 4
