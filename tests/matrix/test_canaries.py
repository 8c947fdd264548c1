"""Who hears which word: every page, list, workbook and file, asked for by every person.

`visible.csv` says, by people's judgment after the table of rights, who reads what. A word heard
beyond that is a leak; a word that should be heard and is not is a page that hides too much.
"""

import csv
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse

from accounts.actions.token import make_token
from accounts.models import ApiToken
from lib import clock
from reports.views.api.resources import RESOURCES
from tests.matrix.block_year import addresses_of
from tests.matrix.canaries import CODE, Aviary, let_files_be_read, words_in
from tests.matrix.conftest import Browser, undone
from tests.matrix.passages import pages_of

pytestmark = pytest.mark.django_db

VISIBLE = Path(__file__).with_name("visible.csv")
PEOPLE = (
    "ex_member", "officer", "unit_head", "block_lead", "reviewer", "board_head", "council_member",
    "leadership", "administrator", "reviewer_of_own_unit",
)  # fmt: skip
OF_A_VERSION = (
    "sub-plan", "review", "draft", "receipt", "activities-export", "activities-workbook",
)  # fmt: skip
OF_A_REPORT = (
    "progress-report", "report-draft", "report-review", "report-workbook", "report-receipt",
)  # fmt: skip
# Every canary begins so; what a search finds of a person's own must not hide the leak behind it.
SEARCHES = (
    "?q=HC&loai=hoat-dong", "?q=HC&loai=de-nghi", "?q=HC&loai=trong-tep",
    "?q=HC&loai=trong-tep&trang=2", "?q=kế hoạch&loai=van-ban", "?q=HC",
)  # fmt: skip
LISTS = (
    *(f"/tim-kiem/{search}" for search in SEARCHES),
    "/", "/ke-hoach-trien-khai/", "/ke-hoach-trien-khai/?so_dong=tat-ca",
    "/hoat-dong/", "/hoat-dong/?so_dong=tat-ca", "/hoat-dong/?cot=tat-ca&xuat=xlsx",
    "/ke-hoach-trien-khai/?xuat=xlsx", "/ke-hoach-trien-khai/?cot=tat-ca&xuat=csv", "/tong-quan/", "/tong-quan/nhiem-vu/", "/tong-quan/cham-diem/", "/tong-quan/thay-doi/",
    "/tong-quan/hoat-dong/", "/tong-quan/hoat-dong/?cot=tat-ca&xuat=xlsx", "/bao-cao/", "/don-vi/",
    "/don-vi/?xuat=xlsx", "/khoi-thi-dua/", f"/ke-hoach/{CODE}/", f"/ke-hoach/{CODE}/?cua_toi=1",
    f"/ke-hoach/{CODE}/II.1/", "/quan-tri/campaign/subplan/", "/quan-tri/campaign/obligation/",
    "/quan-tri/campaign/extension/", "/quan-tri/scoring/scoresheet/", "/don-doc/", "/don-doc/danh-sach/?tinh_trang=phai-gui",
    "/don-doc/cong-van/", "/thu-da-gui/", "/khac-phuc/?cot=tat-ca&xuat=csv", *(
        f"/xem-xet/?phan_cong=tat-ca&muc={heap}"
        for heap in ("cho", "gui-lai", "cua-toi", "xong")
    ),
)  # fmt: skip


@cache
def visible():
    with VISIBLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def may_hear(person, canary):
    said = {"principal": person, "scope": canary.scope, "state": canary.state, "kind": canary.kind}
    return any(
        all(row[name] == "*" or value in row[name].split() for name, value in said.items())
        for row in visible()
    )


@pytest.fixture(scope="module")
def aviary(django_db_setup, django_db_blocker, kept_files):
    with django_db_blocker.unblock(), undone():
        with override_settings(FILES_ROOT=kept_files):
            hatched = Aviary()
            let_files_be_read()
        yield hatched


@pytest.fixture
def listener(aviary, db, settings, kept_files, plain_refusals):
    settings.FILES_ROOT = kept_files

    def signed_in(person):
        client = Browser()
        client.force_login(aviary.people[person])
        return client

    return signed_in


