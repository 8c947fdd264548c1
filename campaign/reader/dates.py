"""Days, months, quarters and years as a plan names them, and the sentences that make one due.

A month, quarter or year as a deadline means its last day. A day that comes back every year or
month has no date of its own, and a day without its year is not given one.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_EARLIEST, _LATEST = 1900, 2199
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}  # fmt: skip
_YEAR = r"(?P<year{0}>(?:19|20|21)\d\d)(?!\d)"
_WHEN = re.compile(
    "|".join(
        (
            r"(?<![\d/.])(?P<day1>\d{1,2})\s*(?P<sign>[/.\-])\s*(?P<month1>\d{1,2})\s*(?P=sign)\s*" + _YEAR.format(1),
            r"(?P<day2>\d{1,2})\s+tháng\s+(?P<month2>\d{1,2})\s*(?:,\s*)?(?:năm\s+|/\s*)" + _YEAR.format(2),
            r"tháng\s+(?:\d{1,2}\s*(?:,|và|-|–)\s*){0,6}(?P<month3>\d{1,2})\s*(?:[/\-.]|,?\s*năm|\s+của\s+năm)\s*" + _YEAR.format(3),
            r"qu[ýí]\s*(?:(?:IV|I{1,3}|[1-4])\s*(?:,|và|-|–)\s*){0,3}(?P<quarter4>IV|I{1,3}|[1-4]|một|hai|ba|tư|bốn)\s*(?:[/\-.,]|,?\s*năm|\s+của\s+năm)?\s*" + _YEAR.format(4),
            r"(?P<half5>6|06|sáu)\s+tháng\s+(?P<part5>đầu|cuối)\s+năm\s+" + _YEAR.format(5),
            r"năm\s+" + _YEAR.format(6),
            r"(?<![\d/.])(?P<day7>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<month7>\d{1,2})(?!\s*[/\d%])",
            r"ngày\s+(?P<day8>\d{1,2})(?=\s+(?:(?:của\s+)?tháng\s+\w+\s+)?(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm)|\s+(?:của )?tháng (?:cuối|đầu) (?:mỗi )?quý)",
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
_RECURRING = re.compile(
    r"(?:hằng|hàng|mỗi|từng)\s+(?:năm|tháng|quý|quí|tuần|kỳ|6 tháng)|thường xuyên|định kỳ",
    re.IGNORECASE,
)
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class When:
    """A day as it stands in a text: the last of what is named; `None` where its year is not."""

    day: date | None
    start: int
    end: int
    is_year: bool = False
    is_exact: bool = True


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def days(text: str) -> list[When]:
    """Every day, month, quarter or year of a text, in order. An impossible one is left out."""
    return [one for one in _read(text) if isinstance(one, When)]


def impossible(text: str) -> str | None:
    """The first day of a text that no calendar has, such as 31/4/2024."""
    return next((one for one in _read(text) if isinstance(one, str)), None)


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[When | str, ...]:
    """What is asked of a paragraph several times in a row; an impossible day stays as written."""
    return tuple(_made(found) for found in _WHEN.finditer(text))


def _made(found: re.Match[str]) -> When | str:
    try:
        return _when(found)
    except ValueError:
        return found[0]


def _when(found: re.Match[str]) -> When:
    said = {name.rstrip("12345678"): value for name, value in found.groupdict().items() if value}
    start, end = found.span()
    if "year" not in said:
        date(2000, int(said.get("month", 1)), int(said["day"]))
        return When(None, start, end)
    year = int(said["year"])
    if "day" in said:
        return When(date(year, int(said["month"]), int(said["day"])), start, end)
    month = _month(said)
    if not 1 <= month <= _LAST_MONTH:
        raise ValueError(found[0])
    is_year = not {"month", "quarter", "half"} & set(said)
    return When(last_day(year, month), start, end, is_year=is_year, is_exact=False)


def _month(said: dict[str, str]) -> int:
    if "month" in said:
        return int(said["month"])
    if "quarter" in said:
        return _QUARTERS[said["quarter"].lower()] * 3
    if "half" in said:
        return 6 if said["part"].lower() == "đầu" else _LAST_MONTH
    return _LAST_MONTH


def is_recurring(text: str) -> bool:
    return bool(_RECURRING.search(text))


def first_day(text: str) -> date | None:
    """The first full day a text names, as that on which a document was issued."""
    return next((when.day for when in days(text) if when.day and when.is_exact), None)


_STARTS = re.compile(r"\s*(?:bắt đầu\s+)?(?:từ|kể từ|sau)\s", re.IGNORECASE)
_TO = re.compile(r"đến|tới|[-–]|hết", re.IGNORECASE)
_OPEN_END = re.compile(r"giai đoạn|thường xuyên|những năm tiếp theo|các năm", re.IGNORECASE)


def due_on(time: str) -> date | None:
    """The last day of a time that a task gives: “Quý IV/2025 - Quý II/2026”, “Tháng 12/2025”."""
    found = [when for when in days(time) if when.day]
    if not found or _OPEN_END.search(time) or _is_only_yearly(time, found):
        return None
    if _STARTS.match(time) and not _TO.search(time[found[0].end :]):
        known = [when for when in found if _TO.search(time[: when.start])]
        return known[-1].day if known else None
    return max(when.day for when in found if when.day)


def _is_only_yearly(time: str, found: list[When]) -> bool:
    """“Hằng năm, từ năm 2026” names no last day."""
    return is_recurring(time) and all(when.is_year for when in found)


# --- what makes a day due ---------------------------------------------------------------------

_CUE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|không quá|hạn cuối|hạn chót|thời hạn|xong|hoàn thành|hoàn tất|kết thúc|"
    r"đến\s+hết|đến|gửi|trong|vào)(?:\s+(?:là|vào|trong|trước|hết|đến|về|ngày|tháng|quý|cuối|đầu|khoảng|năm|các|nhất))*\s*[:,]?\s*$",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"trước|chậm nhất|muộn nhất|không quá|hạn|xong|hoàn thành|hoàn tất|kết thúc|đến\s+hết",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"phấn đấu|mục tiêu|chỉ tiêu|tầm nhìn|định hướng đến|tỷ lệ|tỉ lệ|%|tính đến|giai đoạn|nhiệm kỳ",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"hoàn thành|xong|gửi|báo cáo|ban hành|trình|chậm nhất|nộp|tổng kết|sơ kết", re.IGNORECASE
)
_AS_OF = re.compile(r"tính\s+$", re.IGNORECASE)
_FROM = re.compile(r"(?:^|\W)từ\s", re.IGNORECASE)
_AND_ANOTHER = re.compile(r"\s*(?:và|,|;|hoặc|và trước)\s*(?:trước\s+)?(?:ngày\s+)?", re.IGNORECASE)
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline a sentence sets; `on` is `None` when it comes back every year or month."""

    on: date | None
    text: str
    place: int
    """Where in the paragraph the day stands."""
    is_exact: bool = False
    is_unsure: bool = False


