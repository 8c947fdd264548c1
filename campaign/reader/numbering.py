"""The numbers Word writes by itself: they stand in no text, so they are counted as Word counts."""

import re
from collections import defaultdict

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_ROMAN = 400


def roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        said += sign * count
    return said


def letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


class _Level:
    def __init__(self, element: etree._Element) -> None:
        self.format = _value(element, "numFmt") or "decimal"
        self.text = _value(element, "lvlText") or ""
        start = _value(element, "start") or "1"
        self.start = int(start) if start.isdigit() else 1

    def write(self, number: int) -> str:
        if self.format == "upperRoman" and number < _MOST_ROMAN:
            return roman(number)
        if self.format == "lowerRoman" and number < _MOST_ROMAN:
            return roman(number).lower()
        if self.format in {"lowerLetter", "upperLetter"} and 0 < number < _MOST_ROMAN:
            said = letter(number)
            return said.upper() if self.format == "upperLetter" else said
        return str(number)


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val") if found is not None else None


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _DEEPEST)
        self._begun: set[str] = set()
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._levels[key] = {_depth(level): _Level(level) for level in abstract.iter(f"{W}lvl")}
        for one in numbering.iter(f"{W}num"):
            key = one.get(f"{W}numId", "")
            self._lists[key] = _value(one, "abstractNumId") or ""
            self._starts[key] = {
                _depth(override): int(start)
                for override in one.iter(f"{W}lvlOverride")
                if (start := _value(override, "startOverride") or "").isdigit()
            }

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr")
            number = properties.find(f"{W}numPr") if properties is not None else None
            self._styles[style.get(f"{W}styleId", "")] = (
                _value(number, "numId"),
                _value(number, "ilvl"),
                _value(style, "basedOn"),
            )

    def label(self, paragraph: etree._Element) -> str:
        """“II.”, “1.2.”, “a)” or “-” before a numbered paragraph; empty for a plain one."""
        number, depth = self._place(paragraph)
        if not number or number == "0":
            return ""
        levels = self._levels.get(self._lists.get(number, ""), {})
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return "+" if level.text.strip() == "+" else "-"
        counts = self._count(number, depth, levels)
        return _PLACEHOLDER.sub(
            lambda found: _written(levels, counts, int(found[1]) - 1), level.text
        )

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        style = _value(properties, "pStyle")
        for _ in range(_DEEPEST):
            if style is None or number is not None:
                break
            styled, styled_depth, style = self._styles.get(style, (None, None, None))
            number, depth = styled, depth or styled_depth
        return number, min(int(depth), _DEEPEST - 1) if depth and depth.isdigit() else 0

    def _count(self, number: str, depth: int, levels: dict[int, _Level]) -> list[int]:
        """Lists that share their definition go on counting, unless one says where it starts."""
        counts = self._counts[self._lists[number]]
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self._starts[number].items():
                counts[at] = start - 1
        if counts[depth] == 0 and depth in levels:
            counts[depth] = levels[depth].start - 1
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
        return counts


def _depth(element: etree._Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return min(int(value), _DEEPEST - 1) if value.isdigit() else 0


def _written(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    level = levels.get(depth)
    return level.write(counts[depth] or level.start) if level is not None else str(counts[depth])
