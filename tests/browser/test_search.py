"""Search with the keyboard alone: “/” to begin, arrows through what appears, Enter to go there."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import SCHEMES, faults, violations

pytestmark = pytest.mark.browser


def test_a_unit_is_found_and_opened_by_keys_alone(signed_in):
    page = signed_in("btdkt.truongban")
    page.goto("/don-vi/")
    field = page.get_by_role("combobox", name="Tìm kiếm")
    found = page.get_by_role("listbox", name="Kết quả")

    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("hoà thành")
    expect(field).to_have_attribute("aria-expanded", "true")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []

    page.keyboard.press("ArrowDown")
    chosen = found.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("UBND thị xã Hòa Thành")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")  # from the first to the last: everything found
    expect(found.get_by_role("option", selected=True)).to_contain_text("Xem cả")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/don-vi/TXHT/")


def test_enter_without_a_choice_opens_the_page_of_everything_found(signed_in):
    page = signed_in("btdkt.truongban")

    page.keyboard.press("/")
    page.keyboard.type("sở vhttdl")
    page.keyboard.press("Enter")

    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.get_by_role("link", name="Sở Văn hóa, Thể thao và Du lịch").first).to_be_visible()
    assert faults(page) == []