def deadlines(text: str) -> list[Due]:
    """What a paragraph says must be done by when."""
    found: list[Due] = []
    previous: When | None = None
    for when in days(text):
        clause = _clause(text, when)
        goes_on = previous is not None and _AND_ANOTHER.fullmatch(text[previous.end : when.start])
        if goes_on or _is_due(text, when, clause):
            previous = when
            found.append(_due(when, clause))
        else:
            previous = None
    return found


def _is_due(text: str, when: When, clause: str) -> bool:
    before = text[max(0, when.start - _NEAR) : when.start]
    cue = _CUE.search(before)
    if cue is None or _AS_OF.search(before[: cue.start()]):
        return False
    near = before[cue.start() :].lower()
    is_goal, is_act = bool(_GOAL.search(clause)), bool(_ACT.search(clause))
    if when.is_year and (is_goal or not is_act):
        return False
    if near.startswith("đến") and not _STRONG.search(near):
        return bool(_FROM.search(before)) and not is_goal
    return is_act or bool(_STRONG.search(near))


def _due(when: When, clause: str) -> Due:
    if when.day is None:
        return Due(None, clause, when.start, is_unsure=not is_recurring(clause))
    return Due(when.day, clause, when.start, is_exact=when.is_exact)


def _clause(text: str, when: When) -> str:
    """The part of the sentence around a day: between full stops and semicolons."""
    start = max(text.rfind(". ", 0, when.start), text.rfind("; ", 0, when.start)) + 1
    ends = [place for sign in (". ", "; ", "./") if (place := text.find(sign, when.end)) >= 0]
    return text[start : min(ends, default=len(text))].strip(" .;/")
