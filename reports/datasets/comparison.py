"""Two versions of a report, figure by figure and text by text.

Both are read from what each froze and from the words of its paper, never from today's data. The
same snapshot twice shows no change of figures, whatever was edited.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lib.vietnamese import number, percent
from reports.datasets.consolidated import Consolidated, read
from reports.datasets.words import Words, outline, words_of, words_without_paper
from reports.models import Paper, Report

NOTHING = ""


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise; empty where it was or is not there."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class UnitChange:
    """“Xã X sửa 12 → 15”: one unit's part of one indicator."""

    unit: str
    indicator: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    figures: tuple[Change, ...]
    units: tuple[UnitChange, ...]
    sending: tuple[Change, ...]
    texts: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.units or self.sending or self.texts)


@dataclass(frozen=True)
class Edition:
    """All that one version says, by what a person calls it."""

    figures: Mapping[str, str]
    units: Mapping[tuple[str, str], str]
    sending: Mapping[str, str]
    texts: Mapping[str, str]


def edition_of(report: Report) -> Edition:
    frozen: dict[str, Any] = report.snapshot or {}
    data = read(frozen)
    paper = Paper.objects.filter(report=report).first()
    words = words_of(paper) if paper else words_without_paper(data)
    return Edition(
        figures=dict(_figures(data)),
        units=_unit_figures(frozen, data),
        sending=dict(_sending(data)),
        texts=dict(_texts(data, words)),
    )


def compare(old: Edition, new: Edition) -> Comparison:
    return Comparison(
        figures=tuple(_changes(old.figures, new.figures)),
        units=tuple(
            UnitChange(unit, indicator, before or "0", after or "0")
            for (unit, indicator), before, after in _differing(old.units, new.units)
        ),
        sending=tuple(_changes(old.sending, new.sending)),
        texts=tuple(_changes(old.texts, new.texts)),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    return (Change(*row) for row in _differing(old, new))


def _differing(old: Mapping[Any, str], new: Mapping[Any, str]) -> Iterator[tuple[Any, str, str]]:
    """In the order of the newer one; what it lost comes last."""
    for key in (*new, *(key for key in old if key not in new)):
        before, after = old.get(key, NOTHING), new.get(key, NOTHING)
        if before != after:
            yield key, before, after


# --- figures -------------------------------------------------------------------------------------

SUMS: tuple[tuple[str, Callable[[Consolidated], int]], ...] = (
    ("Đơn vị đã gửi kế hoạch", lambda data: data.totals.sent),
    ("Gửi kế hoạch đúng hạn", lambda data: data.totals.on_time),
    ("Gửi kế hoạch trễ hạn", lambda data: data.totals.late),
    ("Chưa gửi kế hoạch", lambda data: data.totals.missing),
    ("Hoạt động đăng ký", lambda data: data.totals.activities),
)


def _figures(data: Consolidated) -> Iterator[tuple[str, str]]:
    for name, value in SUMS:
        yield name, number(value(data))
    if data.progress is None:
        return
    sending = data.progress.own_sending
    yield "Đơn vị đã gửi báo cáo kỳ", number(sending.sent)
    yield "Chưa gửi báo cáo kỳ", number(sending.missing)
    yield "Công trình, phần việc hoàn thành", number(data.progress.works_done)
    yield "Điển hình tiên tiến", number(len(data.progress.exemplars))
    for row in data.progress.indicators:
        called = f"{row.code}. {row.name} ({row.measure})"
        yield f"{called}: đăng ký", _shown(row.registered, row.decimals)
        yield f"{called}: trong kỳ", row.nothing or number(row.in_period, row.decimals)
        yield f"{called}: lũy kế", _shown(row.reached, row.decimals)
        yield f"{called}: tỷ lệ", percent(row.rate) if row.rate is not None else NOTHING
        yield f"{called}: đơn vị chưa có số liệu", number(row.without_figures)


def _shown(value: Decimal | None, places: int) -> str:
    return NOTHING if value is None else number(value, places)


def _unit_figures(frozen: Mapping[str, Any], data: Consolidated) -> dict[tuple[str, str], str]:
    """By unit and indicator; snapshots of before had none."""
    progress = frozen.get("progress") or {}
    names = {row.code: row.name for row in data.rows}
    called = {row["code"]: row for row in progress.get("indicators", ())}
    return {
        (names.get(unit, unit), f"{code}. {called[code]['name']}"): number(
            Decimal(in_period), called[code]["decimals"]
        )
        for code, by_unit in progress.get("unit_figures", {}).items()
        if code in called
        for unit, (in_period, _) in by_unit.items()
    }


# --- who sent, and what is said ------------------------------------------------------------------


def _sending(data: Consolidated) -> Iterator[tuple[str, str]]:
    for row in data.rows:
        yield f"{row.name}: kế hoạch triển khai", row.verdict_text
    if data.progress is None:
        return
    names = {row.code: row.name for row in data.rows}
    for sending in data.progress.sending:
        for code, sender in sending.senders.items():
            yield f"{names.get(code, code)}: báo cáo {sending.period.name}", sender.words


def _texts(data: Consolidated, words: Words) -> Iterator[tuple[str, str]]:
    yield from (
        ("Trích yếu", words.subject),
        ("Kính gửi", _listed(words.addressees)),
        ("Căn cứ", _listed(words.bases)),
        ("Lời mở đầu", words.opening),
        ("Lời kết", words.closing),
        ("Nơi nhận", _listed(words.recipients)),
        ("Người ký", _listed((*words.authority, words.position, words.signer))),
    )
    for part in outline(data):
        section = words.of(part.code)
        yield f"Mục {part.code}, lời của Ban", section.own
        for said in section.said:
            yield f"Mục {part.code}, {said.unit}", said.text


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)
