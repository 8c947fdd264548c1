"""What the columns of an annex table hold, told by their headings."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from campaign.reader.lines import Row


class Column(Enum):
    ORDINAL = "thứ tự"
    CONTENT = "nội dung"
    LEAD = "chủ trì"
    COORDINATE = "phối hợp"
    TIME = "thời gian"
    OTHER = "khác"


# In this order: “Cơ quan phối hợp thực hiện” coordinates, “Nội dung, chỉ tiêu” is a content.
_HEADINGS = (
    (Column.ORDINAL, re.compile(r"s?tt\.?|số\s*tt\.?|số thứ tự|thứ tự")),
    (Column.TIME, re.compile(r".*(?:thời gian|thời hạn|tiến độ|lộ trình|thời điểm).*")),
    (Column.CONTENT, re.compile(r"(?:nội dung|nhiệm vụ|công việc|tên (?!sản phẩm)|các nhiệm vụ).*")),
    (Column.OTHER, re.compile(r".*(?:kinh phí|ghi chú|sản phẩm|kết quả|mục tiêu|chỉ tiêu|địa điểm).*")),
    (Column.TIME, re.compile(r".*(?:hoàn thành|hạn ).*")),
    (Column.LEAD, re.compile(r".*(?:chủ trì|đầu mối|phụ trách).*")),
    (Column.COORDINATE, re.compile(r".*phối hợp.*")),
    (Column.LEAD, re.compile(r".*(?:cơ quan|đơn vị|trách nhiệm|nơi|phân công|tham mưu).*")),
    (Column.CONTENT, re.compile(r".*(?:nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|hạng mục).*")),
)  # fmt: skip
_LEADS_BY_NAME = re.compile(r"chủ trì|đầu mối|phụ trách", re.IGNORECASE)
_LONGEST_HEADING = 60
_LAYOUT_COLUMNS = 2


def column(heading: str) -> Column:
    said = " ".join(heading.lower().replace("*", "").split()).strip(" .:")
    if len(said) > _LONGEST_HEADING:
        return Column.OTHER
    return next((kind for kind, pattern in _HEADINGS if pattern.fullmatch(said)), Column.OTHER)


def columns(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns of a table of tasks; `None` if this row does not head one."""
    kinds = tuple(column(cell) for cell in cells)
    if any(_LEADS_BY_NAME.search(cell) for cell in cells):
        # Beside “Cơ quan chủ trì”, a “Cơ quan ban hành” does not lead.
        kinds = tuple(
            Column.OTHER if kind is Column.LEAD and not _LEADS_BY_NAME.search(cell) else kind
            for kind, cell in zip(kinds, cells, strict=True)
        )
    if Column.CONTENT not in kinds or Column.LEAD not in kinds:
        return None
    return kinds if len(kinds) > 2 else None  # noqa: PLR2004  # who does what, and one thing more


def head(rows: Sequence[Row]) -> tuple[tuple[Column, ...], int] | None:
    """Columns and the number of rows that head the table: one, or two where cells are merged."""
    for start, row in enumerate(rows[:3]):
        two = rows[start + 1].cells if start + 1 < len(rows) else ()
        if len(two) == len(row.cells) and not any(cell[:1].isdigit() for cell in two):
            both = columns(
                [_under(above, below) for above, below in zip(row.cells, two, strict=True)]
            )
            if both and _is_heading(two):
                return both, start + 2
        if found := columns(row.cells):
            return found, start + 1
    return None


def _is_heading(cells: Sequence[str]) -> bool:
    return all(len(cell) < _LONGEST_HEADING for cell in cells) and any(
        re.fullmatch(r".{0,20}(?:chủ trì|phối hợp).{0,12}", cell.lower().replace("\n", " "))
        for cell in cells
    )


def _under(above: str, below: str) -> str:
    return below or above


def counted(kinds: Sequence[Column], kind: Column) -> Iterator[int]:
    return (place for place, found in enumerate(kinds) if found is kind)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Two columns hold the head or the foot of a document, not a list of tasks."""
    if max(len(row) for row in rows) <= _LAYOUT_COLUMNS:
        return True
    said = " ".join(cell for row in rows[:3] for cell in row).upper()
    return "NƠI NHẬN" in said or "ĐỘC LẬP" in said or (len(rows) == 1 and "TM." in said)
