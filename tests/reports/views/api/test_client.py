"""The example of the documentation is run as it stands there, and the page for people is read."""

import io
import re
import urllib.request

import pytest
from django.conf import settings
from django.urls import reverse

from reports.views.api.openapi import describe, name_of, shapes
from reports.views.api.resources import RESOURCES
from tests.factories import OfficerFactory

DOCUMENT = settings.BASE_DIR / "docs" / "api.md"
GUIDE = settings.BASE_DIR / "docs" / "huong-dan" / "api.md"


def test_the_client_of_the_documentation_reads_what_is_overdue(client, world, monkeypatch, capsys):
    example = {}
    exec(re.search(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[1], example)

    def answer(request, timeout):
        path = request.full_url.removeprefix(settings.SITE_URL)
        said = client.get(path, headers=request.headers)
        assert said.status_code == 200
        return io.BytesIO(said.content)

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    key = world.key_of("board_head")
    items = list(example["read_all"](settings.SITE_URL, key, "nghia-vu", so_dong=2))
    example["print_overdue"](settings.SITE_URL, key)

    assert len(items) == len({item["id"] for item in items}) > 4
    overdue = [item for item in items if "qua-han" in {word["code"] for word in item["states"]}]
    assert [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()] == [
        [item["unit"]["name"], item["title"]] for item in overdue
    ]


@pytest.mark.django_db
def test_the_page_names_every_parameter_and_field_of_the_description(client):
    client.force_login(OfficerFactory())
    page = client.get(reverse("reports:api")).content.decode()
    said = describe()

    for one in RESOURCES:
        names = [each["name"] for each in said["paths"][f"/{one.slug}"]["get"]["parameters"]]
        fields = said["components"]["schemas"][name_of(one.shape)]["properties"]
        assert all(f"<code>{name}</code>" in page for name in (*names[:-1], *fields))
        assert f"/api/v1/{one.slug}" in page
        assert one.scope.value in page
    assert "<script" not in page.partition('<main id="content"')[2]


def test_every_field_says_what_it_means_in_vietnamese():
    properties = [
        (name_of(shape), name, each["description"])
        for shape in shapes()
        for name, each in describe()["components"]["schemas"][name_of(shape)]["properties"].items()
    ]

    assert [row for row in properties if len(row[2]) < 4] == []
    assert {one.slug for one in RESOURCES} == {path.split("/")[1] for path in describe()["paths"]}


@pytest.mark.django_db
def test_the_description_is_read_without_a_key_and_not_twice(client):
    first = client.get("/api/v1/openapi.json")
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]})

    assert (first.json()["openapi"], again.status_code) == ("3.1.0", 304)


def test_the_documents_name_every_scope_and_limit():
    text, guide = DOCUMENT.read_text(), GUIDE.read_text()

    assert all(one.scope.value in text and f"`/{one.slug}`" in text for one in RESOURCES)
    assert "120 requests a minute" in text
    assert "120 lần trong một phút" in guide
