"""Who receives the document (Nơi nhận) and who signs it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.reader.mend import Paragraph

_RECIPIENTS = re.compile(r"Nơi (?:nhận|gửi)\s*:?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_BULLET = re.compile(r"[-–—•*+·]\s*")
_AUTHORITY = re.compile(
    r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q|QUYỀN|THỪA ỦY QUYỀN)\s*\.?\s*[A-ZĐÀ-Ỹ].*"
)
_POSITION = re.compile(
    r"(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|CHỦ NHIỆM|CỤC TRƯỞNG|CHỈ HUY TRƯỞNG|TỔNG GIÁM ĐỐC|"
    r"TRƯỞNG PHÒNG|HIỆU TRƯỞNG|THỦ TRƯỞNG|CHÁNH THANH TRA|VIỆN TRƯỞNG|CHÁNH ÁN|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÍNH ỦY|TƯ LỆNH|PHÓ TRƯỞNG BAN|TỔNG BIÊN TẬP)"
    r"(?:\s+[^\d]{0,60})?",
)  # fmt: skip
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\w'’]*\.?\s+){1,5}[A-ZĐÀ-Ỹ][\w'’]*")
_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|TS|ThS|PGS|GS|BS|Ts)\.?\s+", re.IGNORECASE
)
_SIGNED = re.compile(r"\(?\s*(?:đã\s+)?ký.*\)?|\[.*\]|\(.*dấu.*\)", re.IGNORECASE)
_CLOSES = re.compile(r"\./\.?\s*(?P<after>\S.*)$")
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Signatory:
    authority: str | None
    position: str | None
    name: str | None
    line: int
    last: int
    name_line: int | None


@dataclass(slots=True)
class Tail:
    recipients: list[str]
    lines: list[int]
    """Where each recipient begins."""
    signatory: Signatory | None


def starts_recipients(text: str) -> bool:
    return bool(_RECIPIENTS.match(text)) and len(text) < 400  # noqa: PLR2004  # not a sentence that mentions them


def is_signature(text: str) -> bool:
    """A line in capitals that says by whose right or in which office somebody signs."""
    if len(text) > _LONGEST_TITLE or not text.isupper():
        return False
    return bool(_AUTHORITY.fullmatch(text) or _POSITION.fullmatch(text))


def stray(text: str) -> str | None:
    """What stands behind the sign “./.” that closes a document."""
    found = _CLOSES.search(text)
    return found["after"] if found and found["after"].strip(" .") else None


def read_tail(paragraphs: Sequence[Paragraph]) -> Tail:
    recipients: list[_Recipient] = []
    titles: list[Paragraph] = []
    name: Paragraph | None = None
    has_bullets = False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if found := _RECIPIENTS.match(text):
            recipients += [_Recipient(one, paragraph.first) for one in _inline(found["rest"])]
        elif is_signature(text):
            titles.append(paragraph)
        elif bullet := _BULLET.match(text):
            recipients.append(_Recipient(_tidy(text[bullet.end() :]), paragraph.first))
            has_bullets = True
        elif _SIGNED.fullmatch(text):
            continue
        elif titles and _NAME.fullmatch(_person(text)):
            name = paragraph
        elif recipients and (not titles or text[:1].islower()):
            _go_on(recipients, paragraph, has_bullets=has_bullets)
    kept = [one for one in recipients if one.text]
    return Tail([one.text for one in kept], [one.line for one in kept], _signatory(titles, name))


@dataclass(slots=True)
class _Recipient:
    text: str
    line: int


def _person(text: str) -> str:
    """A name without the rank or the degree before it."""
    return _RANK.sub("", text.strip()).strip(" .")


def _inline(rest: str) -> list[str]:
    return [
        _tidy(_BULLET.sub("", part, count=1)) for part in re.split(r"\s*;\s*", rest) if part.strip()
    ]


def _go_on(recipients: list[_Recipient], paragraph: Paragraph, *, has_bullets: bool) -> None:
    """A recipient over two lines; where none has a dash, one more."""
    text = paragraph.text.strip()
    if has_bullets or text[:1].islower() or text.startswith("("):
        recipients[-1].text = f"{recipients[-1].text} {_tidy(text)}"
    else:
        recipients.append(_Recipient(_tidy(text), paragraph.first))


def _tidy(text: str) -> str:
    return text.strip().rstrip(" .;,").strip()


def _signatory(titles: Sequence[Paragraph], name: Paragraph | None) -> Signatory | None:
    if not titles and name is None:
        return None
    authorities = [one.text for one in titles if _AUTHORITY.fullmatch(one.text)]
    positions = [one.text for one in titles if not _AUTHORITY.fullmatch(one.text)]
    return Signatory(
        " ".join(authorities[-1].split()) if authorities else None,
        " ".join(positions[-1].split()) if positions else None,
        _person(name.text) if name else None,
        titles[0].first,
        titles[-1].last,
        name.first if name else None,
    )
