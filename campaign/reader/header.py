"""What stands above the first heading and below the last paragraph: number, date, issuer, subject,
recipients, signatory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from campaign.reader.dates import first_day
from campaign.reader.mend import Paragraph

PLANS = (
    "KẾ HOẠCH", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "HƯỚNG DẪN", "CHỈ THỊ", "ĐỀ ÁN", "PHƯƠNG ÁN",
    "NGHỊ QUYẾT", "THÔNG BÁO", "CÔNG ĐIỆN", "KẾ HOẠCH LIÊN NGÀNH", "KẾ HOẠCH PHỐI HỢP", "THỂ LỆ", "QUY CHẾ", "DỰ ÁN",
)  # fmt: skip
OTHERS = (
    "BÁO CÁO", "TỜ TRÌNH", "BIÊN BẢN", "GIẤY MỜI", "HỢP ĐỒNG", "GIẤY GIỚI THIỆU", "GIẤY ỦY QUYỀN", "ĐƠN XIN", "HÓA ĐƠN",
    "PHIẾU", "GIẤY CHỨNG NHẬN", "BẢNG ĐIỂM", "LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ",
)  # fmt: skip
_NUMBER = re.compile(
    r"(?:Số|SỐ)\s*[:.]?\s*(?P<number>\d{1,5}(?:\s*/\s*\d{4})?\s*[-–/]\s*[A-ZĐa-zđ][\w.&]*(?:\s*[-–/]\s*[\w.&]+)*)"
)
_EMPTY_NUMBER = re.compile(r"(?:Số|SỐ)\s*[:.]?\s*(?:[.…_\s]*)(?:[-–/]\s*[A-ZĐ][\w.&/–-]*)?")
_DATED = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][^\d,;:/]{1,40}?)\s*,\s*(?P<date>ngày\s*[\d.…_ ]*\s*tháng\s*[\d.…_ ]*\s*năm\s*[\d.…_]*)",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"C[ỘO]NG\s+H[ÒO][ÀA]?\s+X[ÃA]\s+H[ỘO]I.*|Độc\s+lập\s*[-–]\s*Tự\s+do.*|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|NAM|VIỆT NAM|Hạnh phúc|DỰ THẢO.*|\(?DỰ THẢO.*",
    re.IGNORECASE,
)  # fmt: skip
_OPENS_BODY = re.compile(
    r"Căn cứ|Thực hiện|Triển khai thực hiện|Triển khai|Thi hành|Xét|Theo|Tiếp tục thực hiện|Trên cơ sở|Nhằm|Để|Hưởng ứng|"
    r"Thiết thực|Chào mừng|Ngày|[ỦU][ỷYy] ban nhân dân|[UỦ][ỶỷY] BAN NHÂN DÂN \w+ ban hành|UBND|Kính gửi|Ban Chỉ đạo|Ban Thường vụ|Sở|Thực hiện"
)
_SUBJECT_ENDS = re.compile(r"\(?\s*(?:Kèm theo|Ban hành kèm theo|Kính gửi)", re.IGNORECASE)
_MOST_SUBJECT_LINES = 8
_LONGEST_SUBJECT = 600
_TITLE_LETTERS = re.compile(r"(?:\w ){3,}\w")


@dataclass(slots=True)
class Header:
    document_type: str | None = None
    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    issuer: str | None = None
    subject: str | None = None
    preamble: list[Paragraph] = field(default_factory=list)
    """From the bases to the first heading."""
    lines: dict[str, int] = field(default_factory=dict)
    """Where each of them stands."""


def squeezed(number: str) -> str:
    """A number and symbol without the spaces a converter put around its signs."""
    return re.sub(r"\s*([-–/])\s*", lambda found: found[1].replace("–", "-"), number).strip(" .,")


def kind_of(text: str) -> str | None:
    """The type a title line names, such as “KẾ HOẠCH”; of “K Ế  H O Ạ C H” too."""
    said = text.strip(" *_:.")
    if _TITLE_LETTERS.fullmatch(said):
        said = re.sub(r"(?<=\w) (?=\w(?:\s|$))", "", re.sub(r"\s{2,}", "  ", said))
    folded = " ".join(said.upper().split())
    known = (*PLANS, *OTHERS)
    compact = {kind.replace(" ", ""): kind for kind in known}
    return compact.get(folded.replace(" ", ""))


def read_header(front: Sequence[Paragraph], text: Sequence[str] = ()) -> Header:
    """`text` is what follows, where names in capitals are looked up as they are written."""
    header = Header()
    title = _title(front)
    top = front[: title + 1] if title is not None else front
    for paragraph in top:
        _read_number_and_date(header, paragraph)
    header.issuer = _issuer(top if title is not None else ())
    after = 0
    if title is not None:
        after = _read_subject(header, front, title)
    else:
        after = _read_letter_subject(header, front)
    header.preamble = list(front[after:])
    if header.issuer is None:
        header.issuer = _issuer_in_words(header.preamble)
    _use_casing_of_text(header, [*(paragraph.text for paragraph in header.preamble), *text])
    return header


def _title(front: Sequence[Paragraph]) -> int | None:
    for place, paragraph in enumerate(front):
        if kind_of(paragraph.text):
            return place
    for place, paragraph in enumerate(front):
        if paragraph.text.isupper() and _long_title(paragraph.text):
            return place
    return None


def _long_title(text: str) -> str | None:
    """“KẾ HOẠCH PHÁT ĐỘNG …”: the type and the subject in one line."""
    found = [kind for kind in (*PLANS, *OTHERS) if text.startswith(f"{kind} ")]
    return max(found, key=len, default=None)


def _read_number_and_date(header: Header, paragraph: Paragraph) -> None:
    text = paragraph.text
    if header.number is None and (found := _NUMBER.search(text)):
        header.number = squeezed(found["number"])
        header.lines["number"] = paragraph.first
        text = text.replace(found[0], " ")
    else:
        text = _EMPTY_NUMBER.sub(" ", text, count=1) if text.lower().startswith("số") else text
    if header.place is None and (dated := _DATED.search(text)):
        header.place = " ".join(dated["place"].split())
        header.issued_on = first_day(dated["date"])
        header.lines["issued_on"] = paragraph.first


def _issuer(top: Sequence[Paragraph]) -> str | None:
    """The body on the left, above the number: its second line where the first is its superior."""
    names: list[str] = []
    for paragraph in top[:-1]:
        text = re.sub(r"[*_]", "", paragraph.text).strip()
        text = re.split(r"\s{2,}|C[ỘO]NG\s+H[ÒO]", text)[0].strip()
        if not text or _NATION.fullmatch(text):
            continue
        if not text.isupper() or _NUMBER.search(text) or _DATED.search(text):
            continue
        names.append(text)
    return _in_words(_own_name(names)) if names else None


_PLACE = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?)\s.+$")
_PLACE_LINE = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|PHƯỜNG|XÃ|ĐẶC KHU)\s")


def _own_name(names: Sequence[str]) -> str:
    """Lines that go on make one name; a body of its own below them is who issues."""
    own, above = "", ""
    for name in names:
        goes_on = own.endswith((" VÀ", ",", " -", " NHÂN", " CỦA")) or _PLACE_LINE.match(name)
        if own and _is_body(name) and not goes_on:
            own, above = name, own
        else:
            own = f"{own} {name}".strip()
    if not above or _PLACE.search(own):
        return own
    if not above.startswith(("UBND", "ỦY BAN NHÂN", "UỶ BAN NHÂN")):
        return f"{own} {above}"
    place = _PLACE.search(above)
    return f"{own} {place[0]}" if place else own


def _is_body(name: str) -> bool:
    return bool(
        re.match(
            r"SỞ|BAN|BỘ|CỤC|CHI CỤC|HỘI|VĂN PHÒNG|TRUNG TÂM|TRƯỜNG|CÔNG AN|THANH TRA|[ỦU][ỶY] BAN|UBND|LIÊN|ĐOÀN|BÁO|ĐÀI|PHÒNG|ĐẢNG|TỈNH ỦY",
            name,
        )
    )  # fmt: skip


_KEPT = {"ủy ban mặt trận": "Ủy ban Mặt trận", "mặt trận": "Mặt trận", "tổ quốc": "Tổ quốc", "việt nam": "Việt Nam", "thi đua - khen thưởng": "Thi đua - Khen thưởng"}  # fmt: skip
_PLACE_WORDS = re.compile(
    r"\b(tỉnh [ủu]\w|thành [ủu]\w|tỉnh|thành phố|tp\.?|huyện|quận|thị xã|phường|xã|đặc khu)\s+(.+)$"
)


def _in_words(name: str) -> str:
    """A name in capitals as it is written in a sentence."""
    said = " ".join(name.lower().split()).replace("ubnd", "UBND")
    if found := _PLACE_WORDS.search(said):
        said = said[: found.start(2)] + found[2].title()
    for plain, kept in _KEPT.items():
        said = said.replace(plain, kept)
    said = said[:1].upper() + said[1:]
    return re.sub(
        r"^(Sở|Ban|Cục|Chi cục|Hội) (\w)", lambda found: f"{found[1]} {found[2].upper()}", said
    )


_ISSUES = re.compile(
    r"(?P<who>(?:UBND|[ỦU][ỷy] ban nhân dân|Ban Thường vụ|Hội đồng|Ban Chỉ đạo|Sở|Tỉnh ủy|Liên đoàn|Ủy ban Mặt trận)\s[^.;:]{0,80}?)\s+"
    r"(?:ban hành|xây dựng|triển khai|đề ra|tổ chức|phát động)\s+(?:và\s+\w+\s+)?(?:\w+\s+){0,3}?[Kk]ế hoạch"
)


def _issuer_in_words(preamble: Sequence[Paragraph]) -> str | None:
    for paragraph in reversed(preamble):
        if found := list(_ISSUES.finditer(paragraph.text)):
            who = found[-1]["who"]
            starts = [
                m.start()
                for m in re.finditer(r"UBND|[ỦU][ỷy] ban nhân dân|Ban Thường vụ|Hội đồng|Sở", who)
            ]
            return who[starts[-1] if starts else 0 :].strip(" ,")
    return None


def _read_subject(header: Header, front: Sequence[Paragraph], title: int) -> int:
    """The lines below the type, up to the first that opens the body."""
    text = front[title].text
    header.document_type = kind_of(text) or _long_title(text)
    header.lines["document_type"] = front[title].first
    said: list[str] = []
    if not kind_of(text) and header.document_type:
        said.append(text[len(header.document_type) :].strip(" :"))
    place = title + 1
    while place < len(front) and _is_subject(said, front[place]):
        said.append(front[place].text.strip(" *_"))
        header.lines.setdefault("subject", front[place].first)
        place += 1
    subject = " ".join(said)
    header.subject = subject[:1].upper() + subject[1:] or None
    while place < len(front) and _SUBJECT_ENDS.match(front[place].text):
        place += 1
    return place


def _is_subject(said: Sequence[str], paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(said) >= _MOST_SUBJECT_LINES or len(text) > _LONGEST_SUBJECT:
        return False
    if _SUBJECT_ENDS.match(text) or text.startswith("Căn cứ") or text.endswith((";", ":")):
        return False
    if said and said[-1].isupper():
        return text.isupper() or text.startswith("(")
    return not said or not (_OPENS_BODY.match(text) or text.endswith(".") or text.isupper())


def _read_letter_subject(header: Header, front: Sequence[Paragraph]) -> int:
    """A letter (công văn) has no type; its subject begins with “V/v”."""
    for place, paragraph in enumerate(front):
        if found := re.match(r"(?:V/v|Về việc)\s*:?\s*(.+)", paragraph.text, re.IGNORECASE):
            header.subject = found[1]
            header.document_type = "CÔNG VĂN"
            header.lines["subject"] = paragraph.first
            return place + 1
    return 0


def _use_casing_of_text(header: Header, text: Sequence[str]) -> None:
    """Capitals say nothing of the words; the text usually repeats them in plain case."""
    if header.subject and header.subject.isupper():
        header.subject = _as_written(header.subject, text) or header.subject
    if header.issuer:
        name = re.split(r" (?:tỉnh|thành phố) ", header.issuer, maxsplit=1)[0]
        written = _as_written(name, text)
        if written and written[0].isupper():
            header.issuer = header.issuer.replace(name, written, 1)


def _as_written(wanted: str, texts: Sequence[str]) -> str | None:
    """The same words as they first stand in the text in another case than capitals."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())), re.IGNORECASE)
    for text in texts:
        for found in pattern.finditer(text):
            if not found[0].isupper():
                return found[0][:1].upper() + found[0][1:]
    return None
