"""What somebody tries who knows the portal: other methods, no token, more fields, an old session."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from accounts.models import AuditEvent
from lib import clock
from tests.matrix.conftest import undone
from tests.matrix.samples import body_of, path_of, sample_of
from tests.matrix.traces import changes, tables, watched
from tests.matrix.walk import views
from units.models import Membership

pytestmark = pytest.mark.django_db

MARK = "TRƯỜNG-THỪA-7391"
# Every name of a field that decides something, whatever form it is sent to.
EXTRA = {
    "status": "accepted", "state": "done", "unit_id": "999", "campaign": "999", "campaign_id": "1",
    "version": "99", "id": "1", "pk": "1", "submitted_at": "2020-01-01 00:00", "met_at": "2020-01-01",
    "receipt_code": MARK, "saved_by": "1", "reviewer": "1", "decided_by": "1", "created_by": "1",
    "is_staff": "1", "is_superuser": "1", "is_active": "0", "role": "administrator",
    "closes_at": "2030-01-01 00:00", "extended_to": "2030-01-01", "sub_plan": "1", "position": "77",
    "key": "00000000-0000-0000-0000-000000000001", "owner": "1", "sha256": MARK, "snapshot": MARK,
    "by": "1", "at": "2020-01-01 00:00", "voided_at": "2020-01-01 00:00", "asked_by": "1",
}  # fmt: skip
# What differs between two runs of the same thing: keys and codes made at random.
RANDOM = {"accounts.SentForm", "accounts.Mail", "campaign.CalendarKey", "accounts.ApiToken"}
TOKENS = re.compile(rb'(?<=")[A-Za-z0-9]{64}(?=")|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


def posted():
    """Our own addresses that take a form."""
    return [
        name
        for name, declared in views().items()
        if declared and "POST" in declared and not name.startswith(("admin:", "account_"))
    ]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
def test_no_address_answers_another_method(world, browsers, method):
    answered = {
        name: status
        for name in views()
        if (status := _generic(browsers, world, name, method).status_code) != 405
    }

    assert answered == {}


def _generic(browsers, world, name, method):
    return browsers.of("board_head").generic(method, path_of(name, world, "own"))


def test_no_form_is_taken_without_its_token(world):
    taken = {}
    for name, declared in views().items():
        if declared is not None and "POST" not in declared:
            continue
        client = Client(enforce_csrf_checks=True)
        client.force_login(
            world.people["administrator" if name.startswith("admin:") else "officer"]
        )
        path = path_of(name, world, "own")
        answers = [
            client.post(path, {"loi": MARK}),
            client.post(path, {"loi": MARK, "csrfmiddlewaretoken": "a" * 64}),
            client.post(path, {"loi": MARK}, secure=True, HTTP_ORIGIN="https://evil.example"),
        ]
        said = [(answer.status_code, MARK in answer.content.decode()) for answer in answers]
        if said != [(403, True)] * 3:
            taken[name] = said

    assert taken == {}


@pytest.mark.parametrize("name", posted())
def test_fields_a_form_does_not_have_change_nothing(world, browsers, monkeypatch, name):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    state = sample_of(name).states[-1 if name.startswith("campaign:review") else 0]
    for principal in ("unit_head", "board_head"):
        plain, more = (
            _after(world, browsers, name, state, principal, extra) for extra in ({}, EXTRA)
        )
        assert changes(plain, more) - RANDOM == set()


def _after(world, browsers, name, state, principal, extra):
    """The tables after a form was sent, but for what is made at random."""
    with undone():
        if state:
            world.put("own", state)
        body = {**extra, **body_of(name, world, "own", principal)}
        browsers.of(principal).post(path_of(name, world, "own"), body)
        said = tables()
    for model, column in (
        ("campaign.Activity", "key"),
        ("campaign.SubPlan", "receipt_code"),
        ("campaign.ProgressReport", "receipt_code"),
        ("campaign.PlannedActivity", "key"),
        ("awards.Dossier", "key"),
        ("scoring.Ballot", "box"),
        ("awards.CouncilBallot", "box"),
        ("awards.CouncilBallot", "box_name"),
    ):
        said[model] = _blanked(model, column, said[model])
    return said


def _blanked(model, column, rows):
    from_model = apps.get_model(model)
    place = [field.name for field in from_model._meta.concrete_fields].index(column)
    assert MARK not in {row[place] for row in rows}
    return [(*row[:place], None, *row[place + 1 :]) for row in rows]


@pytest.mark.parametrize("principal", ["officer", "reviewer", "board_head", "administrator"])
def test_looking_changes_nothing(world, browsers, blank_pages, principal):
    world.put("own", "submitted")
    before, changed = tables(), {}
    for name, declared in views().items():
        if (declared is not None and "GET" not in declared) or name == "account_logout":
            continue
        with watched() as pen:
            browsers.of(principal).get(path_of(name, world, "own"))
        if found := pen.traces(before):
            changed[name] = found

    assert changed == {}


def test_a_role_that_ended_is_over_at_the_next_request(world, browsers):
    path = path_of("campaign:draft", world, "own")
    began = browsers.of("officer").get(path).status_code
    yesterday = clock.local_day(clock.now()) - timedelta(days=1)
    Membership.objects.filter(user=world.people["officer"]).update(valid_to=yesterday)

    assert (began, browsers.of("officer").get(path).status_code) == (200, 404)


def test_a_role_that_was_taken_away_is_over_at_the_next_request(world, browsers):
    path = path_of("campaign:queue", world, "own")
    began = browsers.of("reviewer").get(path).status_code
    Membership.objects.filter(user=world.people["reviewer"]).update(role="council_member")

    assert (began, browsers.of("reviewer").get(path).status_code) == (200, 403)


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "md5$muoi$0"}])
def test_a_closed_account_and_an_old_password_are_out_at_the_next_request(world, browsers, change):
    path, person = path_of("campaign:draft", world, "own"), world.people["officer"]
    began = browsers.of("officer").get(path).status_code
    type(person).objects.filter(pk=person.pk).update(**change)
    answer = browsers.of("officer").get(path)

    assert (began, answer.status_code) == (200, 302)
    assert answer.url.startswith("/tai-khoan/dang-nhap/")


def test_what_does_not_exist_and_what_may_not_be_seen_look_the_same(world, browsers):
    """One body for both, or the difference tells that there is something."""
    different = []
    for name in ("sub-plan", "draft", "receipt", "review", "obligation", "activities-export"):
        unseen = path_of(f"campaign:{name}", world, "other_block")
        absent = path_of(f"campaign:{name}", world, "other_block", pk=987654)
        pages = [browsers.of("officer").get(path) for path in (unseen, absent)]
        texts = {page.content.replace(b"987654", b"0") for page in map(_faceless, pages)}
        if [page.status_code for page in pages] != [404, 404] or len(texts) > 1:
            different.append(name)

    assert different == []


def _faceless(page):
    """A page without the tokens that differ each time."""
    page.content = TOKENS.sub(b"", page.content)
    return page


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _lacks(answer, *, signed_in):
    lacking = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy and "default-src 'none'" not in policy:
        lacking.add("Content-Security-Policy")
    if "frame-ancestors" not in policy:
        lacking.add("frame-ancestors")
    if signed_in and "no-store" not in answer.headers.get("Cache-Control", ""):
        lacking.add("no-store")
    return lacking


@pytest.mark.parametrize("principal", ["anonymous", "officer", "board_head", "administrator"])
def test_every_answer_carries_the_headers(world, browsers, blank_pages, principal):
    world.put("own", "submitted")
    lacking = {}
    for name in views():
        path = path_of(name, world, "own")
        for method in ("GET", "POST", "FOO"):
            answer = browsers.of(principal).generic(method, path)
            if found := _lacks(answer, signed_in=principal != "anonymous"):
                lacking[method, name, answer.status_code] = found

    assert lacking == {}


@pytest.mark.parametrize(
    ("query", "options", "status"),
    [
        ("/?t=%00", {}, 400),
        ("/", {"CONTENT_LENGTH": str(10**10)}, 413),
        ("/khong-co/", {}, 404),
    ],
)
def test_early_refusals_carry_the_headers_too(world, browsers, query, options, status):
    answer = browsers.of("officer").get(query, **options)

    assert (answer.status_code, _lacks(answer, signed_in=True)) == (status, set())


def test_the_trail_keeps_who_acted(world, browsers):
    world.put("own", "draft")
    path = path_of("campaign:activity-remove", world, "own")
    browsers.of("officer").post(path, body_of("campaign:activity-remove", world, "own", "officer"))

    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.by) == ("activity_removed", world.people["officer"])


@pytest.mark.parametrize(
    "wish", ["//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_door_leads_nowhere_else(world, wish):
    client = Client()
    typed = {"login": world.people["officer"].username, "password": "mat-khau-thu-nghiem"}
    answer = client.post("/tai-khoan/dang-nhap/", {**typed, "next": wish})

    assert (answer.status_code, answer.url) == (302, "/")
    assert settings.SESSION_COOKIE_NAME in client.cookies
