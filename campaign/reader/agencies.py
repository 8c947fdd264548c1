"""Names of agencies in running text: where one begins, where it ends, and lists of them.

A name begins with what kind of body it is (Sở, Ban, UBND, các cơ quan …) and ends where the
sentence says what the body does. Nothing is looked up: whether such an agency exists, and in which
year, is for whoever matches the names to units.
"""

import re

# The first words of a name. Behind (?!…) is what begins alike and is no body: “Báo cáo”, “Hội nghị”.
_KINDS = (
    r"Sở|Cục|Chi cục|Tổng cục|Vụ|Văn phòng|VP|Thanh tra|Công an|[ỦU][ỷỶyY] ban|UBND|UB ?MTTQ|MTTQ|Mặt trận|HĐND|HĐTĐKT|LĐLĐ|BHXH|BCH|BCĐ|BQL",
    r"Ban(?! hành)|Bộ(?! (?:tiêu|thủ|máy|phận|đội|mặt))|Hội đồng|Hội(?! (?:nghị|thảo|thi|trại|chợ|viên|nhập|họp))|Hiệp hội|Liên (?:hiệp|đoàn|minh)",
    r"Đoàn|(?:Tỉnh|Thành|Huyện) [đĐ]oàn|(?:Tỉnh|Thành|Huyện|Đảng|Cấp) [uủ][ỷỶyủ]|Đảng đoàn|Thường trực|Thường vụ|Báo(?! (?:cáo|đảm))|Đài|Bảo tàng|Thư viện",
    r"Trường(?! hợp)|Trung tâm|Học viện|Đại học|Viện|Bệnh viện|Bảo hiểm|Kho bạc|Ngân hàng|Hải quan|Thuế|Thống kê|Kiểm toán|Cảng vụ|Toà án|Tòa án",
    r"Quỹ|Công ty|Tổng công ty|Tập đoàn|Doanh nghiệp|Hợp tác xã|Nhà đầu tư|Nhà (?:văn|hát|thiếu)|Bưu điện|Điện lực|Viễn thông",
    r"Bộ Chỉ huy|Bộ Tư lệnh|Quân khu|Lực lượng|Đội|Đồn|Phòng(?= [A-ZĐ])|Tổ(?= (?:công tác|giúp|thư|chuyên))|Khối(?! lượng)|Cụm(?! từ)",
    r"Cơ quan|Đơn vị|Địa phương|Chính quyền|Xã|Phường|Huyện|Thành phố|Thành viên|(?:Toàn thể|Tất cả) các",
    r"Thủ trưởng|Giám đốc|Chủ tịch|Người đứng đầu|Chánh|Trưởng",
)
# Bodies as a class; “các nội dung”, “các nhiệm vụ” are none.
_CLASSES = r"Các (?!nội|nhiệm|hoạt|hình|mục|giải|chỉ|tiêu|văn bản|quy|chương|phong|đề|chính|biện|công t|cuộc|tập|cá )"
_HEAD = re.compile(f"(?:{'|'.join(_KINDS)})")
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})(?!\w)|{_CLASSES}")
_REQUEST = re.compile(r"(?:Kính\s+)?(?:Đề nghị|Mời|Trân trọng đề nghị)\b\s*:?\s*", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:Giao(?:\s+(?:cho|nhiệm vụ cho))?|Yêu cầu|Phân công|(?:Trách\s+)?nhiệm(?:\s+vụ)?\s+của|Đối với|Ủy quyền cho)\b\s*:?\s*",
    re.IGNORECASE,
)
# What a body does. The words of two lines are whole predicates; in lower case only, for
# “Ban Chỉ đạo” and “Sở Xây dựng” are names.
_DOES = (
    "chủ trì|chủ động|phối hợp|tham mưu|chỉ đạo|hướng dẫn|xây dựng|tổ chức|triển khai|thực hiện|căn cứ|có trách nhiệm|"
    "có nhiệm vụ|chịu trách nhiệm|theo dõi|đôn đốc|kiểm tra|tăng cường|đẩy mạnh|phát huy|phân công|bố trí|cân đối|"
    "kiện toàn|thẩm định|tuyên truyền|tiếp tục|định hướng|rà soát|lồng ghép|là|nghiên cứu|báo cáo|tổng hợp|đề xuất|"
    "quán triệt|phát động|vận động|lãnh đạo|trên cơ sở|cụ thể hóa|cụ thể hoá|ban hành|hỗ trợ|giám sát|phát hiện|biểu dương|"
    "đưa|bảo đảm|đảm bảo|khẩn trương|nghiêm túc|thường xuyên|kịp thời|tập trung|quan tâm|tích cực|cung cấp|đăng tải|mở|"
    "xem xét|tiếp nhận|gửi|được giao|được phân công|giao|nâng cao|phổ biến|đề nghị|thông tin|ưu tiên|bám sát|"
    "hoàn thành|phụ trách|làm|duy trì|định kỳ|theo chức năng|theo nhiệm vụ|theo thẩm quyền|với chức năng|tùy theo|tuỳ theo|"
    "nêu cao|đổi mới|khuyến khích|huy động|quản lý|vận hành|sử dụng|đăng ký|tham gia|hằng năm|hàng năm|"
    "chuẩn bị|thành lập|đánh giá|xác định|ký kết|giúp|thông báo|bồi dưỡng|đào tạo|có kế hoạch|có văn bản|có giải pháp|"
    "chấp hành|tuân thủ|gương mẫu|phải|sẽ|trực tiếp|kết hợp|khảo sát|ứng dụng|xử lý|phê duyệt|quyết định|"
    "lựa chọn|thống nhất|cập nhật|cùng|hưởng ứng|động viên|nhân rộng|tôn vinh|sơ kết|tổng kết|đầu tư"
)
_PREDICATE = re.compile(rf"(?<![\w-])(?:{_DOES})(?![\w-])")
# “Ban chỉ đạo”, “đơn vị quản lý”, “các tổ chức”: the same words as part of a name.
_NAMES_TOO = frozenset({
    "chỉ đạo", "quản lý", "tổ chức", "phối hợp", "kiểm tra", "đào tạo", "thông tin", "hướng dẫn", "tuyên truyền", "thi đua",
    "khen thưởng", "đầu tư", "hỗ trợ", "giám sát", "xây dựng", "tham mưu", "bồi dưỡng", "sử dụng", "vận hành", "tham gia", "chủ trì",
})  # fmt: skip
_BEFORE_IN_NAME = re.compile(
    r",\s*$|(?<!\w)(?:các|những|và|hoặc)\s*$|(?:^|[,;]\s*|(?<!\w)(?:các|và)\s+)(?:ban|bộ|trung tâm|hội đồng|cục|phòng|quỹ|tổ|đội|trường|cơ quan"
    r"|đơn vị|viện|công ty|người|cán bộ|lực lượng|doanh nghiệp|nhà|đơn vị dịch vụ)\s*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?<!\w)được\s*$")
