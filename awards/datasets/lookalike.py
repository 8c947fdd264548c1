"""A pair of look-alikes as its page shows it: side by side, with what is alike."""

from dataclasses import dataclass

from django.db.models import QuerySet

from awards.likeness import Alike, Passage, marked
from awards.models import Lookalike, Nomination, PastAward
from campaign.models import Campaign
from lib.vietnamese import fold, short_date

WAITING, DECIDED, OVER = "cho", "da-xet", "thoi"
NAME = "Họ tên, tên tập thể"
TELLING = {"Chức vụ", "Đơn vị", "Đợt thi đua", "Thời gian lập thành tích", "Sáng kiến"}
ALIKE_NAMES = {f"name_{alike.name.lower()}" for alike in Alike if alike is not Alike.NOT}
TABS = ((WAITING, "Chờ kết luận"), (DECIDED, "Đã kết luận"), (OVER, "Không còn phải xét"))


@dataclass(frozen=True)
class LookalikeFilter:
    """What the list is narrowed to; empty means all."""

    tab: str = WAITING
    campaign: Campaign | None = None
    search: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of the comparison, and whether what it says is what makes the two alike."""

    label: str
    one: str
    other: str
    is_alike: bool


@dataclass(frozen=True)
class SideBySide:
    """The newer nomination first. Nothing in here is personal data."""

    pair: Lookalike
    facts: list[Fact]
    one_account: list[Passage]
    other_account: list[Passage]
    reasons: dict[str, list[str]]


def lookalikes(pairs: QuerySet[Lookalike], wanted: LookalikeFilter) -> QuerySet[Lookalike]:
    """Those of the tab, the likeliest first; `pairs` are what the person may see."""
    rows = Lookalike.objects.filter(pk__in=pairs.values("pk"))
    if wanted.campaign:
        rows = rows.of_nominations(Nomination.objects.of_campaign(wanted.campaign))
    if wanted.search:
        rows = rows.named(fold(wanted.search))
    return rows.in_tab(wanted.tab).with_sides().order_by("-score", "-found_at", "pk")


def side_by_side(pair: Lookalike) -> SideBySide:
    other = pair.other or pair.past_award
    one_side, other_side = _side(pair.nomination), _side(other)
    one_account, other_account = _account(pair.nomination), _account(other)
    reasons: dict[str, list[str]] = {}
    for reason in pair.reasons:
        reasons.setdefault(reason["asks"], []).append(reason["text"])
    return SideBySide(
        pair=pair,
        facts=[_fact(label, one_side[label], other_side[label], pair) for label in one_side],
        one_account=marked(one_account, other_account),
        other_account=marked(other_account, one_account),
        reasons=reasons,
    )


def _fact(label: str, one: str, other: str, pair: Lookalike) -> Fact:
    """Names are alike as the comparison found, without titles and marks; of a form or a state
    everybody has the same."""
    if label == NAME:
        codes = [reason["code"] for reason in pair.reasons]
        return Fact(label, one, other, any(code in ALIKE_NAMES for code in codes))
    return Fact(label, one, other, label in TELLING and bool(one) and fold(one) == fold(other))


def _account(side: Nomination | PastAward | None) -> str:
    if isinstance(side, Nomination):
        return side.achievement or side.summary
    return side.achievement if side else ""


def _side(side: Nomination | PastAward | None) -> dict[str, str]:
    return _nomination(side) if isinstance(side, Nomination) else _past_award(side)


def _nomination(row: Nomination) -> dict[str, str]:
    who = row.candidate
    return {
        NAME: who.name,
        "Đối tượng": who.get_recipient_display(),
        "Chức vụ": who.position,
        "Phòng, ban, địa chỉ": who.workplace,
        "Đơn vị": who.unit.name,
        "Đợt thi đua": row.dossier.campaign.name,
        "Hình thức": row.form.name,
        "Thời gian lập thành tích": _span(row),
        "Sáng kiến": row.initiative_name,
        "Tình trạng": _state(row),
    }


def _state(row: Nomination) -> str:
    """Before the board has the whole dossier a nomination stands where its dossier does."""
    is_in_dossier = row.status == Nomination.Status.IN_DOSSIER
    return row.dossier.get_status_display() if is_in_dossier else row.get_status_display()


def _past_award(row: PastAward | None) -> dict[str, str]:
    if row is None:
        return {}
    decision = " ".join(
        part
        for part in (row.decision_number, row.decided_on and f"ngày {short_date(row.decided_on)}")
        if part
    )
    return {
        NAME: row.name,
        "Đối tượng": row.get_recipient_display(),
        "Chức vụ": row.position,
        "Phòng, ban, địa chỉ": "",
        "Đơn vị": row.unit_name,
        "Đợt thi đua": "",
        "Hình thức": row.form_name,
        "Thời gian lập thành tích": _span(row) or f"năm {row.year}",
        "Sáng kiến": row.initiative_name,
        "Tình trạng": f"Đã khen thưởng năm {row.year}" + (f", {decision}" if decision else ""),
    }


def _span(row: Nomination | PastAward) -> str:
    if row.achieved_from is None or row.achieved_to is None:
        return ""
    return f"{short_date(row.achieved_from)} – {short_date(row.achieved_to)}"
