"""Khen thưởng in a report: what the decisions published by the cut-off granted, as counts."""

from datetime import datetime

from django.db.models import Count

from awards.models import Decision, Grant, Recipient
from campaign.models import Campaign
from lib import clock
from reports.datasets.scope import Scope

# In the order a sentence names them.
RECIPIENTS = (
    (Recipient.COLLECTIVE, "tập thể"),
    (Recipient.INDIVIDUAL, "cá nhân"),
    (Recipient.HOUSEHOLD, "hộ gia đình"),
)


def commended(campaign: Campaign, as_of: datetime, scope: Scope) -> dict[str, int]:
    """How many decisions, and how many of each kind of recipient; what was revoked by then is
    not counted. In two queries."""
    published = Decision.objects.published().filter(campaign=campaign, published_at__lte=as_of)
    granted = Grant.objects.filter(decision__in=published.values("pk")).exclude(
        revoked_on__lte=clock.local_day(as_of)
    )
    mine = scope.of_units(granted, "nomination__dossier__unit")
    counts = mine.values_list("nomination__candidate__recipient").annotate(Count("pk"))
    return {
        "decisions": mine.values("decision").distinct().count(),
        **dict(counts.order_by("nomination__candidate__recipient")),
    }


def in_words(said: dict[str, int]) -> str:
    """“02 quyết định, khen thưởng 5 tập thể, 12 cá nhân”; empty where nothing was granted."""
    told = [f"{said[kind]} {word}" for kind, word in RECIPIENTS if said.get(kind)]
    if not told:
        return ""
    return f"{said['decisions']} quyết định, khen thưởng {', '.join(told)}"
