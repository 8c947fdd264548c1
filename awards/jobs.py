"""What the clock starts for the awards: comparing what was sent and not compared yet."""

from datetime import datetime

from awards.actions.likeness import compare_sent


def sweep_lookalikes(*, at: datetime) -> int:
    """Whatever way a nomination came in, it is compared within a sweep."""
    return compare_sent(at=at)
