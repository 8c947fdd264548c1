"""One of everything the API tells, and somebody of every kind who reads it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from accounts.actions.token import make_token
from accounts.models import ApiToken
from campaign.models import BlockStep
from reports.models import Paper
from tests.factories import (
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    FollowUpFactory,
    HeadFactory,
    MembershipFactory,
    ObligationFactory,
    OfficerFactory,
    ParticipationFactory,
    RankingFactory,
    RankingRowFactory,
    StoredFileFactory,
    UserFactory,
)
from tests.factories.progress import ActivityFactory
from tests.reports import papers
from tests.reports.conftest import a_province
from tests.reports.period import AFTER, play

NOW = datetime(2024, 5, 22, 2, 0, 30, tzinfo=UTC)
EVERYTHING = list(ApiToken.Scope)


@dataclass
class World:
    province: object
    months: object
    paper: Paper
    people: dict
    files: Path

    def key_of(self, name):
        return key_for(self.people[name])


def key_for(user, *, scopes=EVERYTHING, name="Bảng theo dõi", at=NOW):
    _, key = make_token(name, scopes, expires_at=at + timedelta(days=30), by=user, at=at)
    return key


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Once for all tests, inside a transaction that is rolled back after the last."""
    kept = tmp_path_factory.mktemp("kept")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(FILES_ROOT=kept):
            world = _build(kept)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db, settings, monkeypatch):
    """For one test, which leaves it as it was; every request comes within one minute."""
    settings.FILES_ROOT = built.files
    monkeypatch.setattr("lib.clock.now", lambda: NOW)
    cache.clear()
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


def _build(files):
    province = a_province()
    for row, code in (
        (province.late, "SYT"),
        (province.on_time, "SVHTTDL"),
        (province.culture, "VHXH"),
    ):
        row.code = code
        row.save()
    months = play(province)
    BlockMembershipFactory(block=province.culture, unit__name="Sở dẫn đầu khối", role="lead")
    lead = province.culture.memberships.get(role="lead").unit
    ActivityFactory(lead_unit=province.late, title="Hội thao ngành Y tế")
    joint = ActivityFactory(lead_unit=province.extended, title="Giải bóng đá khối doanh nghiệp")
    ParticipationFactory(activity=joint, unit=province.late)
    ActivityFactory(lead_unit=province.on_time, title="Hội diễn (ghi trùng)", same_as=joint)
    FollowUpFactory(unit=province.late)
    step = BlockStep.objects.create(
        block=province.culture, year=2024, kind=BlockStep.Kind.SELF_SCORE,
        due_date=date(2024, 11, 15), set_at=NOW, set_by=UserFactory(),
    )  # fmt: skip
    ObligationFactory(
        unit=province.late, kind="block_step", campaign=None, step=step, due_date=step.due_date
    )
    published = RankingFactory(published=True, scale__block=province.culture)
    RankingRowFactory(ranking=published, unit=province.on_time)
    RankingRowFactory(
        ranking=published,
        unit=province.late,
        state="withdrawn",
        position=None,
        state_reason="Xin rút",
    )
    RankingFactory(scale__block=province.others)
    people = {
        "officer": OfficerFactory(unit=province.late),
        "head": HeadFactory(unit=province.extended),
        "block_lead": BlockLeadFactory(unit=lead),
        "board_head": BoardHeadFactory(),
        "ex_member": MembershipFactory(unit=province.late, over=True).user,
    }
    return World(province, months, _issued(province, months), people, files)


def _issued(province, months):
    paper = papers.built(province.campaign, AFTER, at=NOW, period=months.april)
    files = {kind: StoredFileFactory(kind=kind, on_disk=True) for kind in ("docx", "pdf", "xlsx")}
    Paper.objects.filter(pk=paper.pk).update(
        status="issued", number=5, symbol="BC-BTĐ", year=2024, issued_on=date(2024, 5, 21),
        issued_at=AFTER, issued_by=UserFactory(), **files,
    )  # fmt: skip
    return Paper.objects.get(pk=paper.pk)
