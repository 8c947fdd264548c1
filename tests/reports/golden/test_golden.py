"""Every figure of a report of 300 units against SQL written from the domain guide, not from us."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from lib.official.text import plain_text
from lib.vietnamese import percent
from reports.datasets.consolidated import read
from reports.datasets.scope import scope_of
from reports.datasets.snapshot import snapshot
from reports.documents import consolidated_document
from reports.kinds import PERIOD, PLANS, PROGRESS
from tests.reports.golden import scripts, world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CASES = ("tháng 5", "tháng 4", "tiến độ", "một khối", "kế hoạch")


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build()
        transaction.set_rollback(True)


class Case:
    """One report, and the same question put to the scripts."""

    def __init__(self, province, name):
        campaign, month = province.campaign, None
        self.name, block = name, province.block if name == "một khối" else None
        self.asked = {"first": campaign.starts_on, "last": date(2024, 5, 17)}
        kind = PLANS if name == "kế hoạch" else PROGRESS
        if name.startswith("tháng"):
            kind, month = PERIOD, province.may if name == "tháng 5" else province.april
            self.asked = {"first": month.data_from, "last": month.data_to, "period": month.pk}
        if block:
            self.asked["block"] = block.pk
        self.campaign = campaign
        frozen = snapshot(campaign, world.CUT_OFF, month, kind, scope_of(campaign, block=block))
        self.data = read(frozen)

    def told(self, script):
        return scripts.told(script, self.campaign, world.CUT_OFF, self.asked)


@pytest.fixture(scope="module")
def cases(province, django_db_blocker):
    with django_db_blocker.unblock():
        return {name: Case(province, name) for name in CASES}


@pytest.fixture(params=CASES[:4])
def case(request, cases):
    return cases[request.param]


def hundredths(value):
    return None if value is None else int(value * 100)


def test_every_indicator(case):
    ours = [
        (
            row.code, hundredths(row.registered), hundredths(row.in_period),
            hundredths(row.cumulative), hundredths(row.brought), hundredths(row.taken),
            row.answered, row.not_applicable, row.unanswered, row.not_sent,
        )
        for row in case.data.progress.indicators
    ]  # fmt: skip
    assert ours == case.told("indicators")


def test_every_indicator_as_printed(case):
    """Registered, in the period, so far and %, as the appendix on paper has them."""
    lines = plain_text(consolidated_document(case.data))
    names = {row.code: row.name for row in case.data.progress.indicators}
    for code, *amounts, _brought, _taken, answered, _, _, _ in case.told("indicators"):
        if not answered and not amounts[1]:
            continue  # a word stands in place of the figure
        figures = [None if value is None else Decimal(value) / 100 for value in amounts]
        registered, _, so_far = figures
        place = lines.index(names[code]) + 2
        assert [_value(text) for text in lines[place : place + 3]] == figures, code
        assert lines[place + 3] == (percent(so_far / registered) if registered else ""), code


def _value(printed):
    return Decimal(printed.replace(".", "").replace(",", ".")) if printed else None


def test_every_work(case):
    ours = [
        (row.title, row.lead, row.state, row.done_on, int(row.is_registered))
        for row in case.data.progress.works
    ]
    theirs = [(*rest, scripts.as_day(day), kept) for *rest, day, kept in case.told("works")]
    assert ours == theirs
    assert case.data.progress.registered_works == sum(row[-1] for row in theirs)
    assert case.data.progress.works_done == sum(1 for row in theirs if row[3])


def test_every_role_model(case):
    assert [(row.name, row.unit, row.period) for row in case.data.progress.exemplars] == case.told(
        "exemplars"
    )


@pytest.mark.parametrize("name", CASES)
def test_who_sent_what_when(cases, name):
    case = cases[name]
    theirs = {(row[0], row[1]): tuple(row[2:]) for row in case.told("sending")}
    ours = {
        ("", row.code): (row.verdict, row.days_late, row.number, row.level)
        for row in case.data.rows
    }
    for one in case.data.progress.sending if case.data.progress else ():
        ours |= {
            (one.period.name, row.code): (row.verdict, row.days_late, row.number, row.level)
            for row in one.senders.values()
        }
    if not case.data.progress:
        theirs = {key: value for key, value in theirs.items() if not key[0]}
    assert ours == theirs


def test_the_sums_of_who_sent(case):
    stood = Counter((row[0], row[2]) for row in case.told("sending"))
    month = case.data.progress.own_sending
    for name, totals in (("", case.data.totals), (month.period.name, month)):
        on_time, late, overdue, within = (
            stood[name, how] for how in ("on_time", "late", "overdue", "within")
        )
        missing, sent = overdue + within, on_time + late
        assert (
            f"ã gửi {sent}/{sent + missing} đơn vị (đúng hạn {on_time}, trễ {late}), "
            f"chưa gửi {missing}"
        ) in totals.sentence
    assert (
        f"{missing}/{sent + missing} đơn vị chưa gửi báo cáo {month.period.name} nên chưa được "
        "tính vào số liệu của kỳ."
    ) in plain_text(consolidated_document(case.data))


def test_what_came_after_the_cut_off(case):
    ours = [(row.unit, row.what) for row in case.data.progress.afterwards]
    theirs = [
        (unit, f"{what} (lần {version})" if version > 1 else what)
        for unit, what, version in case.told("afterwards")
    ]
    assert ours == theirs


def test_whose_words_stand_where(case):
    theirs = {code: (texts, nothing) for code, texts, nothing in case.told("words")}
    ours = {
        part.section.code: (len(part.said), part.nothing) for part in case.data.progress.sections
    }
    assert {code: said for code, said in ours.items() if said != (0, 0)} == {
        code: said for code, said in theirs.items() if said != (0, 0)
    }


def test_the_province_holds_the_cases_it_was_made_for(cases):
    """Otherwise the comparisons above would agree about nothing."""
    may, april = cases["tháng 5"].data, cases["tháng 4"].data
    rows = {row.code: row for row in may.progress.indicators}
    stood = Counter(row.verdict for one in may.progress.sending for row in one.senders.values())

    assert len(may.rows) >= world.UNITS
    assert min(stood[how] for how in ("on_time", "late", "overdue", "within", "exempt")) > 2
    assert any(row.brought for row in rows.values())
    assert any(row.taken for row in april.progress.indicators)
    assert any(row.cumulative > row.in_period > 0 for row in rows.values())
    assert all(
        any(getattr(row, what) for row in rows.values())
        for what in ("answered", "not_applicable", "unanswered", "not_sent")
    )
    assert {row.what.split()[0] for row in may.progress.afterwards} == {"Kế", "Báo"}
    assert {row.state for row in may.progress.works} >= {
        "Chưa thực hiện", "Đang thực hiện", "Đã hoàn thành",
    }  # fmt: skip
    assert {row.is_registered for row in may.progress.works} == {True, False}
