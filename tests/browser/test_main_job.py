"""The main job from end to end: a sub-plan is drafted, sent, returned, mended, accepted, reported.

On a portal with the demonstration that believes it is the morning of 20/3/2024, by the pages
alone, each person in a browser of their own.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.papers import line_in_docx, line_in_pdf, line_in_xlsx
from tests.browser.people import (
    HEADINGS,
    ROWS,
    TEXTS,
    add_activity,
    attach,
    clipboard,
    find_fault,
    follow,
    heading,
    number_in,
    paste,
    press,
    save_state,
    signed_pdf,
    take_away,
    type_texts,
)

pytestmark = pytest.mark.browser

UNIT = "Sở Văn hóa, Thể thao và Du lịch"
STATES = {"Chờ thủ trưởng duyệt", "Đã nộp", "Đang xem xét", "Trả lại bổ sung", "Đã tiếp nhận"}
FAULTS = {
    "Thể thức văn bản": "Bản quét thiếu trang có chữ ký và con dấu.",
    "Tổ chức thực hiện": "Chưa nêu thời gian báo cáo kết quả.",
}


@pytest.fixture(scope="module")
def walk():
    """What one step of the main job leaves to the next."""
    return {}


def draft_it(officer):
    """From the debt on the first page to the draft in the head's hands."""
    assert officer.locator("main .btn-primary").all_inner_texts() == [" Bắt đầu soạn"]
    press(officer, "Bắt đầu soạn")
    type_texts(officer, **TEXTS)
    expect(save_state(officer)).to_have_text(re.compile(r"^Đã lưu \d\d:\d\d$"))
    add_activity(
        officer, "IV.7.1", title="Chương trình nghệ thuật chào mừng sự kiện",
        starts_on="26/4/2024", ends_on="30/4/2024", quantity="3", quantity_unit="chương trình",
    )  # fmt: skip
    paste(officer, clipboard(HEADINGS, *ROWS))
    expect(officer.locator("#paste-preview strong")).to_have_text(
        "Đã đọc 3 dòng, không có lỗi; chưa ghi dòng nào."
    )
    press(officer, "Ghi 3 hoạt động")
    attach(officer, "Ke-hoach-45.pdf", signed_pdf())
    assert officer.locator("#activity-table tbody.activity").count() == 4
    assert officer.locator("#check .tone-red").count() == 0
    press(officer, "Trình thủ trưởng duyệt")
    return number_in(officer)


def approve_it(head, pk):
    """The head reads and sends; gives back the code of the receipt."""
    follow(head, "Đọc và duyệt")
    assert number_in(head) == pk
    press(head, "Duyệt và gửi")
    assert heading(head) == "Phiếu tiếp nhận"
    return head.locator(".receipt-code").inner_text()


def test_a_unit_sends_its_sub_plan(signed_in, open_browser, walk):
    officer = signed_in("svhttdl.chuyenvien")
    pk = draft_it(officer)
    assert (
        officer.locator(".states .badge-state").first.inner_text().strip() == "Chờ thủ trưởng duyệt"
    )

    code = approve_it(signed_in("svhttdl.thutruong"), pk)

    stranger = open_browser()
    stranger.goto(f"/kiem-tra/{code}/")
    told = [line.strip() for line in stranger.locator(".receipt dd").all_inner_texts()]
    assert (told[1], told[3]) == (UNIT, "Đúng hạn")
    walk.update(pk=pk, code=code)


def test_the_board_returns_it_with_two_reasons_and_a_day(signed_in, walk):
    reviewer = signed_in("btdkt.chuyenvien1")
    reviewer.goto("/xem-xet/?phan_cong=tat-ca")
    follow(reviewer, UNIT)
    assert number_in(reviewer) == walk["pk"]
    press(reviewer, "Nhận xem xét")
    for line, reason in FAULTS.items():
        find_fault(reviewer, line, reason)
    reviewer.get_by_label("Hạn bổ sung").fill("27/3/2024")

    press(reviewer, "Trả lại bổ sung")

    officer = signed_in("svhttdl.chuyenvien")
    seen = [line.strip() for line in officer.locator(".work li").all_inner_texts()]
    assert seen == [f"{line}: {reason}" for line, reason in FAULTS.items()]
    assert "Hạn bổ sung: 27/3/2024" in officer.locator("main").inner_text()


def test_the_unit_mends_it_and_the_board_accepts(signed_in, walk):
    officer, head = signed_in("svhttdl.chuyenvien"), signed_in("svhttdl.thutruong")
    press(officer, "Soạn bản bổ sung")
    type_texts(officer, organisation=TEXTS["organisation"] + " Báo cáo trước ngày 25 hằng tháng.")
    expect(save_state(officer)).to_have_text(re.compile(r"^Đã lưu \d\d:\d\d$"))
    attach(officer, "Ke-hoach-45-du-trang.pdf", signed_pdf("Ke hoach, du trang"))
    press(officer, "Trình thủ trưởng duyệt")
    walk["again"] = number_in(officer)
    head.reload()
    second_code = approve_it(head, walk["again"])

    reviewer = signed_in("btdkt.chuyenvien1")
    reviewer.goto(f"/xem-xet/{walk['again']}/")
    changed = reviewer.locator(".review-changes ins").all_inner_texts()
    press(reviewer, "Nhận xem xét")
    press(reviewer, "Tiếp nhận")

    assert changed == [
        "Ke-hoach-45-du-trang.pdf",
        TEXTS["organisation"] + " Báo cáo trước ngày 25 hằng tháng.",
    ]
    assert second_code != walk["code"]
    officer.goto(f"/ke-hoach-trien-khai/{walk['again']}/")
    states = [text.strip() for text in officer.locator(".states .badge-state").all_inner_texts()]
    assert states == ["Đã tiếp nhận", "Đúng hạn"]


def test_the_board_builds_the_report(signed_in, walk):
    board = signed_in("btdkt.truongban")
    board.goto("/bao-cao/")
    board.get_by_label("Loại báo cáo").select_option(label="Danh sách, tình hình gửi kế hoạch")
    press(board, "Lập báo cáo")
    expect(board.locator("#progress, .figures").first).to_be_visible()

    expect(board.get_by_role("link", name="PDF").first).to_be_visible(timeout=60_000)

    expected = [(UNIT, TEXTS["document_number"], TEXTS["document_date"], "20/3/2024", "Đúng hạn")]
    assert line_in_docx(take_away(board, "DOCX"), UNIT) == expected
    assert line_in_pdf(take_away(board, "PDF"), UNIT) == expected
    assert line_in_xlsx(take_away(board, "XLSX"), UNIT) == expected


def test_each_step_is_in_the_history(signed_in, walk):
    officer = signed_in("svhttdl.chuyenvien")
    told = []
    for pk in (walk["again"], walk["pk"]):
        officer.goto(f"/ke-hoach-trien-khai/{pk}/")
        words = officer.locator(".history-what").all_inner_texts()
        told.append([word for word in words if word in STATES])

    before = ["Đang xem xét", "Đã nộp", "Chờ thủ trưởng duyệt"]
    assert told == [["Đã tiếp nhận", *before], ["Trả lại bổ sung", *before]]
