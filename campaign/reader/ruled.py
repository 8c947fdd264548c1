"""Tables told by their ruled lines."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from campaign.reader.page import Box, PageTable, Word, lines_of

_NEAR = 3.0
_THIN = 3.0
_LEAST_RULE = 8.0
_LEAST_COLUMNS = 3
_MOST_CELLS = 20_000
_ROOM = 6.0


def tables_of(words: Sequence[Word], shapes: Sequence[Box]) -> tuple[list[PageTable], list[Word]]:
    """The tables of a page and the words that stand in none."""
    uprights, levels = _rules(shapes)
    tables: list[PageTable] = []
    left = list(words)
    for group in _groups(uprights):
        grid = _Grid(group, levels)
        if not grid.is_table:
            continue
        inside = [word for word in left if grid.holds(word)]
        if inside:
            tables.append(PageTable(grid.rows(inside), grid.top))
            left = [word for word in left if not grid.holds(word)]
    return tables, left


def _rules(shapes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Upright and level lines; a box gives its four sides."""
    uprights: list[Box] = []
    levels: list[Box] = []
    for box in shapes:
        width, height = box.right - box.left, box.top - box.bottom
        if width <= _THIN and height >= _LEAST_RULE:
            uprights.append(box)
        elif height <= _THIN and width >= _LEAST_RULE:
            levels.append(box)
        elif width > _LEAST_RULE and height > _LEAST_RULE:
            uprights += [Box(x, box.bottom, x, box.top) for x in (box.left, box.right)]
            levels += [Box(box.left, y, box.right, y) for y in (box.bottom, box.top)]
    return uprights, levels


def _groups(uprights: Sequence[Box]) -> Iterator[list[Box]]:
    """Upright lines that touch one another in height belong to one table."""
    group: list[Box] = []
    bottom = 0.0
    for box in sorted(uprights, key=lambda box: -box.top):
        if group and box.top < bottom - _NEAR:
            yield group
            group = []
        bottom = min(bottom, box.bottom) if group else box.bottom
        group.append(box)
    if group:
        yield group


def _places(values: Sequence[float]) -> list[float]:
    """Values that lie near one another are one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


class _Grid:
    def __init__(self, uprights: Sequence[Box], levels: Sequence[Box]) -> None:
        self.xs = _places([box.middle for box in uprights])
        self.top = max(box.top for box in uprights)
        self.bottom = min(box.bottom for box in uprights)
        self.levels = [
            box
            for box in levels
            if self.bottom - _NEAR <= box.centre <= self.top + _NEAR
            and box.right > self.xs[0]
            and box.left < self.xs[-1]
        ]
        self.ys = _places([*(box.centre for box in self.levels), self.top, self.bottom])[::-1]
        self._upright = self._spans(uprights, self.xs, upright=True)
        self._level = self._spans(self.levels, self.ys, upright=False)

    @staticmethod
    def _spans(
        boxes: Sequence[Box], places: Sequence[float], *, upright: bool
    ) -> dict[int, list[tuple[float, float]]]:
        spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for box in boxes:
            at = box.middle if upright else box.centre
            nearest = min(range(len(places)), key=lambda place: abs(places[place] - at))
            spans[nearest].append((box.bottom, box.top) if upright else (box.left, box.right))
        return spans

    @property
    def is_table(self) -> bool:
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        return columns >= _LEAST_COLUMNS and rows >= 1 and rows * columns <= _MOST_CELLS

    def holds(self, word: Word) -> bool:
        return self.xs[0] - _NEAR < word.box.middle < self.xs[-1] + _NEAR and (
            self.bottom - _NEAR < word.box.centre < self.top + _NEAR
        )

    def rows(self, words: Sequence[Word]) -> list[list[str]]:
        owner = self._owners()
        held: dict[tuple[int, int], list[Word]] = defaultdict(list)
        for word in words:
            row = _between(self.ys, word.box.centre, falls=True)
            column = _between(self.xs, word.box.middle, falls=False)
            held[owner[row, column]].append(word)
        texts = {cell: self._text(cell, found) for cell, found in held.items()}
        made = []
        for row in range(len(self.ys) - 1):
            cells = []
            for column in range(len(self.xs) - 1):
                cell = owner[row, column]
                cells.append(texts.get(cell, "") if cell[1] == column else "")
            made.append(cells)
        return [cells for cells in made if any(cells)]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each place of the grid and the first place of the cell it belongs to."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            height = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(len(self.xs) - 1):
                across = (self.xs[column] + self.xs[column + 1]) / 2
                if column and not _covers(self._upright[column], height):
                    owner[row, column] = owner[row, column - 1]
                elif row and not _covers(self._level[row], across):
                    owner[row, column] = owner[row - 1, column]
                else:
                    owner[row, column] = (row, column)
        return owner

    def _text(self, cell: tuple[int, int], words: Sequence[Word]) -> str:
        """Lines of a cell: one that left room for the next word was ended by its writer."""
        right = next(
            (x for x in self.xs[cell[1] + 1 :] if x > max(w.box.middle for w in words)), self.xs[-1]
        )
        lines = lines_of(words)
        said = lines[0].text
        for line, following in pairwise(lines):
            fits = line.right + following.first_word + _ROOM + line.height / 4 < right
            said += ("\n" if fits else " ") + following.text
        return said


def _covers(spans: Sequence[tuple[float, float]], at: float) -> bool:
    return any(start - 1 <= at <= end + 1 for start, end in spans)


def _between(places: Sequence[float], at: float, *, falls: bool) -> int:
    for place in range(len(places) - 2):
        if (at > places[place + 1]) if falls else (at < places[place + 1]):
            return place
    return len(places) - 2
