"""May this file be kept? The cheap questions here, the costly ones in a confined process.

What is accepted is decided by content; the name only has to agree with it. Each refusal has a
code, for support, and a sentence that tells the person what to do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Final

from lib.confined import Failed, run
from lib.vietnamese import clean, number

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 20 * MEGABYTE
LONGEST_NAME: Final = 120


class Kind(Enum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPG = "jpg"
    PNG = "png"
    TXT = "txt"


CONTENT_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TXT: "text/plain; charset=utf-8",
}
# What may be handed in with a form; plain text only where a form asks for it.
ATTACHMENTS: Final = frozenset(Kind) - {Kind.TXT}
# What has words that can be searched.
READABLE: Final = frozenset(Kind) - {Kind.JPG, Kind.PNG}

_EXTENSIONS = {**{kind.value: kind for kind in Kind}, "jpeg": Kind.JPG, "md": Kind.TXT}
_SAVE_AS = {
    **dict.fromkeys(("doc", "odt", "rtf", "wps"), ".docx hoặc .pdf"),
    **dict.fromkeys(("xls", "ods", "et", "csv"), ".xlsx"),
}
_SAVE_AS |= dict.fromkeys(("webp", "gif", "bmp", "tif", "tiff", "avif"), ".jpg")
_OF_IPHONES = frozenset({"heic", "heif"})
_IPHONE_MARKS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"})
_MAGIC = {
    Kind.DOCX: b"PK\x03\x04",
    Kind.XLSX: b"PK\x03\x04",
    Kind.JPG: b"\xff\xd8\xff",
    Kind.PNG: b"\x89PNG\r\n\x1a\n",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024  # readers of PDF accept the mark anywhere in the first kilobyte


class BadFile(Exception):
    """This file is not accepted. `str()` is the sentence for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Checked:
    name: str
    kind: Kind

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


# The sentences of what only the whole content can tell; the confined process answers with a key.
SENTENCES: Final = {
    "mismatch": ("T04", "có nội dung không đúng với đuôi tệp. Hãy mở ra rồi lưu lại đúng định dạng."),
    "broken": ("T05", "bị hỏng hoặc tải lên chưa đủ. Hãy mở thử trên máy rồi gửi lại."),
    "bomb": ("T06", "sau khi giải nén quá lớn nên không nhận được."),
    "macro": ("T07", "có macro. Hãy lưu lại dạng không có macro (.docx, .xlsx)."),
    "embedded": ("T07", "có đối tượng nhúng từ chương trình khác. Hãy chuyển thành ảnh hoặc bảng rồi lưu lại."),
    "encrypted": ("T08", "có mật khẩu hoặc bị khóa quyền. Hãy bỏ mật khẩu rồi gửi lại."),
    "active": ("T09", "có mã tự chạy, biểu mẫu động hoặc tệp nhúng. Hãy in lại ra PDF rồi gửi."),
    "external": ("T10", "liên kết tới nội dung bên ngoài. Hãy ngắt liên kết rồi lưu lại."),
    "pages": ("T02", "có quá 5.000 trang. Hãy tách thành nhiều tệp."),
    "secret": ("T15", "có dấu chỉ độ mật. Không đưa tài liệu bí mật nhà nước lên hệ thống này."),
    "iphone": ("T03", "là ảnh HEIC, nhiều máy không mở được. Trên iPhone, vào Cài đặt, Camera, Định dạng, chọn “Tương thích nhất” rồi chụp lại; hoặc chuyển ảnh sang dạng .jpg rồi gửi."),
    "pixels": ("T16", "có ảnh vượt mức 40 triệu điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại."),
}  # fmt: skip


def check(name: str, path: Path, accepts: Collection[Kind] = ATTACHMENTS) -> Checked:
    """Ask everything, cheapest first; the first refusal is the answer."""
    shown = display_name(name)
    kind = _kind_named(shown, accepts)
    _check_size(shown, path.stat().st_size)
    _check_head(shown, kind, path)
    _check_content(shown, kind, path)
    return Checked(shown, kind)


def display_name(name: str) -> str:
    """The name we show: no folders, nothing unseen, one spelling, the extension kept."""
    last = clean(name.replace("\\", "/")).replace("\n", " ").replace("\t", " ").rpartition("/")[2]
    shown = " ".join(last.split())
    if not shown.strip("."):
        raise BadFile("T05", "Tệp không có tên hợp lệ. Hãy đặt tên cho tệp rồi gửi lại.")
    stem, dot, extension = shown.rpartition(".")
    if len(shown) <= LONGEST_NAME:
        return shown
    return f"{stem[: LONGEST_NAME - len(extension) - 2].rstrip()}…{dot}{extension[:8]}"


def refuse(name: str, key: str) -> BadFile:
    code, predicate = SENTENCES[key]
    return BadFile(code, f"Tệp “{name}” {predicate}")


def _kind_named(name: str, accepts: Collection[Kind]) -> Kind:
    _, dot, extension = name.lower().rpartition(".")
    kind = _EXTENSIONS.get(extension) if dot else None
    if kind is not None and kind in accepts:
        return kind
    if dot and extension in _WITH_MACROS:
        raise refuse(name, "macro")
    if dot and extension in _OF_IPHONES:
        raise refuse(name, "iphone")
    if dot and extension in _SAVE_AS:
        raise BadFile(
            "T03",
            f"Tệp “{name}” có đuôi “.{extension}” chưa được nhận. "
            f"Hãy mở ra, chọn “Lưu thành…” dạng {_SAVE_AS[extension]} rồi gửi lại.",
        )
    ending = f"có đuôi “.{extension[:20]}”" if dot else "không có đuôi"
    taken = ", ".join(f".{kind.value}" for kind in Kind if kind in accepts)
    raise BadFile("T03", f"Chỉ nhận tệp {taken}. Tệp “{name}” {ending}.")


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise BadFile("T01", f"Tệp “{name}” rỗng (0 byte). Hãy chọn lại tệp.")
    if size > LARGEST:
        raise too_large(name, size)


def too_large(name: str, size: int) -> BadFile:
    return BadFile(
        "T02",
        f"Tệp “{name}” nặng {number(Decimal(size) / MEGABYTE, 1)} MB, vượt mức {LARGEST // MEGABYTE} MB. "
        "Hãy giảm dung lượng ảnh hoặc tách thành nhiều tệp.",
    )


def _check_head(name: str, kind: Kind, path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    agrees = b"%PDF-" in head if kind is Kind.PDF else head.startswith(_MAGIC.get(kind, b""))
    if agrees:
        return
    if head[4:8] == b"ftyp" and head[8:12] in _IPHONE_MARKS:
        raise refuse(name, "iphone")
    if head.startswith(_OLD_OFFICE) and _ENCRYPTED_OFFICE in path.read_bytes():
        raise refuse(name, "encrypted")
    raise refuse(name, "mismatch")


def _check_content(name: str, kind: Kind, path: Path) -> None:
    if kind is Kind.TXT:
        _check_text(name, path)
        return
    try:
        verdict = run("files.inspect", kind.value, str(path)).decode()
    except Failed:
        # Out of memory, time or its mind: an honest file of 20 MB needs none of these limits.
        raise refuse(name, "broken") from None
    if verdict != "ok":
        raise refuse(name, verdict)


def _check_text(name: str, path: Path) -> None:
    """Letters and nothing else; UTF-16 has its mark, and a zero byte in half of its letters."""
    content = path.read_bytes()
    if b"\x00" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise refuse(name, "mismatch")
