"""The one question every search asks, whether on its page or while somebody types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from accounts.models import User
from lib.search import LONGEST_QUERY, Nearness, words_of
from reports.datasets.search.asked import MOST, Asked, Hit, Listed
from reports.datasets.search.names import activities, nominations, plan_items, units
from reports.datasets.search.papers import documents
from reports.datasets.search.texts import inside_files, with_quotations
from units.permissions import has_a_role

LEAST_LETTERS: Final = 2


@dataclass(frozen=True)
class Kind:
    """One kind of thing; `code` stands in the address."""

    code: str
    label: str
    icon: str
    find: Callable[[Asked], Listed]


KINDS: Final = (
    Kind("don-vi", "Đơn vị", "bi-building", units),
    Kind("de-nghi", "Đề nghị khen thưởng", "bi-award", nominations),
    Kind("nhiem-vu", "Nội dung, nhiệm vụ của Kế hoạch", "bi-journal-text", plan_items),
    Kind("hoat-dong", "Hoạt động", "bi-activity", activities),
    Kind("van-ban", "Văn bản", "bi-file-earmark-text", documents),
    Kind("trong-tep", "Trong tệp đính kèm", "bi-paperclip", inside_files),
)


@dataclass(frozen=True)
class Group:
    kind: Kind
    hits: Sequence[Hit]
    count: int

    @property
    def is_more(self) -> bool:
        return self.count > len(self.hits)


@dataclass(frozen=True)
class Found:
    """`groups` with the nearest hit first; those in which nothing was found are left out."""

    words: tuple[str, ...]
    groups: Sequence[Group]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def found(user: User, typed: str, *, at: datetime, kind: str = "", most: int = MOST) -> Found:
    """What the person may see of what was typed, each kind ranked: code or abbreviation, names
    that begin so, whole words, parts of words, then what stands inside files.

    The queries are as many whatever is found. Who has no role anywhere finds nothing.
    """
    words = words_of(typed)
    if sum(map(len, words)) < LEAST_LETTERS or not has_a_role(user):
        return Found(words, ())
    asked = Asked(user, words, typed[:LONGEST_QUERY].strip(), at, most)
    groups = [_group(one, asked) for one in KINDS if kind in {"", one.code}]
    return Found(words, sorted((one for one in groups if one.hits), key=_nearest))


def _group(kind: Kind, asked: Asked) -> Group:
    listed = kind.find(asked)
    return Group(kind, listed.hits, listed.count)


def _nearest(group: Group) -> Nearness:
    return group.hits[0].nearness


def quoting(answer: Found) -> Found:
    """With the place in each file where the words stand, for the hits that are shown."""
    hits = with_quotations([one for group in answer.groups for one in group.hits], answer.words)
    rest = iter(hits)
    groups = [replace(group, hits=[next(rest) for _ in group.hits]) for group in answer.groups]
    return replace(answer, groups=groups)
