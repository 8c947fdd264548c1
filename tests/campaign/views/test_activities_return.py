"""The table of activities filled in offline: out, edited with another program, back, saved."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from campaign.models import SubPlan
from tests.factories import (
    HeadFactory,
    OfficerFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

FIRST = 7  # four notes, an empty line, the headings


@pytest.fixture
def draft():
    draft = SubPlanFactory(unit=UnitFactory(name="Sở Của mình"))
    item = PlanItemFactory(code="II.1", content=True)
    for title in ("Hội thi", "Về nguồn", "Tặng quà"):
        PlannedActivityFactory(
            sub_plan=draft, title=title, plan_items=[item], participants=[UnitFactory()]
        )
    return draft


@pytest.fixture
def officer(client, draft):
    officer = OfficerFactory(draft.unit)
    client.force_login(officer)
    return officer


def titles(draft):
    return list(draft.activities.order_by("position").values_list("title", flat=True))


def taken_out(client, draft):
    """The workbook, and the letter of each column by its heading."""
    answer = client.get(reverse("campaign:activities-workbook", args=[draft.pk]))
    workbook = load_workbook(BytesIO(answer.content))
    letters = {cell.value: cell.column_letter for cell in workbook["Hoạt động"][FIRST - 1]}
    return workbook, letters


def send(client, draft, workbook, **more):
    content = BytesIO()
    workbook.save(content)
    file = SimpleUploadedFile("hoat-dong.xlsx", content.getvalue())
    url = reverse("campaign:activities-return", args=[draft.pk])
    return client.post(url, {"form_key": str(uuid4()), "file": file, **more})


def confirm(client, draft, shown):
    url = reverse("campaign:activities-return", args=[draft.pk])
    staged = str(shown.context["staged"].token)
    return client.post(url, {"form_key": str(uuid4()), "staged": staged, "save": "1"})


def fill_in(workbook, letters):
    page = workbook["Hoạt động"]
    page[f"{letters['Địa điểm']}{FIRST}"] = "Nhà Thiếu nhi"
    page[f"{letters['Số lượng']}{FIRST}"] = 12.5
    for column in letters.values():
        if column not in "AB":
            page[f"{column}{FIRST + 1}"] = None
    page[f"{letters['Nội dung']}{FIRST + 3}"] = "Giải việt dã"
    page[f"{letters['Mục KH']}{FIRST + 3}"] = "II.1"
    page[f"{letters['Bắt đầu']}{FIRST + 3}"] = "5/5/2024"


def test_untouched_it_differs_in_nothing(client, officer, draft):
    workbook, _ = taken_out(client, draft)

    response = send(client, draft, workbook)

    assert (response.status_code, response.context["pages"]) == (200, [])
    assert "Tệp giống hệt những gì đang có" in response.content.decode()


def test_every_difference_is_shown_and_nothing_saved_before_it_is_confirmed(client, officer, draft):
    workbook, letters = taken_out(client, draft)
    fill_in(workbook, letters)
    partners = str(draft.activities.get(title="Hội thi").participants.get())

    shown = send(client, draft, workbook)

    said = [(change.kind, change.title) for change in shown.context["pages"][0].changes]
    assert said == [("changed", "Hội thi"), ("added", "Giải việt dã"), ("removed", "Về nguồn")]
    assert titles(draft) == ["Hội thi", "Về nguồn", "Tặng quà"]

    response = confirm(client, draft, shown)

    assert response.url == f"{reverse('campaign:draft', args=[draft.pk])}#activities"
    assert titles(draft) == ["Hội thi", "Tặng quà", "Giải việt dã"]
    changed = draft.activities.get(title="Hội thi")
    assert (changed.place, changed.quantity, changed.revision) == ("Nhà Thiếu nhi", 12.5, 1)
    assert str(changed.participants.get()) == partners
    verbs = set(AuditEvent.objects.about(draft).values_list("verb", flat=True))
    assert verbs >= {"activity_changed", "activities_added", "activity_removed"}


def test_a_cell_that_is_not_understood_is_named_and_nothing_is_saved(client, officer, draft):
    workbook, letters = taken_out(client, draft)
    page = workbook["Hoạt động"]
    page[f"{letters['Mục KH']}{FIRST}"] = "IX.9"
    page[f"{letters['Bắt đầu']}{FIRST + 2}"] = "31/2/2024"

    response = send(client, draft, workbook, save="1")

    code, day = response.context["problems"]
    assert response.status_code == 422
    assert code.startswith(f"Ô {letters['Mục KH']}{FIRST}, cột “Mục KH”: Kế hoạch không có mục")
    assert day.startswith(f"Ô {letters['Bắt đầu']}{FIRST + 2}, cột “Bắt đầu”: “31/2/2024”")
    assert titles(draft) == ["Hội thi", "Về nguồn", "Tặng quà"]


def test_the_workbook_of_another_unit_or_version_is_refused_by_name(client, officer, draft):
    workbook, _ = taken_out(client, draft)
    other = SubPlanFactory(unit=UnitFactory(name="Sở Khác"))
    SubPlan.objects.filter(pk=draft.pk).update(version=2)

    old = send(client, draft, workbook)
    client.force_login(OfficerFactory(other.unit))
    others = send(client, other, workbook)

    assert (old.status_code, others.status_code) == (422, 422)
    assert "Tệp này thuộc bản lần 1" in old.context["refused"]
    assert "Tệp này là của Sở Của mình, còn trang này là của Sở Khác." in others.context["refused"]


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, officer, draft):
    workbook, letters = taken_out(client, draft)
    fill_in(workbook, letters)
    shown = send(client, draft, workbook)
    draft.activities.filter(title="Tặng quà").update(place="Xã biên giới")

    response = confirm(client, draft, shown)

    assert response.status_code == 422
    assert "từ đó nội dung trên Cổng đã được sửa" in response.context["refused"]
    assert titles(draft) == ["Hội thi", "Về nguồn", "Tặng quà"]


def test_another_file_and_no_file_say_what_to_do(client, officer, draft):
    url = reverse("campaign:activities-return", args=[draft.pk])
    exported = client.get(reverse("campaign:activities-export", args=[draft.pk])).content

    nothing = client.post(url, {"form_key": str(uuid4())})
    export = client.post(
        url, {"form_key": str(uuid4()), "file": SimpleUploadedFile("a.xlsx", exported)}
    )

    assert (nothing.status_code, export.status_code) == (422, 422)
    assert nothing.context["refused"] == "Hãy chọn tệp .xlsx đã điền."
    assert "không phải do Cổng lập" in export.context["refused"]


def test_what_was_handed_over_is_neither_given_out_nor_taken_back(client, draft):
    client.force_login(HeadFactory(draft.unit))
    SubPlan.objects.filter(pk=draft.pk).update(status=SubPlan.Status.AWAITING_HEAD)

    for name in ("activities-workbook", "activities-return"):
        assert client.get(reverse(f"campaign:{name}", args=[draft.pk])).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_many_rows_ask_no_more_questions(client, rows, django_assert_num_queries):
    draft = SubPlanFactory()
    client.force_login(OfficerFactory(draft.unit))
    for _ in range(rows):
        PlannedActivityFactory(sub_plan=draft, participants=[UnitFactory()])
    url = reverse("campaign:activities-workbook", args=[draft.pk])
    client.get(url)

    with django_assert_num_queries(10):
        client.get(url)
