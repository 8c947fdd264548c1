"""The page of search and the list of the top bar; what is found, `tests/reports/test_search.py`."""

from io import BytesIO

import pytest
from django.urls import reverse

from files.actions import stage_file
from files.models import FileText
from files.tasks import read_text
from tests.factories import (
    ActivityFactory,
    CampaignFactory,
    FileTextFactory,
    LeadershipFactory,
    OfficerFactory,
    SubPlanFactory,
    SubPlanFileFactory,
    UnitFactory,
    UserFactory,
)
from tests.files import builders as build

pytestmark = pytest.mark.django_db
URL = reverse("reports:search")


@pytest.fixture
def leader(client):
    client.force_login(LeadershipFactory())
    return client


def groups(response):
    return {group.kind.code: group for group in response.context["answer"].groups}


def test_the_words_of_a_file_that_was_sent_are_found_once_they_are_read(leader, at):
    content = BytesIO(build.docx("Mở đầu.", "Tổ chức Ngày hội Hoà Thành <b>xanh</b>."))
    staged = stage_file(by=UserFactory(), at=at, name="ke-hoach.docx", content=content)
    plan = SubPlanFactory(submitted=True, signed_file=False)
    SubPlanFileFactory(sub_plan=plan, stored=staged.stored, name=staged.name)
    before = groups(leader.get(URL, {"q": "ngày hội hòa thành"}))

    read_text(text_id=FileText.objects.get().pk)
    response = leader.get(URL, {"q": "ngày hội hòa thành"})

    group = groups(response)["trong-tep"]
    assert (before, [hit.url for hit in group.hits]) == ({}, [plan.get_absolute_url()])
    page = response.content.decode()
    assert "Tổ chức <mark>Ngày hội Hoà Thành</mark> &lt;b&gt;xanh&lt;/b&gt;." in page
    assert "<b>xanh</b>" not in page


def test_each_kind_has_its_pages(leader):
    campaign = CampaignFactory()
    for number in range(23):
        ActivityFactory(campaign=campaign, title=f"Trồng cây lần {number}")

    everything = leader.get(URL, {"q": "trồng cây"})
    last = leader.get(URL, {"q": "trồng cây", "loai": "hoat-dong", "trang": "2"})

    group = groups(everything)["hoat-dong"]
    assert (len(group.hits), group.count, group.is_more) == (5, 23, True)
    assert "Xem cả 23 kết quả" in everything.content.decode()
    assert (len(groups(last)["hoat-dong"].hits), last.context["page"].number) == (3, 2)


def test_while_typing_the_list_is_a_few_options_and_a_way_to_all(leader):
    for number in range(4):
        UnitFactory(name=f"Sở Mẫu {number}")

    response = leader.get(URL, {"q": "sở mẫu"}, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert (page.count('role="option"'), "<html" in page) == (4, False)
    assert f'href="{URL}?q=s%E1%BB%9F%20m%E1%BA%ABu"' in page
    assert "Xem cả 4 kết quả" in page


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "không có gì giống thế này", "x" * 5_000])
def test_nothing_found_says_what_to_try(leader, typed):
    response = leader.get(URL, {"q": typed, "loai": "khong-co", "trang": "9"})

    assert (response.status_code, groups(response)) == (200, {})
    assert ("Gõ có dấu hay không dấu" in response.content.decode()) == bool(typed.strip())


def test_what_was_typed_comes_back_as_words_and_never_as_code(leader):
    page = leader.get(URL, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_another_unit_hears_nothing_of_a_draft_while_typing(client):
    plan = SubPlanFactory(document_number="77/KH-BIAN")
    text = FileTextFactory(text="Điều bí ẩn")
    SubPlanFileFactory(sub_plan=plan, stored=text.stored, name="bi-an.pdf")

    def told(person):
        client.force_login(person)
        answer = client.get(URL, {"q": "điều bí ẩn"}, headers={"HX-Request": "true"})
        return "bi-an.pdf" in answer.content.decode()

    assert (told(OfficerFactory(plan.unit)), told(OfficerFactory())) == (True, False)


def test_who_has_no_role_has_no_search(client):
    client.force_login(UserFactory())

    assert client.get(URL, {"q": "sở"}).status_code == 404
    assert "data-top-search" not in client.get("/").content.decode()
