"""Bars of parts laid end to end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib.charts.marks import FILLS, figure

LENGTH, THICKNESS = 100, 10


@dataclass(frozen=True)
class Part:
    """One piece of a bar: how much, in which state's colour, and its word."""

    value: int
    tone: str
    word: str


def share_bar(parts: Sequence[Part], *, whole: int) -> SafeString:
    """A bar from zero to the whole, in pieces laid end to end."""
    pieces, start = [], 0.0
    for part in parts:
        length = LENGTH * part.value / whole if whole else 0.0
        pieces.append((part.tone, FILLS[part.tone], figure(start), figure(length), THICKNESS))
        start += length
    marks = format_html_join(
        "", '<rect class="mark-{}" fill="{}" x="{}" width="{}" height="{}"/>', pieces
    )
    return format_html(
        '<svg class="share-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>',
        LENGTH, THICKNESS, _in_words(parts, whole), marks,
    )  # fmt: skip


def _in_words(parts: Sequence[Part], whole: int) -> str:
    told = ", ".join(f"{part.word} {part.value}" for part in parts)
    return f"{told}; tất cả {whole}"
