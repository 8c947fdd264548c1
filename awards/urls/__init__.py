"""Every address of the awards, one list per noun."""

from awards.urls import lookalike

app_name = "awards"

urlpatterns = [*lookalike.urlpatterns]
