from time import monotonic

import pytest

from files.checks import LARGEST, BadFile, Checked, Kind, check, display_name
from lib import confined
from tests.files import builders as build

NOT_WHAT_IT_SAYS = (
    "Tệp “{}” có nội dung không đúng với đuôi tệp. Hãy mở ra rồi lưu lại đúng định dạng."
)
BROKEN = "Tệp “{}” bị hỏng hoặc tải lên chưa đủ. Hãy mở thử trên máy rồi gửi lại."
BOMB = "Tệp “{}” sau khi giải nén quá lớn nên không nhận được."
MACRO = "Tệp “{}” có macro. Hãy lưu lại dạng không có macro (.docx, .xlsx)."
EMBEDDED = (
    "Tệp “{}” có đối tượng nhúng từ chương trình khác. Hãy chuyển thành ảnh hoặc bảng rồi lưu lại."
)
ENCRYPTED = "Tệp “{}” có mật khẩu hoặc bị khóa quyền. Hãy bỏ mật khẩu rồi gửi lại."
ACTIVE = "Tệp “{}” có mã tự chạy, biểu mẫu động hoặc tệp nhúng. Hãy in lại ra PDF rồi gửi."
EXTERNAL = "Tệp “{}” liên kết tới nội dung bên ngoài. Hãy ngắt liên kết rồi lưu lại."
SECRET = "Tệp “{}” có dấu chỉ độ mật. Không đưa tài liệu bí mật nhà nước lên hệ thống này."
PIXELS = "Tệp “{}” có ảnh vượt mức 40 triệu điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại."
PAGES = "Tệp “{}” có quá 5.000 trang. Hãy tách thành nhiều tệp."

SAVE_AS = "Tệp “{}” có đuôi “{}” chưa được nhận. Hãy mở ra, chọn “Lưu thành…” dạng {} rồi gửi lại."

DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
EXTERNAL_DTD = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;">]><a>&c;</a>'
XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
FIELD = (
    "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
)
STAMP = "<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:t>{}</w:t></w:r></w:p>"


def refusal(tmp_path, name, content):
    path = tmp_path / "content"
    path.write_bytes(content)
    began = monotonic()
    with pytest.raises(BadFile) as bad:
        check(name, path)
    assert monotonic() - began < 10
    return bad.value.code, bad.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("Kế hoạch.pdf", build.pdf(), Kind.PDF),
        ("đã ký.pdf", build.pdf(build.with_signature), Kind.PDF),
        (
            "nén.pdf",
            build.pdf(object_stream_mode=build.pikepdf.ObjectStreamMode.generate),
            Kind.PDF,
        ),
        ("Kế hoạch.docx", build.docx(), Kind.DOCX),
        ("KH.DOCX ", build.docx("Hỏa tốc", "HỎA TỐC", "Bí mật thành công"), Kind.DOCX),
        ("Biểu.xlsx", build.xlsx(), Kind.XLSX),
        ("scan.jpg", build.picture("JPEG"), Kind.JPG),
        ("scan.JPEG", build.picture("JPEG"), Kind.JPG),
        ("scan.png", build.picture(), Kind.PNG),
        ("cũng là zip.pdf", build.pdf() + build.office()[:200] + b"%%EOF", Kind.PDF),
        ("cũng là html.png", build.picture() + b"<html><script>alert(1)</script>", Kind.PNG),
        (
            "liên kết.docx",
            build.office(
                {"word/_rels/a.rels": build.relations("hyperlink", "https://tayninh.gov.vn")}
            ),
            Kind.DOCX,
        ),
        (
            "mẫu.docx",
            build.office(
                {"word/_rels/a.rels": build.relations("attachedTemplate", "file:///C:\\m.dotm")}
            ),
            Kind.DOCX,
        ),
        ("biểu đồ.docx", build.office({"word/embeddings/Sheet1.xlsx": build.xlsx()}), Kind.DOCX),
    ],
)
def test_honest_files_are_accepted(tmp_path, name, content, expected):
    path = tmp_path / "content"
    path.write_bytes(content)

    assert check(name, path) == Checked(name.strip(), expected)


def test_content_type_is_ours():
    assert Checked("a.pdf", Kind.PDF).content_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.exe", "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “a.exe” có đuôi “.exe”."),
        (
            "a.docx.exe",
            "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “a.docx.exe” có đuôi “.exe”.",
        ),
        ("a.html", "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “a.html” có đuôi “.html”."),
        ("a.svg", "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “a.svg” có đuôi “.svg”."),
        ("a.zip", "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “a.zip” có đuôi “.zip”."),
        ("ke hoach", "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “ke hoach” không có đuôi."),
        (
            ".htaccess",
            "Chỉ nhận tệp .pdf, .docx, .xlsx, .jpg, .png. Tệp “.htaccess” có đuôi “.htaccess”.",
        ),
        (
            "cũ.doc",
            SAVE_AS.format("cũ.doc", ".doc", ".docx hoặc .pdf"),
        ),
        (
            "cũ.XLS",
            SAVE_AS.format("cũ.XLS", ".xls", ".xlsx"),
        ),
        (
            "mở.odt",
            SAVE_AS.format("mở.odt", ".odt", ".docx hoặc .pdf"),
        ),
    ],
)
def test_names_decide_first(tmp_path, name, sentence):
    assert refusal(tmp_path, name, build.pdf()) == ("T03", sentence)


