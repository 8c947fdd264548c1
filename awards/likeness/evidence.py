"""What speaks for and against: is it the same one, and is it the same achievement?

Both questions are answered in points from 0 to 100, by reasons that each carry theirs; the score
of a pair is the geometric mean, so that neither answer alone makes a duplicate. The points are
data (`Rules`). How they were found stands in `docs/adr/0021-likeness.md`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from awards.likeness.names import (
    Alike,
    Name,
    compare_collectives,
    compare_persons,
    read_collective,
    read_person,
)
from awards.likeness.texts import Share
from lib.vietnamese import fold, number

_DAYS_OF_A_MONTH = 30
WHOLE = 100


class Kind(Enum):
    PERSON = "person"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


@dataclass(frozen=True)
class Candidate:
    """Who is nominated or was awarded, and what for. Empty means: not known.

    `line` is the unit together with what it was before and what became of it; `theme` is the
    campaign (or the like) of the achievement; `identity` is any mark only one person has, and is
    compared, never shown.
    """

    key: str
    kind: Kind
    name: str
    unit: str = ""
    line: frozenset[str] = frozenset()
    born: date | None = None
    birth_year: int | None = None
    identity: str = ""
    theme: str = ""
    since: date | None = None
    until: date | None = None
    account: str = ""
    initiative: str = ""
    files: frozenset[str] = frozenset()

    @cached_property
    def read_name(self) -> Name:
        is_collective = self.kind is Kind.COLLECTIVE
        return read_collective(self.name) if is_collective else read_person(self.name)

    @property
    def year_of_birth(self) -> int | None:
        return self.born.year if self.born else self.birth_year


class Asks(Enum):
    WHO = "Cùng một đối tượng"
    WHAT = "Cùng một thành tích"


@dataclass(frozen=True)
class Reason:
    asks: Asks
    code: str
    text: str
    points: int


@dataclass(frozen=True)
class Pair:
    """Two candidates that may be one achievement: keys in order, 0–100, and why."""

    one: str
    other: str
    score: int
    who: int
    what: int
    reasons: tuple[Reason, ...] = field(compare=False)

    @property
    def in_words(self) -> str:
        text = "; ".join(reason.text for reason in self.reasons)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Rules:
    """The points of each reason, and from which score on a person is asked (`threshold`)."""

    threshold: int = 60

    names: Mapping[Alike, int] = field(
        default_factory=lambda: {
            Alike.SAME: 62,
            Alike.MARKS: 58,
            Alike.SHORT: 48,
            Alike.SLIP: 44,
            Alike.PARTIAL: 40,
            Alike.OTHER_MARKS: 30,
            Alike.NOT: 0,
        }
    )
    same_unit: int = 35
    same_line: int = 33
    other_unit_of_collective: int = -40
    long_collective_name: int = 6
    """Words from which on a collective's name says of itself which one it is."""
    common_name: int = -5
    common_name_at_home: int = -3
    """For each doubling of the units that have somebody of this name; less within one unit."""
    same_birth_date: int = 30
    same_birth_year: int = 15
    other_birth: int = -45
    same_identity: int = 100
    other_identity: int = -60
    other_kind: int = -10

    same_theme: int = 55
    overlap: int = 30
    no_overlap: int = -20
    same_file: int = 60
    same_initiative: int = 80
    account: int = 70
    """For an account that stands in the other, rising from the least part to the full one."""
    least_account: float = 0.3
    full_account: float = 0.8
    other_account: int = -15
    short_account: int = 8
    """Pieces below which an account says too little for or against."""

    copied: float = 0.85
    """The part from which on the account of another unit's nominee counts as copied."""
    copied_pieces: int = 40
    copied_score: int = 65


DEFAULT_RULES = Rules()


@dataclass(frozen=True)
class Context:
    """What only the whole set can tell of two candidates."""

    share: Share
    units_elsewhere: int = 0
    """Units, apart from the lines of the two, that have somebody of this name."""


