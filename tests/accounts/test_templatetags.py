import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.job import Job
from campaign.models import SubPlan

NINE_LOCAL = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


def render(text, **context):
    return Template("{% load portal %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("{{ value|short_date }}", date(2024, 3, 7), "07/3/2024"),
        ("{{ value|short_date }}", None, "–"),
        ("{{ value|long_date }}", date(2024, 3, 22), "ngày 22 tháng 3 năm 2024"),
        ("{{ value|long_date }}", None, "–"),
        ("{{ value|moment }}", NINE_LOCAL, "09:00 ngày 20/3/2024"),
        ("{{ value|moment }}", None, "–"),
        ("{{ value|number }}", Decimal("12345.5"), "12.345,5"),
        ("{{ value|number }}", 0, "0"),
        ("{{ value|number }}", None, "–"),
        ("{{ value|percent }}", None, "–"),
    ],
)
def test_values_are_written_the_vietnamese_way(text, value, words):
    assert render(text, value=value) == words


def test_every_form_gets_a_key_of_its_own_even_in_an_isolated_include():
    request = RequestFactory().get("/")
    act = "{% include 'components/act.html' with url='/gui/' label='Gửi' only %}"

    page = Template(act + act).render(RequestContext(request))

    keys = re.findall(r'name="form_key" value="([0-9a-f-]{36})"', page)
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)
    assert (len(keys), len(set(keys)), len(tokens)) == (2, 2, 2)


def words_of(**context):
    text = render_to_string("components/status.html", context)
    return text.rpartition("</i>")[2].partition("</span>")[0].strip()


@pytest.mark.parametrize("state", [*SubPlan.Status, *Job.State])
def test_a_state_says_the_word_of_its_model(state):
    assert words_of(status=state.value) == state.label


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({"status": "on_time"}, "Đúng hạn"),
        ({"status": "late", "days": 3}, "Trễ 3 ngày"),
        ({"status": "outstanding"}, "Chưa nộp"),
        ({"status": "overdue", "days": 2}, "Quá hạn 2 ngày"),
        ({"status": "exempt"}, "Miễn"),
        ({"status": "extended", "until": date(2024, 3, 29)}, "Gia hạn đến 29/3/2024"),
        ({"status": "nonsense"}, ""),
    ],
)
def test_lateness_is_said_in_words(context, words):
    assert words_of(**context) == words


class Owed(SimpleNamespace):
    def is_overdue(self, *, at):
        return at.day > 22


@pytest.mark.parametrize(
    ("owed", "day", "words"),
    [
        ({"is_owed": False}, 20, "Miễn"),
        ({"is_on_time": True}, 20, "Đúng hạn"),
        ({"is_late": True, "days_late": 1}, 24, "Trễ 1 ngày"),
        ({}, 20, "Chưa nộp"),
        ({}, 24, "Quá hạn 2 ngày"),
    ],
)
def test_an_obligation_is_told_as_it_stands_at_a_moment(owed, day, words):
    plain = {"is_owed": True, "is_on_time": False, "is_late": False, "extended_to": None}
    obligation = Owed(**{**plain, "effective_due_date": date(2024, 3, 22), **owed})
    at = datetime(2024, 3, day, 2, 0, tzinfo=UTC)

    text = render_to_string("components/lateness.html", {"obligation": obligation, "at": at})

    assert text.rpartition("</i>")[2].partition("</span>")[0].strip() == words
