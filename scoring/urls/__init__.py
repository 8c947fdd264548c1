"""Every address of the scoring, one list per noun."""

from scoring.urls import block_year, ranking, scale, sheet

app_name = "scoring"

urlpatterns = [
    *scale.urlpatterns,
    *sheet.urlpatterns,
    *ranking.urlpatterns,
    *block_year.urlpatterns,
]
