"""The days of the schedule: pure rules, no database."""

from datetime import date, timedelta

import pytest

from campaign.reminders import (
    DEFAULT_STEPS,
    Step,
    latest_offset,
    offset_to_send,
    reaches_head,
)

DUE = date(2024, 3, 22)


def after(days):
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (-8, None), (-7, -7), (-4, -7), (-3, -3), (-2, -3), (-1, -1), (0, -1), (1, 1), (2, 1),
        (3, 3), (9, 3), (10, 10), (16, 10), (17, 17), (365, 360),
    ],
)  # fmt: skip
def test_the_last_offset_that_has_come(day, offset):
    assert latest_offset(DEFAULT_STEPS, due=DUE, on=after(day)) == offset


def test_every_day_asked_gives_each_offset_once_and_then_one_a_week():
    sent, told = None, []
    for day in range(-20, 32):
        offset = offset_to_send(DEFAULT_STEPS, due=DUE, on=after(day), sent=sent)
        if offset is not None:
            told.append((day, offset))
            sent = offset

    assert told == [(n, n) for n in (-7, -3, -1, 1, 3, 10, 17, 24, 31)]


def test_after_an_outage_one_reminder_stands_for_all_that_were_missed():
    offset = offset_to_send(DEFAULT_STEPS, due=DUE, on=after(5), sent=-7)

    assert offset == 3
    assert offset_to_send(DEFAULT_STEPS, due=DUE, on=after(5), sent=offset) is None


def test_a_schedule_made_sparser_sends_nothing_that_lies_behind():
    assert offset_to_send([Step(-7)], due=DUE, on=after(-1), sent=-3) is None


def test_the_order_of_the_days_does_not_matter():
    assert latest_offset([Step(1), Step(-3)], due=DUE, on=after(2)) == 1
    assert latest_offset([Step(3, is_weekly=True), Step(5)], due=DUE, on=after(9)) == 5


def test_without_a_schedule_nothing_comes():
    assert latest_offset([], due=DUE, on=after(3)) is None


def test_the_head_is_told_once_it_is_overdue():
    assert [reaches_head(offset) for offset in (-1, 0, 1)] == [False, False, True]
