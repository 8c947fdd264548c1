"""Data windows by the national cut-offs, and what of them is still to be asked."""

from datetime import date

import pytest

from lib import windows
from lib.windows import Window, still_to_ask

SINCE = date(2024, 3, 7)


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (windows.month(2024, 1), date(2023, 12, 15), date(2024, 1, 14)),
        (windows.month(2024, 5), date(2024, 4, 15), date(2024, 5, 14)),
        (windows.quarter(2024, 1), date(2023, 12, 15), date(2024, 3, 14)),
        (windows.quarter(2024, 4), date(2024, 9, 15), date(2024, 12, 14)),
        (windows.half_year(2024), date(2023, 12, 15), date(2024, 6, 14)),
        (windows.nine_months(2024), date(2023, 12, 15), date(2024, 9, 14)),
        (windows.whole_year(2024), date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_windows_close_on_the_fourteenth(window, first, last):
    assert (window.first, window.last) == (first, last)
    assert first in window
    assert last in window


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], SINCE),
        ([(date(2024, 3, 7), date(2024, 3, 14))], date(2024, 3, 15)),
        ([(date(2024, 3, 7), date(2024, 4, 14)), (date(2024, 4, 15), date(2024, 5, 14))], date(2024, 5, 15)),
        ([(date(2024, 3, 7), date(2024, 6, 14))], None),
        ([(date(2024, 6, 15), date(2024, 7, 14))], SINCE),
    ],
    ids=["nothing", "one month", "two months", "all", "only later"],
)  # fmt: skip
def test_a_half_year_asks_what_its_months_have_not(asked, expected):
    parts = [Window(first, last) for first, last in asked]

    assert still_to_ask(windows.half_year(2024), parts, since=SINCE) == expected


def test_the_final_window_asks_only_the_days_after_the_yearly_one():
    campaign = Window(SINCE, date(2024, 12, 31))
    year = Window(SINCE, date(2024, 12, 14))

    assert still_to_ask(campaign, [year], since=SINCE) == date(2024, 12, 15)


def test_a_window_before_the_campaign_asks_nothing():
    assert still_to_ask(windows.month(2024, 2), [], since=SINCE) is None
