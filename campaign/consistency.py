"""What a report must agree with before it is sent (kiểm tra số liệu).

Within itself, with what the unit registered, and with its own last period (domain guide §3.3).
Errors block sending. What may be right and needs a word of explanation (giải trình) blocks only
until the word is written beside the figure; other warnings never block. Plain values in,
findings out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lib.vietnamese import fold, number

UNANSWERED, VALUE, NOT_APPLICABLE = "unanswered", "value", "not_applicable"
PART, SUBSET, COMPANION = "part", "subset", "companion"
MONEY = "trieu dong"
OUTLIER_FACTOR = 3
_NUMBER = r"(?<![\d/.,-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?"
SHOWN_NUMBERS = 5


class Line(Enum):
    """What is checked, in the order in which it is told."""

    ANSWERS = ("answers", "Trả lời đủ")
    PARTS = ("parts", "Các phần và tổng")
    CUMULATIVE = ("cumulative", "Lũy kế")
    TARGET = ("target", "So với đăng ký")
    MONEY = ("money", "Kinh phí")
    OUTLIER = ("outlier", "So với kỳ trước")
    TEXT = ("text", "Lời văn và biểu số liệu")
    FORM = ("form", "Văn bản")

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Finding:
    """One thing the checks say of a section or an indicator, whose code is `about`.

    `asks_note`: it may well be right, and is sent once a word of explanation stands beside it.
    """

    line: Line
    message: str
    about: str
    anchor: str
    is_error: bool = False
    asks_note: bool = False

    @property
    def blocks(self) -> bool:
        return self.is_error or self.asks_note


@dataclass(frozen=True)
class ActivityFigure:
    """The figure of one activity the unit leads."""

    title: str
    answer: str
    value: Decimal | None


@dataclass(frozen=True)
class IndicatorContent:
    """One indicator of a draft. `answer` is empty where the unit types no figure of its own.

    `before` is the cumulative up to the last period, `correction` what this report corrects of
    it, `previous` the figure of the last comparable period, `target` what was registered.
    """

    code: str
    name: str
    measure: str
    answer: str
    value: Decimal | None = None
    note: str = ""
    relation: str = ""
    parent: str = ""
    activities: tuple[ActivityFigure, ...] = ()
    before: Decimal = Decimal(0)
    correction: Decimal = Decimal(0)
    previous: Decimal | None = None
    target: Decimal | None = None

    @property
    def anchor(self) -> str:
        return f"chi-tieu-{self.code}"

    @property
    def total(self) -> Decimal:
        """What the period adds: the unit's own figure and those of the activities it leads."""
        parts = (self.value, *(activity.value for activity in self.activities))
        return sum((part for part in parts if part is not None), Decimal(0))

    @property
    def cumulative(self) -> Decimal:
        return self.before + self.correction + self.total

    @property
    def is_answered(self) -> bool:
        own = self.answer in {VALUE, NOT_APPLICABLE, ""}
        return own and all(activity.answer != UNANSWERED for activity in self.activities)


@dataclass(frozen=True)
class SectionContent:
    code: str
    title: str
    is_answered: bool
    is_required: bool
    text: str

    @property
    def anchor(self) -> str:
        return f"muc-{self.code}"


@dataclass(frozen=True)
class Content:
    sections: tuple[SectionContent, ...]
    indicators: tuple[IndicatorContent, ...]
    document_number: str = ""
    has_document_date: bool = False
    signer_name: str = ""


def check(content: Content) -> list[Finding]:
    """Every finding, in the order of `Line`; empty when there is nothing to say."""
    checks = (
        _answers, _parts, _subsets, _cumulative, _targets, _money, _outliers, _texts, _form,
    )  # fmt: skip
    return [finding for one in checks for finding in one(content)]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]


def _answers(content: Content) -> Iterator[Finding]:
    for part in content.sections:
        if part.is_required and not part.is_answered:
            yield Finding(
                Line.ANSWERS,
                f"Mục {part.code} “{part.title}” chưa trả lời; không có gì thì chọn "
                "“Không phát sinh”.",
                part.code, part.anchor, is_error=True,
            )  # fmt: skip
    for row in content.indicators:
        yield from _answer(row)


def _answer(row: IndicatorContent) -> Iterator[Finding]:
    if row.answer == UNANSWERED:
        yield _error(
            Line.ANSWERS, row, "chưa trả lời; không có thì ghi 0, không thuộc việc của đơn vị thì "
            "chọn “Không áp dụng”.",
        )  # fmt: skip
    for activity in row.activities:
        if activity.answer == UNANSWERED:
            yield _error(Line.ANSWERS, row, f"chưa có số liệu của hoạt động “{activity.title}”.")
    if row.answer == NOT_APPLICABLE and row.target:
        yield _error(
            Line.ANSWERS, row, f"đơn vị đã đăng ký {_shown(row.target, row)} nên không chọn "
            "“Không áp dụng” được; chưa làm được thì ghi 0.",
        )  # fmt: skip


def _children(
    content: Content, relation: str
) -> Iterator[tuple[IndicatorContent, IndicatorContent]]:
    """Parent and child, where both are answered: what is missing has been said already."""
    by_code = {row.code: row for row in content.indicators}
    for row in content.indicators:
        parent = by_code.get(row.parent)
        if row.relation == relation and parent and row.is_answered and parent.is_answered:
            yield parent, row


