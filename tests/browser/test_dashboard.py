"""Tổng quan as a leader meets it: at three widths, light and dark, on paper, and while nobody looks."""

import pytest

from tests.browser.axe import faults, violations

pytestmark = pytest.mark.browser

A4_PAGES = 1


@pytest.fixture
def leader(signed_in):
    return signed_in("lanhdao")


@pytest.mark.parametrize("day", ["", "?luc=2024-03-18"])
def test_axe_finds_nothing_and_nothing_sticks_out(leader, day):
    answer = leader.goto(f"/tong-quan/{day}")

    assert (answer.status, faults(leader)) == (200, [])
    for behind in leader.locator("details.behind > summary").all():
        behind.click()
    assert violations(leader) == []


def test_a_mark_of_the_chart_opens_the_list_of_its_day(leader):
    leader.goto("/tong-quan/?luc=2024-03-18")
    mark = leader.locator(".days-chart a").last
    told = int(mark.get_attribute("data-figure"))

    mark.focus()
    leader.keyboard.press("Enter")
    leader.wait_for_url("**/ke-hoach-trien-khai/**")

    assert leader.locator("main tbody tr:not(.group)").count() == told


def test_the_page_is_one_sheet_of_paper(leader, tmp_path):
    leader.goto("/tong-quan/")
    printed = leader.pdf(prefer_css_page_size=True)

    assert printed.count(b"/Type /Page\n") == A4_PAGES


def test_it_asks_again_only_while_somebody_looks(leader):
    leader.goto("/tong-quan/")
    asked = []
    leader.on("request", lambda request: "hx-request" in request.headers and asked.append(request))

    leader.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    leader.evaluate("htmx.trigger('#dashboard', 'refresh')")
    leader.wait_for_timeout(300)
    assert asked == []
    leader.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    with leader.expect_response("**/tong-quan/") as answered:
        leader.evaluate("htmx.trigger('#dashboard', 'refresh')")

    assert answered.value.ok
    assert len(asked) == 1
