"""What a plan rests on (căn cứ): the documents named between its subject and its first heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.reader.dates import first_day
from campaign.reader.header import squeezed
from campaign.reader.mend import Paragraph

_KIND = (
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kế hoạch|Công văn|Công điện|Hướng dẫn|Thông tư|"
    r"Chương trình hành động|Chương trình|Thông báo|Kết luận|Quy định|Quy chế|Văn bản|Đề án|Tờ trình|Báo cáo|Thông tri|Điều lệ|Phong trào|ý kiến)"
)  # fmt: skip
_OPENS = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai thực hiện|Triển khai|Tiếp tục thực hiện|Theo|Xét|Thi hành|Trên cơ sở|Để thực hiện|Nhằm thực hiện|"
    r"Để triển khai(?: thực hiện)?|Hưởng ứng|Tiếp tục triển khai(?: thực hiện)?|Nhằm triển khai(?: thực hiện)?)\s*:?\s+"
)
_NUMBERED = re.compile(
    rf"{_KIND}[^;:]{{0,40}}?\bsố\s*:?\s*(?P<number>\d{{1,5}}(?:\s*/\s*\d{{4}})?\s*[-–/]\s*[A-ZĐ][\w.]*(?:\s*[-–/]\s*[\w.]+)*)",
    re.IGNORECASE,
)  # fmt: skip
_SPLIT = re.compile(rf"\s*[;,]\s*(?:và\s+)?(?=(?:Căn cứ\s+|các\s+)?{_KIND}\s)|\s*;\s*")
_AND_SAME = re.compile(rf"\s+và\s+(?={_KIND}\s+(?:liên tịch\s+)?số\s)")
_SUBJECT = re.compile(
    r"\s(?:về|thực hiện|triển khai|ban hành|phê duyệt|quy định|hướng dẫn|sửa đổi|tăng cường)\s"
)
_OF = re.compile(
    r"\bcủa\s+(?P<who>.+?)(?=\s+(?:về|ban hành|phê duyệt|thực hiện|triển khai|quy định|hướng dẫn|khóa|khoá|tại|sửa đổi|năm|tăng cường|phát động)\b|[,;.(]|$)"
)
_DECIDES = re.compile(
    r"[.;,]\s+(?=(?:UBND|[ỦU][ỷy] ban nhân dân|Ban Thường vụ|Hội đồng|Sở|Ban Chỉ đạo|Ban)\s[^.;]{0,120}?(?:ban hành|xây dựng|triển khai|tổ chức|phát động|đề ra)\b[^;]*$)"
)


@dataclass(frozen=True, slots=True)
class Basis:
    text: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    line: int


def read_bases(preamble: Sequence[Paragraph]) -> list[Basis]:
    found: list[Basis] = []
    for paragraph in preamble:
        opened = _OPENS.match(paragraph.text)
        if opened is None:
            continue
        said = _DECIDES.split(paragraph.text[opened.end() :])[0]
        found += [_basis(part, paragraph.first) for part in _parts(said) if _is_document(part)]
    return found


def _parts(said: str) -> Iterator[str]:
    """The documents one paragraph names; those a document itself carries out belong to it."""
    pending = ""
    for part in _SPLIT.split(said):
        if not part.strip():
            continue
        if pending and not re.match(rf"(?:Căn cứ\s+|các\s+)?{_KIND}\s", part):
            pending = f"{pending}; {part}"
            continue
        if pending:
            yield from _same_level(pending)
        pending = part
    if pending:
        yield from _same_level(pending)


def _same_level(part: str) -> Iterator[str]:
    start = 0
    for found in _AND_SAME.finditer(part):
        if not _SUBJECT.search(part[start : found.start()]):
            yield part[start : found.start()]
            start = found.end()
    yield part[start:]


def _is_document(part: str) -> bool:
    return bool(re.match(rf"(?:Căn cứ\s+|các\s+)?{_KIND}\s", part) or _NUMBERED.search(part))


def _basis(part: str, line: int) -> Basis:
    text = part.strip(" .;,").removeprefix("Căn cứ ")
    numbered = _NUMBERED.search(text)
    behind = text[numbered.end() :] if numbered else text
    of = _OF.search(behind)
    near = behind[: of.start() if of else len(behind)]
    return Basis(
        text,
        squeezed(numbered["number"]) if numbered else None,
        first_day(near),
        of["who"].strip() if of and numbered else None,
        line,
    )
