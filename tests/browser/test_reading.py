"""From the file of a plan to a campaign, by keyboard and by mouse.

The plan is of a year that is over, so that the campaign of the other tests stays the current one.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import follow, heading, press

pytestmark = pytest.mark.browser

PLAN = """UBND TỈNH TÂY NINH
Số: 12/KH-UBND
Tây Ninh, ngày 06 tháng 02 năm 2023

KẾ HOẠCH
Phát động đợt thi đua chào mừng ngày thành lập tỉnh

I. MỤC ĐÍCH, YÊU CẦU

1. Tạo khí thế thi đua sôi nổi.

2. Bảo đảm thiết thực.

II. TỔ CHỨC THỰC HIỆN

1. Thời gian thi đua: Từ ngày 06/02/2023 đến hết ngày 30/6/2023.

2. Sở Nội vụ

- Chủ trì, phối hợp với các đơn vị liên quan hướng dẫn khen thưởng.

3. UBND các huyện, thị xã, thành phố

- Triển khai trên địa bàn.

Các cơ quan, đơn vị gửi kế hoạch về Sở Nội vụ (qua Ban Thi đua - Khen thưởng) chậm nhất ngày 28/02/2023 để tổng hợp./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH
Nguyễn Văn Mẫu
"""


def hand_in(page, folder):
    paper = folder / "ke-hoach-2023.txt"
    paper.write_text(PLAN, encoding="utf-8")
    page.goto("/doc-ke-hoach/")
    page.set_input_files("#id_file", paper)
    press(page, "Gửi và đọc")
    expect(page.locator("#de-xuat")).to_be_visible(timeout=60_000)


def test_a_file_becomes_a_campaign(signed_in, tmp_path):
    page = signed_in("btdkt.truongban")
    hand_in(page, tmp_path)

    # The row in focus lights its line in the document; Enter keeps it and goes on.
    page.locator(".proposal", has_text="Tạo khí thế").focus()
    expect(page.locator(".reading-line.is-lit")).to_contain_text("Tạo khí thế thi đua sôi nổi.")
    page.keyboard.press("Enter")
    expect(page.locator(".proposal:focus")).to_contain_text("Bảo đảm thiết thực.")
    page.keyboard.press("x")
    expect(page.locator(".proposal.is-dropped")).to_contain_text("Bảo đảm thiết thực.")
    expect(page.locator("#reading-count")).to_contain_text(re.compile(r"Đã xem 2/\d+ mục, bỏ 1"))
    page.locator("summary", has_text="Giữ mọi mục chưa xem").click()
    press(page, "Giữ mọi mục chưa xem")

    follow(page, "Sang bước 2: tên cơ quan")
    page.get_by_label("“các đơn vị liên quan” là").fill("Ngoài danh mục")
    press(page, "Lưu tên cơ quan")
    expect(page.locator(".reading-class summary")).to_have_text("9 đơn vị ngày 06/02/2023")

    page.goto(page.url.replace("ten-co-quan", "tao"))
    press(page, "Tạo đợt thi đua")

    assert page.url.endswith("/ke-hoach/2023/")
    assert heading(page) == "Kế hoạch"
    expect(page.locator("#muc-II")).to_contain_text("hướng dẫn khen thưởng")
    expect(page.locator("main")).not_to_contain_text("Bảo đảm thiết thực.")
