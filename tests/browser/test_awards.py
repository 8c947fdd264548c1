"""An award from its nomination to the published decision, by the pages alone.

On the morning of 20/3/2024, before any guideline: a unit nominates one of its people, the board
appraises, the council votes (one member in the portal, five on paper), the chairman decides, and
a stranger reads the decision.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import follow, heading, press

pytestmark = pytest.mark.browser

NAME = "Nguyễn Thị Hành Trình (mẫu)"
FORM = "Bằng khen của Chủ tịch UBND tỉnh"
VOTER_UNIT = "Liên đoàn Lao động tỉnh"  # of hoidong1


def fill(page, **typed):
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)


def confirm(page, name):
    """A step that asks first: open it, then press the button inside."""
    page.locator(f"details.confirm summary:has-text('{name}')").first.click()
    with page.expect_navigation():
        page.locator(f"details.confirm[open] button:has-text('{name}')").click()


def nominate(officer):
    """The dossier with one person and its letter, in the hands of the head."""
    officer.goto("/khen-thuong/")
    press(officer, "Lập hồ sơ khen thưởng")
    dossier = officer.url
    follow(officer, "Thêm đề nghị")
    fill(officer, name=NAME, position="Diễn viên", achieved_from="7/3/2024", achieved_to="19/3/2024",
         achievement="Biểu diễn 12 buổi phục vụ các xã biên giới.",
         summary="Biểu diễn 12 buổi phục vụ biên giới")  # fmt: skip
    officer.select_option("[name=gender]", "female")
    officer.select_option("[name=rank]", "direct_worker")
    officer.select_option("[name=form]", label=FORM)
    officer.select_option("[name=integrity]", "clean")
    press(officer, "Thêm và chọn căn cứ")
    officer.goto(dossier)
    follow(officer, "Ghi tờ trình, biên bản")
    fill(officer, letter_number="15/TTr-SVHTTDL", letter_date="19/3/2024", signer_name="Lê Mẫu",
         signer_position="Giám đốc", council_met_on="18/3/2024", council_members="7",
         council_present="7", council_chair="Lê Mẫu", council_secretary="Trần Mẫu",
         council_notes="Thống nhất.")  # fmt: skip
    press(officer, "Lưu")
    officer.goto(dossier)
    press(officer, "Trình thủ trưởng duyệt")
    return dossier


def appraise(reviewer, dossier):
    reviewer.goto(dossier)
    papers = reviewer.locator("form.paper-check")
    for place in range(papers.count()):
        with reviewer.expect_navigation():
            papers.nth(place).get_by_role("button", name="Hợp lệ", exact=True).click()
    confirm(reviewer, "Hồ sơ đầy đủ")
    follow(reviewer, NAME)
    reviewer.check("[name=opinion][value=recommended]")
    press(reviewer, "Ghi ý kiến thẩm định")


def meet(head):
    """A meeting in session with six of nine members in the room; gives back its address."""
    head.goto("/khen-thuong/phien-hop/moi/")
    fill(head, title="Xét khen thưởng đột xuất", day="20/3/2024", hour="8:00", quorum="2/3")
    press(head, "Lập phiên họp")
    meeting = head.url
    follow(head, "Chọn nội dung họp")
    head.get_by_label(NAME).check()
    press(head, "Lưu nội dung họp")
    press(head, "Mời họp")
    follow(head, "Ghi dự họp")
    rows = head.locator(".council-members tbody tr")
    voter, others = rows.filter(has_text=VOTER_UNIT), rows.filter(has_not_text=VOTER_UNIT)
    assert (voter.count(), others.count()) == (1, 8)
    here = [voter, *(others.nth(place) for place in range(5))]
    for row in here:
        row.locator("select[name^=trang-thai]").select_option("present")
    for place in range(5, 8):
        others.nth(place).locator("select[name^=trang-thai]").select_option("absent")
    press(head, "Lưu thành phần")
    confirm(head, "Mở phiên họp")
    return meeting


def vote(head, member, meeting):
    head.goto(meeting)
    head.get_by_role("link", name=re.compile("^Bỏ phiếu: ")).click()
    fill(head, threshold="60")
    press(head, "Mở bỏ phiếu")
    ballot = head.url
    member.goto(ballot)
    follow(member, "Bỏ phiếu")
    member.get_by_label("Đồng ý", exact=True).check()
    press(member, "Bỏ phiếu")
    expect(member.locator("main")).to_contain_text("Ông/bà đã bỏ phiếu")
    head.reload()
    assert "Đồng ý" not in head.locator("main").inner_text()
    follow(head, "Kiểm phiếu")
    for tick in head.locator("input[name^=giay-]").all():
        tick.check()
    head.locator("input[name^=secret-]").fill("5")
    press(head, "Mở hòm phiếu và kiểm phiếu")
    head.goto(meeting)
    confirm(head, "Kết thúc phiên họp")


def decide(head):
    head.goto("/khen-thuong/quyet-dinh/to-trinh/moi/")
    press(head, "Lập tờ trình")
    fill(head, number="88/TTr-SNV", dated_on="20/3/2024", signer_name="Trần Mẫu",
         signer_position="GIÁM ĐỐC")  # fmt: skip
    press(head, "Ghi số tờ trình")
    press(head, "Lập dự thảo")
    follow(head, "Ghi nhận đã ký")
    fill(head, number="777/QĐ-UBND", decided_on="20/3/2024", signer_name="Phạm Mẫu",
         signer_position="CHỦ TỊCH")  # fmt: skip
    press(head, "Ghi nhận đã ký")
    assert heading(head) == "Quyết định 777/QĐ-UBND"
    assert "2.700.000" in head.locator("main").inner_text()  # 1,5 × 1.800.000 of March 2024
    confirm(head, "Công bố")


def test_a_nomination_becomes_a_published_decision(signed_in, open_browser):
    officer, unit_head = signed_in("svhttdl.chuyenvien"), signed_in("svhttdl.thutruong")
    reviewer, head = signed_in("btdkt.chuyenvien2"), signed_in("btdkt.truongban")
    dossier = nominate(officer)
    unit_head.goto(dossier)
    confirm(unit_head, "Duyệt và gửi")
    appraise(reviewer, dossier)
    meeting = meet(head)
    member = open_browser()
    member.goto("/tai-khoan/dang-nhap/")
    fill(member, login="hoidong1", password="ThiDua-TayNinh-2024")
    with member.expect_navigation():
        member.press("[name=password]", "Enter")
    vote(head, member, meeting)
    decide(head)

    stranger = open_browser()
    stranger.goto("/cong-bo-khen-thuong/")
    follow(stranger, "Quyết định số 777/QĐ-UBND")
    told = stranger.locator("main").inner_text()
    assert NAME in told
    assert "2.700.000" not in told
