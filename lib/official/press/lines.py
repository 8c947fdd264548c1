"""Breaking text into lines: greedy, at spaces and after hyphens and slashes, as a browser does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lib.official.press.faces import UNIT, Face, Glyphs

_PIECES = re.compile(r"\n|[ \t]+|[^ \t\n]+")
# After a hyphen or a slash between letters, and after a dash; never before a figure.
_BREAKS = re.compile(r"(?<=[^\W\d_][-/])(?=[^\W\d_])|(?<=[–—])(?=\w)")


@dataclass(frozen=True, slots=True)
class Atom:
    """What no line break parts, and whether a space or a new line comes after it."""

    glyphs: tuple[Glyphs, ...]
    width: float
    space_after: bool = False
    ends_line: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: its atoms, how wide they are with their spaces; the last is not stretched."""

    atoms: tuple[Atom, ...]
    width: float
    is_last: bool

    @property
    def spaces(self) -> int:
        return sum(atom.space_after for atom in self.atoms[:-1])


Runs = Sequence[tuple[Face, str]]


def atoms_of(runs: Runs) -> Iterator[Atom]:
    """The unbreakable pieces of a text, in order."""
    held: list[Glyphs] = []
    space = False
    for face, text in runs:
        for piece in _PIECES.findall(text):
            if piece == "\n":
                yield _atom(held, ends_line=True)
                held, space = [], False
            elif not piece.strip(" \t"):
                space = bool(held)
            else:
                for place, word in enumerate(_BREAKS.split(piece)):
                    if held and (place or space):
                        yield _atom(held, space_after=space)
                        held, space = [], False
                    held.append(face.glyphs(word))
    if held:
        yield _atom(held)


def _atom(glyphs: Sequence[Glyphs], *, space_after: bool = False, ends_line: bool = False) -> Atom:
    return Atom(tuple(glyphs), sum(part.width for part in glyphs), space_after, ends_line)


def wrap(runs: Runs, size: float, room: float, first_indent: float = 0.0) -> list[SetLine]:
    """The lines of a text in a column `room` points wide; an empty text is one empty line."""
    whole = room * UNIT / size
    left = whole - first_indent * UNIT / size
    space = runs[0][0].glyphs(" ").width if runs else 0.0
    lines: list[SetLine] = []
    held: list[Atom] = []
    width = 0.0
    for atom in _fitting(atoms_of(runs), whole):
        gap = space if held and held[-1].space_after else 0.0
        if held and width + gap + atom.width > left:
            lines.append(SetLine(tuple(held), width, is_last=False))
            held, width, gap, left = [], 0.0, 0.0, whole
        held.append(atom)
        width += gap + atom.width
        if atom.ends_line:
            lines.append(SetLine(tuple(held), width, is_last=True))
            held, width, left = [], 0.0, whole
    if held or not lines:
        lines.append(SetLine(tuple(held), width, is_last=True))
    return lines


def _fitting(atoms: Iterable[Atom], whole: float) -> Iterator[Atom]:
    """A word wider than the column is broken between letters."""
    for atom in atoms:
        if atom.width <= whole:
            yield atom
        else:
            yield from _broken(atom, whole)


def _broken(atom: Atom, whole: float) -> Iterator[Atom]:
    held: list[Glyphs] = []
    width = 0.0
    for part in atom.glyphs:
        for letter in part.text:
            glyph = part.face.glyphs(letter)
            if held and width + glyph.width > whole:
                yield _atom(held)
                held, width = [], 0.0
            held.append(glyph)
            width += glyph.width
    yield replace(_atom(held), space_after=atom.space_after, ends_line=atom.ends_line)