def _parts(content: Content) -> Iterator[Finding]:
    parts: dict[str, list[IndicatorContent]] = {}
    wholes: dict[str, IndicatorContent] = {}
    for whole, part in _children(content, PART):
        wholes[whole.code] = whole
        parts.setdefault(whole.code, []).append(part)
    expected: dict[str, int] = {}
    for row in content.indicators:
        if row.relation == PART:
            expected[row.parent] = expected.get(row.parent, 0) + 1
    for code, whole in wholes.items():
        if len(parts[code]) < expected[code]:
            continue
        together = sum((part.total for part in parts[code]), Decimal(0))
        if together != whole.total:
            names = " + ".join(part.code for part in parts[code])
            yield _error(
                Line.PARTS, whole,
                f"{names} cộng lại là {number(together)}, khác {number(whole.total)}.",
            )  # fmt: skip


def _subsets(content: Content) -> Iterator[Finding]:
    for whole, part in _children(content, SUBSET):
        if part.total > whole.total:
            yield _error(
                Line.PARTS, part,
                f"{number(part.total)}, lớn hơn {number(whole.total)} của {whole.code}.",
            )  # fmt: skip


def _cumulative(content: Content) -> Iterator[Finding]:
    for row in content.indicators:
        if row.cumulative < 0:
            yield _error(Line.CUMULATIVE, row, "đính chính làm lũy kế thành số âm.")
        elif row.cumulative < row.before:
            yield _warning(
                Line.CUMULATIVE, row,
                f"lũy kế {number(row.cumulative)}, thấp hơn kỳ trước ({number(row.before)}) do "
                "đính chính.",
            )  # fmt: skip


def _targets(content: Content) -> Iterator[Finding]:
    for row in content.indicators:
        if row.target is not None and row.cumulative > row.target:
            yield _to_explain(
                Line.TARGET, row,
                f"lũy kế {number(row.cumulative)}, vượt {number(row.target)} đã đăng ký",
            )  # fmt: skip


def _money(content: Content) -> Iterator[Finding]:
    for thing, money in _children(content, COMPANION):
        if fold(money.measure) == MONEY and thing.total > 0 and money.total == 0:
            yield _to_explain(
                Line.MONEY, money,
                f"bằng 0 trong khi {thing.code} có {_shown(thing.total, thing)}",
            )  # fmt: skip


def _outliers(content: Content) -> Iterator[Finding]:
    for row in content.indicators:
        if row.previous and row.total > OUTLIER_FACTOR * row.previous:
            yield _to_explain(
                Line.OUTLIER, row,
                f"{number(row.total)}, gấp hơn {OUTLIER_FACTOR} lần kỳ trước "
                f"({number(row.previous)})",
            )  # fmt: skip


def _texts(content: Content) -> Iterator[Finding]:
    """Numbers in part II that carry the measure of an indicator and stand in none of its figures."""
    known = _figures_by_measure(content)
    for part in content.sections:
        if not part.code.startswith("II."):
            continue
        unknown = [
            f"{said} {measure}"
            for said, value, measure in numbers_in(part.text, known)
            if value not in known[measure]
        ]
        if unknown:
            shown = "; ".join(dict.fromkeys(unknown[:SHOWN_NUMBERS]))
            yield Finding(
                Line.TEXT,
                f"Mục {part.code} nêu {shown}, không thấy trong biểu số liệu; đề nghị đối chiếu.",
                part.code, part.anchor,
            )  # fmt: skip


def _figures_by_measure(content: Content) -> dict[str, set[Decimal]]:
    known: dict[str, set[Decimal]] = {}
    for row in content.indicators:
        figures = {row.total, row.cumulative, *(a.value for a in row.activities if a.value)}
        if row.value is not None:
            figures.add(row.value)
        known.setdefault(row.measure.casefold(), set()).update(figures)
    return known


def numbers_in(text: str, measures: Iterable[str]) -> Iterator[tuple[str, Decimal, str]]:
    """Each “03 cuộc”, “1.250 lượt người”: as written, its value, and its measure."""
    longest_first = sorted(measures, key=len, reverse=True)
    if not longest_first:
        return
    pattern = rf"{_NUMBER}\s+({'|'.join(map(re.escape, longest_first))})(?!\w)"
    for found in re.finditer(pattern, text, re.IGNORECASE):
        whole, fraction, measure = found.groups()
        value = Decimal(whole.replace(".", "") + (f".{fraction}" if fraction else ""))
        said = whole + (f",{fraction}" if fraction else "")
        yield said, value, measure.casefold()


def _form(content: Content) -> Iterator[Finding]:
    if not (content.document_number and content.has_document_date and content.signer_name):
        yield Finding(
            Line.FORM, "Chưa ghi đủ số, ngày và người ký của văn bản báo cáo.", "",
            "id_document_number",
        )  # fmt: skip


def _shown(value: Decimal, row: IndicatorContent) -> str:
    return f"{number(value)} {row.measure}"


def _said(row: IndicatorContent, message: str) -> str:
    return f"{row.code} {row.name}: {message}"


def _error(line: Line, row: IndicatorContent, message: str) -> Finding:
    return Finding(line, _said(row, message), row.code, row.anchor, is_error=True)


def _warning(line: Line, row: IndicatorContent, message: str) -> Finding:
    return Finding(line, _said(row, message), row.code, row.anchor)


def _to_explain(line: Line, row: IndicatorContent, message: str) -> Finding:
    """It may well be so; a reader will ask, so the unit says why at once."""
    if row.note.strip():
        return _warning(line, row, f"{message} (đã giải trình).")
    wanted = f"{message}; hãy ghi giải trình ở cột Ghi chú."
    return Finding(line, _said(row, wanted), row.code, row.anchor, asks_note=True)
