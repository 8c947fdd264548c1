"""Plain text and Markdown: one paragraph to a line, or lines broken at a width."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from campaign.reader import legacy
from campaign.reader.columns import Column, column, is_layout
from campaign.reader.header import kind_of
from campaign.reader.lines import Line, Piece, Row, Source
from campaign.reader.refusal import Unreadable
from campaign.reader.tail import starts_recipients
from lib.vietnamese import clean

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"(?:>\s?)+")
_EMPHASIS = re.compile(r"\*\*|__|\*(?=\S)(?<=[\s(“]\*)|(?<=\S)\*(?=[\s.,;:)”]|$)")
_ESCAPED = re.compile(r"\\([.\-+*_#()\[\]])")
_UNDER_HEADING = re.compile(r"[|:\s-]*-{2,}[|:\s-]*")
_WIDE_GAP = re.compile(r"(?:\t+| {3,})(?=[A-ZĐÀ-Ỹ])")
_WIDEST = 160
_LEAST_BREAKS = 4
_COLUMNS = range(3, 10)


def read_plain(content: bytes) -> Source:
    text = _decoded(content)
    converted = legacy.convert(text)
    source = Source(pieces(clean((converted or text).replace("\x0c", "\n")).split("\n")))
    if converted is not None:
        source.warnings.append(legacy.WARNING)
    return source


def _decoded(content: bytes) -> str:
    is_wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if b"\x00" in content[:1000] and not is_wide:
        raise Unreadable("Tệp không phải là văn bản.")
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        # A byte for a letter: what the fonts of the nineties left behind, or Windows' own code.
        text = content.decode("latin-1")
        return text if legacy.convert(text) else content.decode("cp1258", "replace")


def pieces(raw: Sequence[str]) -> list[Piece]:
    """Lines of text with what divides them; rows where the text draws a table."""
    lines = [_tidy(line) for line in raw]
    beside = _two_columns(raw, lines)
    width = _width(lines)
    flat = _flat_tables(lines)
    made: list[Piece] = []
    gap = False
    for place, text in enumerate(lines):
        if place in flat:
            made += [Row(place + 1, flat[place])] if flat[place] else []
        elif place in beside:
            made += [Line(place + 1, part, gap=True) for part in beside[place]]
        elif cells := _cells(raw[place], text):
            made.append(Row(place + 1, cells))
        elif text and not _UNDER_HEADING.fullmatch(text):
            made.append(Line(place + 1, text, is_full=_is_full(lines, place, width), gap=gap))
        gap = not text
    return list(_without_layout(made))


def _without_layout(made: Sequence[Piece]) -> Iterator[Piece]:
    for is_table, group in groupby(made, key=lambda piece: isinstance(piece, Row)):
        pieces = list(group)
        rows = [piece for piece in pieces if isinstance(piece, Row)]
        if is_table and is_layout([row.cells for row in rows]):
            for row in rows:
                parts = [part for cell in row.cells for part in cell.split("\n") if part]
                yield from (Line(row.number, part, gap=True) for part in parts)
        else:
            yield from pieces


def _tidy(line: str) -> str:
    text = _HEADING.sub("", _QUOTE.sub("", line.strip(), count=1), count=1)
    return _SPACES.sub(" ", _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))).strip()


def _cells(raw: str, text: str) -> tuple[str, ...]:
    if _UNDER_HEADING.fullmatch(text):
        return ()
    if text.count("|") >= 2:  # noqa: PLR2004  # three columns
        inner = text.removeprefix("|").removesuffix("|")
        return tuple(cell.strip().replace("<br>", "\n") for cell in inner.split("|"))
    parts = raw.strip("\r\n ").split("\t")
    if len(parts) in _COLUMNS and all(part.strip() for part in parts[:2]):
        return tuple(_tidy(part) for part in parts)
    return ()


def _two_columns(raw: Sequence[str], lines: Sequence[str]) -> dict[int, list[str]]:
    """Lines of the head and the foot that stand beside one another, divided by a wide gap."""
    title = next((place for place, text in enumerate(lines[:60]) if kind_of(text)), 0)
    foot = next((place for place, text in enumerate(lines) if starts_recipients(text)), len(lines))
    found = {}
    for place in (*range(title), *range(foot, len(lines))):
        parts = [_tidy(part) for part in _WIDE_GAP.split(raw[place].strip()) if part.strip()]
        if len(parts) == 2:  # noqa: PLR2004  # left and right
            found[place] = parts
        if (place > foot and kind_of(lines[place])) or lines[place].upper().startswith("PHỤ LỤC"):
            break
    return found


def _width(lines: Sequence[str]) -> int | None:
    """Where lines were broken: the longest of those that visibly go on in the next."""
    broken = [
        len(line)
        for line, following in pairwise(lines)
        if line and following[:1].islower() and len(line) <= _WIDEST and "|" not in line
    ]
    return max(broken) if len(broken) >= _LEAST_BREAKS else None


def _is_full(lines: Sequence[str], place: int, width: int | None) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else ""
    if not following or width is None or len(lines[place]) > width:
        return False
    return len(lines[place]) + 1 + len(following.split(" ", 1)[0]) > width


def _flat_tables(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Tables whose cells a converter laid down one below the other, by the place of each line.

    Only the first line of a row carries its cells; the others are taken.
    """
    found: dict[int, tuple[str, ...]] = {}
    place = 0
    while place < len(lines):
        count = _flat_heading(lines, place)
        place = _take_flat(lines, place, count, found) if count else place + 1
    return found


def _flat_heading(lines: Sequence[str], place: int) -> int:
    """How many columns the headings one below the other, from here on, name."""
    if column(lines[place]) is not Column.ORDINAL:
        return 0
    kinds: list[Column] = []
    for line in lines[place : place + max(_COLUMNS) * 2]:
        if not line:
            continue
        if kinds and (line == "1" or len(line) > 40 or column(line) is Column.OTHER):  # noqa: PLR2004
            break
        kinds.append(column(line))
    return len(kinds) if len(kinds) in _COLUMNS and Column.LEAD in kinds else 0


_ROW_HEADING = re.compile(r"(?:[IVX]{1,5}|[A-E])\s*[.)/-]\s*\S.*")


def _take_flat(
    lines: Sequence[str], place: int, count: int, found: dict[int, tuple[str, ...]]
) -> int:
    taken: list[tuple[int, str]] = []
    number = 0
    while place < len(lines):
        text = lines[place]
        starts = text.rstrip(".") == str(number + 1)
        if text and (starts or _ROW_HEADING.fullmatch(text) or _is_after(text)):
            _put_flat(taken, count, found)
            taken = []
            if _is_after(text):
                return place
            number += starts
        if text:
            taken.append((place, text))
        place += 1
        if len(taken) > count * 3:
            break
    _put_flat(taken, count, found)
    return place


def _is_after(text: str) -> bool:
    return text.lower().startswith(("nơi nhận", "phụ lục")) or text.startswith(("TM.", "KT."))


def _put_flat(
    taken: Sequence[tuple[int, str]], count: int, found: dict[int, tuple[str, ...]]
) -> None:
    if not taken:
        return
    cells = [text for _, text in taken]
    if len(cells) > count:  # a cell of several lines; which one, only its content could tell
        cells = [
            cells[0],
            " ".join(cells[1 : len(cells) - count + 2]),
            *cells[len(cells) - count + 2 :],
        ]
    cells += [""] * (count - len(cells))
    found.update({place: () for place, _ in taken})
    found[taken[0][0]] = tuple(cells)