_LONGEST_NAME = 230
_LEAST_NAME = 3


class Named:
    """An agency at the beginning of a text, and what is said of it."""

    __slots__ = ("agency", "is_request", "said")

    def __init__(self, agency: str, said: str, *, is_request: bool) -> None:
        self.agency = agency
        self.said = said
        self.is_request = is_request


def named(text: str) -> Named | None:
    """The agency a heading names or a sentence begins with."""
    rest, is_request = _without_address(text)
    if not _KIND.match(rest):
        return None
    name, said = _split(rest)
    name = name.strip(" :;,.-–")
    if not _LEAST_NAME < len(name) <= _LONGEST_NAME:
        return None
    return Named(name, said.strip(), is_request=is_request)


def _without_address(text: str) -> tuple[str, bool]:
    rest = text
    if found := _REQUEST.match(rest):
        rest = rest[found.end() :]
        return rest[:1].upper() + rest[1:], True
    if found := _ORDER.match(rest):
        rest = rest[found.end() :]
    return rest[:1].upper() + rest[1:], False


def _split(text: str) -> tuple[str, str]:
    """The name and what follows it, divided by a colon or by the predicate, whichever is first."""
    colon = _colon(text)
    verb = _predicate(text)
    if colon is not None and (verb is None or colon < verb):
        return text[:colon], text[colon + 1 :]
    if verb is None:
        return text, ""
    return text[:verb], text[verb:]


def _colon(text: str) -> int | None:
    found = re.search(r":(?!\d)", text)
    return found.start() if found else None


