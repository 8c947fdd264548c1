"""When the campaign runs (thời gian thi đua): its first and its last day, where the plan says so."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from campaign.reader.dates import When, days
from campaign.reader.outline import Node

_ABOUT = re.compile(
    r"(?:thời gian(?:\s+(?:và|tổ chức|thi đua|thực hiện|triển khai|phát động|tiến hành|đợt|của))*|phạm vi và thời gian|"
    r"đợt thi đua|phong trào thi đua|kế hoạch này)(?!\w)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:từ|kể từ|bắt đầu từ|bắt đầu) (?:ngày\s+)?(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_ISSUED = re.compile(r"(?:ngày\s+)?(?:ban hành|ký|phát động|kế hoạch được ban hành)", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"(?:ngày\s+)?(\d{1,2})(?:\s*/\s*|\s+tháng\s+)(\d{1,2})\s*$")
_TO = re.compile(r"(?:đến|tới|kết thúc) (?:hết\s+)?|[-–]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    starts_on: date | None = None
    ends_on: date | None = None
    text: str = ""
    line: int = 0


def read_window(root: Node, issued_on: date | None, label_lines: Collection[int]) -> Window:
    for text, line in _said(root):
        if line in label_lines:
            continue
        found = _window(text, line, issued_on)
        if found is not None:
            return found
    return Window()


def _said(root: Node) -> Iterator[tuple[str, int]]:
    """Paragraphs that tell of the time: by their own words, or by those of their heading."""
    for node in root.walk():
        if node.parent is None or node.annex is not None:
            continue
        is_about = node.is_section and bool(_ABOUT.match(node.text))
        if _ABOUT.match(node.text) and ":" in node.text:
            yield node.text, node.first
        for body in node.bodies:
            if is_about or _ABOUT.match(body.text):
                yield body.text, body.first
        for child in node.children if is_about else ():
            yield child.text, child.first


def _window(text: str, line: int, issued_on: date | None) -> Window | None:
    opened = _FROM.search(text)
    if opened is None:
        return None
    rest = opened["rest"]
    to = _TO.search(rest)
    first = rest[: to.start()] if to else rest
    ends_on = _last(rest[to.end() :]) if to else None
    starts_on = _first(first, issued_on) or _in_year_of(first, ends_on)
    if starts_on is None and ends_on is None:
        return None
    return Window(starts_on, ends_on, text, line)


def _first(said: str, issued_on: date | None) -> date | None:
    if _ISSUED.match(said):
        return issued_on
    found = next((when for when in days(said) if when.day), None)
    if found is None or found.day is None:
        return None
    return found.day if found.is_exact else _opening(found, said)


def _in_year_of(said: str, ends_on: date | None) -> date | None:
    """“từ ngày 01 tháng 4 đến ngày 20 tháng 5 năm 2024”: one year is said for both."""
    found = _DAY_AND_MONTH.match(said)
    if found is None or ends_on is None:
        return None
    try:
        return date(ends_on.year, int(found[2]), int(found[1]))
    except ValueError:
        return None


def _opening(when: When, said: str) -> date | None:
    """A month or a year as a beginning means its first day."""
    day = when.day
    if day is None:
        return None
    return date(day.year, 1 if when.is_year else day.month, 1)


def _last(said: str) -> date | None:
    found = next((when for when in days(said[:60])), None)
    return found.day if found else None
