"""Every address of the campaign, one list per noun."""

from campaign.urls import plan

app_name = "campaign"

urlpatterns = [
    *plan.urlpatterns,
]
