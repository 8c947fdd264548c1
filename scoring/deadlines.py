"""The usual days of a block's year (domain guide, 2.1): plain values, to begin from."""

from datetime import date

# Month, day, and the year they fall in counted from the year of the block.
_USUAL = {
    "pledge": (3, 31, 0),
    "mid_year": (7, 31, 0),
    "self_score": (1, 10, 1),
    "cross_score": (1, 31, 1),
    "block_appraisal": (2, 20, 1),
    "year_end": (3, 10, 1),
    "board_appraisal": (3, 31, 1),
    "council": (4, 30, 1),
    "hand_over": (4, 30, 1),
}


def usual_day(step: str, year: int) -> date:
    """When a step is due where nothing else was agreed; the scoring of a year ends in the next."""
    month, day, later = _USUAL[step]
    return date(year + later, month, day)
