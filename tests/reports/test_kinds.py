"""Kinds are compositions: each has its sections and appendices, and every scope its own figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lib.official.model import Form
from lib.official.screen import shown_document
from lib.official.text import plain_text
from reports.datasets.consolidated import read
from reports.datasets.scope import offered_to, scope_of
from reports.datasets.snapshot import snapshot
from reports.datasets.words import outline
from reports.documents import consolidated_document
from reports.documents.appendices import APPENDICES
from reports.kinds import (
    BY_CODE,
    FINAL,
    KINDS,
    MIDWAY,
    PERIOD,
    PLANS,
    PROGRESS,
    THEMATIC,
    Annex,
    Level,
)
from reports.models import Report
from reports.permissions import may_build_report
from tests.factories import (
    BlockLeadFactory,
    HeadFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)
from tests.factories.awards import DecisionFactory, GrantFactory
from tests.reports.conftest import AS_OF
from tests.reports.period import CUT_OFF, play


@pytest.fixture
def months(province):
    return play(province)


def frozen(province, kind, scope=None, period=None):
    return read(
        snapshot(province.campaign, CUT_OFF, period, kind, scope or scope_of(province.campaign))
    )


def figure(data, code):
    return next(row for row in data.progress.indicators if row.code == code)


def test_every_appendix_a_kind_names_is_written():
    assert {annex for kind in KINDS for annex in kind.annexes} == set(APPENDICES) == set(Annex)
    assert list(BY_CODE) == [kind.code for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_report_is_composed_as_its_kind_says(kind, province, months):
    scope = None
    if Level.ITEM in kind.levels:
        scope = scope_of(province.campaign, item=province.covered)
    data = frozen(province, kind, scope, months.may if kind is PERIOD else None)
    document = consolidated_document(data)
    lines = plain_text(document)

    titles = [APPENDICES[named].title for named in kind.annexes]
    assert [appendix.title for appendix in document.appendices] == titles
    assert all(part.title.upper() in " ".join(lines).upper() for part in outline(data))
    assert document.subject.startswith(kind.about)
    assert " nêu tại ." not in " ".join(lines)
    # What the page shows is what the paper says, to the word.
    shown = [piece.line.text for piece in shown_document(document) if piece.line]
    assert [text for text in shown if text not in lines] == []


def test_windows_of_the_kinds(province, months):
    windows = {
        kind: frozen(province, kind, None, months.may if kind is PERIOD else None)
        for kind in (PROGRESS, PERIOD, MIDWAY, FINAL)
    }

    talks = {kind: figure(data, "CT01") for kind, data in windows.items()}
    # 3 + 4 in April, 5 − 1 in May: only the report of May tells of a part.
    assert {kind.code: int(row.in_period) for kind, row in talks.items()} == {
        "tien-do": 11, "ky": 4, "so-ket": 11, "tong-ket": 11,
    }  # fmt: skip
    assert {int(row.cumulative) for row in talks.values()} == {11}
    assert windows[FINAL].progress.period.name == "cả đợt"
    assert "20/5/2024" in windows[PROGRESS].title
    said = {part.section.code: part.said for part in windows[MIDWAY].progress.sections}
    assert [one.unit for one in said["II.1"]] == [province.on_time.name]


def test_who_is_not_counted_is_said_where_it_is_true(province, months):
    lines = plain_text(consolidated_document(frozen(province, PERIOD, None, months.may)))

    said = [line for line in lines if "chưa được tính vào số liệu" in line]
    assert said == [
        "2/3 đơn vị chưa gửi báo cáo tháng 5/2024 nên chưa được tính vào số liệu của kỳ."
    ]


def test_a_scope_narrows_every_part(province, months):
    unit = frozen(province, PROGRESS, scope_of(province.campaign, unit=province.late))
    block = frozen(province, PROGRESS, scope_of(province.campaign, block=province.culture))

    assert [row.name for row in unit.rows] == [province.late.name]
    # Its own 4 talks; its own show and the one it joined.
    assert (figure(unit, "CT01").cumulative, figure(unit, "CT07").cumulative) == (4, 2)
    assert [row.title for row in unit.activities] == ["Khám bệnh"]
    assert (unit.progress.works, unit.progress.exemplars) == ((), ())
    assert {row.unit for row in unit.progress.afterwards} == {province.late.name}
    assert [group.name for group in block.groups] == ["Khối Văn hóa - Xã hội"]
    assert figure(block, "CT07").cumulative == Decimal(2)
    assert all(len(one.senders) == 3 for one in block.progress.sending)


def test_a_row_of_the_plan_has_its_indicators_and_activities(province, months):
    months.talks.plan_items.add(province.covered)

    data = frozen(province, THEMATIC, scope_of(province.campaign, item=province.covered))

    assert [row.code for row in data.progress.indicators] == ["CT01"]
    assert [row.title for row in data.activities] == ["Hội thi"]


@pytest.mark.parametrize(
    ("group", "code", "form", "above", "number"),
    [
        ("party", "BTGTU", Form.PARTY, "TỈNH ỦY TÂY NINH", "BC/BTGTU"),
        ("armed_forces", "BCHQS", Form.STATE, "BỘ TƯ LỆNH QUÂN KHU 7", "/BC-BCH"),
        ("department", "SYT", Form.STATE, "UBND TỈNH TÂY NINH", "/BC-SYT"),
        ("district", "UBNDGD", Form.STATE, "", "/BC-UBNDGD"),
    ],
)
def test_a_unit_reports_in_its_own_form(province, group, code, form, above, number):
    unit = UnitFactory(group=group, code=code, name="Đơn vị của mình")
    data = frozen(province, PROGRESS, scope_of(province.campaign, unit=unit))
    document = consolidated_document(data)
    lines = plain_text(document)

    assert document.header.form is form
    assert lines[: 2 if above else 1] == [*filter(None, [above]), "ĐƠN VỊ CỦA MÌNH"]
    assert any(line.endswith(number) for line in lines[:8])
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in lines) is (form is Form.PARTY)
    assert "Kính gửi: Sở Nội vụ (qua Ban Thi đua - Khen thưởng)." in lines
    assert document.signature.position == "Thủ trưởng đơn vị"


def test_each_asks_for_and_reads_what_is_theirs(province, at):
    campaign = province.campaign
    lead = BlockLeadFactory(unit=province.on_time, block=province.culture)
    head, officer = HeadFactory(unit=province.late), OfficerFactory(unit=province.late)
    reviewer = ReviewerFactory()
    whole, block, own, other = (
        Report.objects.ask(campaign, as_of=AS_OF, by=reviewer, at=at, kind=PROGRESS.code, **whose)
        for whose in (
            {},
            {"block": province.culture},
            {"unit": province.late},
            {"unit": province.missing},
        )
    )

    seen = {
        name: set(Report.objects.visible_to(user).values_list("pk", flat=True))
        for name, user in (
            ("lead", lead),
            ("head", head),
            ("officer", officer),
            ("board", reviewer),
        )
    }
    assert seen["lead"] == {block.pk}
    assert seen["head"] == seen["officer"] == {own.pk}
    assert seen["board"] == {whole.pk, block.pk, own.pk, other.pk}
    assert may_build_report(lead, campaign, block=province.culture)
    assert not may_build_report(lead, campaign, block=province.others)
    assert may_build_report(officer, campaign, unit=province.late)
    assert not may_build_report(officer, campaign, unit=province.missing)
    assert not may_build_report(head, campaign)
    assert [scope.name for scope in offered_to(head, campaign)] == [province.late.name]
    assert offered_to(reviewer, campaign)[0].level is Level.PROVINCE


def test_what_decisions_granted_is_told_under_commendation(province, months):
    published = DecisionFactory(
        campaign=province.campaign, published=True, published_at=CUT_OFF - timedelta(days=1)
    )
    GrantFactory(decision=published, nomination__dossier__unit=province.on_time)
    revoked = {"revoked_on": date(2024, 5, 1), "revoked_under": "9/QĐ", "revoked_reason": "Sai"}
    GrantFactory(decision=published, **revoked)
    GrantFactory(decision=DecisionFactory(campaign=province.campaign, signed=True))

    data = frozen(province, PROGRESS)
    other = frozen(province, PROGRESS, scope_of(province.campaign, unit=province.late))

    assert data.progress.commended == "1 quyết định, khen thưởng 1 cá nhân"
    assert "Đã công bố 1 quyết định, khen thưởng 1 cá nhân." in plain_text(
        consolidated_document(data)
    )
    assert other.progress.commended == ""


def test_the_appendix_of_sources_names_each_version_that_counts(province, months):
    data = frozen(province, PLANS)
    lines = plain_text(consolidated_document(data))

    plans = province.campaign.sub_plans.filter(submitted_at__lte=CUT_OFF).count()
    assert f"Tổng số: {plans} bản." in lines
    assert data.digest[:8] in next(line for line in lines if "SHA-256" in line)
