"""Who has the authority to sign (R16), told from the position as it is printed; pure.

“KT. CHỦ TỊCH, PHÓ CHỦ TỊCH” signs for the chairman and counts; a secretary general does not.
"""

from collections.abc import Collection

from lib.vietnamese import fold

DECIDERS = {
    "province": ("chu tich",),
    "district": ("chu tich",),
    "prime_minister": ("thu tuong",),
    "president": ("chu tich nuoc",),
}
SUBMITTERS = ("giam doc",)  # Sở Nội vụ writes to the chairman


def may_sign(position: str, words: Collection[str]) -> bool:
    """Whether the position names one of the offices; nothing is asked where none is known."""
    said = fold(position)
    return not words or any(word in said for word in words)
