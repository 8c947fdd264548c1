"""From an empty dossier to an appraised nomination, over the pages, as officer, head and board."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from awards.importers.catalogue import load_catalogue
from awards.models import (
    AwardForm,
    AwardGuideline,
    AwardPaper,
    Candidate,
    Dossier,
    Nomination,
    PersonalData,
)
from lib.sheet import Column, Row, Sheet, read_xlsx, write_xlsx
from tests.factories.campaign import CampaignFactory
from tests.factories.progress import ActivityFactory
from tests.factories.units import (
    BoardHeadFactory,
    HeadFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    load_catalogue()
    campaign = CampaignFactory()
    unit = UnitFactory(name="Sở Y tế mẫu")
    form = AwardForm.objects.get(code="BK-TINH", valid_to__isnull=True)
    people = {
        "officer": OfficerFactory(unit),
        "head": HeadFactory(unit),
        "reviewer": ReviewerFactory(),
        "board_head": BoardHeadFactory(),
    }
    return {"campaign": campaign, "unit": unit, "form": form, **people}


@pytest.fixture
def press(client):
    """Post a form as a person and follow where it leads; the last page."""

    def pressed(person, name, /, *args, expect=200, **fields):
        client.force_login(person)
        url = name if name.startswith("/") else reverse(f"awards:{name}", args=args)
        response = client.post(url, {"form_key": str(uuid4()), **fields}, follow=True)
        assert response.status_code == expect, response.content.decode()[:3000]
        return response

    return pressed


@pytest.fixture
def look(client):
    def looked(person, name, *args, expect=200):
        client.force_login(person)
        response = client.get(reverse(f"awards:{name}", args=args))
        assert response.status_code == expect
        return response

    return looked


LETTER = {
    "letter_number": "15/TTr-SYT", "letter_date": "1/11/2024", "signer_name": "Lê Văn Mẫu",
    "signer_position": "Giám đốc", "council_met_on": "30/10/2024", "council_members": "9",
    "council_present": "8", "council_chair": "Lê Văn Mẫu", "council_secretary": "Trần Thị Mẫu",
    "council_notes": "Hội đồng thảo luận từng trường hợp.",
}  # fmt: skip


def who(form, **more):
    return {
        "recipient": "individual", "name": "Nguyễn Thị Điển Hình", "gender": "male",
        "rank": "direct_worker", "position": "Điều dưỡng", "form": form.pk, "ground": "thematic",
        "achieved_from": "15/3/2024", "achieved_to": "31/10/2024", "integrity": "clean",
        "birth_date": "17/5/1985", "id_number": "072185000123", **more,
    }  # fmt: skip


def test_a_dossier_goes_from_the_officer_to_the_appraisal(world, press, look):
    officer, head, reviewer = world["officer"], world["head"], world["reviewer"]
    activity = ActivityFactory(
        campaign=world["campaign"], lead_unit=world["unit"], done=True, title="Khám bệnh biên giới"
    )

    press(officer, "dossier-start")
    dossier = Dossier.objects.get()
    press(officer, "nomination-add", dossier.pk, **who(world["form"]))
    nomination = Nomination.objects.get()
    page = press(officer, "nomination-sources", nomination.pk, activities=[activity.pk])

    nomination.refresh_from_db()
    assert "Khám bệnh biên giới, ngày 09/4/2024" in nomination.achievement
    assert nomination.summary.startswith("Khám bệnh biên giới")
    assert page.context["judged"].findings[0].rule.code == "R16"  # nobody has signed yet

    press(officer, "dossier-letter", dossier.pk, **LETTER)
    press(officer, "dossier-hand", dossier.pk)
    press(head, "dossier-sign", dossier.pk)

    dossier.refresh_from_db()
    assert (dossier.status, bool(dossier.receipt_code)) == ("submitted", True)
    papers = AwardPaper.objects.current().filter(dossier=dossier)
    assert set(papers.values_list("kind", "origin")) == {
        ("letter", "generated"), ("minutes", "generated"), ("report", "generated"),
    }  # fmt: skip

    for paper in papers:
        press(reviewer, "paper-tick", paper.pk, hop_le="1")
    press(reviewer, "dossier-complete", dossier.pk)
    press(reviewer, "nomination-appraise", nomination.pk, opinion="recommended")

    nomination.refresh_from_db()
    assert (nomination.status, nomination.appraised_by) == ("appraised", reviewer)
    assert look(reviewer, "dossiers").context["list"].rows[0].stage == "lay-y-kien"


def test_the_head_is_told_what_is_in_the_way(world, press):
    press(world["officer"], "dossier-start")
    dossier = Dossier.objects.get()
    press(world["officer"], "nomination-add", dossier.pk, **who(world["form"], integrity=""))

    page = press(world["head"], "dossier-sign", dossier.pk, expect=409)

    said = page.content.decode()
    assert "Chưa khai về kỷ luật" in said
    assert "Điều 4 khoản 4" in said
    assert "Báo cáo thành tích" in said
    assert not AwardPaper.objects.exists()


def test_what_was_returned_comes_back_mended(world, press, look):
    head, reviewer = world["head"], world["reviewer"]
    press(head, "dossier-start")
    dossier = Dossier.objects.get()
    texts = {"achievement": "Vận động xây 5 nhà.", "summary": "Xây 5 nhà"}
    press(head, "nomination-add", dossier.pk, **who(world["form"], **texts))
    press(head, "dossier-letter", dossier.pk, **LETTER)
    press(head, "dossier-sign", dossier.pk)
    nomination = Nomination.objects.get()

    press(reviewer, "dossier-return", dossier.pk, expect=422, due="1/1/2099")
    press(
        reviewer, "dossier-return", dossier.pk, due="1/1/2099",
        **{"giay_minutes": "Thiếu chữ ký thư ký", f"nguoi_{nomination.pk}": "Ghi rõ số liệu"},
    )  # fmt: skip
    page = look(head, "dossier", dossier.pk).content.decode()
    press(head, "nomination-edit", nomination.pk, **who(world["form"], **texts, position="Bác sĩ"))
    press(head, "dossier-sign", dossier.pk)

    dossier.refresh_from_db()
    assert "Thiếu chữ ký thư ký" in page
    assert "Ghi rõ số liệu" in page
    assert (dossier.status, dossier.return_due_date) == ("submitted", None)
    assert Candidate.objects.get().position == "Bác sĩ"
    first, last = dossier.submitted_at, dossier.last_submitted_at
    assert first < last


def test_a_look_at_personal_data_leaves_a_trace(world, press, look):
    officer, reviewer = world["officer"], world["reviewer"]
    press(officer, "dossier-start")
    dossier = Dossier.objects.get()
    press(officer, "nomination-add", dossier.pk, **who(world["form"]))
    nomination = Nomination.objects.get()

    closed = look(officer, "nomination", nomination.pk).content.decode()
    opened = press(officer, "nomination-personal", nomination.pk).content.decode()

    assert PersonalData.objects.get().id_number == "072185000123"
    assert "072185000123" not in closed
    assert "072185000123" in opened
    looks = AuditEvent.objects.about(nomination.candidate).filter(verb="looked")
    assert [event.by for event in looks] == [officer]
    press(reviewer, "nomination-personal", nomination.pk, expect=404)  # not sent yet


def test_the_rules_are_told_while_typing_and_nothing_is_kept(world, press):
    press(world["officer"], "dossier-start")
    dossier = Dossier.objects.get()

    page = press(
        world["officer"], "nomination-check", dossier.pk, **who(world["form"], integrity="")
    )

    assert "Chưa khai về kỷ luật" in page.content.decode()
    assert not Nomination.objects.exists()
    assert not Candidate.objects.exists()


def test_a_list_from_excel_is_taken_in_whole_or_not_at_all(world, press, client):
    press(world["officer"], "dossier-start")
    dossier = Dossier.objects.get()
    template = client.get(reverse("awards:nominations-template", args=[dossier.pk]))
    rows = [[cell.value for cell in line] for line in read_xlsx(template.content)[0].rows]
    heads = next(line for line in rows if "Đối tượng" in line)

    def sent(*rows):
        content = write_xlsx(
            [Sheet("A", [Column(str(head)) for head in heads], [Row(r) for r in rows])]
        )
        return SimpleUploadedFile("ds.xlsx", content)

    def row(name, recipient="Cá nhân", form="Bằng khen tỉnh"):
        said = dict(zip(heads, [""] * len(heads), strict=True))
        said["Họ và tên, tên tập thể, hộ"], said["Đối tượng"] = name, recipient
        said["Hình thức đề nghị"], said["Giới tính"] = form, "nữ"
        return list(said.values())

    page = press(
        world["officer"], "nominations-import", dossier.pk, expect=422,
        files=sent(row("An"), row("Bình", recipient="Ai đó"), row("", form="Huân chương")),
    )  # fmt: skip
    said = page.content.decode()
    assert "“Ai đó” không có trong" in said
    assert [bad.number for bad in page.context["found"].bad] == [3, 4]
    assert not Nomination.objects.exists()

    press(world["officer"], "nominations-import", dossier.pk, files=sent(row("An"), row("Bình")))
    assert set(Nomination.objects.values_list("candidate__name", "origin")) == {
        ("An", "sheet"), ("Bình", "sheet"),
    }  # fmt: skip


def test_papers_are_written_in_word_and_pdf(world, press, client):
    press(world["head"], "dossier-start")
    dossier = Dossier.objects.get()
    press(world["head"], "nomination-add", dossier.pk, **who(world["form"], summary="Xây 5 nhà"))
    press(world["head"], "dossier-letter", dossier.pk, **LETTER)

    word = client.get(reverse("awards:dossier-file", args=[dossier.pk, "to-trinh", "docx"]))
    text = ZipFile(BytesIO(word.content)).read("word/document.xml").decode()

    assert "Nguyễn Thị Điển Hình" in text
    assert "Danh sách đề nghị khen thưởng".upper() in text.upper()
    assert "072185000123" not in text
    assert (
        client.get(reverse("awards:dossier-file", args=[dossier.pk, "khac", "pdf"])).status_code
        == 404
    )


def test_the_board_writes_a_guideline_and_its_head_puts_it_in_force(world, press, look):
    board_head = world["board_head"]
    bk = world["form"].pk
    assert "Chưa có hướng dẫn" in look(world["officer"], "dossiers").content.decode()

    press(world["reviewer"], "guideline-start")
    guideline = AwardGuideline.objects.get()
    typed = {
        "number": "01/HD-BCH-SNV", "issued_on": "2/9/2024", "valid_from": "2/9/2024",
        "due_date": "15/11/2099", "issuer": "BCHQS - SNV", "minimum_direct_share": "60",
        f"f{bk}-is_allowed": "on", f"f{bk}-individual_each_unit": "1",
        "rieng-TOTAL_FORMS": "1", "rieng-INITIAL_FORMS": "0",
        "rieng-0-form": bk, "rieng-0-whose": f"u{UnitFactory().pk}", "rieng-0-most": "5",
        "giay-kinds": ["letter", "report"],
    }  # fmt: skip
    press(world["reviewer"], "guideline-edit", guideline.pk, **typed)
    press(world["reviewer"], "guideline-issue", guideline.pk, expect=403)
    press(board_head, "guideline-issue", guideline.pk)

    guideline.refresh_from_db()
    assert guideline.status == "issued"
    assert sorted(guideline.quotas.values_list("scope", "most")) == [("each_unit", 1), ("unit", 5)]
    press(world["officer"], "dossier-start")
    dossier = Dossier.objects.get()
    for name in ("An", "Bình"):
        press(world["officer"], "nomination-add", dossier.pk, **who(world["form"], name=name))
    page = look(world["officer"], "dossier", dossier.pk).context["page"]
    assert [(line.used, line.left) for line in page.quotas] == [(2, -1)]
    assert any("chỉ tiêu 1" in problem.text for problem in page.problems)
    press(board_head, "guideline-edit", guideline.pk, expect=409, **typed)