def compare(one: Candidate, other: Candidate, context: Context, rules: Rules) -> Pair:
    who, what = _who(one, other, context, rules), _what(one, other, context, rules)
    who_points, what_points = _sum(who), _sum(what)
    score = round(math.sqrt(who_points * what_points))
    reasons = [*who, *what]
    if score < rules.threshold and _is_shared_content(one, other, context, rules):
        score = max(score, rules.copied_score)
        reasons = [
            Reason(Asks.WHO, "another", "hai đối tượng khác nhau kê khai cùng một nội dung", 0),
            *what,
        ]
    first, second = sorted((one.key, other.key))
    return Pair(first, second, score, who_points, what_points, tuple(reasons))


def _sum(reasons: list[Reason]) -> int:
    return min(max(sum(reason.points for reason in reasons), 0), WHOLE)


def _is_shared_content(one: Candidate, other: Candidate, context: Context, rules: Rules) -> bool:
    """One initiative is used once, whoever uses it; and no unit hands in another unit's account.

    Within one unit people who worked together describe the same work, and may.
    """
    if _same_initiative(one, other):
        return True
    is_long = context.share.pieces >= rules.copied_pieces
    return is_long and context.share.part >= rules.copied and not _related(one, other)


# --- The same one? ----------------------------------------------------------------------------


def _who(one: Candidate, other: Candidate, context: Context, rules: Rules) -> list[Reason]:
    name = _name_reason(one, other, rules)
    if name.points <= 0 and not (one.identity and one.identity == other.identity):
        return [name]
    return [name, *_unit(one, other, context, rules), *_person(one, other, rules)]


def _name_reason(one: Candidate, other: Candidate, rules: Rules) -> Reason:
    collectives = (one.kind is Kind.COLLECTIVE) + (other.kind is Kind.COLLECTIVE)
    if collectives == 1:
        return Reason(Asks.WHO, "kind", "một bên là tập thể, một bên là cá nhân hoặc hộ", 0)
    compare_names = compare_collectives if collectives else compare_persons
    alike = compare_names(one.read_name, other.read_name)
    text = alike.value.replace("họ tên", "tên tập thể") if collectives else alike.value
    return Reason(Asks.WHO, f"name_{alike.name.lower()}", text, rules.names[alike])


def _unit(one: Candidate, other: Candidate, context: Context, rules: Rules) -> list[Reason]:
    if one.unit and one.unit == other.unit:
        reason = Reason(Asks.WHO, "same_unit", "cùng đơn vị", rules.same_unit)
    elif _related(one, other):
        reason = Reason(Asks.WHO, "same_line", "đơn vị là đơn vị kế thừa", rules.same_line)
    elif one.unit and other.unit:
        points = _elsewhere(one, other, rules)
        reason = Reason(Asks.WHO, "other_unit", "hai đơn vị khác nhau", points)
    else:
        return []
    return [reason, *_commonness(context.units_elsewhere, rules, is_home=reason.points > 0)]


def _commonness(elsewhere: int, rules: Rules, *, is_home: bool) -> list[Reason]:
    if not elsewhere:
        return []
    points = rules.common_name_at_home if is_home else rules.common_name
    text = f"tên này còn có ở {number(elsewhere)} đơn vị khác"
    return [Reason(Asks.WHO, "common_name", text, round(points * math.log2(elsewhere + 1)))]


def _elsewhere(one: Candidate, other: Candidate, rules: Rules) -> int:
    """“Tổ 1” of two communes is two collectives; “Trường THPT Lê Quý Đôn” is one."""
    if one.kind is not Kind.COLLECTIVE:
        return 0
    words = min(len(one.read_name.parts), len(other.read_name.parts))
    return 0 if words >= rules.long_collective_name else rules.other_unit_of_collective


def _related(one: Candidate, other: Candidate) -> bool:
    return one.unit in other.line or other.unit in one.line or (
        bool(one.unit) and one.unit == other.unit
    )  # fmt: skip


