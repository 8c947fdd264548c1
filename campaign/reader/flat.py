"""Tables whose cells a converter laid down one below the other, one to a line."""

import re
from collections.abc import Sequence

from campaign.reader.agencies import begins_agency
from campaign.reader.columns import Column, column

COLUMNS = range(3, 10)
_ROW_HEADING = re.compile(r"(?:[IVX]{1,5}|[A-E])\s*[.)/-]\s*\S.*")
_LONGEST_HEADING = 40
_TIME = re.compile(
    r"(?:(?:trong|trước|từ|đến|cả|cuối|đầu|giai đoạn)\s+)*(?:thường xuyên|hằng|hàng|qu[ýí]|tháng|năm|ngày|\d{1,2}[/-])\b.*|theo .{0,40}",
    re.IGNORECASE,
)


def flat_tables(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """By the place of each line: the first line of a row carries its cells, the others are taken."""
    found: dict[int, tuple[str, ...]] = {}
    place = 0
    while place < len(lines):
        kinds = _headings(lines, place)
        place = _Taker(kinds, found).take(lines, place) if kinds else place + 1
    return found


def _headings(lines: Sequence[str], place: int) -> list[Column]:
    """The columns that headings one below the other, from here on, name."""
    if column(lines[place]) is not Column.ORDINAL:
        return []
    kinds: list[Column] = []
    for line in lines[place : place + max(COLUMNS) * 2]:
        if not line:
            continue
        is_known = column(line) is not Column.OTHER or "ghi chú" in line.lower()
        if kinds and (line == "1" or len(line) > _LONGEST_HEADING or not is_known):
            break
        kinds.append(column(line))
    return kinds if len(kinds) in COLUMNS and Column.LEAD in kinds else []


class _Taker:
    def __init__(self, kinds: Sequence[Column], found: dict[int, tuple[str, ...]]) -> None:
        self.kinds = kinds
        self.found = found
        self.taken: list[tuple[int, str]] = []

    def take(self, lines: Sequence[str], place: int) -> int:
        """Row by row, each from its own number on; where the table ends."""
        number = 0
        while place < len(lines) and len(self.taken) <= len(self.kinds) * 3:
            text = lines[place]
            if _is_after(text):
                break
            is_next = text.rstrip(".") == str(number + 1)
            if is_next or _ROW_HEADING.fullmatch(text):
                self._put()
                number += is_next
            if text:
                self.taken.append((place, text))
            place += 1
        self._put()
        return place

    def _put(self) -> None:
        taken, self.taken = self.taken, []
        if not taken:
            return
        cells = [text for _, text in taken]
        count = len(self.kinds)
        if 1 < len(cells) != count:
            cells = _by_meaning(cells, self.kinds)
        self.found.update({place: () for place, _ in taken})
        self.found[taken[0][0]] = tuple([*cells, *[""] * (count - len(cells))][:count])


def _is_after(text: str) -> bool:
    return text.lower().startswith(("nơi nhận", "phụ lục")) or text.startswith(("TM.", "KT."))


def _by_meaning(lines: Sequence[str], kinds: Sequence[Column]) -> list[str]:
    """A row with an empty cell or one of several lines: which line is which, only its words tell."""
    cells = dict.fromkeys(kinds, "")
    cells[Column.ORDINAL] = lines[0]
    rest = list(lines[1:])
    if Column.TIME in kinds and _TIME.fullmatch(rest[-1]):
        cells[Column.TIME] = rest.pop()
    lead = next((at for at, text in enumerate(rest) if at and begins_agency(text)), len(rest))
    cells[Column.CONTENT] = " ".join(rest[:lead])
    if Column.COORDINATE in kinds:
        cells[Column.LEAD] = "".join(rest[lead : lead + 1])
        cells[Column.COORDINATE] = "\n".join(rest[lead + 1 :])
    else:
        cells[Column.LEAD] = "\n".join(rest[lead:])
    return [cells[kind] for kind in kinds]
