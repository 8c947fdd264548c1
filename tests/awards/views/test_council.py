"""From an appraised nomination to the conclusion of the council, page by page."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Consultation, CouncilBallot, Meeting, Nomination
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    CouncilMemberFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)
from tests.factories.awards import AwardFormFactory, DossierFactory, NominationFactory
from tests.factories.council import ConsultationFactory, open_meeting, running_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db):
    return UnitFactory(name="Sở Nội vụ")


@pytest.fixture
def campaign(db):
    return CampaignFactory()


@pytest.fixture
def head(board):
    return BoardHeadFactory(board)


def nominated(campaign, status="appraised", **given):
    dossier = DossierFactory(campaign=campaign, complete=True)
    return NominationFactory(**{status: True}, dossier=dossier, **given)


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def send(client, name, *args, **typed):
    return client.post(url(name, *args), {"form_key": str(uuid4()), **typed})


def words(answer):
    """Every word of a DOCX or a PDF."""
    if answer["Content-Type"] == "application/pdf":
        pages = pypdfium2.PdfDocument(answer.content)
        found = " ".join(page.get_textpage().get_text_range() for page in pages)
        return " ".join(found.split())
    paper = docx.Document(BytesIO(answer.content))
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join(p.text for p in [*paper.paragraphs, *(p for c in cells for p in c.paragraphs)])


# --- hiệp y -----------------------------------------------------------------------------------


def test_a_body_is_asked_and_its_answer_noted(client, campaign, head):
    nomination = nominated(campaign)
    client.force_login(head)
    send(client, "consultation-ask", body="Công an tỉnh", asked_on="13/11/2024",
         due_date="20/11/2024", nominations=nomination.pk)  # fmt: skip
    asked = Consultation.objects.get()
    nomination.refresh_from_db()
    assert (asked.body, nomination.status) == ("Công an tỉnh", "consulting")
    letter = words(client.get(url("consultation-letter", asked.pk, "docx")))
    assert nomination.candidate.name in letter
    assert "20 tháng 11 năm 2024" in letter

    opinion = asked.opinions.get()
    objected = {"answered_on": "18/11/2024", f"y-kien-{opinion.pk}": "objects"}
    assert send(client, "consultation", asked.pk, **objected).status_code == 422
    said = {**objected, f"noi-dung-{opinion.pk}": "Đang xác minh đơn thư"}
    assert send(client, "consultation", asked.pk, **said).status_code == 302

    nomination.refresh_from_db()
    opinion.refresh_from_db()
    assert (opinion.answer, nomination.status) == ("objects", "appraised")


def test_silence_is_shown_as_silence(client, campaign, head):
    asked = ConsultationFactory(campaign=campaign)
    asked.opinions.create(nomination=nominated(campaign, "consulting"))
    client.force_login(head)

    listed = client.get(url("consultations"), {"muc": "qua-han"}).content.decode()
    page = client.get(url("consultation", asked.pk)).content.decode()

    assert "chưa trả lời" in listed
    assert "không coi im lặng là đồng ý" in page
    assert asked.opinions.get().answer == "waiting"
    assert asked.state_on(date(2024, 11, 20)) == "waiting"
    assert asked.state_on(date(2024, 11, 21)) == "overdue"


def test_the_lists_cost_the_same_for_one_and_for_three(client, campaign, head):
    client.force_login(head)
    spent = []
    for more in (1, 1, 3):  # the first warms up what is remembered of a session
        for _ in range(more):
            asked = ConsultationFactory(campaign=campaign)
            asked.opinions.create(nomination=nominated(campaign, "consulting"))
            open_meeting(present=2, campaign=campaign)
        with CaptureQueriesContext(connection) as seen:
            client.get(url("consultations"))
            client.get(url("meetings"))
        spent.append(len(seen))

    assert spent[1] == spent[2]


# --- the meeting ------------------------------------------------------------------------------


@pytest.fixture
def council(board):
    return [CouncilMemberFactory(board) for _ in range(3)]


def planned(client, **given):
    typed = {"body": "council", "title": "Xét khen thưởng tổng kết", "day": "25/11/2024",
             "hour": "8h", "quorum": "2/3", "secretary": "Trần Thư Ký (mẫu)", **given}  # fmt: skip
    answer = send(client, "meeting-new", **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Meeting.objects.latest("pk")


def attend(client, meeting, *states):
    rows = meeting.attendances.in_order()
    typed = {f"trang-thai-{row.pk}": state for row, state in zip(rows, states, strict=True)}
    assert send(client, "meeting-attendance", meeting.pk, **typed).status_code == 302


def called(client, *nominations):
    """A meeting that was called, with these on its agenda."""
    meeting = planned(client)
    assert meeting.attendances.count() == 3
    send(client, "meeting-agenda", meeting.pk, nominations=[one.pk for one in nominations])
    send(client, "meeting-move", meeting.pk, move="moi")
    return meeting


def in_session(client, *nominations):
    """Two members are here, one is asked in writing."""
    meeting = called(client, *nominations)
    assert send(client, "meeting-move", meeting.pk, move="mo").status_code == 409  # nobody came
    attend(client, meeting, "present", "present", "written")
    assert send(client, "meeting-move", meeting.pk, move="mo").status_code == 302
    return meeting


def test_a_vote_in_the_portal_on_paper_and_in_writing(client, campaign, head, council):
    """Three members, three ways; at 80 % the flag needs all three."""
    flag = AwardFormFactory(flag=True, ballot_threshold=80)
    won, lost = nominated(campaign, form=flag), nominated(campaign, form=flag)
    client.force_login(head)
    meeting = in_session(client, won, lost)
    chosen = {"nominations": [won.pk, lost.pk]}
    low = send(client, "council-ballot-open", meeting.pk, flag.pk, threshold="70", **chosen)
    send(client, "council-ballot-open", meeting.pk, flag.pk, threshold="80", **chosen)
    ballot = CouncilBallot.objects.get()
    early = send(client, "meeting-move", meeting.pk, move="ket-thuc")
    assert (low.status_code, early.status_code) == (422, 409)

    client.force_login((rows := list(meeting.attendances.in_order()))[0].member)
    blank = send(client, "council-ballot-vote", ballot.pk, **{f"secret-{won.pk}": "1"})
    slip = {f"secret-{won.pk}": "1", f"secret-{lost.pk}": "0"}
    answers = [send(client, "council-ballot-vote", ballot.pk, **slip) for _ in range(2)]
    assert [blank.status_code, *(one.status_code for one in answers)] == [422, 302, 409]

    client.force_login(head)
    paper = {f"giay-{row.pk}": "on" for row in rows[1:]}
    many = send(client, "council-ballot-close", ballot.pk, **paper, **{f"secret-{won.pk}": "3"})
    counts = {f"secret-{won.pk}": "2", f"secret-{lost.pk}": "1"}
    counted = send(client, "council-ballot-close", ballot.pk, **paper, **counts)
    assert (many.status_code, counted.status_code) == (422, 302)
    assert CouncilBallot.objects.get().votes == {str(won.pk): 3, str(lost.pk): 1}
    record = words(client.get(url("council-ballot-record", ballot.pk, "pdf")))
    assert ("33,3%" in record, "Không đạt" in record) == (True, True)


def test_what_the_council_concludes_is_what_becomes_of_each(client, campaign, head, council):
    merit = AwardFormFactory()
    agreed, refused, unseen = (nominated(campaign, form=merit) for _ in range(3))
    client.force_login(head)
    meeting = in_session(client, agreed, refused, unseen)
    items = {item.nomination_id: item.pk for item in meeting.agenda.all()}
    said = {
        f"ket-luan-{items[agreed.pk]}": "dong-y",
        f"ket-luan-{items[refused.pk]}": "khong",
        "minutes": "Đồng chí A: nhất trí.",
    }
    assert send(client, "meeting-outcomes", meeting.pk, **said).status_code == 422
    said[f"y-kien-{items[refused.pk]}"] = "Thành tích chưa nổi bật"
    assert send(client, "meeting-outcomes", meeting.pk, **said).status_code == 302
    assert send(client, "meeting-move", meeting.pk, move="ket-thuc").status_code == 302

    stand = {row.pk: (row.status, row.not_granted_reason) for row in Nomination.objects.all()}
    assert stand == {
        agreed.pk: ("with_council", ""),
        refused.pk: ("not_granted", "Thành tích chưa nổi bật"),
        unseen.pk: ("appraised", ""),
    }
    minutes = words(client.get(url("meeting-file", meeting.pk, "bien-ban-hop", "docx")))
    assert "có mặt: 2" in minutes
    assert "Đồng chí A: nhất trí." in minutes
    assert client.get(url("meeting", meeting.pk)).status_code == 200


def test_how_a_ballot_goes_stands_on_no_page_before_it_is_counted(client, campaign, head):
    nomination = nominated(campaign, "with_council")
    ballot = running_ballot(open_meeting(present=3, campaign=campaign), [nomination])
    row = ballot.meeting.attendances.in_order()[0]
    client.force_login(head)
    before = client.get(url("council-ballot", ballot.pk)).content.decode()
    ballot.cast(row, [str(nomination.pk)])

    after = client.get(url("council-ballot", ballot.pk)).content.decode()

    assert "Đã bỏ phiếu 0/3" in before
    assert "Đã bỏ phiếu 1/3" in after
    assert "100" not in after.partition("<main")[2].partition("Phải đạt")[2].partition("Hủy")[0]
    assert client.get(url("council-ballot-record", ballot.pk, "pdf")).status_code == 404


def test_a_cancelled_meeting_gives_its_nominations_back(client, campaign, head, council):
    nomination = nominated(campaign)
    client.force_login(head)
    meeting = called(client, nomination)
    assert send(client, "meeting-move", meeting.pk, move="huy").status_code == 422
    assert send(client, "meeting-move", meeting.pk, move="huy", reason="Hoãn").status_code == 302

    nomination.refresh_from_db()
    assert (nomination.status, Meeting.objects.get().status) == ("appraised", "cancelled")


def test_a_form_that_needs_a_ballot_is_not_agreed_on_by_a_show_of_hands(client, campaign, head):
    nomination = nominated(campaign, "with_council", form=AwardFormFactory(flag=True))
    meeting = open_meeting(campaign=campaign)
    item = meeting.agenda.create(nomination=nomination)
    client.force_login(head)
    send(client, "meeting-outcomes", meeting.pk, **{f"ket-luan-{item.pk}": "dong-y"})

    refused = send(client, "meeting-move", meeting.pk, move="ket-thuc")

    assert refused.status_code == 409
    assert "phải có kết quả bỏ phiếu kín" in refused.content.decode()


def test_units_see_nothing_of_it(client, campaign):
    meeting = open_meeting(campaign=campaign)
    client.force_login(OfficerFactory(UnitFactory()))

    assert client.get(url("meeting", meeting.pk)).status_code == 404
    assert client.get(url("meetings")).status_code == 403
    assert client.get(url("consultations")).status_code == 403


def test_a_reviewer_prepares_and_only_the_head_opens(client, campaign, board, council):
    client.force_login(ReviewerFactory(board))
    meeting = called(client, nominated(campaign))
    attend(client, meeting, "present", "present", "present")

    assert send(client, "meeting-move", meeting.pk, move="mo").status_code == 403
    invitation = words(client.get(url("meeting-file", meeting.pk, "giay-moi", "docx")))
    assert "8 giờ 00, ngày 25 tháng 11 năm 2024" in invitation
