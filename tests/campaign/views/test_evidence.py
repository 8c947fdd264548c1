"""Evidence on its pages: added with and without scripts, shown, put right, and private."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from files.actions import stage_file
from tests.factories import (
    ActivityFactory,
    BoardHeadFactory,
    EvidenceFactory,
    IndicatorFactory,
    OfficerFactory,
    ParticipationFactory,
    ProgressReportFactory,
    StoredFileFactory,
)
from tests.files import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory()


@pytest.fixture
def officer(client, activity):
    officer = OfficerFactory(activity.lead_unit)
    client.force_login(officer)
    return officer


def page(activity):
    return reverse("campaign:evidence-of-activity", args=[activity.pk])


def form(**more):
    return {"form_key": str(uuid4()), "caption": "", "link": "", **more}


def test_photos_come_without_scripts_from_chooser_and_camera_alike(client, officer, activity):
    files = [
        SimpleUploadedFile(name, build.picture(size=(side, side)))
        for name, side in (("anh-1.png", 5), ("anh-2.png", 6))
    ]

    response = client.post(page(activity), form(files=files, caption="Lễ phát động"))

    assert response.url == page(activity)
    assert [piece.name for piece in activity.evidence.in_order()] == ["anh-1.png", "anh-2.png"]
    shown = client.get(page(activity)).content.decode()
    assert shown.count('loading="lazy"') == 2
    assert 'accept="image/*" capture="environment"' in shown


def test_files_sent_ahead_are_added_by_their_tokens(client, officer, activity, at):
    staged = stage_file(by=officer, at=at, name="a.png", content=BytesIO(build.picture()))

    client.post(page(activity), form(staged=str(staged.token)))

    assert activity.evidence.get().stored == staged.stored


def test_the_original_and_the_small_picture_are_served_privately(client, officer, activity):
    content = BytesIO()
    Image.new("RGB", (900, 600), "green").save(content, "JPEG")
    client.post(page(activity), form(files=SimpleUploadedFile("lễ.jpg", content.getvalue())))
    piece = activity.evidence.get()

    whole, small = (
        client.get(reverse(f"campaign:{name}", args=[piece.pk]))
        for name in ("evidence", "evidence-thumbnail")
    )

    assert b"".join(whole) == content.getvalue()
    assert Image.open(BytesIO(b"".join(small))).size == (320, 213)
    assert {answer["Content-Type"] for answer in (whole, small)} == {"image/jpeg"}
    assert {answer["Cache-Control"] for answer in (whole, small)} == {"private, no-store"}
    assert whole["Content-Disposition"].startswith("attachment")

    client.force_login(OfficerFactory())
    for name in ("evidence", "evidence-thumbnail"):
        assert client.get(reverse(f"campaign:{name}", args=[piece.pk])).status_code == 404


def test_a_link_is_shown_with_its_host_and_opens_apart(client, officer, activity):
    client.post(page(activity), form(link="https://baotayninh.vn/tin-1"))

    shown = client.get(page(activity)).content.decode()
    assert 'href="https://baotayninh.vn/tin-1" target="_blank" rel="noopener noreferrer"' in shown
    assert "<span>baotayninh.vn</span>" in shown


@pytest.mark.parametrize("link", ["javascript:alert(1)", "baotayninh", "ftp://a.vn/b"])
def test_a_bad_link_is_refused_beside_its_field_and_nothing_is_lost(
    client, officer, activity, at, link
):
    staged = stage_file(by=officer, at=at, name="a.png", content=BytesIO(build.picture()))

    response = client.post(
        page(activity), form(link=link, caption="Còn đây", staged=str(staged.token))
    )

    assert response.status_code == 422
    assert response.context["form"].errors["link"] == [
        "Đường dẫn chưa đúng. Hãy chép cả địa chỉ, bắt đầu bằng https:// hoặc http://."
    ]
    assert response.context["form"]["caption"].value() == "Còn đây"
    assert response.context["staged"] == [staged]
    assert activity.evidence.count() == 0


def test_nothing_chosen_and_a_picture_of_an_iphone_say_what_to_do(client, officer, activity):
    heic = SimpleUploadedFile("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"0" * 20)

    nothing, iphone = client.post(page(activity), form()), client.post(
        page(activity), form(files=heic)
    )  # fmt: skip

    assert (nothing.status_code, iphone.status_code) == (422, 422)
    assert nothing.context["files_error"].startswith("Chưa có gì để thêm.")
    assert "“Tương thích nhất”" in iphone.context["files_error"]


def test_a_caption_is_put_right_and_a_piece_removed(client, officer, activity):
    piece = EvidenceFactory(activity=activity)

    client.post(reverse("campaign:evidence-describe", args=[piece.pk]), form(caption="Lễ ra quân"))
    piece.refresh_from_db()
    too_long = client.post(
        reverse("campaign:evidence-describe", args=[piece.pk]), form(caption="x" * 201)
    )
    client.post(reverse("campaign:evidence-remove", args=[piece.pk]), form())

    assert piece.caption == "Lễ ra quân"
    assert too_long.status_code == 422
    assert "Chú thích dài quá 200 ký tự." in too_long.content.decode()
    assert activity.evidence.count() == 0


def test_who_only_reads_is_offered_no_form(client, activity):
    EvidenceFactory(activity=activity, caption="Lễ phát động")
    client.force_login(BoardHeadFactory())

    response = client.get(page(activity))

    assert (response.context["can_add"], response.context["changeable"]) == (False, set())
    assert "Lễ phát động" in response.content.decode()
    assert client.post(page(activity), form(link="https://a.vn/")).status_code == 403


def test_a_report_and_one_of_its_figures_keep_their_own(client):
    report = ProgressReportFactory()
    indicator = IndicatorFactory()
    client.force_login(OfficerFactory(report.unit))
    whole = reverse("campaign:evidence-of-report", args=[report.pk])
    figure = reverse("campaign:evidence-of-figure", args=[report.pk, indicator.code])

    client.post(whole, form(link="https://a.vn/bao-cao"))
    client.post(figure, form(link="https://a.vn/so-lieu"))

    assert [piece.host for piece in client.get(whole).context["evidence"]] == ["a.vn"]
    assert [piece.indicator for piece in client.get(figure).context["evidence"]] == [indicator]
    absent = reverse("campaign:evidence-of-figure", args=[report.pk, "CT99"])
    assert client.get(absent).status_code == 404


def test_the_evidence_of_a_sent_report_is_read_and_not_added_to(client):
    report = ProgressReportFactory(submitted=True)
    client.force_login(OfficerFactory(report.unit))
    url = reverse("campaign:evidence-of-report", args=[report.pk])

    shown, refused = client.get(url), client.post(url, form(link="https://a.vn/"))

    assert (shown.status_code, shown.context["can_add"]) == (200, False)
    assert refused.status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_the_same_for_any_number_of_pieces(
    client, activity, count, django_assert_num_queries
):
    partner = OfficerFactory(ParticipationFactory(activity=activity).unit)
    client.force_login(partner)
    for _ in range(count):
        EvidenceFactory(activity=activity, added_by=partner, thumbnail=StoredFileFactory())
    client.get(page(activity))

    with django_assert_num_queries(15):
        assert len(client.get(page(activity)).context["changeable"]) == count
