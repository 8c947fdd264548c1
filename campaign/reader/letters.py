"""The letters PDFium finds on a page, as pieces of words on their baselines."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from campaign.reader.page import Box, Word

_NO_LETTERS = frozenset("\x00\ufffe\x02")
_STEP_BACK = 2.0
_BELOW = 0.2


class Letters:
    """PDFium puts a space wherever the font changes, within a word too. Such a one is told from a
    real one, and the distance of the pieces decides whether they are one word (`page.lines_of`)."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self._page = text_page.raw
        self._count = text_page.count_chars()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rect = raw.FS_RECTF()

    def pieces(self) -> Iterator[Word]:
        """Letters one after another; where they step back a mark was drawn later than its word."""
        letters = [chr(raw.FPDFText_GetUnicode(self._page, place)) for place in range(self._count)]
        start, before = 0, -1.0
        for place, letter in enumerate(letters):
            is_space = letter.isspace() or letter in _NO_LETTERS
            x = -1.0 if is_space else self._origin(place)
            if place > start and (is_space or x < before - _STEP_BACK):
                is_ended = is_space and raw.FPDFText_IsGenerated(self._page, place) == 0
                yield self._word("".join(letters[start:place]), start, place - 1, is_ended=is_ended)
                start = place
            start = place + 1 if is_space else start
            before = x
        if start < self._count:
            yield self._word("".join(letters[start:]), start, self._count - 1, is_ended=True)

    def _origin(self, place: int) -> float:
        raw.FPDFText_GetCharOrigin(self._page, place, self._x, self._y)
        return self._x.value

    def _word(self, text: str, first: int, last: int, *, is_ended: bool) -> Word:
        """On the baseline: fonts differ in how far they reach, not in where they stand."""
        raw.FPDFText_GetLooseCharBox(self._page, first, self._rect)
        left, height = self._rect.left, max(self._rect.top - self._rect.bottom, 1.0)
        raw.FPDFText_GetLooseCharBox(self._page, last, self._rect)
        self._origin(first)
        base = self._y.value
        right = max(left, self._rect.right)
        box = Box(left, base - height * _BELOW, right, base + height * (1 - _BELOW))
        return Word(text, box, is_ended=is_ended)
