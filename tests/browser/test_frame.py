"""The frame in a real browser: sizes, light and dark, keyboard, the strict CSP."""

import pytest

from tests.browser.axe import violations

pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (768, 1024), (360, 800)]
PASSWORD = "sông Vàm Cỏ Đông 2024"
MAKE_PERSON = f"""
from datetime import date
from accounts.models import User
from units.models import Membership, Unit
person, is_new = User.objects.get_or_create(
    username="khung.trang", defaults=dict(email="khung@example.vn", full_name="Lê Thị Khung Trang")
)
if is_new:
    person.set_password("{PASSWORD}")
    person.save()
    for n in (1, 2):
        unit, _ = Unit.objects.get_or_create(code=f"KHUNG{{n}}", defaults=dict(
            name=f"Ban Quản lý dự án đầu tư xây dựng ngành nông nghiệp và phát triển nông thôn {{n}}",
            short_name=f"KHUNG{{n}}", search_key="khung", group="department", sort_order=90000 + n))
        Membership.objects.create(user=person, unit=unit, role="officer",
                                  valid_from=date(2020, 1, 1))
"""


@pytest.fixture(scope="module")
def person(live_portal):
    made = live_portal.manage("shell", "-c", MAKE_PERSON)
    assert made.returncode == 0, made.stderr


@pytest.fixture
def complaints(page):
    """What the browser complains about: refused scripts and styles, missing files, errors."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in(page):
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("[name=login]", "khung.trang")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    page.goto("/tai-khoan/doi-mat-khau/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_sign_in_page_is_accessible(page, complaints, size, scheme):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)

    page.goto("/tai-khoan/dang-nhap/")

    assert (violations(page), complaints) == ([], [])
    assert page.evaluate("document.documentElement.dataset.bsTheme") == scheme


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_frame_is_accessible_and_nothing_sticks_out(page, size, scheme):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)

    sign_in(page)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


@pytest.mark.usefixtures("person")
def test_the_first_key_leads_past_the_navigation(page):
    sign_in(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.usefixtures("person")
def test_a_person_with_two_units_says_in_whose_name(page):
    sign_in(page)
    before = page.locator(".top-bar .acting-unit").first.inner_text()

    page.locator(".top-bar summary").first.click()
    page.locator("button[name=unit]").click()
    page.goto("/tai-khoan/doi-mat-khau/")

    after = page.locator(".top-bar .acting-unit").first.inner_text()
    assert (before[-1], after[-1]) == ("1", "2")


@pytest.mark.usefixtures("person")
def test_escape_closes_a_menu_and_gives_the_focus_back(page):
    sign_in(page)
    menu = page.locator(".top-bar details").last
    menu.locator("summary").click()

    page.keyboard.press("Escape")

    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("one => one === document.activeElement")