def _predicate(text: str) -> int | None:
    for found in _PREDICATE.finditer(text):
        before = text[: found.start()]
        if before.count("(") > before.count(")"):
            continue
        word = " ".join(found[0].split())
        if not before.strip() or _PASSIVE.search(before):
            continue
        if not (word in _NAMES_TOO and _BEFORE_IN_NAME.search(before)):
            return found.start()
    return None


def names_in_sentence(text: str, *, whole: bool = False) -> list[str]:
    """The list of agencies a sentence goes on with; all of the text if it is nothing else."""
    if whole:
        return split_names(text)[0]
    opened = text[:1].upper() + text[1:]
    if not _KIND.match(opened):
        return []
    stop = _predicate(opened)
    ends = [
        place
        for place in (stop, *(opened.find(sign) for sign in (". ", ": ", " để ")))
        if place and place > 0
    ]
    return split_names(text[: min(ends, default=len(text))])[0]


# --- lists --------------------------------------------------------------------------------------

_HARD = re.compile(r"\s*;\s*(?![^(]*\))")
_CLASS = re.compile(r"các\s", re.IGNORECASE)
_SCOPED = re.compile(
    r"(?:tỉnh|thành phố|liên quan|địa bàn|huyện|xã|phường|trung ương|khác|viễn thông|nghiệp)\s*$",
    re.IGNORECASE,
)
_MISSING_COMMA = re.compile(r"(?<=\w) (?=Sở\s+[A-ZĐÀ-Ỹ])")
_OF = re.compile(r"(?:của|qua|với|và|là|các|tại|do|gồm|Giám đốc|Lãnh đạo|lãnh đạo|giữa)$")
_AND = re.compile(r"\s+(?:và|cùng|cùng với)\s+")
_BULLET = re.compile(r"^\s*[-–+•]\s*")


def split_names(text: str) -> tuple[list[str], bool]:
    """The names of a list, and whether a separator had to be supplied.

    A comma divides only where another body begins: “Sở Văn hóa, Thể thao và Du lịch” is one, and
    so is “các sở, ngành, đơn vị, UBND cấp xã”, where one “các” holds for all.
    """
    supplied = False
    names: list[str] = []
    for line in _lines(text):
        for part in _HARD.split(line):
            mended = _with_commas(part)
            supplied = supplied or mended != part
            names += _split_soft(mended)
    return [name for name in map(_tidy, names) if name], supplied


def _lines(text: str) -> list[str]:
    """Lines of a cell; one that begins no body goes on from the one above."""
    lines: list[str] = []
    for line in text.split("\n"):
        said = _BULLET.sub("", line).strip()
        if lines and said and not (begins_agency(said) or _BULLET.match(line)):
            lines[-1] = f"{lines[-1]} {said}"
        elif said:
            lines.append(said)
    return lines


def _with_commas(text: str) -> str:
    def comma(found: re.Match[str]) -> str:
        return " " if _OF.search(text[: found.start()]) else ", "

    return _MISSING_COMMA.sub(comma, text)


def _split_soft(text: str) -> list[str]:
    names: list[str] = []
    for piece in re.split(r"\s*,\s*(?![^(]*\))", text):
        if names and not (begins_agency(piece) and not _is_open_class(names[-1], piece)):
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return [one for name in names for one in _split_and(name)]


def begins_agency(text: str) -> bool:
    """The text begins with a body that could stand in a list of its own."""
    if re.match(r"(?:các|những|một số) (?:cơ quan|sở|ban|đơn vị|ngành|địa phương|tổ chức|doanh nghiệp|huyện|xã|phường|hội|đoàn thể|trường|khối|phòng)", text, re.IGNORECASE):  # fmt: skip
        return True
    return bool(_HEAD.match(text)) and not text.startswith(
        ("Doanh nghiệp", "Xã", "Phường", "Huyện")
    )


def _is_open_class(before: str, piece: str) -> bool:
    """“Các sở, ngành, đơn vị” goes on with “UBND cấp xã”; once its place is told, it is closed."""
    return bool(_CLASS.match(before)) and not _SCOPED.search(before) and not _CLASS.match(piece)


def _split_and(name: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for found in _AND.finditer(name):
        after = name[found.end() :]
        if begins_agency(after) and not _is_open_class(name[start : found.start()], after):
            parts.append(name[start : found.start()])
            start = found.end()
    return [*parts, name[start:]]


def _tidy(name: str) -> str:
    tidy = name.strip(" .,;:-–")
    return tidy.removeprefix("và ").strip()
