"""From the letter to the chairman to the published decision: money, numbers, papers, revocation."""

import hashlib
import json
from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from awards.models import Decision, Grant, Meeting, Nomination, PastAward, Proposal
from tests.awards.views.test_council import nominated, words
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    LeadershipFactory,
    OfficerFactory,
    StoredFileFactory,
    UnitFactory,
)
from tests.factories.awards import (
    AwardFormFactory,
    AwardPaperFactory,
    BaseSalaryFactory,
    CandidateFactory,
    PersonalDataFactory,
)
from tests.factories.council import MET_AT, open_meeting
from units.models import Unit

pytestmark = pytest.mark.django_db
SIGNED = {"number": "3336/QĐ-UBND", "decided_on": "10/12/2024", "signer_name": "Nguyễn Văn Mẫu",
          "signer_position": "CHỦ TỊCH"}  # fmt: skip


@pytest.fixture
def campaign(db):
    return CampaignFactory()


@pytest.fixture
def head(client):
    person = BoardHeadFactory(UnitFactory(name="Sở Nội vụ"))
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def send(client, name, *args, **typed):
    return client.post(url(name, *args), {"form_key": str(uuid4()), **typed})


def agreed(campaign, *nominations):
    """A meeting that is over and agreed on these."""
    meeting = open_meeting(campaign=campaign)
    for one in nominations:
        meeting.agenda.create(nomination=one, agreed=True)
    Meeting.objects.filter(pk=meeting.pk).update(status="closed", closed_at=MET_AT)
    return meeting


def proposal_of(client, *nominations):
    send(client, "proposal-new", nominations=[one.pk for one in nominations])
    return Proposal.objects.latest("pk")


@pytest.fixture
def merit(db):
    """Bằng khen tỉnh: 1,5 for a person, 3 for a collective."""
    form = AwardFormFactory(code="BK-TINH")
    form.recipients.filter(recipient="collective").update(factor=3)
    BaseSalaryFactory(valid_from=date(2023, 7, 1), amount=1_800_000)
    BaseSalaryFactory()
    return form


@pytest.fixture
def three(campaign, merit):
    """A person, a collective of an enterprise, and one the chairman will not grant."""
    person = nominated(campaign, "with_council", form=merit)
    firm = UnitFactory(name="Công ty Mẫu", group=Unit.Group.ENTERPRISE)
    crew = CandidateFactory(collective=True, unit=firm, name="Tổ sản xuất (mẫu)")
    team = nominated(campaign, "with_council", form=merit, candidate=crew)
    refused = nominated(campaign, "with_council", form=merit)
    agreed(campaign, person, team, refused)
    return person, team, refused


def signed(client, proposal, refused=None, **given):
    send(client, "decision-draft", proposal.pk, subject="Về việc tặng Bằng khen")
    decision = Decision.objects.latest("pk")
    typed = {**SIGNED, **given}
    if refused is not None:
        typed |= {f"khong-{refused.pk}": "on", f"ly-do-{refused.pk}": "Chưa đủ thời gian"}
    return decision, send(client, "decision-sign", decision.pk, **typed)


# --- the letter -------------------------------------------------------------------------------


def test_only_what_a_finished_meeting_agreed_on_is_proposed(client, campaign, head, merit):
    ready = nominated(campaign, "with_council", form=merit)
    waiting = nominated(campaign, "with_council", form=merit)
    agreed(campaign, ready)
    open_meeting(campaign=campaign).agenda.create(nomination=waiting, agreed=True)

    assert send(client, "proposal-new", nominations=waiting.pk).status_code == 422
    proposal = proposal_of(client, ready)

    assert list(proposal.nominations.all()) == [ready]
    bad = {"number": "817/TTr-SNV", "dated_on": "2/12/2024", "signer_name": "Trần Văn Mẫu",
           "signer_position": "Trưởng phòng"}  # fmt: skip
    assert send(client, "proposal", proposal.pk, **bad).status_code == 422
    good = {**bad, "signer_position": "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"}
    assert send(client, "proposal", proposal.pk, **good).status_code == 302
    letter = words(client.get(url("proposal-file", proposal.pk, "docx")))
    assert ready.candidate.name in letter
    assert "Nghị định số 98/2023/NĐ-CP" in letter  # in force on the day of the letter


