"""A file, by its content: which reader it needs, and why it is refused."""

from campaign.reader.lines import Source, check_size
from campaign.reader.plain import read_plain
from campaign.reader.portable import read_portable
from campaign.reader.refusal import Unreadable
from campaign.reader.word import read_word

LARGEST = 20 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")


def extract(content: bytes) -> Source:
    if not content.strip():
        raise Unreadable("Tệp rỗng.")
    if len(content) > LARGEST:
        raise Unreadable("Tệp lớn hơn 20 MB, không phải là một kế hoạch.")
    source = _by_kind(content)
    check_size(source.pieces)
    if not source.pieces:
        raise Unreadable("Tệp không có chữ nào.")
    return source


def _by_kind(content: bytes) -> Source:
    if b"%PDF-" in content[:1024]:
        return read_portable(content)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_word(content)
    if content.startswith(_PICTURES):
        raise Unreadable("Tệp là ảnh. Hãy quét thành PDF, hoặc dùng bản Word của kế hoạch.")
    if content.startswith(b"{\\rtf"):
        raise Unreadable("Tệp là dạng .rtf. Hãy mở ra, chọn “Lưu thành…” dạng .docx rồi chọn lại.")
    return read_plain(content)
