"""From a file handed in to the confirm screen, and what one press does there."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.models import Campaign, PlanReading
from campaign.proposal.draft import from_kept
from campaign.tasks import TOO_MUCH, read_document
from lib.confined import Failed
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)
from tests.factories.reading import ROWS, PlanReadingFactory, draft_json

pytestmark = pytest.mark.django_db

PLAN = """UBND TỈNH TÂY NINH
Số: 12/KH-UBND
Tây Ninh, ngày 05 tháng 02 năm 2025

KẾ HOẠCH
Phát động đợt thi đua chào mừng Đại hội

I. MỤC ĐÍCH, YÊU CẦU

1. Tạo khí thế thi đua sôi nổi.

II. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ

- Chủ trì hướng dẫn khen thưởng.

2. UBND các huyện, thị xã, thành phố

- Triển khai thực hiện trên địa bàn.
"""


def post(client, name, /, *args, htmx=False, **typed):
    headers = {"HX-Request": "true"} if htmx else {}
    body = {"form_key": str(uuid4()), **typed}
    return client.post(reverse(f"campaign:{name}", args=args), body, headers=headers)


def document(name="ke-hoach.txt", content=PLAN):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def states(reading):
    reading.refresh_from_db()
    return [one.state for one in from_kept(reading.draft).entries]


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


def test_a_plan_is_handed_in_and_read(client, reviewer):
    UnitFactory(code="SNV", name="Sở Nội vụ")

    answer = post(client, "readings", purpose="launch", file=document())
    reading = PlanReading.objects.get()
    read_document(reading_id=reading.pk)
    read_document(reading_id=reading.pk)  # a doubled message finds nothing to do
    reading.refresh_from_db()
    draft = from_kept(reading.draft)

    assert (answer.url, reading.state) == (reading.get_absolute_url(), "done")
    assert draft.facts["issued_on"] == "2025-02-05"
    assert [(one.row.code, one.row.kind) for one in draft.entries][3:] == [
        ("I.1", "purpose"), ("II.1", "assignment_heading"), ("II.1.1", "assignment_bullet"),
        ("II.2", "assignment_heading"), ("II.2.1", "assignment_bullet"),
    ]  # fmt: skip
    assert draft.meant("Sở Nội vụ") == ("SNV",)
    assert draft.meant("UBND các huyện, thị xã, thành phố") == ("UBNDCH",)
    assert Campaign.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (document("ke-hoach.xlsx"), "Chỉ nhận tệp .pdf, .docx, .txt. "),
        (document("ke-hoach.txt", b"a\x00b"), "có nội dung không đúng với đuôi tệp"),
        (document("ke-hoach.docx"), "có nội dung không đúng với đuôi tệp"),
        (None, "Hãy chọn tệp văn bản kế hoạch."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, reviewer, sent, sentence):
    answer = post(client, "readings", purpose="launch", **({"file": sent} if sent else {}))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert PlanReading.objects.count() == 0


def test_an_amendment_needs_its_campaign(client, reviewer):
    CampaignFactory()

    answer = post(client, "readings", purpose="amendment", file=document())

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"campaign"}


def test_a_file_that_is_no_plan_says_so_and_is_not_tried_again(client, reviewer):
    post(client, "readings", purpose="launch", file=document(content="Chào buổi sáng."))
    reading = PlanReading.objects.get()

    read_document(reading_id=reading.pk)
    reading.refresh_from_db()

    assert (reading.state, reading.attempt, reading.next_try_at) == ("failed", 1, None)
    assert reading.error in client.get(reading.get_absolute_url()).content.decode()
    post(client, "reading-again", reading.pk)
    reading.refresh_from_db()
    assert reading.state == "queued"


def test_what_takes_too_much_is_the_files_fault(monkeypatch):
    def dies(*args, **options):
        raise Failed

    monkeypatch.setattr("campaign.tasks.run", dies)
    reading = PlanReadingFactory(waiting=True)

    read_document(reading_id=reading.pk)
    reading.refresh_from_db()

    assert (reading.state, reading.error) == ("failed", TOO_MUCH)


def test_others_do_not_learn_what_is_prepared(client):
    reading = PlanReadingFactory()
    client.force_login(OfficerFactory(UnitFactory()))

    assert client.get(reading.get_absolute_url()).status_code == 404
    assert client.get(reverse("campaign:readings")).status_code == 404


def test_each_row_is_shown_with_its_line_and_whom_it_names(client, reviewer):
    UnitFactory(code="SNV", name="Sở Nội vụ")
    reading = PlanReadingFactory(draft=draft_json(meant={"Sở Nội vụ": ["SNV"]}))

    page = client.get(reading.get_absolute_url())
    duty = page.context["rows"][2]

    assert (duty.kind, duty.verb, duty.lines) == ("Nhiệm vụ", "Chủ trì", "6")
    assert [(said.word, said.names[0].tone) for said in duty.roles] == [
        ("Giao", "green"), ("Chủ trì", "green"), ("Phối hợp", "amber"),
    ]  # fmt: skip
    assert 'id="d6"' in page.content.decode()


def test_the_screen_asks_as_often_for_three_rows_as_for_one(
    client, reviewer, django_assert_max_num_queries
):
    one, three = PlanReadingFactory(draft=draft_json(ROWS[2:])), PlanReadingFactory()
    client.get(one.get_absolute_url())
    with django_assert_max_num_queries(25) as few:
        client.get(one.get_absolute_url())
    with django_assert_max_num_queries(len(few)):
        client.get(three.get_absolute_url())


def test_rows_are_kept_dropped_and_taken_back_one_by_one(client, reviewer):
    reading = PlanReadingFactory()

    kept = post(client, "reading-act", reading.pk, 1, act="giu", revision=0)
    post(client, "reading-act", reading.pk, 2, act="bo", revision=0)

    assert kept.url.endswith("#muc-1")
    assert states(reading) == ["kept", "dropped", "proposed"]
    post(client, "reading-act", reading.pk, 2, act="lay-lai", revision=1)
    post(client, "reading-keep-all", reading.pk)
    assert states(reading) == ["kept"] * 3
    assert reading.saved_by == reviewer


def test_with_scripts_only_the_row_comes_back(client, reviewer):
    reading = PlanReadingFactory()

    one = post(client, "reading-act", reading.pk, 1, act="giu", revision=0, htmx=True)
    moved = post(client, "reading-act", reading.pk, 1, act="xuong", revision=1, htmx=True)

    assert one.content.decode().count('class="proposal ') == 1
    assert moved["HX-Retarget"] == "#de-xuat"
    assert moved.content.decode().count('class="proposal ') == 3


def test_a_press_on_a_row_somebody_changed_changes_nothing(client, reviewer):
    reading = PlanReadingFactory()
    post(client, "reading-act", reading.pk, 1, act="giu", revision=0)

    late = post(client, "reading-act", reading.pk, 1, act="bo", revision=0)
    with_scripts = post(client, "reading-act", reading.pk, 1, act="bo", revision=0, htmx=True)

    assert (late.status_code, with_scripts.status_code) == (409, 422)
    assert "vừa được người khác sửa" in late.content.decode()
    assert states(reading)[0] == "kept"


def typed(**changes):
    return {
        "revision": "0", "code": "II.1.1", "kind": "assignment_bullet", "text": "Nội dung mới.",
        "parent": "II.1", "verb": "direct", "assignees": "Sở Nội vụ\nSở Y tế", "due": "30/6/2024",
        **changes,
    }  # fmt: skip


def test_a_row_is_said_in_other_words(client, reviewer):
    reading = PlanReadingFactory()

    answer = post(client, "reading-row", reading.pk, 3, **typed())
    reading.refresh_from_db()
    entry = from_kept(reading.draft).entry(3)

    assert answer.url.endswith("#muc-3")
    assert (entry.row.assignees, entry.row.dates, entry.state) == (
        ("Sở Nội vụ", "Sở Y tế"), "2024-06-30", "kept",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "I.1"}, "__all__"),
        ({"code": "II/1"}, "code"),
        ({"parent": "IX"}, "parent"),
        ({"due": "31/2/2024"}, "due"),
        ({"text": " "}, "text"),
    ],
)
def test_bad_words_stay_on_the_page(client, reviewer, changes, field):
    reading = PlanReadingFactory()

    answer = post(client, "reading-row", reading.pk, 3, **typed(**changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Sở Y tế" in answer.content.decode()


def test_two_who_write_the_same_row_lose_nothing(client, reviewer):
    reading = PlanReadingFactory()
    post(client, "reading-row", reading.pk, 3, **typed(text="Của người trước."))

    late = post(client, "reading-row", reading.pk, 3, **typed(text="Của người sau."))
    autosave = post(client, "reading-row-autosave", reading.pk, 3, **typed(text="Của người sau."))

    assert late.status_code == 409
    assert "Của người trước." in late.content.decode()
    assert "Của người sau." in late.content.decode()
    assert autosave.status_code == 409
    assert autosave.json()["values"]["text"] == "Của người trước."
    again = {**typed(text="Của cả hai."), "revision": autosave.json()["revision"]}
    assert post(client, "reading-row-autosave", reading.pk, 3, **again).json()["revision"] == 2


def test_a_row_is_cut_and_one_is_added(client, reviewer):
    reading = PlanReadingFactory()
    place = ROWS[0].text.index("Tạo")

    post(client, "reading-row", reading.pk, 1, revision=0, tach=place)
    post(
        client,
        "reading-row-add",
        reading.pk,
        2,
        revision=0,
        code="II.9",
        kind="provision",
        text="Thêm.",
    )
    reading.refresh_from_db()

    codes = [one.row.code for one in from_kept(reading.draft).entries]
    assert codes == ["I.1", "I.1b", "II.1", "II.9", "II.1.1"]


def test_facts_are_saved_and_clash_without_loss(client, reviewer):
    reading = PlanReadingFactory()

    saved = post(client, "reading-facts-autosave", reading.pk, revision=0, name="Đợt một")
    late = post(client, "reading-facts", reading.pk, revision=0, name="Đợt hai")
    bad = post(client, "reading-facts-autosave", reading.pk, revision=1, issued_on="32/1/2024")

    assert saved.json()["revision"] == 1
    assert late.status_code == 409
    assert "Đợt một" in [value for _, _, value in late.context["theirs"]]
    assert late.context["form"]["name"].value() == "Đợt hai"
    assert (bad.status_code, list(bad.json()["errors"])) == (422, ["issued_on"])


def test_another_day_of_issue_means_the_units_of_that_day(client, reviewer):
    UnitFactory(code="CU", name="Sở Nội vụ", valid_to=date(2025, 2, 28))
    UnitFactory(code="MOI", name="Sở Nội vụ", valid_from=date(2025, 3, 1))
    reading = PlanReadingFactory(draft=draft_json(meant={"Sở Nội vụ": ["CU"]}))

    post(client, "reading-facts", reading.pk, revision=0, issued_on="01/4/2025")
    reading.refresh_from_db()

    assert from_kept(reading.draft).meant("Sở Nội vụ") == ("MOI",)


def test_a_person_says_whom_a_name_means(client, reviewer):
    UnitFactory(code="SYT", name="Sở Y tế")
    reading = PlanReadingFactory()

    wrong = post(client, "reading-names", reading.pk, **{"ten-0": "Sở Y", "ten-1": ""})
    right = {"ten-0": "Sở Y tế; Các sở, ban, ngành tỉnh", "ten-1": "Ngoài danh mục"}
    post(client, "reading-names", reading.pk, **right)
    reading.refresh_from_db()
    names = from_kept(reading.draft).names

    assert wrong.status_code == 422
    assert "Không có đơn vị hoặc nhóm đơn vị “Sở Y”." in wrong.content.decode()
    assert names["Sở Nội vụ"].meant == ("SYT", "SBN")
    assert names["các đơn vị liên quan"].state == "outside"


def test_a_class_shows_its_members_before_it_is_agreed_to(client, reviewer):
    UnitFactory(name="Sở Y tế", group="department")
    UnitFactory(name="UBND huyện Tân Biên", group="district")
    reading = PlanReadingFactory(draft=draft_json(meant={"Sở Nội vụ": ["SBN"]}))

    page = client.get(reverse("campaign:reading-names", args=[reading.pk]))
    body = next(one["shown"].bodies[0] for one in page.context["listed"] if one["shown"].bodies)

    assert {"Sở Y tế", "UBND huyện Tân Biên"} & {unit.name for unit in body.units} == {"Sở Y tế"}


def test_the_file_is_given_back(client, reviewer):
    reading = PlanReadingFactory()

    answer = client.get(reverse("campaign:reading-file", args=[reading.pk]))

    assert BytesIO(b"".join(answer.streaming_content)).read(5) == b"%PDF-"


def test_what_was_put_aside_is_only_read(client):
    client.force_login(BoardHeadFactory())
    reading = PlanReadingFactory()
    post(client, "reading-discard", reading.pk)

    assert post(client, "reading-act", reading.pk, 1, act="giu", revision=0).status_code == 409
    assert post(client, "reading-discard", reading.pk).status_code == 409
    assert client.get(reading.get_absolute_url()).status_code == 200
