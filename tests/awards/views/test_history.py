"""Awards of before: found by any way of writing, over the units there were, and taken in once."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from awards.documents.history import COLUMNS, HOW_TO_FILL
from awards.models import ComparedNomination, PastAward, PastAwardImport
from lib.sheet import Row, Sheet, write_xlsx
from tests.exports import rows_by_heading
from tests.factories.accounts import UserFactory
from tests.factories.awards import (
    SENT_AT,
    AwardFormFactory,
    CandidateFactory,
    NominationFactory,
    PastAwardFactory,
)
from tests.factories.units import (
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    SuccessionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("awards:history")
IMPORT = reverse("awards:history-import")
TEMPLATE = reverse("awards:history-template")
KEY = "6f3f6b0e-5d5f-4c8e-9a3b-0d2f5a1f7c1{}"
ORDER = [column.header for column in COLUMNS]


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


def names(client, query=""):
    return [award.name for award in client.get(f"{URL}?{query}").context["page"].object_list]


def line(**cells):
    """A row of the table, with what is needed unless told otherwise."""
    filled = {
        "Đối tượng": "Cá nhân", "Họ và tên, tên tập thể": "Lê Thị Hoa", "Đơn vị": "Sở Mẫu",
        "Danh hiệu, hình thức": "Giấy khen", "Năm": "2022", **cells,
    }  # fmt: skip
    return Row([filled.get(header) for header in ORDER])


def book(*rows):
    sheet = Sheet("Khen thưởng", COLUMNS, rows, notes=("LỊCH SỬ KHEN THƯỞNG", HOW_TO_FILL))
    return SimpleUploadedFile("lich-su.xlsx", write_xlsx([sheet]))


def send(client, *rows, number=0, **more):
    body = {"form_key": KEY.format(number), "file": book(*rows), **more}
    return client.post(IMPORT, body)


def take(client, response, number=5):
    """Say yes to what was shown."""
    token = response.context["staged"].token
    body = {"form_key": KEY.format(number), "staged": token, "save": "1"}
    return client.post(IMPORT, body)


def test_people_collectives_and_units_are_found_without_marks(client, reviewer):
    unit = UnitFactory(name="Sở Xây dựng")
    PastAwardFactory(name="Nguyễn Thị Bích", unit=unit, year=2021)
    PastAwardFactory(name="Đội Cơ động", recipient="collective", year=2022)

    assert names(client, "tim=nguyen thi bich") == ["Nguyễn Thị Bích"]
    assert names(client, "tim=so xay dung") == ["Nguyễn Thị Bích"]
    assert names(client, "doi_tuong=collective") == names(client, "nam=2022") == ["Đội Cơ động"]
    assert names(client) == ["Đội Cơ động", "Nguyễn Thị Bích"]
    assert client.get(f"{URL}?nam=1800").status_code == 422


def test_a_unit_stands_for_what_it_was_and_what_became_of_it(client, reviewer):
    old, new, other = UnitFactory(), UnitFactory(), UnitFactory()
    SuccessionFactory(from_unit=old, to_unit=new)
    SuccessionFactory(from_unit=other, to_unit=new)
    PastAwardFactory(name="Cũ", unit=old, year=2022)
    PastAwardFactory(name="Mới", unit=new, year=2025)
    PastAwardFactory(name="Khác", unit=other, year=2021)

    assert names(client, f"don_vi={new.code}") == ["Mới", "Cũ", "Khác"]
    assert names(client, f"don_vi={old.code}") == ["Mới", "Cũ"]


def test_a_persons_page_has_the_awards_of_all_units_and_namesakes_apart(client, reviewer):
    old, new = UnitFactory(name="Sở Cũ"), UnitFactory(name="Sở Mới")
    SuccessionFactory(from_unit=old, to_unit=new)
    one = PastAwardFactory(name="Nguyễn Văn Hùng", unit=new, year=2025)
    earlier = PastAwardFactory(name="NGUYỄN VĂN HÙNG", unit=old, year=2022)
    namesake = PastAwardFactory(name="Nguyễn Văn Hùng", year=2023)

    holder = client.get(reverse("awards:history-holder", args=[earlier.pk])).context["holder"]

    assert holder.awards == [one, earlier]
    assert holder.namesakes == [namesake]
    assert holder.units == ["Sở Mới", "Sở Cũ"]


def test_whom_somebody_found_to_be_one_person_has_one_page(client, reviewer):
    who = CandidateFactory()
    one, other = (PastAwardFactory(name=name, candidate=who) for name in ("Lê Hoa", "Lê Thị Hoa"))

    holder = client.get(reverse("awards:history-holder", args=[one.pk])).context["holder"]

    assert set(holder.awards) == {one, other}


def test_a_unit_sees_its_own_people_and_those_of_units_it_follows(client):
    old, new = UnitFactory(), UnitFactory()
    SuccessionFactory(from_unit=old, to_unit=new)
    PastAwardFactory(name="Của đơn vị cũ", unit=old, year=2021)
    PastAwardFactory(name="Của đơn vị", unit=new, year=2022)
    stranger = PastAwardFactory(name="Của nơi khác")
    client.force_login(OfficerFactory(new))

    assert names(client) == ["Của đơn vị", "Của đơn vị cũ"]
    assert "Của nơi khác" not in client.get(f"{URL}?xuat=xlsx").content.decode("latin-1")
    assert client.get(reverse("awards:history-holder", args=[stranger.pk])).status_code == 404
    assert client.get(IMPORT).status_code == client.get(TEMPLATE).status_code == 403


def test_leadership_reads_all_and_who_has_no_role_nothing(client):
    award = PastAwardFactory()
    client.force_login(LeadershipFactory())
    assert names(client) == [award.name]
    client.force_login(UserFactory())
    assert client.get(URL).status_code == 404
    assert client.get(reverse("awards:history-holder", args=[award.pk])).status_code == 404


def test_the_export_is_what_is_shown(client, reviewer):
    PastAwardFactory(name="Lê Văn Một", year=2022)
    PastAwardFactory(name="Lê Văn Hai", year=2021)

    rows = rows_by_heading(client.get(f"{URL}?nam=2022&xuat=xlsx"))

    assert [(row["Họ và tên, tên tập thể"], row["Năm"]) for row in rows] == [("Lê Văn Một", "2022")]


def test_the_list_takes_as_many_queries_for_more_rows(client, reviewer):
    client.get(URL)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            PastAwardFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_workbook_is_shown_first_and_then_taken_in_as_a_whole(client, reviewer):
    unit = UnitFactory(name="Sở Mẫu", short_name="SM")
    form = AwardFormFactory(name="Giấy khen", short_name="GK", decider="unit_head")
    ComparedNomination.objects.create(nomination=NominationFactory(), at=SENT_AT)
    rows = [
        line(**{"Số quyết định": "12/QĐ", "Ngày quyết định": date(2022, 12, 1), "Thành tích": "Làm cầu"}),
        line(**{"Đối tượng": "tập thể", "Họ và tên, tên tập thể": "Phòng GDĐT", "Đơn vị": "SM"}),
    ]  # fmt: skip

    shown = send(client, *rows)
    assert shown.status_code == 200
    assert "Ghi 2 dòng" in shown.content.decode()
    assert not PastAward.objects.exists()

    assert take(client, shown).status_code == 302
    person, collective = PastAward.objects.order_by("pk")
    assert (person.unit, person.form, person.decided_by) == (unit, form, "unit_head")
    assert (person.name_key, person.decided_on) == ("le thi hoa", date(2022, 12, 1))
    assert (collective.recipient, collective.unit) == ("collective", unit)
    batch = PastAwardImport.objects.get()
    assert (batch.rows, batch.by, person.batch) == (2, reviewer, batch)
    assert AuditEvent.objects.about(batch).get().verb == "imported"
    # What was sent may be one of these, so it is compared again.
    assert not ComparedNomination.objects.exists()


def test_the_same_workbook_twice_adds_nothing(client, reviewer):
    rows = [line(), line(**{"Họ và tên, tên tập thể": "Trần Văn Tư"}), line()]
    first = send(client, *rows)
    assert first.context["read"].known_count == 1  # the third row says what the first said
    take(client, first)

    again = send(client, *rows, number=1)

    assert again.context["read"].known_count == 3
    assert "Không có dòng nào mới" in again.content.decode()
    take(client, again, number=6)
    assert PastAward.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Họ và tên, tên tập thể": None}, "Dòng 5: thiếu “Họ và tên, tên tập thể”"),
        ({"Đối tượng": "Người"}, "Dòng 5: “Đối tượng” ghi “Người”; chỉ nhận: Cá nhân, Tập thể"),
        ({"Đối tượng": None}, "Dòng 5: thiếu “Đối tượng”"),
        ({"Năm": "2031"}, "Dòng 5: năm “2031” phải là số từ 1945 đến"),
        ({"Năm": "hai nghìn"}, "Dòng 5: năm “hai nghìn” phải là số"),
        ({"Ngày quyết định": "31/02/2022"}, "không phải là một ngày có trong lịch"),
        ({"Thành tích từ ngày": date(2022, 5, 1), "Đến hết ngày": date(2022, 4, 1)}, "kết thúc trước"),
        ({"Số sổ vàng": "9" * 31}, "“Số sổ vàng” dài quá 30 chữ"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_number_and_nothing_is_taken_in(
    client, reviewer, cells, sentence
):
    response = send(client, line(**cells), line(**{"Họ và tên, tên tập thể": "Trần Văn Tư"}))

    assert response.status_code == 422
    assert sentence in "\n".join(response.context["problems"])
    assert not PastAward.objects.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Hãy chọn tệp .xlsx đã điền."),
        (SimpleUploadedFile("a.xlsx", b"khong phai bang tinh"), "a.xlsx"),
        (SimpleUploadedFile("b.xlsx", write_xlsx([Sheet("A", COLUMNS[:2], [])])), "dòng tiêu đề"),
        (SimpleUploadedFile("c.xlsx", write_xlsx([Sheet("A", COLUMNS, [])])), "chưa có dòng nào"),
    ],
)
def test_what_is_no_such_workbook_is_refused_with_a_sentence(client, reviewer, file, sentence):
    body = {"form_key": KEY.format(0), **({"file": file} if file else {})}

    response = client.post(IMPORT, body)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_unit_or_form_nobody_knows_is_kept_by_name_and_told(client, reviewer):
    shown = send(client, line())

    assert "đơn vị “Sở Mẫu” không có trong danh mục, chỉ lưu tên" in shown.content.decode()
    take(client, shown)
    award = PastAward.objects.get()
    assert (award.unit, award.unit_name, award.form_name) == (None, "Sở Mẫu", "Giấy khen")


def test_the_template_comes_back_as_it_was_given_out(client, reviewer):
    UnitFactory(name="Sở Mẫu", sort_order=0)
    AwardFormFactory(name="Giấy khen")

    book_of_template = load_workbook(BytesIO(client.get(TEMPLATE).content))

    assert book_of_template.sheetnames == ["Khen thưởng", "Danh mục"]
    page = book_of_template["Khen thưởng"]
    assert [cell.value for cell in page[4]] == ORDER
    assert book_of_template["Danh mục"]["C2"].value == "Sở Mẫu"
