"""The demonstration is loaded once for all tests of this file; each leaves it as it found it."""

import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Sum
from django.test import override_settings
from pypdf import PdfReader

from accounts.models import AuditEvent, User
from campaign import checklist
from campaign.datasets.content import content_of
from campaign.datasets.ledger_faults import ledger_faults
from campaign.datasets.totals import totals
from campaign.models import (
    Activity,
    Adjustment,
    Campaign,
    Exemplar,
    Extension,
    Figure,
    Obligation,
    Participation,
    PlannedActivity,
    ProgressReport,
    ReportingPeriod,
    SubPlan,
    SubPlanFile,
)
from files.store import path_of
from lib import clock
from reports import sealed
from reports.demo import accounts, progress, writer
from reports.models import Report
from scoring.models import Mark, Ranking, ScoreSheet, ScoringScale
from units.models import Membership, Unit

TRAINING = datetime(2024, 3, 20, 9, 0, tzinfo=clock.LOCAL)
MID_APRIL = datetime(2024, 4, 14, 12, 0, tzinfo=clock.LOCAL)
MOMENTS = ("created_at", "submitted_at", "decided_at", "voided_at", "saved_at")


def play(**options):
    call_command("demo", stdout=StringIO(), **options)


def said():
    """One hash over everything the demonstration says, without the keys the database gave."""
    texts = hashlib.sha256()
    plans = SubPlan.objects.select_related("unit", "reviewer").order_by("unit__code", "version")
    for plan in plans.prefetch_related("activities__plan_items", "files__stored"):
        rows = [
            (row.title, row.starts_on, row.ends_on, row.quantity, row.cost, row.product,
             [item.code for item in row.plan_items.all()])
            for row in plan.activities.order_by("position")
        ]  # fmt: skip
        files = [file.stored.sha256 for file in plan.files.all()]
        own = [getattr(plan, name) for name in ("status", *SubPlan.TEXT_FIELDS, *MOMENTS)]
        texts.update(repr((plan.unit.code, plan.version, own, rows, files)).encode())
    return texts.hexdigest()


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of its files, and what was said by a first run that was taken back again."""
    files = tmp_path_factory.mktemp("demonstration")
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_ROOT=files, **quick),
        transaction.atomic(),
    ):
        call_command("load_units", stdout=StringIO())
        call_command("load_campaign", "2024", stdout=StringIO())
        with transaction.atomic():
            play()
            before = said()
            transaction.set_rollback(True)
        play()
        yield files, before
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _its_files(demonstration, db, settings):
    settings.FILES_ROOT = demonstration[0]


# --- what is there ----------------------------------------------------------------------------


def test_every_state_has_its_examples():
    assert Counter(SubPlan.objects.latest_versions().values_list("status", flat=True)) == {
        "accepted": 39,
        "submitted": 20,
        "returned": 8,
        "under_review": 6,
        "draft": 5,
        "awaiting_head": 3,
        "withdrawn": 1,
    }


def test_there_are_versions_voids_and_papers_among_them():
    assert SubPlan.objects.count() == 90
    assert SubPlan.objects.exclude(voided_at=None).count() == 2
    assert SubPlan.objects.exclude(channel=SubPlan.Channel.PORTAL).count() == 4
    assert SubPlan.objects.filter(version=2).count() == 8
    assert PlannedActivity.objects.count() == 581


def test_the_ledger_has_those_on_time_late_extended_and_exempt():
    owed = Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN)

    assert Counter(owed.values_list("level", flat=True)) == {
        "required": 99,
        "encouraged": 4,
        "exempt": 2,
    }
    assert (owed.met_on_time().count(), owed.met_late().count()) == (58, 13)
    assert list(Extension.objects.values_list("obligation__unit__code", flat=True)) == ["BQLDAGT"]
    assert ledger_faults() == []


def test_the_unit_of_the_guide_has_not_begun():
    assert not SubPlan.objects.filter(unit__code="SVHTTDL").exists()


def test_what_was_sent_by_the_portal_passes_the_checklist():
    wrong = {}
    sent = SubPlan.objects.filter(submitted_at__isnull=False, channel=SubPlan.Channel.PORTAL)
    for plan in sent.select_related("campaign", "unit"):
        findings = checklist.check(content_of(plan, today=clock.local_day(plan.submitted_at)))
        if errors := checklist.errors(findings):
            wrong[plan.unit.code] = errors

    assert wrong == {}


def test_blocks_score_by_their_scales_and_one_is_ranked():
    assert Counter(ScoringScale.objects.values_list("status", flat=True)) == {
        "in_force": 6, "superseded": 3, "draft": 1,
    }  # fmt: skip
    assert Counter(ScoreSheet.objects.values_list("status", flat=True)) == {
        "locked": 6, "block_appraised": 3, "submitted": 3, "draft": 1,
    }  # fmt: skip
    ranking = Ranking.objects.get()
    assert (ranking.status, ranking.rows.exclude(position=None).count()) == ("published", 6)
    above = Mark.objects.exclude(level="self").exclude(by=None)
    own = Membership.objects.filter(user=OuterRef("by"), unit=OuterRef("sheet__unit"))
    assert not above.filter(Exists(own)).exists()


def test_nobody_reviewed_a_unit_they_belong_to():
    own = Membership.objects.filter(user=OuterRef("reviewer"), unit=OuterRef("unit"))

    assert SubPlan.objects.filter(Exists(own)).count() == 0


@pytest.mark.parametrize("model", [SubPlan, ProgressReport])
def test_every_submission_left_its_trace(model):
    sent = model.objects.filter(submitted_at__isnull=False).count()
    traces = AuditEvent.objects.filter(verb="submitted", subject_type=model._meta.label)

    assert traces.count() == sent


def test_the_months_after_are_played_on():
    reports = ProgressReport.objects.latest_versions()
    states = Counter(reports.values_list("period__name", "status"))
    owed = Obligation.objects.of_kind(Obligation.Kind.PROGRESS_REPORT)
    said = Counter(Participation.objects.values_list("state", flat=True))
    may = ReportingPeriod.objects.get(name="tháng 5/2024")
    seen = totals(may.campaign, may)
    talks = next(row for row in seen.indicators if row.code == "CT02")

    assert states["tháng 4/2024", "accepted"] == states["tháng 5/2024", "accepted"] == 18
    assert {status for _, status in states} == {"accepted", "submitted", "returned", "draft"}
    assert owed.count() == 2 * progress.OWING
    assert owed.met_late().exists()
    assert owed.outstanding().exists()
    assert set(said) == {"confirmed", "contested"}
    assert Adjustment.objects.exists()
    assert Exemplar.objects.exists()
    assert all("(mẫu)" in row.name for row in Exemplar.objects.all())
    assert seen.province[talks.pk].amount.brought > 0
    assert seen.province[talks.pk].amount.registered > 0


def test_each_paper_opens_and_says_it_is_a_sample():
    papers = SubPlanFile.objects.select_related("stored", "sub_plan__unit")
    read = {}
    for paper in papers:
        pages = PdfReader(path_of(paper.stored.sha256)).pages
        words = " ".join(pages[0].extract_text().split())
        read[paper.sub_plan_id] = len(pages), "TÀI LIỆU MẪU" in words.upper()

    assert set(read.values()) == {(1, True)}
    assert len(read) == SubPlan.objects.count()


# --- the same each time -----------------------------------------------------------------------


def test_a_second_fresh_run_says_the_same(demonstration):
    assert said() == demonstration[1]


def test_the_stories_do_not_hang_on_the_order_of_hashes():
    codes = list(Unit.objects.in_protocol_order().values_list("code", flat=True))
    program = (
        "import hashlib, sys; from reports.demo.scenario import stories; "
        "print(hashlib.sha256(repr(stories(sys.argv[1:])).encode()).hexdigest())"
    )

    answers = {
        subprocess.run(
            [sys.executable, "-c", program, *codes],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=configured.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1


def test_running_it_again_adds_nothing():
    before = said(), User.objects.count(), AuditEvent.objects.count()

    play()

    assert (said(), User.objects.count(), AuditEvent.objects.count()) == before


def let_go_of_periods():
    """Reports drawn up, one of them issued, hold on to their period; here it goes all the same."""
    with connection.cursor() as cursor:
        for statement in sealed.removal(connection.vendor):
            cursor.execute(statement)
    Report.objects.update(kind="progress", period=None, on_schedule=False)


def wipe():
    """As before the campaign began; users, units and the plan stay."""
    rows = (
        Adjustment, Figure, Exemplar, ProgressReport, Participation, Activity, Extension, SubPlan,
    )  # fmt: skip
    for model in rows:
        model.objects.all().delete()
    Obligation.objects.exclude(period=None).delete()
    let_go_of_periods()
    ReportingPeriod.objects.all().delete()
    fresh = {"level": "required", "level_reason": "", "extended_to": None, "met_at": None}
    Obligation.objects.update(**fresh, closes_at=clock.closes_at(writer.DUE))


def test_what_is_still_to_come_has_not_happened():
    """With the training clock at 20/3/2024, 9:00, as it stood that morning."""
    wipe()
    events = set(AuditEvent.objects.values_list("pk", flat=True))

    writer.write_demo(Campaign.objects.get(), now=TRAINING)
    progress.write_progress(Campaign.objects.get(), now=TRAINING)

    assert SubPlan.objects.exists()
    assert not ReportingPeriod.objects.exists()
    assert not AuditEvent.objects.exclude(pk__in=events).filter(at__gt=TRAINING).exists()
    for name in MOMENTS:
        assert not SubPlan.objects.filter(**{f"{name}__gt": TRAINING}).exists()
    assert not Extension.objects.exists()
    assert ledger_faults() == []


def test_in_mid_april_the_first_reports_are_in_and_may_is_not_heard_of():
    Participation.objects.all().delete()
    for model in (Adjustment, Figure, Exemplar, ProgressReport):
        model.objects.all().delete()
    Obligation.objects.exclude(period=None).delete()
    let_go_of_periods()
    ReportingPeriod.objects.all().delete()
    events = set(AuditEvent.objects.values_list("pk", flat=True))

    progress.write_progress(Campaign.objects.get(), now=MID_APRIL)

    assert ReportingPeriod.objects.get().status == "open"
    assert ProgressReport.objects.filter(submitted_at__isnull=False).exists()
    assert not ProgressReport.objects.filter(submitted_at__gt=MID_APRIL).exists()
    assert not AuditEvent.objects.exclude(pk__in=events).filter(at__gt=MID_APRIL).exists()


# --- accounts ---------------------------------------------------------------------------------


def test_the_list_of_accounts_is_complete(tmp_path):
    path = tmp_path / "accounts.csv"

    play(accounts_csv=path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "Tên đăng nhập", "Họ và tên", "Thư điện tử", "Mã đơn vị", "Đơn vị", "Vai trò", "Mật khẩu",
    ]  # fmt: skip
    everybody = User.objects.filter(is_demonstration=True).values_list("username", flat=True)
    assert sorted(row["Tên đăng nhập"] for row in rows) == sorted(everybody)
    assert all(all(row.values()) for row in rows)


@pytest.mark.parametrize("user_name", accounts.SHOWN)
def test_each_account_that_is_printed_signs_in(client, user_name):
    response = client.post(
        "/tai-khoan/dang-nhap/", {"login": user_name, "password": accounts.PASSWORD}
    )

    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/", follow=True).status_code == 200


def test_no_demonstration_on_a_real_server(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="Đây là hệ thống thật"):
        play()


# --- many more --------------------------------------------------------------------------------


def test_it_grows_to_the_totals_asked_for():
    play(units=120, activities=700)

    assert (Unit.objects.count(), PlannedActivity.objects.count()) == (120, 700)
    assert ledger_faults() == []


def test_reports_are_made_in_bulk_and_add_up(django_assert_max_num_queries):
    play(periods=2, figures=5)

    period = ReportingPeriod.objects.select_related("campaign").latest("data_to")
    assert ReportingPeriod.objects.filter(kind="month").count() >= 2
    assert ledger_faults() == []
    with django_assert_max_num_queries(13):
        seen = totals(period.campaign, period)
        assert seen.province
    own = Figure.objects.filter(report__period=period, activity=None).aggregate(Sum("value"))
    joint = Figure.objects.filter(report__period=period, activity__isnull=False)
    total = sum(cell.amount.in_period for cell in seen.province.values())
    assert total == own["value__sum"] + (joint.aggregate(Sum("value"))["value__sum"] or 0)
    before = Figure.objects.count()
    play(periods=2, figures=5)
    assert Figure.objects.count() == before
