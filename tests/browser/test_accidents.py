"""Pressed twice, two at once, signed out meanwhile, no mouse: nothing is lost, nothing doubled."""

import re

import pytest
from playwright.sync_api import expect

from reports.demo.accounts import PASSWORD
from tests.browser.people import heading, number_in, save_state, sign_in

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Đã lưu \d\d:\d\d$")


def open_draft(page):
    """The drafting page of the person's unit, whose sub-plan the demonstration left a draft."""
    page.goto("/ke-hoach-trien-khai/cua-toi/")
    page.goto(f"/ke-hoach-trien-khai/{number_in(page)}/soan/")
    return number_in(page)


SEND_TWICE = """async () => {
  const form = document.querySelector("form[action$='/nop/']");
  const send = () => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
  const answers = await Promise.all([send(), send()]);
  return answers.map((answer) => [answer.status, new URL(answer.url).pathname]);
}"""


def times_sent(page, pk):
    page.goto(f"/ke-hoach-trien-khai/{pk}/")
    return page.locator(".history-what").all_inner_texts().count("Đã nộp")


def test_a_double_press_sends_once(signed_in):
    head = signed_in("snnptnt.thutruong")
    pk = open_draft(head)

    head.get_by_role("button", name="Duyệt và gửi").dblclick()
    expect(head.locator("h1")).to_have_text("Phiếu tiếp nhận")

    assert times_sent(head, pk) == 1


def test_a_form_that_arrives_twice_at_once_sends_once(signed_in):
    """As when a network answers late and the browser asks again: both hear of the one receipt."""
    head = signed_in("stnmt.thutruong")
    pk = open_draft(head)

    answers = head.evaluate(SEND_TWICE)

    assert answers == 2 * [[200, f"/ke-hoach-trien-khai/{pk}/phieu-tiep-nhan/"]]
    assert times_sent(head, pk) == 1


def test_the_second_of_two_who_write_is_shown_both_texts(signed_in):
    first, second = signed_in("syt.chuyenvien"), signed_in("syt.thutruong")
    for page in (first, second):
        open_draft(page)
    first.fill("#id_purpose", "Của chuyên viên")
    first.fill("#id_organisation", "Do chuyên viên viết thêm")
    first.locator("#id_organisation").blur()
    expect(save_state(first)).to_have_text(SAVED)

    second.fill("#id_purpose", "Của thủ trưởng")
    second.locator("#id_purpose").blur()

    both = second.locator(".conflict-texts span").all_inner_texts
    expect(second.locator(".conflict-texts")).to_be_visible()
    assert both() == ["Của thủ trưởng", "Của chuyên viên"]
    assert second.input_value("#id_organisation") == "Do chuyên viên viết thêm"
    second.get_by_role("button", name="Giữ bản của tôi").click()
    expect(save_state(second)).to_have_text(SAVED)
    first.reload()
    assert first.input_value("#id_purpose") == "Của thủ trưởng"


def test_without_scripts_the_second_is_shown_both_texts_too(signed_in):
    first, second = (
        signed_in(f"cthue.{who}", java_script_enabled=False) for who in ("chuyenvien", "thutruong")
    )
    for page in (first, second):
        open_draft(page)
    first.fill("#id_purpose", "Của chuyên viên")
    first.get_by_role("button", name="Lưu bản soạn").click()
    second.fill("#id_purpose", "Của thủ trưởng")

    with second.expect_navigation() as answer:
        second.get_by_role("button", name="Lưu bản soạn").click()

    assert answer.value.status == 409
    assert second.locator(".stored-text").all_inner_texts() == ["Của chuyên viên"]
    assert second.input_value("#id_purpose") == "Của thủ trưởng"


def test_what_was_typed_outlives_the_session(signed_in):
    officer = signed_in("sgtvt.chuyenvien")
    open_draft(officer)
    officer.context.clear_cookies(name="sessionid")

    officer.fill("#id_purpose", "Gõ khi phiên đã hết")
    officer.locator("#id_purpose").blur()

    expect(save_state(officer)).to_contain_text("Phiên làm việc đã hết, chưa lưu được.")
    assert officer.input_value("#id_purpose") == "Gõ khi phiên đã hết"
    with officer.context.expect_page() as opened:
        officer.get_by_role("link", name="Đăng nhập lại").click()
    sign_in(opened.value, "sgtvt.chuyenvien")
    expect(save_state(officer)).to_have_text(SAVED, timeout=20_000)
    officer.reload()
    assert officer.input_value("#id_purpose") == "Gõ khi phiên đã hết"


def test_a_row_typed_while_the_session_ended_is_saved_after_signing_in_again(signed_in):
    officer = signed_in("vqglgxm.chuyenvien")
    open_draft(officer)
    before = officer.locator("tbody.activity").count()
    officer.get_by_role("link", name="Thêm hoạt động", exact=True).click()
    officer.locator("form.activity-form [name=title]").fill("Hội trại về nguồn")
    officer.context.clear_cookies(name="sessionid")
    officer.get_by_role("button", name="Lưu hoạt động").click()
    expect(officer.locator("[data-trouble]")).to_contain_text("Phiên làm việc đã hết")

    elsewhere = officer.context.new_page()
    sign_in(elsewhere, "vqglgxm.chuyenvien")
    officer.get_by_role("button", name="Lưu hoạt động").click()

    expect(officer.locator("form.activity-form")).to_have_count(0)
    assert officer.locator("tbody.activity").count() == before + 1


def test_a_form_sent_after_the_session_is_kept_and_sent_again(signed_in):
    """Without scripts: the page that says so holds what was typed."""
    officer = signed_in("skhcn.chuyenvien", java_script_enabled=False)
    open_draft(officer)
    officer.fill("#id_purpose", "Gửi khi phiên đã hết")
    officer.context.clear_cookies(name="sessionid")

    with officer.expect_navigation() as answer:
        officer.get_by_role("button", name="Lưu bản soạn").click()

    assert answer.value.status == 401
    assert "Gửi khi phiên đã hết" in officer.content()


def test_a_person_signs_in_with_the_keyboard_alone(open_browser):
    page = open_browser()
    page.goto("/")

    page.keyboard.type("sct.chuyenvien")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Việc của tôi")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert (heading(page), page.evaluate("document.activeElement.id")) == (
        "Việc của tôi",
        "content",
    )
