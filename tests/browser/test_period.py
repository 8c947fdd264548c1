"""One reporting period through for three units: one reports a joint activity, one took part in it,
one has nothing to report and is late. What the province then reads was added up by hand."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.papers import rows_in_docx
from tests.browser.people import follow, heading, press, take_away

pytestmark = pytest.mark.browser

LEAD, PARTNER, QUIET = (
    "Sở Giáo dục và Đào tạo",
    "Tỉnh Đoàn (Đoàn TNCS Hồ Chí Minh tỉnh)",
    "Hội Luật gia tỉnh",
)
PERIOD = "đột xuất tháng 3/2024"
JOINT = "Ngày hội thanh niên học sinh với truyền thống Quân đội"
# CT02 talks held, CT03 people who came: the joint one (1, 250) belongs to the lead.
OWN = {LEAD: ("2", "120"), PARTNER: ("3", "90")}
OF_JOINT = ("1", "250")
TALKS = "Cuộc tuyên truyền, sinh hoạt chính trị, nói chuyện truyền thống"
PEOPLE = "Lượt người dự các cuộc tuyên truyền, sinh hoạt chính trị, nói chuyện truyền thống"
ANNEX_COLUMNS = 8  # STT, chỉ tiêu, ĐVT, đăng ký, trong kỳ, lũy kế, tỷ lệ, ghi chú
PROVINCE = {"CT02": "6", "CT03": "460"}  # 2 + 3 + 1 and 120 + 90 + 250, the joint one once
CODES = {LEAD: "SGDDT", PARTNER: "TINHDOAN", QUIET: "HLG"}
UNITS = {LEAD: ("3", "370"), PARTNER: ("4", "340"), QUIET: ("0", "0")}


@pytest.fixture(scope="module")
def period():
    """The address of the period, once it is set."""
    return {}


def fill(page, **typed):
    for name, text in typed.items():
        page.locator(f"main form [name='{name}']").fill(text)


def test_the_board_opens_a_period_for_three_units(signed_in, period):
    head = signed_in("btdkt.truongban")
    head.goto("/ky-bao-cao/them/")
    head.get_by_label("Loại kỳ").select_option("ad_hoc")
    fill(
        head, name=PERIOD, data_from="7/3/2024", data_to="18/3/2024", opens_on="10/3/2024",
        due_date="19/3/2024", **{"phai-bao-cao-units": "; ".join(UNITS)},
    )  # fmt: skip
    for box in head.locator("[name='phai-bao-cao-blocks']").all():
        box.uncheck()
    press(head, "Đặt kỳ báo cáo")
    period["url"] = head.url
    press(head, "Mở nhận báo cáo")
    for unit in (LEAD, PARTNER):
        head.goto(period["url"])
        follow(head, unit)
        fill(
            head, **{
                "gia-han-due": "22/3/2024", "gia-han-reason": "Chờ số liệu của các trường",
                "gia-han-document_number": "31/BTĐKT",
            },
        )  # fmt: skip
        press(head, "Gia hạn cho đơn vị này")

    head.goto(period["url"])

    assert "Đã gửi 0/3 đơn vị" in head.locator(".lead-line").inner_text()


def test_the_lead_adds_a_joint_activity_and_the_partner_confirms(signed_in, period):
    officer = signed_in("sgddt.chuyenvien")
    officer.goto("/hoat-dong/them-moi/")
    fill(
        officer, title=JOINT, plan_codes="III.1.1", partners=PARTNER, place="Sân vận động tỉnh",
        starts_on="16/3/2024", ends_on="16/3/2024",
    )  # fmt: skip
    press(officer, "Lưu hoạt động")
    period["joint"] = officer.url
    press(officer, "Bắt đầu thực hiện")
    fill(officer, **{"xong-on": "16/3/2024", "xong-result": "250 đoàn viên, học sinh tham dự"})
    press(officer, "Hoàn thành")

    partner = signed_in("tinhdoan.chuyenvien")
    partner.goto(period["joint"])
    press(partner, "Xác nhận phối hợp")

    assert "Đã xác nhận" in partner.locator("main").inner_text()


def answer(page, code, value, *, of_activity=False):
    """Type one figure; the row of an activity lies under its indicator."""
    row = page.locator(
        f"#chi-tieu-{code} tr" + (".of-activity" if of_activity else ":not(.of-activity)")
    )
    row.locator("[data-figure]").first.fill(value)


def start(page):
    article = page.locator("article", has_text=f"Báo cáo {PERIOD}")
    with page.expect_navigation():
        article.get_by_role("button", name="Bắt đầu soạn").click()


def save(page):
    press(page, "Lưu bản soạn")


def to_the_head(page):
    press(page, "Ghi 0 vào các ô chưa trả lời")
    press(page, "Kỳ này không phát sinh")
    press(page, "Trình thủ trưởng duyệt")


def send(head):
    article = head.locator("article", has_text=f"Báo cáo {PERIOD}")
    article.get_by_role("link", name="Đọc và duyệt").click()
    press(head, "Duyệt và gửi")
    assert heading(head) == "Phiếu tiếp nhận"


@pytest.mark.parametrize(
    ("unit", "account"), [(LEAD, "sgddt"), (PARTNER, "tinhdoan")], ids=["lead", "partner"]
)
def test_a_unit_reports_its_own_figures(signed_in, unit, account):
    officer = signed_in(f"{account}.chuyenvien")
    start(officer)
    for code, own, joint in zip(("CT02", "CT03"), OWN[unit], OF_JOINT, strict=True):
        answer(officer, code, own)
        if unit == LEAD:
            answer(officer, code, joint, of_activity=True)
    if unit == PARTNER:
        assert officer.locator("#chi-tieu-CT02 .of-activity").count() == 0
    save(officer)
    to_the_head(officer)
    send(signed_in(f"{account}.thutruong"))


def test_the_unit_where_nothing_arose_answers_so_and_is_late(signed_in, period):
    officer = signed_in("hlg.chuyenvien")
    start(officer)
    press(officer, "Kỳ này không phát sinh")
    press(officer, "Trình thủ trưởng duyệt")

    send(signed_in("hlg.thutruong"))

    board = signed_in("btdkt.truongban")
    board.goto(period["url"])
    assert "Đã gửi 3/3 đơn vị (đúng hạn 2, trễ 1)" in board.locator(".lead-line").inner_text()
    board.goto(f"{period['url']}?trang_thai=tre-han")
    assert board.locator("table.ledger tbody tr th[scope=row]").all_inner_texts() == [QUIET]


def counted(page, code):
    """What the table says was reported in the period."""
    row = page.locator("tbody tr", has=page.locator(f"a[href^='/tong-hop/{code}/']")).first
    return row.locator("td.number").nth(2).inner_text()


def test_the_province_counts_the_joint_activity_once(signed_in, period):
    board = signed_in("btdkt.truongban")
    asked = f"/tong-hop/?ky={re.search(r'/([0-9]+)/', period['url'])[1]}"
    board.goto(asked)

    province = {code: counted(board, code) for code in PROVINCE}
    units = {}
    for name, unit in CODES.items():
        board.goto(f"{asked}&don_vi={unit}")
        units[name] = (counted(board, "CT02"), counted(board, "CT03"))

    assert (province, units) == (PROVINCE, UNITS)


def test_the_consolidated_report_carries_the_same_figures(signed_in):
    board = signed_in("btdkt.truongban")
    board.goto("/bao-cao/")
    board.get_by_label("Loại báo cáo").select_option(label="Báo cáo kỳ")
    board.get_by_label("Kỳ báo cáo").select_option(label=PERIOD)
    press(board, "Lập báo cáo")
    expect(board.get_by_role("link", name="PDF").first).to_be_visible(timeout=90_000)

    rows = rows_in_docx(take_away(board, "DOCX"))

    reported = {cells[1]: cells[4] for cells in rows if len(cells) == ANNEX_COLUMNS}
    assert (reported[TALKS], reported[PEOPLE]) == tuple(PROVINCE.values())
