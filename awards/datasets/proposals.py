"""What published rankings propose, and whether somebody has taken it up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from awards.models import AwardForm, Nomination
from campaign.models import Campaign
from lib.vietnamese import fold
from scoring.models import Ranking, RankingRow
from units.permissions import Role, standing


@dataclass(frozen=True)
class Proposal:
    """A line of a ranking an award reaches; `nomination` where it was taken up."""

    row: RankingRow
    nomination: Nomination | None
    is_mine: bool


def proposals_for(user: User, campaign: Campaign) -> list[Proposal]:
    """Of the rankings of the campaign's year that the person may see, the units they write for
    or lead."""
    mine = standing(user)
    rankings = Ranking.objects.visible_to(user).published().filter(year=campaign.year)
    rows = (
        RankingRow.objects.filter(ranking__in=rankings.values("pk"), is_open=False)
        .exclude(award="")
        .select_related("unit", "ranking__block")
        .order_by("ranking__block__sort_order", "position")
    )
    own = mine.units(Role.OFFICER, Role.HEAD)
    led = {block for block, year in mine.led_blocks if year == campaign.year}
    shown = [row for row in rows if row.unit_id in own or row.ranking.block_id in led]
    taken = _taken(shown)
    return [Proposal(row, taken.get(row.pk), row.unit_id in own) for row in shown]


def _taken(rows: Iterable[RankingRow]) -> dict[int, Nomination]:
    found = Nomination.objects.live().filter(ranking_row__in=[row.pk for row in rows])
    return {one.ranking_row_id or 0: one for one in found.select_related("candidate", "form")}


def award_named(name: str, *, on: date) -> AwardForm | None:
    """The award a ranking's quota calls by name: “Cờ thi đua của UBND tỉnh”, “Bằng khen”."""
    said = fold(name)
    forms = list(AwardForm.objects.in_force(on=on).filter(decider=AwardForm.Decider.PROVINCE))
    exact = [form for form in forms if said in {fold(form.name), fold(form.short_name)}]
    begins = [form for form in forms if fold(form.name).startswith(said)]
    within = [form for form in forms if fold(form.name) in said or said in fold(form.name)]
    return next(iter([*exact, *begins, *within]), None)
