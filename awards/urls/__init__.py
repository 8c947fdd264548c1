"""Every address of the awards, one list per noun."""

from awards.urls import catalogue, dossier, guideline, history, lookalike, nomination

app_name = "awards"

urlpatterns = [
    *catalogue.urlpatterns,
    *guideline.urlpatterns,
    *nomination.urlpatterns,
    *dossier.urlpatterns,
    *lookalike.urlpatterns,
    *history.urlpatterns,
]
