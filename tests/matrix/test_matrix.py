"""Who gets which answer at which address, of whose unit: every cell against `expected.csv`.

What may not be seen is answered like what does not exist (404), what is seen but not yours to
do with 403, not now with 409; and a refusal leaves no trace.
"""

import pytest

from tests.matrix.conftest import undone
from tests.matrix.samples import NoSample, body_of, path_of
from tests.matrix.traces import tables, watched
from tests.matrix.walk import (
    cells,
    is_ambiguous,
    nameless,
    rule_for,
    stale_rules,
    stale_samples,
    views,
)
from tests.matrix.world import PRINCIPALS

pytestmark = pytest.mark.django_db

# 401 and 405 come before any view, and are asked thousands of times: not counted again.
REFUSED = {403, 404, 409, 422}


def ask(browser, cell, world):
    path = path_of(cell.url_name, world, cell.scope)
    if cell.method == "GET":
        return browser.get(path)
    return browser.post(path, body_of(cell.url_name, world, cell.scope, cell.principal))


def kept(known, cell):
    """What the tables say before a cell; the same for all of a state, for all is undone."""
    if (cell.state, cell.scope) not in known:
        known[cell.state, cell.scope] = tables()
    return known[cell.state, cell.scope]


def test_every_address_has_a_name_and_a_rule(world):
    unruled = {cell.url_name for cell in cells() if rule_for(cell) is None}

    assert (nameless(), unruled) == ([], set())


def test_no_rule_contradicts_another_or_names_what_is_gone(world):
    assert [str(cell) for cell in cells() if is_ambiguous(cell)] == []
    assert (stale_rules(), stale_samples()) == ([], set())


def test_every_address_has_a_sample(world):
    lacking = []
    for name in views():
        try:
            path_of(name, world, "own")
        except NoSample as lack:
            lacking.append(str(lack))

    assert lacking == []


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_every_cell_is_answered_as_expected(world, browsers, blank_pages, capsys, principal):
    wrong, traces, known = [], [], {}
    asked = [cell for cell in cells() if cell.principal == principal]
    for cell in asked:
        with undone():
            if cell.state:
                world.put(cell.scope, cell.state)
            before = kept(known, cell) if cell.method == "POST" else None
            with watched() as pen:
                answer, rule = ask(browsers.of(principal), cell, world), rule_for(cell)
            if answer.status_code != rule.status:
                wrong.append(f"{cell}: {answer.status_code}, not {rule.status} (line {rule.line})")
            elif before and answer.status_code in REFUSED and pen.traces(before):
                traces.append(str(cell))
    with capsys.disabled():
        done = f"{len(asked) - len(wrong)}/{len(asked)}"
        print(f"\nmatrix: {principal} {done}, urls {len(views())}, unruled 0")  # noqa: T201

    assert (wrong, traces) == ([], [])
