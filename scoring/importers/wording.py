"""How a criterion is scored, read from the words people write in their scales.

The usual forms of the usual methods, no more: what is not understood becomes a criterion scored
by hand, and the person is told which. Words in, a frozen configuration out.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from lib.vietnamese import clean, parse_number
from scoring.formula import (
    Auto,
    Band,
    Bonus,
    Choice,
    Count,
    Counted,
    Deduction,
    Measure,
    MethodName,
    Option,
    Penalties,
    Ratio,
    Review,
    Step,
    StepPoints,
    Tier,
    Tiers,
)
from scoring.formula.method import Formula

HUNDRED = Decimal(100)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_NAMED_POINTS = re.compile(rf"(.+?)[\s:=]+{_NUMBER}(?: điểm)?", re.IGNORECASE)
_RUNG = re.compile(
    rf"(?:>=|≥|từ )?\s*{_NUMBER}\s*%?(?:\s*-\s*<?\s*{_NUMBER}\s*%?)?\s*:\s*{_NUMBER}"
)
_BELOW = re.compile(rf"<\s*{_NUMBER}\s*%?\s*:\s*{_NUMBER}")
_SHARED = re.compile(rf"{_NUMBER}\s*[x×*]\s*\(?(.+?)\s*/\s*(.+?)\)?(?:[,;].*)?", re.IGNORECASE)
_SHARE = re.compile(rf"{_NUMBER}\s*[x×*]\s*(tỷ lệ[^(;,]*)", re.IGNORECASE)
_FLOOR = re.compile(rf"dưới\s+{_NUMBER}\s*%", re.IGNORECASE)
_STEP = re.compile(r"mỗi (.+?) trừ (?:(?P<whole>[\d.,]+)\s*/\s*n|(?P<each>[\d.,]+))", re.IGNORECASE)
_EACH = re.compile(
    rf"\+?{_NUMBER}(?: điểm)?\s*/\s*([^,;]+)(?:,\s*tối đa {_NUMBER})?", re.IGNORECASE
)
_SIGNED = re.compile(rf"[+\-−–]\s*{_NUMBER}(?:\s*/\s*(.+))?")
_TIER = re.compile(rf"trễ (?:\d+\s*-\s*)?(\d+) ngày[^:]*:\s*{_NUMBER}", re.IGNORECASE)
_PENALTY = re.compile(rf"trễ trừ {_NUMBER}.*không (?:gửi|nộp)\s*(?:trừ )?{_NUMBER}", re.IGNORECASE)


def read_words(method: str, text: str, name: str, most: Decimal) -> Formula | None:
    """The method these words describe; None where they are not understood."""
    reader = _READERS.get(method)
    words = " ".join(clean(text).split())
    if reader is None or not words:
        return None
    try:
        formula = reader(words, name, most)
    except (ValueError, ArithmeticError):
        return None
    return formula if formula and not list(formula.faults(most)) else None


def by_hand() -> Formula:
    return Review()


def _ratio(words: str, name: str, most: Decimal) -> Formula | None:
    floor = _FLOOR.search(words)
    least = parse_number(floor[1]) / HUNDRED if floor else Decimal(0)
    if found := _SHARED.fullmatch(words):
        return Ratio(found[2].lstrip("( "), found[3].rstrip(") "), least)
    if found := _SHARE.match(words):
        label = found[2].strip()
        return Ratio(
            f"{label} {name[0].lower()}{name[1:]}"[:150] if label == "tỷ lệ" else label, "", least
        )
    return None


def _step(words: str, name: str, most: Decimal) -> Formula | None:
    found = _STEP.search(words)
    if not found:
        return None
    if found["each"]:
        return Step(found[1], parse_number(found["each"]))
    return Step(found[1], None, f"tổng số {found[1].removesuffix(' không đạt')}")


def _band(words: str, name: str, most: Decimal) -> Formula | None:
    parts = [part.strip(" .") for part in words.split(";")]
    rungs = [_RUNG.fullmatch(part) for part in parts[:-1]]
    last = _BELOW.fullmatch(parts[-1])
    if not last or not rungs or not all(rungs):
        return None
    steps = tuple(
        StepPoints(parse_number(rung[1]), parse_number(rung[3])) for rung in rungs if rung
    )
    return Band((Measure(name[:150], steps, parse_number(last[2]), "%" if "%" in words else ""),))


def _choice(words: str, name: str, most: Decimal) -> Formula | None:
    found = [_NAMED_POINTS.fullmatch(part.strip(" .")) for part in words.split(";")]
    if not all(found):
        return None
    options = [Option(one[1].strip(" :"), parse_number(one[2])) for one in found if one]
    if all(option.points for option in options):
        options.append(Option("Không", Decimal(0)))
    return Choice(tuple(options))


def _count(words: str, name: str, most: Decimal) -> Formula | None:
    if found := _SHARED.fullmatch(words):
        thing = Counted(found[2].removeprefix("số "), parse_number(found[1]), out_of=found[3])
        return Count((thing,))
    if found := _EACH.fullmatch(words):
        cap = parse_number(found[3]) if found[3] else None
        return Count((Counted(found[2].strip(), parse_number(found[1]), most=cap),))
    return None


def _review(words: str, name: str, most: Decimal) -> Formula | None:
    parts = [part.strip() for part in words.split("/")]
    if len(parts) > 1 and all(re.fullmatch(_NUMBER, part) for part in parts):
        return Review(tuple(parse_number(part) for part in parts))
    return Review()


def _bonus(words: str, name: str, most: Decimal) -> Formula | None:
    found = _SIGNED.fullmatch(words)
    return Bonus((found[2] or name)[:150], parse_number(found[1])) if found else None


def _deduction(words: str, name: str, most: Decimal) -> Formula | None:
    found = _SIGNED.fullmatch(words)
    return Deduction((found[2] or name)[:150], parse_number(found[1])) if found else None


def _auto(words: str, name: str, most: Decimal) -> Formula | None:
    if found := _PENALTY.search(words):
        lost = Penalties(parse_number(found[1]), parse_number(found[2]))
        return Auto(name[:150], penalties=lost)
    tiers = tuple(Tier(int(days), parse_number(got)) for days, got in _TIER.findall(words))
    return Auto(name[:150], ("sub_plan",), tiers=Tiers(tiers)) if tiers else None


_READERS: dict[str, Callable[[str, str, Decimal], Formula | None]] = {
    MethodName.RATIO: _ratio,
    MethodName.STEP: _step,
    MethodName.BAND: _band,
    MethodName.CHOICE: _choice,
    MethodName.COUNT: _count,
    MethodName.REVIEW: _review,
    MethodName.BONUS: _bonus,
    MethodName.DEDUCTION: _deduction,
    MethodName.AUTO: _auto,
}
