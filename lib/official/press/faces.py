"""The four faces of Tinos as numbers: glyphs, widths, and the subset a file embeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

UNIT = 1000
REMEMBERED = 50_000  # words of a face: names, dates and verdicts come again and again
ASCENT, DESCENT = 0.891, 0.216  # of the size, the same in the four faces
MISSING = 0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Letters set alike, without a space among them; `digits` is how a page shows them."""

    face: "Face"
    digits: str
    width: float
    text: str


class Face:
    """One font file; widths are thousandths of the size."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.used: dict[int, str] = {}
        self._words: dict[str, Glyphs] = {}

    @cached_property
    def font(self) -> TTFont:
        return self._opened()

    def _opened(self) -> TTFont:
        """Read at once, so that no file stays open."""
        return TTFont(BytesIO(self.path.read_bytes()), lazy=True, recalcTimestamp=False)

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        order = self.font.getReverseGlyphMap()
        return {code: order[name] for code, name in self.font.getBestCmap().items()}

    @cached_property
    def _advances(self) -> list[float]:
        scale = UNIT / self.font["head"].unitsPerEm
        metrics = self.font["hmtx"].metrics
        return [metrics[name][0] * scale for name in self.font.getGlyphOrder()]

    def glyphs(self, text: str) -> Glyphs:
        """A word, as glyph numbers in hexadecimal digits and with its width."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) > REMEMBERED:
                self._words.clear()
            known = self._words[text] = self._set(text)
        return known

    def _set(self, text: str) -> Glyphs:
        digits, width = [], 0.0
        for letter in text:
            glyph = self._glyphs.get(ord(letter), MISSING)
            self.used.setdefault(glyph, letter)
            digits.append(f"{glyph:04x}")
            width += self._advances[glyph]
        return Glyphs(self, "".join(digits), width, text)

    def widths(self) -> Iterable[tuple[int, float]]:
        return ((glyph, self._advances[glyph]) for glyph in sorted(self.used))

    def embedded(self) -> bytes:
        """A font file of the glyphs used, under the numbers they have in the whole one."""
        options = subset.Options(
            retain_gids=True, notdef_outline=True, hinting=False, layout_features=[],
            drop_tables=["GDEF", "GPOS", "GSUB", "gasp"], glyph_names=False,
        )  # fmt: skip
        cut = subset.Subsetter(options)
        cut.populate(gids=sorted(self.used))
        font = self._opened()
        cut.subset(font)
        written = BytesIO()
        font.save(written)
        return written.getvalue()