def addresses(aviary):
    yield from (*LISTS, *addresses_of(aviary.years))
    for activity in aviary.followed:
        yield from (
            reverse(f"campaign:followed-activity{act}", args=[activity.pk]) for act in ("", "-edit")
        )
    for plan in aviary.sub_plans.values():
        yield from (reverse(f"campaign:{name}", args=[plan.pk]) for name in OF_A_VERSION)
        file, activity = plan.files.get(), plan.activities.get()
        yield reverse("campaign:sub-plan-file", args=[plan.pk, file.pk])
        yield reverse("campaign:sub-plan-preview", args=[plan.pk, file.pk])
        yield reverse("campaign:activity-edit", args=[plan.pk, activity.pk])
        yield reverse("campaign:obligation", args=[plan.obligation().pk])
        yield reverse("units:unit", args=[plan.unit.code])
        yield f"/quan-tri/campaign/subplan/{plan.pk}/change/"
    yield from (reverse(f"campaign:{name}") for name in ("inspections", "follow-ups"))
    yield from (reverse("campaign:calendar-month", args=[2024, month]) for month in (3, 4, 5, 6))
    for visit in aviary.visits:
        yield reverse("campaign:visit", args=[visit.pk])
        yield reverse("campaign:visit-minutes", args=[visit.pk])
        yield reverse("campaign:visit-minutes-file", args=[visit.pk, "docx"])
        yield f"{reverse('campaign:inspection-round', args=[visit.round_id])}?xuat=xlsx"
    for owed in aviary.follow_ups:
        yield reverse("campaign:follow-up", args=[owed.pk])
        yield reverse("campaign:obligation", args=[owed.pk])
        file = owed.answers.get().files.get()
        yield reverse("campaign:follow-up-file", args=[owed.pk, file.pk])
    for report in aviary.reports:
        yield from (reverse(f"campaign:{name}", args=[report.pk]) for name in OF_A_REPORT)
        yield f"/bao-cao-ky/?don-vi={report.unit.code}"
    for piece in aviary.evidence:
        about, of = ("activity", piece.activity) if piece.activity else ("report", piece.report)
        yield reverse(f"campaign:evidence-of-{about}", args=[of.pk])
        yield reverse("campaign:evidence", args=[piece.pk])


def of_sheets(aviary):
    yield reverse("scoring:home")
    for sheet in aviary.sheets:
        yield from (
            reverse(f"scoring:{name}", args=[sheet.pk])
            for name in ("sheet", "sheet-export", "sheet-workbook", "sheet-return")
        )
        yield reverse("scoring:sheet-why", args=[sheet.pk, "A"])
        yield reverse("scoring:evidence-file", args=[sheet.pk, sheet.evidence.get().pk])
        block = [sheet.scale.block.code, sheet.scale.year]
        yield from (
            reverse(f"scoring:{name}", args=block) for name in ("block-sheets", "block-grid")
        )


def of_awards(aviary):
    yield reverse("awards:dossiers")
    for row in aviary.nominations:
        dossier = row.dossier_id
        yield from (
            reverse(f"awards:{name}", args=[dossier])
            for name in ("dossier", "dossier-letter", "dossier-return", "nomination-add")
        )
        yield from (
            reverse(f"awards:{name}", args=[row.pk])
            for name in ("nomination", "nomination-edit", "nomination-sources")
        )
        yield reverse("awards:nomination-report", args=[row.pk, "docx"])
        for paper in ("to-trinh", "bien-ban"):
            yield reverse("awards:dossier-file", args=[dossier, paper, "docx"])
        yield reverse("awards:paper", args=[row.dossier.papers.get().pk])


# Told by the key of the person; what the pages say is not changed by it.
OF_THE_API = tuple(
    f"/api/v1/{one.slug}?so_dong=200{more}"
    for one in RESOURCES
    for more in ("", *(["&trang_thai=da-gop"] if one.slug == "hoat-dong" else []))
)


def key_of(person):
    at = clock.now()
    _, key = make_token(
        "Canh", list(ApiToken.Scope), expires_at=at + timedelta(days=1), by=person, at=at
    )
    return key


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_hears_what_is_theirs_and_nothing_else(aviary, listener, person):
    browser, heard = listener(person), {}
    for address in (
        *addresses(aviary),
        *of_sheets(aviary),
        *of_awards(aviary),
        *pages_of(aviary.papers),
    ):
        for word in words_in(browser.get(address)):
            heard.setdefault(word, address)
    due = {word for word, canary in aviary.canaries.items() if may_hear(person, canary)}

    leaks = {(aviary.canaries[word], heard[word]) for word in heard.keys() - due}
    missing = {aviary.canaries[word] for word in due - heard.keys()}
    assert (leaks, missing) == (set(), set())
