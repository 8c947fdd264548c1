"""Small charts as SVG, drawn by the server: the same marks on the page and on paper.

No script and no style attribute, as the content security policy asks; the colours are those of
the states, by class, with a plain fill where no style sheet is. Every chart stands beside the
figures it shows. A mark that stands for a number is a link to the list of it, and says both: its
`data-figure` is what that list holds.
"""

from lib.charts.bars import Part, share_bar
from lib.charts.days import DayMark, days_chart
from lib.charts.tiles import Tile, tile_map

__all__ = ["DayMark", "Part", "Tile", "days_chart", "share_bar", "tile_map"]
