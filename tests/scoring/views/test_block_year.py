"""The year of a block: pledge, meetings with their minutes, hand-over with its list."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Docx

from scoring.datasets.ballot import counted_ballots
from scoring.documents.meeting import meeting_minutes
from scoring.models import Attendance, BlockMeeting, BlockYear, PledgeTarget
from tests.campaign.sending import questions
from tests.factories import (
    BallotFactory,
    BlockFactory,
    BlockLeadFactory,
    BlockMeetingFactory,
    BlockMembershipFactory,
    BlockYearFactory,
    HeadFactory,
    OfficerFactory,
    ReviewerFactory,
    ScoringScaleFactory,
)
from tests.files.builders import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def block():
    return BlockFactory()


@pytest.fixture
def lead(client, block):
    person = BlockLeadFactory(block)
    client.force_login(person)
    return person


@pytest.fixture
def units(block, lead):
    return [lead.memberships.get().unit, *(BlockMembershipFactory(block=block).unit for _ in "ab")]


def url(name, block, *more):
    return reverse(f"scoring:{name}", args=[block.code, 2024, *more])


def form(**fields):
    return {"form_key": str(uuid4()), **fields}


SIGNED = pdf()


def scan():
    return SimpleUploadedFile("giao-uoc.pdf", SIGNED)


def test_a_pledge_is_noted_with_its_targets_and_its_signed_document(client, block, units):
    client.post(url("target-add", block), form(text="Hoàn thành 100% nhiệm vụ"))
    client.post(
        url("target-add", block),
        form(text="Tặng quà", unit=units[1].pk, quantity="1250,5", quantity_unit="suất"),
    )
    noted = {"number": "01/GƯ-KTĐ", "signed_on": "20/3/2024", "file": scan()}
    assert client.post(url("pledge", block), form(**noted)).status_code == 302

    page = client.get(url("pledge", block))
    groups = page.context["groups"]
    assert [group.unit for group in groups] == [None, units[1]]
    said = page.content.decode()
    assert "1.250,5 suất" in said
    assert "20/3/2024" in said
    assert b"".join(client.get(url("pledge-file", block)).streaming_content) == SIGNED

    target = PledgeTarget.objects.get(unit=None)
    client.post(url("target-remove", block, target.pk), form())
    assert PledgeTarget.objects.get().unit == units[1]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("pledge", {"signed_on": "1/1/2099"}, "chưa đến"),
        ("pledge", {"signed_on": "31/2/2024"}, "31/2/2024"),
        ("target-add", {"text": ""}, "Hãy ghi chỉ tiêu"),
        ("target-add", {"text": "Chỉ tiêu", "quantity": "-1"}, "số âm"),
        ("target-add", {"text": "Chỉ tiêu", "unit": "999999"}, "chọn trong danh sách"),
        ("meeting-note", {"kind": "pledge"}, "Hãy ghi ngày họp"),
        ("hand-over", {"on": "20/3/2024"}, "chọn đơn vị nhận"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(client, block, units, name, typed, said):
    answer = client.post(url(name, block), form(**typed))

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_file_that_is_none_is_refused_and_nothing_is_noted(client, block, units):
    wrong = SimpleUploadedFile("giao-uoc.pdf", b"no pdf")
    answer = client.post(url("pledge", block), form(number="01", file=wrong))

    assert answer.status_code == 422
    assert 'value="01"' in answer.content.decode()
    assert not BlockYear.objects.exists()


def meeting_form(units, **more):
    typed = {
        "kind": "year_end", "held_on": "11/3/2024", "place": "Hội trường A",
        "chaired_by": "Nguyễn Văn A", "minutes": "Thống nhất kết quả.\nGiao khối trưởng lập tờ trình.",
    }  # fmt: skip
    typed |= {f"present-{unit.pk}": "on" for unit in units[:2]}
    return form(**{**typed, f"people-{units[1].pk}": "Trần Thị B", **more})


def test_a_meeting_is_noted_with_who_was_there_and_leaves_as_minutes(client, block, units):
    assert client.post(url("meeting-note", block), meeting_form(units)).status_code == 302
    meeting = BlockMeeting.objects.get()
    present = {row.unit: row.is_present for row in Attendance.objects.all()}
    assert present == dict(zip(units, [True, True, False], strict=True))

    again = client.post(url("meeting-note", block), meeting_form(units))
    assert again.status_code == 409

    edit = reverse("scoring:meeting-edit", args=[meeting.pk])
    assert 'value="Trần Thị B"' in client.get(edit).content.decode()
    client.post(edit, meeting_form(units, held_on="12/3/2024", file=scan()))
    meeting.refresh_from_db()
    assert (str(meeting.held_on), meeting.minutes_file_name) == ("2024-03-12", "giao-uoc.pdf")
    file = reverse("scoring:meeting-file", args=[meeting.pk])
    assert b"".join(client.get(file).streaming_content) == SIGNED


def test_the_minutes_say_what_the_meeting_and_its_vote_came_to(client, block, units, at):
    year = BlockYearFactory(block=block)
    meeting = BlockMeetingFactory(block_year=year, kind="year_end", minutes="Thống nhất.")
    Attendance.objects.create(meeting=meeting, unit=units[0], is_present=True, people="Ông A")
    Attendance.objects.create(meeting=meeting, unit=units[1], is_present=False)
    ballot = BallotFactory(block_year=year, nominees=units, title="Suy tôn Cờ")
    for voter in units:
        chosen = units[1] if voter != units[1] else units[2]
        ballot.cast(voter, [str(chosen.pk)], by=HeadFactory(voter), at=at)
    ballot.close(members=4, by=HeadFactory(), at=at)

    minutes = reverse("scoring:meeting-minutes", args=[meeting.pk, "docx"])
    paper = Docx(BytesIO(client.get(minutes).content))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert f"{units[0]}: Ông A" in said
    assert f"Vắng: {units[1]}." in said
    assert "3/4 đơn vị đã bỏ phiếu" in said
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert cells[cells.index(str(units[1])) :][:3] == [str(units[1]), "2", "50,0"]
    unknown = reverse("scoring:meeting-minutes", args=[meeting.pk, "odt"])
    assert client.get(unknown).status_code == 404


def test_minutes_not_written_yet_leave_room_for_a_pen():
    meeting = BlockMeetingFactory()
    document = meeting_minutes(meeting, [], counted_ballots(meeting.block_year.block, 2024))

    assert sum("……" in str(block) for block in document.body) == 6


def test_both_sides_say_that_the_year_was_handed_over(client, block, units):
    next_lead = HeadFactory(units[1])
    BallotFactory(block_year=BlockYearFactory(block=block), nominees=units)
    ScoringScaleFactory(block=block, in_force=True)
    page = client.get(url("hand-over", block))
    checks = {check.label: check.is_done for check in page.context["checks"]}
    assert checks == {
        "Giao ước thi đua": False, "Hội nghị ký kết giao ước": False,
        "Hội nghị sơ kết 6 tháng": False, "Hội nghị tổng kết năm": False,
        "Thang bảng điểm": True, "Bảng chấm điểm": False, "Xếp hạng": False,
        "Bỏ phiếu suy tôn": False,
    }  # fmt: skip

    assert client.post(url("hand-over-receive", block), form()).status_code == 403
    said = form(unit=units[1].pk, on="20/3/2025", note="Còn một lần bỏ phiếu.")
    assert client.post(url("hand-over", block), said).status_code == 302
    client.force_login(next_lead)
    assert "Nhận bàn giao" in client.get(url("block-year", block)).content.decode()
    assert client.post(url("hand-over-receive", block), form()).status_code == 302
    assert client.post(url("hand-over-receive", block), form()).status_code == 409

    year = BlockYear.objects.get()
    assert (year.is_handed_over, year.received_by) == (True, next_lead)
    client.force_login(BlockLeadFactory(block, units[0]))
    late = client.post(url("pledge", block), form(number="02"))
    assert (late.status_code, "không sửa được nữa" in late.content.decode()) == (409, True)


def test_members_and_the_board_read_and_others_see_nothing(client, block, units):
    year = BlockYearFactory(block=block, pledge_number="01/GƯ")
    pages = [url("block-year", block), url("pledge", block), url("hand-over", block)]
    pages.append(reverse("scoring:meeting", args=[BlockMeetingFactory(block_year=year).pk]))
    for person, status in (
        (OfficerFactory(units[2]), 200),
        (ReviewerFactory(), 200),
        (OfficerFactory(BlockMembershipFactory().unit), 404),
    ):
        client.force_login(person)
        assert {client.get(page).status_code for page in pages} == {status}
    client.force_login(OfficerFactory(units[2]))
    for name in ("pledge", "target-add", "meeting-note", "hand-over", "ballot-open"):
        assert client.post(url(name, block), form()).status_code == 403


def test_the_year_asks_as_often_for_much_as_for_little(client, block, units):
    year = BlockYearFactory(block=block)

    def filled(day):
        BlockMeetingFactory(block_year=year, held_on=f"2024-03-{day}")
        BallotFactory(block_year=year, nominees=units)
        PledgeTarget.objects.create(block_year=year, unit=units[1], position=day, text="Chỉ tiêu")
        return questions(client, url("block-year", block))

    assert filled(10) == filled(11) == filled(12)
