"""Every address of the awards, one list per noun."""

from awards.urls import (
    catalogue,
    consultation,
    council,
    decision,
    dossier,
    guideline,
    history,
    lookalike,
    nomination,
    statistics,
)

app_name = "awards"

urlpatterns = [
    *catalogue.urlpatterns,
    *guideline.urlpatterns,
    *nomination.urlpatterns,
    *dossier.urlpatterns,
    *lookalike.urlpatterns,
    *history.urlpatterns,
    *consultation.urlpatterns,
    *council.urlpatterns,
    *decision.urlpatterns,
    *statistics.urlpatterns,
]
