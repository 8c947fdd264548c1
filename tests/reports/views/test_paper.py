"""The pages of a report's paper: writing, previewing, numbering, issuing, comparing, checking."""

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from reports.actions import issue
from reports.models import Paper, PaperSection, Passage, SignedCopy
from reports.signed_copy import Told
from tests.factories import BoardHeadFactory, ReviewerFactory, StoredFileFactory
from tests.reports.papers import built, printed
from tests.reports.period import AFTER, CUT_OFF, play

Status = Paper.Status


@pytest.fixture
def paper(province):
    return built(province.campaign, CUT_OFF, period=play(province).may, at=CUT_OFF)


@pytest.fixture
def head(client, db):
    person = BoardHeadFactory()
    client.force_login(person)
    return person


def url(name, paper, *more):
    return reverse(f"reports:{name}", args=[paper.report_id, *more])


def post(client, address, **typed):
    return client.post(address, {"form_key": uuid4(), **typed})


def section_form(paper, **changes):
    passage = Passage.objects.get(section__paper=paper)
    typed = {
        "revision": "0", "own": "", f"doan-{passage.pk}": "Đã sửa", f"dung-{passage.pk}": "on",
        f"thu-tu-{passage.pk}": "10",
    }  # fmt: skip
    return typed | {name.replace("PK", str(passage.pk)): said for name, said in changes.items()}


def test_a_section_shows_its_passages_beside_how_they_read(client, head, paper):
    page = client.get(url("paper-section", paper, "II.1"))

    (row,) = page.context["rows"]
    assert row.passage.unit == "Sở Văn hóa, Thể thao và Du lịch"
    lines = [piece.line.text for piece in page.context["shown"]]
    assert lines == [
        "Sở Văn hóa, Thể thao và Du lịch: Đã nói chuyện truyền thống.", "- Có 500 người dự.",
    ]  # fmt: skip


def test_saving_a_section_keeps_it_and_a_bad_one_loses_nothing(client, head, paper):
    address = url("paper-section", paper, "II.1")

    bad = post(client, address, **section_form(paper, **{"doan-PK": " ", "own": "Lời của Ban"}))
    good = post(client, address, **section_form(paper, own="Lời của Ban"))

    assert (bad.status_code, bad.context["form"]["own"].value()) == (422, "Lời của Ban")
    assert "đang trống" in str(bad.context["form"].errors)
    assert good.status_code == 302
    assert PaperSection.objects.get(paper=paper, code="II.1").text == "Lời của Ban"


def test_a_clash_shows_both_texts_and_the_next_save_counts(client, head, paper):
    address = url("paper-section", paper, "II.1")
    post(client, address, **section_form(paper, **{"doan-PK": "Của người trước"}))

    clash = post(client, address, **section_form(paper, **{"doan-PK": "Của tôi"}))

    assert clash.status_code == 409
    assert [found.stored for found in clash.context["clashes"]] == ["Của người trước"]
    revision = clash.context["form"]["revision"].value()
    again = section_form(paper, **{"doan-PK": "Của tôi", "revision": revision})
    assert post(client, address, **again).status_code == 302
    assert Passage.objects.get(section__paper=paper).text == "Của tôi"


def test_autosave_and_preview_follow_what_is_typed(client, head, paper):
    autosave = url("paper-section-autosave", paper, "II.1")
    preview = url("paper-preview", paper, "II.1")

    saved = client.post(autosave, section_form(paper))
    stale = client.post(autosave, section_form(paper, **{"doan-PK": "Khác"}))

    assert (saved.status_code, saved.json()["revision"]) == (200, 1)
    passage = Passage.objects.get(section__paper=paper)
    assert stale.status_code == 409
    assert stale.json()["values"] == {
        "own": "", f"doan-{passage.pk}": "Đã sửa", f"dung-{passage.pk}": "on",
        f"thu-tu-{passage.pk}": "10",
    }  # fmt: skip
    shown = client.get(preview, headers={"HX-Request": "true"})
    assert "Đã sửa" in shown.content.decode()
    assert client.post(url("paper-autosave", paper), {"revision": "0"}).status_code == 422


def test_the_list_of_sections_costs_the_same_whatever_stands_in_them(
    client, head, paper, django_assert_max_num_queries
):
    section = PaperSection.objects.get(paper=paper, code="II.1")
    address = url("paper-draft", paper)
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    for place in range(3):
        Passage.objects.create(
            section=section, unit=f"Sở {place}", source="a", text="a", position=place
        )

    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(address)


def test_the_whole_text_reads_from_header_to_signature(client, head, paper):
    page = client.get(url("paper-text", paper))

    text = page.content.decode()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DỰ THẢO", "TRƯỞNG BAN", "./.", "Như trên"):
        assert words in text
    assert page.context["appendices"][0] == "Biểu số liệu"


def test_the_source_of_a_passage_can_be_taken_again(client, head, paper):
    post(client, url("paper-section", paper, "II.1"), **section_form(paper))
    passage = Passage.objects.get(section__paper=paper)
    address = url("passage", paper, passage.pk)

    page = client.get(address)
    assert [edit.old_text for edit in page.context["edits"]] == [passage.source]
    post(client, address)

    passage.refresh_from_db()
    assert passage.text == passage.source


