"""A map of tiles: places about where they lie, each of one size, and no border drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib.charts.marks import FILLS, linked

WIDTH, HEIGHT, SPACE = 152, 66, 6
LINES = (22, 40, 57)  # where the name and the two notes stand
EDGE = 5


@dataclass(frozen=True)
class Tile:
    """One place: what it is called, what stands under it, its state's colour; `is_marked` gets a
    frame of its own. `value` is what the list at `href` holds."""

    column: int
    row: int
    name: str
    notes: Sequence[str]
    tone: str
    value: int
    href: str
    is_marked: bool = False


def tile_map(tiles: Sequence[Tile], *, words: str) -> SafeString:
    columns = 1 + max((tile.column for tile in tiles), default=0)
    rows = 1 + max((tile.row for tile in tiles), default=0)
    return format_html(
        '<svg class="tile-map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        columns * (WIDTH + SPACE), rows * (HEIGHT + SPACE), words,
        format_html_join("", "{}", ((_tile(tile),) for tile in tiles)),
    )  # fmt: skip


def _tile(tile: Tile) -> SafeString:
    left = SPACE / 2 + tile.column * (WIDTH + SPACE)
    top = SPACE / 2 + tile.row * (HEIGHT + SPACE)
    mark = format_html(
        '<rect class="tile{}" fill="#fff" stroke="#8c837a" stroke-width="{}" x="{}" y="{}" '
        'width="{}" height="{}" rx="4"/>'
        '<rect class="mark-{}" fill="{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="chart-text tile-name" x="{}" y="{}">{}</text> {}',
        " is-marked" if tile.is_marked else "", 3 if tile.is_marked else 1,
        left, top, WIDTH, HEIGHT,
        tile.tone, FILLS[tile.tone], left, top + EDGE, EDGE, HEIGHT - 2 * EDGE,
        left + 14, top + LINES[0], tile.name,
        format_html_join(
            " ",
            '<text class="chart-text" x="{}" y="{}">{}</text>',
            ((left + 14, top + line, note) for line, note in zip(LINES[1:], tile.notes, strict=False)),
        ),
    )  # fmt: skip
    return linked(mark, href=tile.href, value=tile.value)