def test_one_is_taken_out_of_the_letter_and_waits_for_another(client, campaign, head, three):
    person, team, _ = three
    proposal = proposal_of(client, person, team)

    send(client, "proposal-take-out", proposal.pk, team.pk, reason="Xem lại")

    team.refresh_from_db()
    assert (team.status, team.proposal) == ("with_council", None)
    assert list(proposal.nominations.all()) == [person]


# --- the decision -----------------------------------------------------------------------------


def test_granted_and_not_granted_with_money_numbers_and_history(client, campaign, head, three):
    person, team, refused = three
    proposal = proposal_of(client, *three)
    decision, answer = signed(client, proposal, refused)

    assert answer.status_code == 302
    lines = list(Grant.objects.order_by("order").values_list(
        "nomination", "golden_book_number", "bonus", "pays_own"
    ))  # fmt: skip
    assert lines == [(team.pk, "01", 7_020_000, True), (person.pk, "02", 3_510_000, False)]
    refused.refresh_from_db()
    assert (refused.status, refused.not_granted_reason) == ("not_granted", "Chưa đủ thời gian")
    history = PastAward.objects.get(grant__nomination=person)
    assert (history.year, history.decision_number, history.form_name, history.achievement) == (
        2024, "3336/QĐ-UBND", person.form.name, person.achievement,
    )  # fmt: skip
    paper = words(client.get(url("decision-file", decision.pk, "pdf")))
    assert "3.510.000 đồng" in paper
    assert "QUYẾT ĐỊNH:" in paper
    sheet = load_workbook(BytesIO(client.get(url("decision-file", decision.pk, "xlsx")).content))
    assert person.candidate.name in {cell.value for row in sheet.active.rows for cell in row}


def test_the_salary_of_the_day_of_the_decision_counts(client, campaign, head, three):
    person, *_ = three
    signed(client, proposal_of(client, person), decided_on="28/6/2024")

    assert Grant.objects.get().bonus == 2_700_000


@pytest.mark.parametrize(
    ("given", "code"),
    [({"signer_position": "Giám đốc Sở Nội vụ"}, 409), ({"decided_on": ""}, 422),
     ({"decided_on": "1/1/2199"}, 409), ({"number": ""}, 422)],
)  # fmt: skip
def test_a_paper_that_cannot_be_is_refused(client, campaign, head, three, given, code):
    person, *_ = three
    _, answer = signed(client, proposal_of(client, person), **given)

    assert answer.status_code == code
    assert not Grant.objects.exists()


def test_what_others_decide_is_not_noted_here(client, campaign, head, merit):
    type(merit).objects.filter(pk=merit.pk).update(decider="prime_minister")
    nomination = nominated(campaign, "with_council", form=merit)
    agreed(campaign, nomination)

    _, answer = signed(client, proposal_of(client, nomination))

    assert answer.status_code == 409


# --- published, handed over, revoked ----------------------------------------------------------


@pytest.fixture
def decided(client, campaign, head, three):
    person, team, _ = three
    PersonalDataFactory(candidate=person.candidate)
    decision, _ = signed(client, proposal_of(client, person, team))
    return decision


def test_anybody_reads_what_was_published_and_nothing_personal(client, decided):
    page = url("published-decision", decided.pk)
    client.logout()
    assert client.get(page).status_code == 404
    client.force_login(BoardHeadFactory(UnitFactory()))
    send(client, "decision-publish", decided.pk)
    client.logout()

    shown = client.get(page).content.decode()

    assert "3336/QĐ-UBND" in client.get(url("published")).content.decode()
    for grant in decided.grants.all():
        assert grant.name in shown
    for secret in ("072085000123", "17/5/1985", "1985", "3.510.000", "Chuyên viên"):
        assert secret not in shown


def test_units_read_a_decision_once_it_is_published_without_money(client, decided):
    officer = OfficerFactory(UnitFactory())
    client.force_login(officer)
    assert client.get(url("decision", decided.pk)).status_code == 404
    client.force_login(BoardHeadFactory(UnitFactory()))
    send(client, "decision-publish", decided.pk)
    client.force_login(officer)

    assert "3.510.000" not in client.get(url("decision", decided.pk)).content.decode()
    assert client.get(url("decision-file", decided.pk, "xlsx")).status_code == 403


