"""The drafting page: saving, two editors, files, what does not apply, the last check."""

import json
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaign.models import Exclusion, SubPlan
from files.actions import stage_file
from tests.factories.accounts import UserFactory
from tests.factories.campaign import (
    DutyFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    SubPlanFileFactory,
)
from tests.factories.units import HeadFactory, OfficerFactory, UnitFactory

pytestmark = pytest.mark.django_db

TEXTS = {
    "document_number": "15/KH-SNV",
    "document_date": "18/3/2024",
    "signer_name": "Trần Thị Lan",
    "signer_position": "Giám đốc",
    "legal_basis": "Căn cứ Kế hoạch ngày 07/3/2024",
    "purpose": "Mục đích",
    "theme": "Chủ đề",
    "organisation": "Tổ chức",
    "commendation": "Khen thưởng",
    "ho_chi_minh_link": "Học tập Bác",
}


@pytest.fixture
def draft():
    return SubPlanFactory()


@pytest.fixture
def officer(client, draft):
    officer = OfficerFactory(draft.unit)
    client.force_login(officer)
    return officer


def page(draft):
    return reverse("campaign:draft", args=[draft.pk])


def form(**more):
    return {"form_key": str(uuid4()), "revision": "0", **TEXTS, **more}


def test_draft_shows_an_anchor_for_every_finding(client, officer):
    DutyFactory(unit=officer.memberships.get().unit)
    PlanItemFactory(solution=True)
    draft = SubPlanFactory(
        unit=UnitFactory(), document_number="", document_date=None, signer_name="",
        legal_basis="", purpose="", theme="", organisation="", commendation="",
        ho_chi_minh_link="",
    )  # fmt: skip
    DutyFactory(unit=draft.unit)
    PlannedActivityFactory(sub_plan=draft, bare=True)
    client.force_login(OfficerFactory(draft.unit))

    response = client.get(page(draft))

    shown = response.content.decode()
    findings = [*response.context["errors"], *response.context["warnings"]]
    missing = [finding.anchor for finding in findings if f'id="{finding.anchor}"' not in shown]
    assert len(findings) == 15
    assert missing == []


def test_saving_without_scripts_keeps_texts_and_counts_a_revision(client, officer, draft):
    response = client.post(page(draft), form())

    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.document_number, draft.purpose) == ("15/KH-SNV", "Mục đích")
    assert (draft.revision, draft.saved_by) == (1, officer)


def test_a_bad_date_keeps_what_was_typed(client, officer, draft):
    response = client.post(page(draft), form(document_date="31/2/2024", purpose="Còn đây"))

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "document_date": ["“31/2/2024” không phải là một ngày có trong lịch."]
    }
    assert response.context["form"]["purpose"].value() == "Còn đây"


def test_control_characters_never_reach_the_draft(client, officer, draft):
    client.post(page(draft), form(purpose="Một\x00\x0b hai\r\nba", signer_name=" A\x01n\tB "))

    draft.refresh_from_db()
    assert (draft.purpose, draft.signer_name) == ("Một hai\nba", "An B")


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(client, officer, draft):
    client.post(page(draft), form(purpose="Của người trước"))

    response = client.post(page(draft), form(purpose="Của tôi"))

    draft.refresh_from_db()
    assert response.status_code == 409
    assert draft.purpose == "Của người trước"
    clashes = [(clash.label, clash.stored) for clash in response.context["clashes"]]
    assert clashes == [("Mục đích, yêu cầu", "Của người trước")]
    assert response.context["form"]["purpose"].value() == "Của tôi"
    assert response.context["form"]["revision"].value() == 1


def test_after_the_clash_was_shown_saving_again_counts(client, officer, draft):
    client.post(page(draft), form(purpose="Của người trước"))

    client.post(page(draft), form(purpose="Của tôi", revision="1"))

    draft.refresh_from_db()
    assert draft.purpose == "Của tôi"


def test_autosave_answers_with_the_next_revision(client, officer, draft):
    url = reverse("campaign:draft-autosave", args=[draft.pk])

    response = client.post(url, {"revision": "0", **TEXTS})

    draft.refresh_from_db()
    assert response.status_code == 200
    assert response.json()["revision"] == 1
    assert draft.theme == "Chủ đề"


def test_autosave_tells_of_the_colleague(client, officer, draft):
    url = reverse("campaign:draft-autosave", args=[draft.pk])
    client.post(url, {"revision": "0", **TEXTS})

    response = client.post(url, {"revision": "0", **TEXTS, "theme": "Khác"})

    answer = json.loads(response.content)
    assert response.status_code == 409
    assert (answer["revision"], answer["saved_by"]) == (1, str(officer))
    assert answer["values"] == TEXTS


def test_saving_what_was_handed_over_meanwhile_keeps_what_was_typed(client, officer, draft):
    SubPlan.objects.filter(pk=draft.pk).update(status=SubPlan.Status.AWAITING_HEAD)

    response = client.post(page(draft), form(purpose="Gõ muộn"))

    draft.refresh_from_db()
    assert response.status_code == 409
    assert response.context["form"]["purpose"].value() == "Gõ muộn"
    assert draft.purpose != "Gõ muộn"


def test_autosave_of_what_is_no_longer_a_draft_says_so(client, officer, draft):
    SubPlan.objects.filter(pk=draft.pk).update(status=SubPlan.Status.AWAITING_HEAD)
    url = reverse("campaign:draft-autosave", args=[draft.pk])

    response = client.post(url, {"revision": "0", **TEXTS})

    assert response.status_code == 409
    assert response.json() == {
        "message": "Bản này đã trình thủ trưởng nên không sửa được. "
        "Cần sửa thêm, mời đề nghị thủ trưởng chuyển lại."
    }


