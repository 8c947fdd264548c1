"""Who comes before whom in a block, by which rule, and how far the awards reach.

Plain values in and out. Units are ordered by their total; those with the same total by the
block's tie-breaks, one after the other, and the rule that parted them is named. Who still ties
shares a rank and the ranks after it are left out (1, 1, 3). Each quota is filled from the top;
where a tie lies across its end the portal does not choose, it says that people have to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

ZERO = Decimal(0)


class TieBreakKind(StrEnum):
    GROUP = "group"
    DEDUCTION = "deduction"
    BONUS = "bonus"
    NO_FLAG = "no_flag"
    BALLOT = "ballot"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    TieBreakKind.GROUP: "điểm nhóm cao hơn",
    TieBreakKind.DEDUCTION: "ít điểm trừ hơn",
    TieBreakKind.BONUS: "nhiều điểm thưởng hơn",
    TieBreakKind.NO_FLAG: "năm trước chưa được tặng cờ",
    TieBreakKind.BALLOT: "nhiều phiếu suy tôn hơn",
    TieBreakKind.COUNCIL: "Hội đồng quyết định",
}


@dataclass(frozen=True)
class TieBreak:
    """One rule for equal totals; `group` names the criteria group it compares."""

    kind: str
    group: str = ""

    @property
    def label(self) -> str:
        kind = TieBreakKind(self.kind)
        return f"điểm nhóm {self.group} cao hơn" if kind == TieBreakKind.GROUP else kind.label


@dataclass(frozen=True)
class Quota:
    """How many units an award is proposed for: a number, or a share of those still without one.

    `least_points`: nobody below it, even where the quota is not filled.
    """

    award: str
    count: int = 0
    share: Decimal | None = None
    least_points: Decimal = ZERO

    def size(self, left: int) -> int:
        """Of the units still without an award; a share is rounded down, never beyond it."""
        return self.count if self.share is None else int(left * self.share)


@dataclass(frozen=True)
class RankingRules:
    """What a block has agreed on. Below `least_total` a unit is not ranked at all."""

    tie_breaks: tuple[TieBreak, ...] = ()
    quotas: tuple[Quota, ...] = ()
    least_total: Decimal = ZERO


DEFAULT_RULES = RankingRules(
    tie_breaks=(
        TieBreak(TieBreakKind.GROUP, "A"),
        TieBreak(TieBreakKind.DEDUCTION),
        TieBreak(TieBreakKind.GROUP, "C"),
        TieBreak(TieBreakKind.NO_FLAG),
        TieBreak(TieBreakKind.BALLOT),
        TieBreak(TieBreakKind.COUNCIL),
    ),
    quotas=(
        Quota("Cờ thi đua của UBND tỉnh", 1, least_points=Decimal(900)),
        Quota("Bằng khen của Chủ tịch UBND tỉnh", 2, least_points=Decimal(800)),
    ),
)


class OutKind(StrEnum):
    """Why a unit has no rank."""

    NOT_RANKED = "not_ranked"
    WITHDRAWN = "withdrawn"
    BELOW = "below"


@dataclass(frozen=True)
class Entry:
    """A unit as the ranking sees it. `votes` and `ruling` stay empty until there are any;
    `ruling` is the place the council gave among equals, 1 first."""

    unit: int
    total: Decimal
    groups: Mapping[str, Decimal] = field(default_factory=dict)
    deduction: Decimal = ZERO
    bonus: Decimal = ZERO
    had_flag: bool = False
    votes: int | None = None
    ruling: int | None = None
    out: OutKind | None = None
    reason: str = ""


@dataclass(frozen=True)
class Remark:
    """What people say of a unit beside its points, out, votes, council's ruling."""

    out: str = ""
    reason: str = ""
    had_flag: bool = False
    votes: int | None = None
    ruling: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a unit came. `decided_by`: the rule that parted it from those with the same total.
    `is_open`: it ties across the end of the quota, and people have to choose."""

    entry: Entry
    position: int | None
    decided_by: str = ""
    is_tied: bool = False
    award: str = ""
    is_open: bool = False
    out: OutKind | None = None
    reason: str = ""


Key = Callable[[Entry], Decimal]

_KEYS: dict[TieBreakKind, Key] = {
    # Greater is better in each.
    TieBreakKind.DEDUCTION: lambda entry: -entry.deduction,
    TieBreakKind.BONUS: lambda entry: entry.bonus,
    TieBreakKind.NO_FLAG: lambda entry: Decimal(not entry.had_flag),
    TieBreakKind.BALLOT: lambda entry: Decimal(entry.votes or 0),
    TieBreakKind.COUNCIL: lambda entry: -Decimal(entry.ruling or 0),
}
_NEEDED: dict[TieBreakKind, Callable[[Entry], bool]] = {
    TieBreakKind.BALLOT: lambda entry: entry.votes is not None,
    TieBreakKind.COUNCIL: lambda entry: entry.ruling is not None,
}


def rank(entries: Iterable[Entry], rules: RankingRules) -> list[Place]:
    """Everybody: the ranked from first to last, then those without a rank and why."""
    known = list(entries)
    out = [_out(entry, rules) for entry in known if _is_out(entry, rules)]
    standing = sorted(
        (entry for entry in known if not _is_out(entry, rules)),
        key=lambda entry: entry.total,
        reverse=True,
    )
    tiers: list[_Tier] = []
    for _, same_total in groupby(standing, key=lambda entry: entry.total):
        tiers.extend(_part(list(same_total), rules.tie_breaks))
    return [*_awarded(tiers, rules.quotas), *out]


@dataclass(frozen=True)
class _Tier:
    """Units nothing parts, and the rule that set them apart from the others of their total."""

    entries: tuple[Entry, ...]
    decided_by: str = ""


def _part(equals: list[Entry], rules: tuple[TieBreak, ...]) -> Iterator[_Tier]:
    if len(equals) == 1 or not rules:
        yield _Tier(tuple(equals))
        return
    rule, *later = rules
    key = _key(rule, equals)
    parts = [list(part) for _, part in groupby(sorted(equals, key=key, reverse=True), key=key)]
    for part in parts:
        for tier in _part(part, tuple(later)):
            by_this = rule.label if len(parts) > 1 else ""
            yield _Tier(tier.entries, tier.decided_by or by_this)


def _key(rule: TieBreak, equals: list[Entry]) -> Key:
    kind = TieBreakKind(rule.kind)
    if kind == TieBreakKind.GROUP:
        return lambda entry: entry.groups.get(rule.group, ZERO)
    is_known = _NEEDED.get(kind)
    if is_known and not all(map(is_known, equals)):
        return lambda entry: ZERO  # no ballot yet, or not on all of them: it parts nobody
    return _KEYS[kind]


def _is_out(entry: Entry, rules: RankingRules) -> bool:
    return entry.out is not None or entry.total < rules.least_total


def _out(entry: Entry, rules: RankingRules) -> Place:
    if entry.out is None:
        return Place(entry, None, out=OutKind.BELOW, reason="Dưới mức điểm tối thiểu để xếp hạng.")
    return Place(entry, None, out=entry.out, reason=entry.reason)


@dataclass
class _Filling:
    """A quota while it is filled."""

    quota: Quota
    left: int


def _awarded(tiers: list[_Tier], quotas: tuple[Quota, ...]) -> Iterator[Place]:
    """Quotas in their order, each from where the one before it ended."""
    waiting = list(quotas)
    ranked = sum(len(tier.entries) for tier in tiers)
    before = 0
    filling: _Filling | None = None
    for tier in tiers:
        while waiting and (filling is None or not _takes(filling, tier)):
            quota = waiting.pop(0)
            filling = _Filling(quota, quota.size(ranked - before))
        is_taken = filling is not None and _takes(filling, tier)
        is_open = is_taken and filling is not None and len(tier.entries) > filling.left
        for entry in tier.entries:
            yield Place(
                entry,
                before + 1,
                decided_by=tier.decided_by,
                is_tied=len(tier.entries) > 1,
                award=filling.quota.award if filling and is_taken else "",
                is_open=is_open,
            )
        before += len(tier.entries)
        if filling and is_taken:
            filling.left -= len(tier.entries)


def _takes(filling: _Filling, tier: _Tier) -> bool:
    return filling.left > 0 and tier.entries[0].total >= filling.quota.least_points