def test_handed_over_then_revoked_and_still_there(client, decided):
    grant, other = decided.grants.in_order()
    early = {"on": "9/12/2024", "grants": grant.pk}
    assert send(client, "decision-hand-over", decided.pk, **early).status_code == 422
    send(
        client, "decision-hand-over", decided.pk, on="20/12/2024", grants=grant.pk, note="Hội nghị"
    )
    assert (
        send(client, "grant-revoke", grant.pk, on="5/1/2025", under="12/QĐ-UBND").status_code == 422
    )
    said = {"on": "5/1/2025", "under": "12/QĐ-UBND", "reason": "Kê khai không đúng"}
    assert send(client, "grant-revoke", grant.pk, **said).status_code == 302
    assert send(client, "grant-revoke", grant.pk, **said).status_code == 409
    send(client, "decision-publish", decided.pk)

    grant.refresh_from_db()
    assert (grant.handed_over_on, grant.revoked_on) == (date(2024, 12, 20), date(2025, 1, 5))
    assert Nomination.objects.get(grant=grant).status == "revoked"
    assert PastAward.objects.get(grant=grant).revoked_on == date(2025, 1, 5)
    assert PastAward.objects.standing().count() == 1
    pages = url("decision", decided.pk), url("published-decision", decided.pk), url("history")
    for page in pages:
        assert "Đã hủy bỏ" in client.get(page).content.decode()
    assert "Đã hủy bỏ theo 12/QĐ-UBND" in words(
        client.get(url("decision-file", decided.pk, "docx"))
    )
    assert {row.verb for row in AuditEvent.objects.about(grant.nomination)} >= {"revoked"}
    assert other.revoked_on is None


# --- certificates and the whole dossier -------------------------------------------------------


def test_certificates_stand_where_the_layout_puts_them(client, decided, merit):
    at = {"width": "297", "height": "210", "shift_x": "-1,5", "shift_y": "0"}
    page = client.get(url("certificate-layout", merit.pk))
    typed = {name: field.value() for _, row in page.context["form"].rows() for field in row
             for name in [field.html_name]}  # fmt: skip
    typed = {name: value for name, value in typed.items() if value not in (False, None)}
    wide = send(client, "certificate-layout", merit.pk, **{**typed, **at, "recipient-x": "999"})
    assert wide.status_code == 422
    moved = {**typed, **at, "recipient-x": "21,5", "recipient-y": "100"}
    assert send(client, "certificate-layout", merit.pk, **moved).status_code == 302
    text = merit.certificate_layout.texts.get(name="recipient")
    assert (str(text.x), str(text.y)) == ("21.5", "100.0")

    batch = client.get(url("certificate-batch", decided.pk, merit.pk))
    printed = words(batch)
    assert batch.content.startswith(b"%PDF")
    with pikepdf.open(BytesIO(batch.content)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
                 and one.get("/Type") == "/FontDescriptor"]  # fmt: skip
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert len(pdf.pages) == 2
    for grant in decided.grants.all():
        assert grant.name in printed
    assert "Số sổ vàng: 02" in printed
    assert "20 × 100 mm" in words(client.get(url("certificate-test", merit.pk)))


def test_the_whole_dossier_goes_out_with_its_hashes(client, campaign, head, three):
    person, *_ = three
    proposal = proposal_of(client, person)
    AwardPaperFactory(
        dossier=person.dossier, name="báo cáo thành tích.pdf",
        stored=StoredFileFactory(content=b"%PDF-1.7 mau", on_disk=True),
    )  # fmt: skip
    assert client.get(url("proposal-whole", proposal.pk)).status_code == 404  # not numbered yet
    numbered = {"number": "817/TTr-SNV", "dated_on": "2/12/2024", "signer_name": "Trần Văn Mẫu",
                "signer_position": "GIÁM ĐỐC"}  # fmt: skip
    send(client, "proposal", proposal.pk, **numbered)

    answer = client.get(url("proposal-whole", proposal.pk))

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        listed = {one["path"]: one["sha256"] for one in manifest["files"]}
        assert set(listed) == set(packed.namelist()) - {"manifest.json"}
        assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest
                   for name, digest in listed.items())  # fmt: skip
    assert any(name.endswith("báo cáo thành tích.pdf") for name in listed)
    assert any("bien-ban-hop" in name for name in listed)
    assert AuditEvent.objects.filter(verb="packed").exists()


def test_leaders_read_and_do_not_decide(client, decided):
    client.force_login(LeadershipFactory(UnitFactory()))

    assert client.get(url("decision", decided.pk)).status_code == 200
    assert send(client, "decision-publish", decided.pk).status_code == 403
    assert send(client, "grant-revoke", decided.grants.first().pk).status_code == 403
    assert client.get(url("certificate-layout", 1)).status_code in {403, 404}
