"""From the published ranking of a block to a draft nomination."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from awards.actions.ranking import nominate_by_ranking
from awards.datasets.proposals import Proposal, proposals_for
from campaign.models import Campaign
from campaign.views.obligation import current_campaign
from scoring.models import Ranking, RankingRow


def proposals_open_to(user: User, campaign: Campaign) -> list[Proposal]:
    return proposals_for(user, campaign)


@methods("POST")
@once
def nominate(request: UserRequest, pk: int) -> HttpResponse:
    seen = Ranking.objects.visible_to(request.user).published()
    rows = RankingRow.objects.filter(ranking__in=seen.values("pk")).exclude(award="")
    row = get_object_or_404(rows.select_related("unit", "ranking__block"), pk=pk)
    made = nominate_by_ranking(row, current_campaign(), by=request.user, at=request.at)
    messages.success(request, f"Đã lập đề nghị {made.form.name} theo xếp hạng của khối.")
    return redirect(made.dossier)
