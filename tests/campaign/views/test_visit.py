import re
from datetime import date, time
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from campaign.datasets.minutes import minutes_of, team_of
from campaign.documents.minutes import minutes_document
from campaign.models import Finding, Obligation, Visit, VisitMember
from lib.official.text import plain_text
from tests.campaign.sending import questions, send
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    CouncilMemberFactory,
    FindingFactory,
    OfficerFactory,
    PlanItemFactory,
    ReviewerFactory,
    VisitFactory,
    VisitMemberFactory,
)

pytestmark = pytest.mark.django_db

SECRET = "Nghe báo cáo, xem hồ sơ."


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def of(visit, name="visit", *more):
    return reverse(f"campaign:{name}", args=[visit.pk, *more])


def rows(prefix, *typed, before=0):
    """The rows of a formset as a page sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": before}
    for number, row in enumerate(typed):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


FOUND = {
    "kind": "shortcoming",
    "text": "Chưa lập sổ",
    "plan_code": "IV.3.6",
    "due_date": "20/6/2024",
}
TEXTS = {
    "revision": "0", "place": "Hội trường A", "begins": "8h", "ends": "11:00",
    "attendance": "Ông Lê Văn Minh, Giám đốc", "course": SECRET, "conclusion": "Thực hiện tốt.",
    "unit_signer": "Lê Văn Minh",
}  # fmt: skip


def test_minutes_are_written_row_by_row(client, reviewer):
    item, visit = PlanItemFactory(code="IV.3.6"), VisitFactory()
    FindingFactory(visit=visit, text="Dòng bị xóa trắng")

    response = send(
        client,
        of(visit, "visit-minutes"),
        **TEXTS,
        **rows("noi-dung", {"text": ""}, FOUND, {}, before=1),
    )

    assert (response.status_code, response.url) == (302, of(visit))
    said = minutes_of(Visit.objects.get(pk=visit.pk))
    assert (said.begins, said.ends, said.unit_signer) == (time(8), time(11), "Lê Văn Minh")
    found = [(one.kind, one.text, one.plan_item, one.due_date) for one in said.findings]
    assert found == [("shortcoming", "Chưa lập sổ", item, date(2024, 6, 20))]


@pytest.mark.parametrize(
    ("wrong", "row"),
    [
        ({"ends": "7:30"}, {}),
        ({"begins": "tám giờ"}, {}),
        ({}, {"kind": "strength"}),
        ({}, {"kind": ""}),
        ({}, {"text": ""}),
        ({}, {"due_date": "15/5/2024"}),
        ({}, {"plan_code": "XX.9"}),
        ({"noi-dung-TOTAL_FORMS": "mười"}, {}),
    ],
)
def test_bad_minutes_come_back_as_typed(client, reviewer, wrong, row):
    PlanItemFactory(code="IV.3.6")
    visit = VisitFactory()
    typed = {**TEXTS, **rows("noi-dung", {**FOUND, **row}), **wrong}

    response = send(client, of(visit, "visit-minutes"), **typed)

    assert response.status_code == 422
    assert {name: response.context["form"].data[name] for name in TEXTS} == {
        **TEXTS,
        **{k: v for k, v in wrong.items() if k in TEXTS},
    }
    assert (Finding.objects.count(), Visit.objects.get().course) == (0, "")


def test_more_rows_keep_what_was_typed(client, reviewer):
    visit = VisitFactory()

    response = send(
        client, of(visit, "visit-minutes"), **TEXTS, **rows("noi-dung", FOUND), them="1"
    )

    assert (response.status_code, len(response.context["rows"].forms)) == (200, 4)
    assert "Chưa lập sổ" in response.content.decode()
    assert Visit.objects.get().course == ""


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed(client, reviewer):
    visit = VisitFactory(course="Bản của đồng nghiệp.", revision=1)

    response = send(client, of(visit, "visit-minutes"), **TEXTS, **rows("noi-dung"))

    content = response.content.decode()
    assert response.status_code == 409
    assert "Bản của đồng nghiệp." in content
    assert SECRET in content
    assert response.context["form"].data["revision"] == "1"
    assert Visit.objects.get().course == "Bản của đồng nghiệp."


def test_the_team_has_people_with_and_without_accounts(client, reviewer):
    visit, officer = VisitFactory(), OfficerFactory(email="dai.ta@example.vn")
    team = rows(
        "doan",
        {"role": "head", "name": "Trần Văn Đông", "position": "Bộ Chỉ huy Quân sự tỉnh"},
        {"role": "secretary", "account": "DAI.TA@example.vn"},
        {},
    )

    response = send(client, of(visit, "visit-edit"), revision="0", day="16/5/2024", **team)

    assert response.status_code == 302
    assert [(one.role, one.name, one.user) for one in team_of(visit)] == [
        ("head", "Trần Văn Đông", None), ("secretary", str(officer), officer),
    ]  # fmt: skip
    assert Visit.objects.get().day == date(2024, 5, 16)


@pytest.mark.parametrize(
    "team",
    [
        [{"role": "head", "name": "A"}, {"role": "head", "name": "B"}],
        [{"account": "khong-co"}],
        [{"account": "nguoi-trong"}],
        [{"role": "member", "position": "Sở Nội vụ"}],
    ],
)
def test_a_bad_team_is_refused_in_its_row(client, reviewer, team):
    visit = VisitFactory()
    OfficerFactory(visit.unit, username="nguoi-trong")

    response = send(
        client, of(visit, "visit-edit"), revision="0", day="16/5/2024", **rows("doan", *team)
    )

    assert response.status_code == 422
    assert VisitMember.objects.count() == 0


def test_the_unit_reads_the_minutes_once_the_visit_was_held(client):
    visit = VisitFactory(course=SECRET)
    client.force_login(OfficerFactory(visit.unit))
    before = client.get(of(visit))
    paper = client.get(of(visit, "visit-minutes-file", "pdf"))
    Visit.objects.filter(pk=visit.pk).update(status=Visit.Status.HELD)
    after = client.get(of(visit))

    assert (before.status_code, SECRET in before.content.decode(), paper.status_code) == (
        200,
        False,
        403,
    )
    assert SECRET in after.content.decode()
    assert client.get(of(visit, "visit-minutes")).status_code == 403


def test_a_member_of_the_team_writes_and_the_council_waits(client):
    visit = VisitFactory(course=SECRET)
    officer = OfficerFactory()
    VisitMemberFactory(visit=visit, user=officer)
    client.force_login(officer)
    assert client.get(of(visit, "visit-minutes")).status_code == 200
    assert client.get(of(visit, "visit-edit")).status_code == 403

    client.force_login(CouncilMemberFactory())
    assert SECRET not in client.get(of(visit)).content.decode()


def test_who_belongs_to_the_visited_unit_is_told_why_not(client):
    visit = VisitFactory()
    client.force_login(BoardHeadFactory(visit.unit))

    page = client.get(of(visit))

    assert "thuộc đơn vị này" in page.content.decode()
    assert of(visit, "visit-hold") not in page.content.decode()


def test_a_visit_is_held_then_closed_on_its_page(client, reviewer):
    visit = VisitFactory(conclusion="Thực hiện tốt.")
    FindingFactory(visit=visit, due_date=date(2040, 6, 20))

    held = send(client, of(visit, "visit-hold"))
    closed = send(client, of(visit, "visit-close"))

    assert (held.status_code, closed.status_code) == (302, 302)
    assert Visit.objects.get().status == Visit.Status.CLOSED
    assert f"/khac-phuc/{Obligation.objects.get().pk}/" in client.get(of(visit)).content.decode()
    assert send(client, of(visit, "visit-cancel"), reason="Muộn").status_code == 409


def test_cancelling_asks_for_a_reason(client, reviewer):
    visit = VisitFactory()

    assert send(client, of(visit, "visit-cancel"), reason=" ").status_code == 422
    assert send(client, of(visit, "visit-cancel"), reason="Trùng lịch").status_code == 302
    assert Visit.objects.get().status == Visit.Status.CANCELLED


def test_empty_minutes_are_a_form_to_fill_in_by_hand():
    visit = VisitFactory(place="")

    lines = plain_text(minutes_document(visit))

    assert "Thời gian bắt đầu: …… giờ ……, ngày 15 tháng 5 năm 2024." in lines
    assert sum(set(line) == {"…"} for line in lines) == 6 + 3 + 4
    assert lines.count("Không có.") == 0


def test_the_minutes_say_the_same_in_word_and_pdf(client, reviewer):
    visit = VisitFactory(closed=True, begins=time(8), ends=time(11, 5), unit_signer="Lê Văn Minh")
    VisitMemberFactory(visit=visit, head=True, name="Trần Văn Đông")
    FindingFactory(visit=visit, text="Chưa lập sổ.", due_date=date(2024, 6, 20))

    word = client.get(of(visit, "visit-minutes-file", "docx"))
    pdf = client.get(of(visit, "visit-minutes-file", "pdf"))

    paragraphs = {paragraph.text for paragraph in docx.Document(BytesIO(word.content)).paragraphs}
    said = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split()
    )
    for line in (
        "- Chưa lập sổ: chậm nhất ngày 20 tháng 6 năm 2024.",
        "- Trần Văn Đông, Bộ Chỉ huy Quân sự tỉnh – Trưởng đoàn",
        "Không có.",
    ):
        assert line in paragraphs
        assert line in said
    assert "kết thúc vào hồi 11 giờ 05, ngày 15 tháng 5 năm 2024./." in said
    assert "bien-ban-kiem-tra" in pdf["Content-Disposition"]
    assert client.get(of(visit, "visit-minutes-file", "exe")).status_code == 404


def test_a_visit_asks_a_constant_number_of_questions(client, reviewer):
    visit = VisitFactory()
    urls = [of(visit), of(visit, "visit-minutes"), of(visit, "visit-edit")]

    def fill():
        FindingFactory(visit=visit, plan_item=PlanItemFactory())
        VisitMemberFactory(visit=visit, user=OfficerFactory())

    fill()
    one = [questions(client, url) for url in urls]
    fill()
    fill()

    assert [questions(client, url) for url in urls] == one


@pytest.mark.parametrize("name", ["visit-edit", "visit-minutes"])
def test_enter_in_a_field_saves_and_adds_no_row(client, reviewer, name):
    """A browser presses the first button of the form that sends it."""
    page = client.get(of(VisitFactory(), name)).content.decode()

    form = page[page.index('<form method="post" novalidate>') :]
    first = re.search(r"<button\b[^>]*>", form)
    assert 'name="them"' in form
    assert first
    assert "name=" not in first[0]
    assert "type=" not in first[0]
