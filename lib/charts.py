"""Small charts as SVG, drawn by the server: the same marks on the page and on paper.

No script and no style attribute, as the content security policy asks; the colours are those of
the states, by class, with a plain fill where no style sheet is. Every chart stands beside the
figures it shows, so it is one image with one sentence for those who do not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Without a style sheet: the light theme's colours.
FILLS = {
    "green": "#17653a",
    "amber": "#c77700",
    "red": "#ab1f16",
    "blue": "#1b5590",
    "grey": "#b9b0a7",
}
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
        pieces.append((part.tone, FILLS[part.tone], _figure(start), _figure(length), THICKNESS))
        start += length
    marks = format_html_join(
        "", '<rect class="mark-{}" fill="{}" x="{}" width="{}" height="{}"/>', pieces
    )
    return format_html(
        '<svg class="share-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>',
        LENGTH, THICKNESS, _in_words(parts, whole), marks,
    )  # fmt: skip


def _figure(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")


def _in_words(parts: Sequence[Part], whole: int) -> str:
    told = ", ".join(f"{part.word} {part.value}" for part in parts)
    return f"{told}; tất cả {whole}"
