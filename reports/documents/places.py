"""How the text refers to an appendix: by the number it has in this kind of report."""

from lib.official.wording import roman
from reports.datasets.consolidated import Consolidated
from reports.kinds import Annex


def annex(data: Consolidated, named: Annex) -> str:
    """“Phụ lục II”; empty where this kind has none."""
    place = data.kind.place(named)
    return f"Phụ lục {roman(place)}" if place else ""


def see(data: Consolidated, words: str, *named: Annex) -> str:
    """A sentence that sends the reader there: “Danh mục nêu tại Phụ lục II.”"""
    known = [place for place in (annex(data, one) for one in named) if place]
    return f"{words} nêu tại {' và '.join(known)}." if known else ""
