"""What people do on the pages, in their words: they read labels and press buttons."""

import re
from io import BytesIO

import pikepdf
from playwright.sync_api import expect

from reports.demo.accounts import PASSWORD


def sign_in(page, user_name):
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("[name=login]", user_name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    # Who only reads is taken to the overview.
    first = re.compile("Việc của tôi|Tổng quan")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def press(page, name):
    """Press the one button or link of this name, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def heading(page):
    return page.locator("h1").inner_text()


def number_in(page):
    """The number of the sub-plan or report in the address."""
    return int(re.search(r"/(\d+)/", page.url).group(1))


def save_state(page):
    return page.locator("[data-save-state]")


# --- the officer ------------------------------------------------------------------------------

TEXTS = {
    "document_number": "45/KH-SVHTTDL",
    "document_date": "19/3/2024",
    "signer_name": "Nguyễn Thị Hòa Bình",
    "signer_position": "Giám đốc",
    "legal_basis": "Kế hoạch ngày 04/3/2024 của Ủy ban nhân dân tỉnh về đợt Thi đua đặc biệt.",
    "purpose": "Tạo khí thế thi đua sôi nổi trong toàn ngành văn hóa, thể thao và du lịch.",
    "organisation": "Phòng Quản lý văn hóa tham mưu, theo dõi và báo cáo.",
    "commendation": "Khen thưởng tập thể, cá nhân tiêu biểu khi tổng kết.",
    "ho_chi_minh_link": "Gắn với học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
}

# Three rows and their headings as Excel puts them on the clipboard.
HEADINGS = (
    "STT",
    "Nội dung",
    "Mục KH",
    "Chủ trì",
    "Bắt đầu",
    "Kết thúc",
    "Số lượng",
    "Đơn vị tính",
)
ROWS = (
    ("1", "Treo pa nô, khẩu hiệu tuyên truyền cổ động trực quan", "IV.7.2", "Sở VHTTDL",
     "01/4/2024", "22/12/2024", "120", "khẩu hiệu"),
    ("2", "Trưng bày ảnh “Tây Ninh – những chặng đường”", "IV.7.3", "Bảo tàng tỉnh",
     "25/4/2024", "10/5/2024", "2", "đợt"),
    ("3", "Chiếu phim lưu động tại xã biên giới", "IV.7.3; III.1.1", "Sở VHTTDL",
     "01/5/2024", "30/11/2024", "24", "buổi"),
)  # fmt: skip


def clipboard(*rows):
    return "\r\n".join("\t".join(row) for row in rows)


def type_texts(page, **texts):
    """Fill in the fields and leave the last one: the page keeps them by itself."""
    for name, text in texts.items():
        page.locator(f"form.texts [name={name}]").fill(text)
    page.locator(f"form.texts [name={name}]").blur()


def add_activity(page, duty, **cells):
    """By hand, in the row that opens in the table; the duty's own button fills in its code."""
    page.locator(f"[id='duty-{duty}']").get_by_role("link").click()
    row = page.locator("form.activity-form")
    for name, text in cells.items():
        row.locator(f"[name={name}]").fill(text)
    row.get_by_role("button", name="Lưu hoạt động").click()
    expect(row).to_have_count(0)


def paste(page, text):
    """Ctrl+V on the table, with a real clipboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".table-activities").focus()
    page.keyboard.press("Control+V")


def signed_pdf(words="Ke hoach trien khai"):
    """A small PDF that a reader opens: one A4 page with a line of text."""
    with pikepdf.new() as pdf, BytesIO() as out:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(f"BT /F1 18 Tf 72 720 Td ({words}) Tj ET".encode())
        pdf.save(out)
        return out.getvalue()


def attach(page, name, content):
    """Choose a file: it goes up at once and the form follows when it is up."""
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    with page.expect_navigation():
        page.locator("#id_files").set_input_files(file)


# --- the reviewer and the head of the board ---------------------------------------------------


def find_fault(page, line, reason):
    """Mark a line of the checklist “Chưa đạt” and say why."""
    row = page.locator(".line-check").filter(has_text=line)
    row.get_by_role("radio", name="Chưa đạt").check()
    row.get_by_role("textbox").fill(reason)


def take_away(page, name):
    """The bytes of a file the page offers."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return download.value.path().read_bytes()
