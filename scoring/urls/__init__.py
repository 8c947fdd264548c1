"""Every address of the scoring, one list per noun."""

from scoring.urls import scale

app_name = "scoring"

urlpatterns = [*scale.urlpatterns]
