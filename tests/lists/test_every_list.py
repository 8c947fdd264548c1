"""What holds of every list, asked of each in turn with few rows: it opens, sorts by every column
both ways, shows the columns chosen, gives as a file what it shows, and is kept as a view."""

import re

import pytest
from django.urls import reverse

from accounts.models import SavedView
from lib.listing import EVERYTHING
from lib.sheet import _harmless
from tests.campaign.sending import questions, send
from tests.exports import rows_by_heading
from tests.lists.cases import CASES, campaign

pytestmark = pytest.mark.django_db

HEADINGS = re.compile(r'<th scope="col"(?! class="tick").*?</th>', re.DOTALL)
CELLS = re.compile(r"<(?:td|th) [^>]*data-label=")


@pytest.fixture(params=CASES, ids=str)
def case(request):
    campaign()
    return request.param


@pytest.fixture
def ask(client, case):
    """The list, asked as its reader."""
    client.force_login(case.person())
    address = reverse(case.url_name)
    return lambda **more: client.get(address, {**case.query, **more})


def facts(shown):
    """What the rows say, field by field."""
    fields = [one for column in shown.asked.in_sheet for one in column.fields]
    return [[one.value(row) for one in fields] for row in shown.rows]


def printed(rows):
    return sorted([_harmless(value) for value in row] for row in rows)


def test_three_rows_cost_the_questions_of_one(client, case, ask):
    case.row()
    ask()
    address = reverse(case.url_name, query=case.query)
    one = questions(client, address)
    case.row()
    case.row()

    assert questions(client, address) == one


def test_it_sorts_by_every_column_and_shows_those_chosen(case, ask):
    for _ in range(3):
        case.row()
    everything = ask(cot=EVERYTHING)
    shown, page = everything.context["list"], everything.content.decode()
    rows = printed(facts(shown))
    known = shown.listing.columns

    # Every heading has its cells, and no cell is without a heading.
    assert len(HEADINGS.findall(page)) == len(known)
    assert len(CELLS.findall(page)) == len(known) * shown.count
    for column in known:
        for order in [column.key, f"-{column.key}"] if column.sort else []:
            again = ask(cot=EVERYTHING, sap_xep=order).context["list"]
            assert printed(facts(again)) == rows, order
            assert again.asked.sorting == order
        only = ask(cot=column.key)
        assert list(only.context["list"].shown) == list(dict.fromkeys([known[0].key, column.key]))
        assert (
            len(CELLS.findall(only.content.decode()))
            == len(only.context["list"].shown) * shown.count
        )


def test_a_file_holds_what_is_shown_and_both_kinds_the_same(case, ask):
    for _ in range(3):
        case.row()
    shown = ask(so_dong=EVERYTHING).context["list"]
    workbook, text = (rows_by_heading(ask(xuat=kind)) for kind in ("xlsx", "csv"))
    headers = [one.header for column in shown.asked.in_sheet for one in column.fields]

    assert list(text[0]) == list(workbook[0]) == ["STT", *headers]
    assert [list(row.values())[1:] for row in text] == [
        [_harmless(value) for value in row] for row in facts(shown)
    ]
    assert len(workbook) == len(text) == shown.count >= 3
    assert [str(row[headers[0]] or "") for row in workbook] == [row[headers[0]] for row in text]


def test_a_view_is_kept_and_opens_the_same(client, case, ask):
    case.row()
    first = ask().context["list"]
    column = next(column for column, _ in first.choosable if column.sort)
    looked = ask(sap_xep=f"-{column.key}", cot=column.key).context["list"]

    answer = send(client, reverse("view-save"), token=looked.token, name="Của tôi", is_default="1")
    opened = client.get(answer.url).context["list"]
    bare = client.get(reverse(case.url_name))

    assert (list(opened.shown), opened.asked.sorting) == (list(looked.shown), f"-{column.key}")
    assert facts(opened) == facts(looked)
    assert [view.is_current for view in opened.views] == [True]
    assert bare.url == f"?{SavedView.objects.get().query}&xem={SavedView.objects.get().pk}"