def test_the_steps_of_its_life_on_the_page_of_the_report(client, head, paper):
    for name in ("paper-propose", "paper-approve"):
        assert post(client, url(name, paper)).status_code == 302
    bad = {"cap-so-number": "0", "cap-so-day": "31/2/2024"}
    refused = post(client, url("paper-number", paper), **bad)
    assert refused.status_code == 422
    assert set(refused.context["number_form"].errors) == {"number", "day"}
    good = {"cap-so-number": "7", "cap-so-day": "20/5/2024"}
    assert post(client, url("paper-number", paper), **good).status_code == 302
    assert post(client, url("paper-issue", paper)).status_code == 409
    printed(paper, at=AFTER)

    assert post(client, url("paper-issue", paper)).status_code == 302
    page = client.get(paper.get_absolute_url())
    assert page.context["paper"].status == Status.ISSUED
    assert "07/BC-BTĐ" in page.content.decode()
    assert client.get(url("paper-draft", paper)).url == url("paper-text", paper)
    assert (
        post(client, url("paper-section", paper, "II.1"), **section_form(paper)).status_code == 409
    )


@pytest.fixture
def issued(paper):
    reviewer, head = ReviewerFactory(), BoardHeadFactory()
    issue.propose_paper(paper, by=reviewer, at=AFTER)
    issue.approve_paper(paper, by=head, at=AFTER)
    issue.number_paper(paper, 5, AFTER.date(), by=reviewer, at=AFTER)
    printed(paper, at=AFTER)
    issue.issue_paper(paper, by=head, at=AFTER)
    return paper


def test_anybody_may_check_a_code_and_a_hash_and_learns_no_name(client, issued):
    address = reverse("reports:verify-report", args=[issued.code])

    page = client.get(address)
    right = client.get(address, {"sha256": issued.hashes["pdf"].upper()})
    wrong = client.get(address, {"sha256": "0" * 64})

    assert "05/BC-BTĐ" in page.content.decode()
    assert issued.issued_by.full_name not in page.content.decode()
    assert (right.context["matching"], wrong.context["matching"]) == ("tệp PDF", "")
    assert client.get(address, {"sha256": "xyz"}).status_code == 422
    unknown = client.get(reverse("reports:verify-report", args=["BC-2024-0000000000"]))
    assert unknown.status_code == 404
    typed = issued.code.replace("-", "").lower()
    assert client.get(reverse("campaign:verify"), {"code": typed}).url == address


def test_a_signed_copy_is_kept_with_what_was_found(client, head, issued, monkeypatch):
    told = Told(True, [{"page": 2, "issued": "12", "signed": "15"}], [])
    monkeypatch.setattr(issue, "compare_with_issued", lambda *args, **kwargs: told)
    monkeypatch.setattr(issue, "claim_staged", lambda *args, **kwargs: [staged])
    staged = type("Staged", (), {"stored": StoredFileFactory(on_disk=True), "name": "da-ky.pdf"})

    none = post(client, url("signed-add", issued))
    response = post(client, url("signed-add", issued), staged="a")

    assert (none.status_code, response.status_code) == (422, 302)
    copy = SignedCopy.objects.get()
    assert (copy.is_same, copy.differences[0]["page"]) == (False, 2)
    page = client.get(issued.get_absolute_url()).content.decode()
    assert "Khác bản ban hành" in page
    served = client.get(url("signed-file", issued, copy.pk))
    assert b"".join(served).startswith(b"%PDF")


def test_two_versions_are_compared_on_a_page_and_in_a_workbook(client, head, province, paper):
    later = built(
        province.campaign, AFTER, period=paper.report.period, at=AFTER, earlier=paper.report
    )
    address = url("report-compare", later, paper.report_id)

    page = client.get(address)
    book = openpyxl.load_workbook(BytesIO(client.get(address, {"xuat": "xlsx"}).content))

    shown = {(row.unit, row.old, row.new) for row in page.context["found"].units}
    assert ("Sở Y tế", "0", "100") in shown
    assert book.sheetnames == ["Số liệu", "Theo đơn vị", "Gửi kế hoạch, báo cáo", "Lời văn"]
    assert client.get(url("report-compare", later, later.report_id)).status_code == 404


def test_a_supplement_asks_for_a_later_cut_off(client, head, paper):
    address = url("report-supplement", paper)

    early = post(client, address, cut_off="moi", day="1/5/2024", hour="08:00")
    same = post(client, address, cut_off="giu")

    assert early.status_code == 422
    assert same.status_code == 302
    assert paper.report.later.get().digest == paper.report.digest


def test_fixed_texts_are_looked_at_before_they_are_saved(client, head, paper):
    address = reverse("reports:text-template", args=["ky"])
    typed = {"version": "0", "subject": "Kết quả {kỳ báo cáo}", "opening": "Thực hiện {tên đợt}"}

    bad = post(client, address, **typed | {"closing": "Đến {hôm nay}"})
    seen = post(client, address, **typed, xem="1")
    saved = post(client, address, **typed)
    again = post(client, address, **typed)

    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["closing"])
    lines = [piece.line.text for piece in seen.context["shown"] if piece.line]
    assert "Kết quả tháng 5/2024" in lines
    assert (saved.status_code, again.status_code) == (302, 409)
    shipped = client.get(reverse("reports:text-template-version", args=["ky", 0]))
    assert shipped.status_code == 200