def test_autosave_of_a_bad_date_writes_nothing(client, officer, draft):
    url = reverse("campaign:draft-autosave", args=[draft.pk])

    response = client.post(url, {"revision": "0", **TEXTS, "document_date": "mai"})

    draft.refresh_from_db()
    assert response.status_code == 422
    assert [*response.json()["errors"]] == ["document_date"]
    assert draft.revision == 0


@pytest.mark.parametrize("name", ["campaign:draft", "campaign:draft-autosave"])
def test_others_do_not_see_the_draft(client, draft, name):
    client.force_login(OfficerFactory())

    response = client.post(reverse(name, args=[draft.pk]), form())

    assert response.status_code == 404


def test_what_was_sent_opens_for_reading_instead(client):
    sent = SubPlanFactory(submitted=True)
    client.force_login(OfficerFactory(sent.unit))

    response = client.get(page(sent))

    assert response.url == sent.get_absolute_url()


def test_the_same_press_is_answered_once(client, officer, draft):
    sent = form()
    first = client.post(page(draft), sent)

    second = client.post(page(draft), sent)

    draft.refresh_from_db()
    assert (first.status_code, second.url) == (302, first.url)
    assert draft.revision == 1


def test_a_file_that_is_not_what_it_says_is_refused_on_the_page(client, officer, draft):
    content = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    url = reverse("campaign:draft-files", args=[draft.pk])
    file = SimpleUploadedFile("anh.png", content)

    response = client.post(url, {"form_key": str(uuid4()), "kind": "signed", "files": file})

    assert response.status_code == 422
    assert response.context["files_error"].startswith("Tệp “anh.png”")


def test_a_file_without_scripts_is_attached(client, officer, draft):
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    url = reverse("campaign:draft-files", args=[draft.pk])
    file = SimpleUploadedFile("../ảnh chụp.png", content.getvalue())

    response = client.post(url, {"form_key": str(uuid4()), "kind": "annex", "files": file})

    assert response.url == f"{page(draft)}#files"
    assert [(f.name, f.kind) for f in draft.files.all()] == [("ảnh chụp.png", "annex")]


def test_a_file_staged_before_is_attached_by_its_token(client, officer, draft, at):
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    staged = stage_file(by=officer, at=at, name="anh.png", content=content)
    url = reverse("campaign:draft-files", args=[draft.pk])

    client.post(url, {"form_key": str(uuid4()), "kind": "signed", "staged": str(staged.token)})

    assert [f.stored for f in draft.files.all()] == [staged.stored]


def test_a_file_another_person_staged_is_refused(client, officer, draft, at):
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    staged = stage_file(by=UserFactory(), at=at, name="anh.png", content=content)
    url = reverse("campaign:draft-files", args=[draft.pk])

    response = client.post(
        url, {"form_key": str(uuid4()), "kind": "signed", "staged": str(staged.token)}
    )

    assert response.status_code == 409
    assert list(draft.files.all()) == []


def test_attaching_nothing_says_so(client, officer, draft):
    url = reverse("campaign:draft-files", args=[draft.pk])

    response = client.post(url, {"form_key": str(uuid4()), "kind": "signed"})

    assert response.status_code == 422
    assert response.context["files_error"] == "Chưa có tệp nào. Hãy chọn tệp rồi bấm Đính kèm."


def test_a_file_is_taken_off_the_draft(client, officer, draft):
    file = SubPlanFileFactory(sub_plan=draft)
    url = reverse("campaign:draft-file-remove", args=[draft.pk, file.pk])

    client.post(url, {"form_key": str(uuid4())})

    assert list(draft.files.all()) == []


def test_a_duty_that_does_not_apply_needs_a_reason(client, officer, draft):
    duty = DutyFactory(unit=draft.unit)
    url = reverse("campaign:draft-exclude", args=[draft.pk, duty.item.code])

    empty = client.post(url, {"form_key": str(uuid4()), "reason": " "})
    told = client.post(url, {"form_key": str(uuid4()), "reason": "Đơn vị không có lực lượng"})

    assert (empty.status_code, told.status_code) == (422, 302)
    assert [x.reason for x in Exclusion.objects.all()] == ["Đơn vị không có lực lượng"]


def test_a_reason_is_taken_back(client, officer, draft):
    duty = DutyFactory(unit=draft.unit)
    Exclusion.objects.create(sub_plan=draft, plan_item=duty.item, reason="Không")
    url = reverse("campaign:draft-exclude", args=[draft.pk, duty.item.code])

    client.post(url, {"form_key": str(uuid4()), "bo": "1"})

    assert list(Exclusion.objects.all()) == []


def test_the_head_is_offered_to_send_and_the_officer_to_hand_over(client, draft, officer):
    shown_to_officer = client.get(page(draft)).context["can_submit"]
    client.force_login(HeadFactory(draft.unit))

    assert (shown_to_officer, client.get(page(draft)).context["can_submit"]) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_draft_asks_the_database_the_same_for_any_number_of_rows(
    client, officer, draft, count, django_assert_num_queries
):
    for _ in range(count):
        item = DutyFactory(unit=draft.unit).item
        PlannedActivityFactory(sub_plan=draft, plan_items=[item], participants=[UnitFactory()])
        SubPlanFileFactory(sub_plan=draft)
    client.get(page(draft))

    with django_assert_num_queries(32):
        client.get(page(draft))
