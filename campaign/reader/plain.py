"""Plain text and Markdown: one paragraph to a line, or lines broken at a width."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from campaign.reader import legacy
from campaign.reader.columns import is_layout
from campaign.reader.flat import COLUMNS, flat_tables
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
    flat = flat_tables(lines)
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
    if len(parts) in COLUMNS and all(part.strip() for part in parts[:2]):
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
