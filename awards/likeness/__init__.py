"""The same achievement twice (trùng thành tích). Pure: no database, no settings.

Candidates go in, pairs with a score and the reasons for it come out:

    names      whether two names may be one, however they were written
    texts      how much of one account of an achievement stands in another
    evidence   the reasons for and against, in points and in words
    marks      what two accounts share, to be shown side by side
    pairs      which of many candidates are worth comparing, and the pairs that come of it

A score is a reason for a person to look, never a decision.
"""

from awards.likeness.evidence import DEFAULT_RULES, Candidate, Kind, Pair, Reason, Rules
from awards.likeness.marks import Passage, marked
from awards.likeness.names import Alike
from awards.likeness.pairs import find_pairs, pairs_of

__all__ = [
    "DEFAULT_RULES", "Alike", "Candidate", "Kind", "Pair", "Passage", "Reason", "Rules", "find_pairs",
    "marked", "pairs_of",
]  # fmt: skip