def _person(one: Candidate, other: Candidate, rules: Rules) -> list[Reason]:
    reasons = []
    if one.identity and other.identity:
        is_same = one.identity == other.identity
        text = "cùng số định danh cá nhân" if is_same else "số định danh cá nhân khác nhau"
        points = rules.same_identity if is_same else rules.other_identity
        reasons.append(Reason(Asks.WHO, "identity", text, points))
    if one.year_of_birth and other.year_of_birth:
        reasons.append(_birth(one, other, rules))
    if one.kind is not other.kind:
        text = "một bên là cá nhân, một bên là hộ gia đình"
        reasons.append(Reason(Asks.WHO, "other_kind", text, rules.other_kind))
    return reasons


def _birth(one: Candidate, other: Candidate, rules: Rules) -> Reason:
    if one.born and one.born == other.born:
        return Reason(Asks.WHO, "birth", "cùng ngày sinh", rules.same_birth_date)
    if one.year_of_birth == other.year_of_birth and not (one.born and other.born):
        return Reason(Asks.WHO, "birth", "cùng năm sinh", rules.same_birth_year)
    text = "ngày sinh khác nhau" if one.born and other.born else "năm sinh khác nhau"
    return Reason(Asks.WHO, "birth", text, rules.other_birth)


# --- The same achievement? --------------------------------------------------------------------


def _what(one: Candidate, other: Candidate, context: Context, rules: Rules) -> list[Reason]:
    reasons = _time(one, other, rules)
    reasons.extend(_account(one, other, context.share, rules))
    if _same_initiative(one, other):
        text = "cùng một sáng kiến"
        reasons.append(Reason(Asks.WHAT, "initiative", text, rules.same_initiative))
    if one.files & other.files:
        text = "cùng một tệp minh chứng"
        reasons.append(Reason(Asks.WHAT, "file", text, rules.same_file))
    return reasons


def _time(one: Candidate, other: Candidate, rules: Rules) -> list[Reason]:
    if one.theme and one.theme == other.theme:
        return [Reason(Asks.WHAT, "theme", "cùng một đợt thi đua", rules.same_theme)]
    if not (one.since and one.until and other.since and other.until):
        return []
    days = (min(one.until, other.until) - max(one.since, other.since)).days + 1
    if days <= 0:
        text = "thời gian lập thành tích không trùng nhau"
        return [Reason(Asks.WHAT, "no_overlap", text, rules.no_overlap)]
    shorter = min((one.until - one.since).days, (other.until - other.since).days) + 1
    months = max(round(days / _DAYS_OF_A_MONTH), 1)
    text = f"thời gian lập thành tích trùng khoảng {months} tháng"
    points = round(rules.overlap * min(days / max(shorter, 1), 1))
    return [Reason(Asks.WHAT, "overlap", text, points)]


def _account(one: Candidate, other: Candidate, share: Share, rules: Rules) -> list[Reason]:
    if not (one.account.strip() and other.account.strip()):
        return [Reason(Asks.WHAT, "no_account", "có bên chưa ghi nội dung thành tích", 0)]
    if share.pieces < rules.short_account:
        is_same = fold(one.account) == fold(other.account)
        text = "nội dung ngắn và giống hệt nhau" if is_same else "nội dung quá ngắn để so sánh"
        return [Reason(Asks.WHAT, "short_account", text, rules.overlap if is_same else 0)]
    text = f"{round(share.part * 100)}% nội dung trùng"
    return [Reason(Asks.WHAT, "account", text, _account_points(share.part, rules))]


def _account_points(part: float, rules: Rules) -> int:
    if part < rules.least_account:
        return rules.other_account
    steepness = (part - rules.least_account) / (rules.full_account - rules.least_account)
    return round(rules.account * min(steepness, 1))


def _same_initiative(one: Candidate, other: Candidate) -> bool:
    return bool(one.initiative.strip()) and fold(one.initiative) == fold(other.initiative)