def test_empty_file(tmp_path):
    sentence = "Tệp “a.pdf” rỗng (0 byte). Hãy chọn lại tệp."

    assert refusal(tmp_path, "a.pdf", b"") == ("T01", sentence)


def test_one_byte_too_many(tmp_path):
    sentence = "Tệp “a.pdf” nặng 20,0 MB, vượt mức 20 MB. Hãy giảm dung lượng ảnh hoặc tách thành nhiều tệp."

    assert refusal(tmp_path, "a.pdf", bytes(LARGEST + 1)) == ("T02", sentence)


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("html.pdf", b"<html><body>xin chao</body></html>", "T04", NOT_WHAT_IT_SAYS),
        ("anh.docx", build.picture(), "T04", NOT_WHAT_IT_SAYS),
        ("word.xlsx", build.docx(), "T04", NOT_WHAT_IT_SAYS),
        ("excel.docx", build.xlsx(), "T04", NOT_WHAT_IT_SAYS),
        ("zip.docx", build.office(main="text/plain"), "T04", NOT_WHAT_IT_SAYS),
        ("png.jpg", build.picture(), "T04", NOT_WHAT_IT_SAYS),
        ("cu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "T04", NOT_WHAT_IT_SAYS),
        ("dut.docx", build.docx()[:-400], "T05", BROKEN),
        ("dut.xlsx", build.xlsx()[:1500], "T05", BROKEN),
        ("dut.pdf", build.pdf(pages=20)[:-300], "T05", BROKEN),
        ("dut.png", build.picture(size=(300, 300))[:60], "T05", BROKEN),
        ("dut.jpg", build.picture("JPEG", (300, 300))[:-200], "T05", BROKEN),
        ("lat.docx", build.flipped_directory(), "T05", BROKEN),
        ("rong.pdf", b"%PDF-1.7\n%%EOF", "T05", BROKEN),
        ("vong.pdf", build.page_loop(), "T05", BROKEN),
        ("bom.xlsx", build.bomb(), "T06", BOMB),
        ("bom.docx", build.bomb(build.WORD), "T06", BOMB),
        ("bom nho.xlsx", build.bomb(megabytes=30), "T06", BOMB),
        ("noi doi.docx", build.lying_directory(), "T05", BROKEN),
        ("nhieu.docx", build.many_entries(), "T06", BOMB),
        ("link.docx", build.link_entry(), "T05", BROKEN),
        ("trung.docx", build.twice_the_same_entry(), "T05", BROKEN),
        ("len.docx", build.office({"../../x": "x"}), "T05", BROKEN),
        ("goc.docx", build.office({"/etc/cron.d/x": "x"}), "T05", BROKEN),
        ("o dia.docx", build.office({"C:\\x": "x"}), "T05", BROKEN),
        ("cuoi.docx", build.office({DOCUMENT: LAUGHS}), "T05", BROKEN),
        ("cuoi.xlsx", build.office({SHEET: LAUGHS}, main=build.SHEET), "T05", BROKEN),
        ("xxe.docx", build.office({DOCUMENT: XXE}), "T05", BROKEN),
        ("dtd.xlsx", build.office({SHEET: EXTERNAL_DTD}, main=build.SHEET), "T05", BROKEN),
        ("utf16.docx", build.office({DOCUMENT: LAUGHS.encode("utf-16")}), "T05", BROKEN),
        ("sau.docx", build.office({DOCUMENT: "<p>" * 200_000}), "T05", BROKEN),
        ("xml.docx", build.office({DOCUMENT: "<p></q>"}), "T05", BROKEN),
        ("vba.docx", build.office({"word/vbaProject.bin": "x"}), "T07", MACRO),
        ("vba.xlsx", build.office({"xl/vbaProject.bin": "x"}, main=build.SHEET), "T07", MACRO),
        ("doi ten.docx", build.office(main=MACRO_TYPE), "T07", MACRO),
        ("them.docx", build.office(extra_types=[MACRO_TYPE]), "T07", MACRO),
        ("mo.docm", build.docx(), "T07", MACRO),
        ("activex.docx", build.office({"word/activeX/activeX1.xml": "<a/>"}), "T07", MACRO),
        ("ole.docx", build.office({"word/embeddings/oleObject1.bin": "x"}), "T07", EMBEDDED),
        ("exe.docx", build.office({"word/embeddings/a.exe": "MZ"}), "T07", EMBEDDED),
        (
            "html nhung.docx",
            build.office({"word/_rels/a.rels": build.relations("aFChunk", "a.mht", "Internal")}),
            "T07",
            EMBEDDED,
        ),
        ("khoa.docx", build.encrypted_office(), "T08", ENCRYPTED),
        ("khoa.xlsx", build.encrypted_office(), "T08", ENCRYPTED),
        ("co.docx", build.flagged_as_encrypted(), "T08", ENCRYPTED),
        ("khoa.pdf", build.pdf(encryption=build.pikepdf.Encryption("a", "b")), "T08", ENCRYPTED),
        ("quyen.pdf", build.pdf(encryption=build.pikepdf.Encryption("a", "")), "T08", ENCRYPTED),
        ("js.pdf", build.pdf(build.with_script), "T09", ACTIVE),
        (
            "an js.pdf",
            build.pdf(
                build.with_script_in_object_stream,
                object_stream_mode=build.pikepdf.ObjectStreamMode.generate,
            ),
            "T09",
            ACTIVE,
        ),
        ("chay.pdf", build.pdf(build.with_launch), "T09", ACTIVE),
        ("trang.pdf", build.pdf(build.with_page_action), "T09", ACTIVE),
        ("kem.pdf", build.pdf(build.with_attachment), "T09", ACTIVE),
        ("xfa.pdf", build.pdf(build.with_xfa), "T09", ACTIVE),
        ("gui.pdf", build.pdf(build.with_submit), "T09", ACTIVE),
        ("phim.pdf", build.pdf(build.with_rich_media), "T09", ACTIVE),
        (
            "mau xa.docx",
            build.office(
                {"word/_rels/a.rels": build.relations("attachedTemplate", "http://x.invalid/a")}
            ),
            "T10",
            EXTERNAL,
        ),
        (
            "mau mang.docx",
            build.office(
                {"word/_rels/a.rels": build.relations("attachedTemplate", "file://may/a.dotm")}
            ),
            "T10",
            EXTERNAL,
        ),
        (
            "anh xa.docx",
            build.office({"word/_rels/a.rels": build.relations("image", "http://x.invalid/a.png")}),
            "T10",
            EXTERNAL,
        ),
        (
            "ole xa.docx",
            build.office({"word/_rels/a.rels": build.relations("oleObject", "http://x.invalid")}),
            "T10",
            EXTERNAL,
        ),
        (
            "lien ket.xlsx",
            build.office({"xl/externalLinks/externalLink1.xml": "<a/>"}, main=build.SHEET),
            "T10",
            EXTERNAL,
        ),
        (
            "dde.docx",
            build.office({DOCUMENT: build.body(FIELD.format("DDEA", "UTO c:\\\\cmd.exe"))}),
            "T10",
            EXTERNAL,
        ),
        (
            "anh truong.docx",
            build.office(
                {DOCUMENT: build.body('<w:fldSimple w:instr="INCLUDEPICTURE http://x.invalid"/>')}
            ),
            "T10",
            EXTERNAL,
        ),
        ("mat.docx", build.docx("Kế hoạch", "MẬT"), "T15", SECRET),
        (
            "toi mat.docx",
            build.office({DOCUMENT: build.body(STAMP.format("TỐI ", "MẬT"))}),
            "T15",
            SECRET,
        ),
        ("anh to.docx", build.office({"word/media/a.png": build.huge_png()}), "T16", PIXELS),
        ("anh to.png", build.huge_png(), "T16", PIXELS),
        ("dai.pdf", build.pdf(pages=5_001), "T02", PAGES),
    ],
    ids=lambda value: value if isinstance(value, str) and value[-5:-3].find(".") >= 0 else "",
)
def test_hostile_and_broken_files_are_refused(tmp_path, name, content, code, sentence):
    assert refusal(tmp_path, name, content) == (code, sentence.format(name))


def test_a_file_that_takes_too_long_to_read_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.01)

    assert refusal(tmp_path, "lau.pdf", build.pdf()) == ("T05", BROKEN.format("lau.pdf"))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", "Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        ("a\x00\r\nb.pdf", "a b.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("con.docx", "con.docx"),
        ("🎉.pdf", "🎉.pdf"),
        ("a  b .pdf ", "a b .pdf"),
        ('<img onerror=1>".pdf', '<img onerror=1>".pdf'),
        ("x" * 300 + ".docx", "x" * 114 + "….docx"),
    ],
)
def test_display_name(sent, shown):
    assert display_name(sent) == shown
    assert len(display_name(sent)) <= 120


@pytest.mark.parametrize("sent", ["", "..", ".", "   ", "a/", "\x00"])
def test_a_file_needs_a_name(sent):
    with pytest.raises(BadFile) as bad:
        display_name(sent)

    assert (bad.value.code, bad.value.sentence) == (
        "T05",
        "Tệp không có tên hợp lệ. Hãy đặt tên cho tệp rồi gửi lại.",
    )
