"""Every address of the campaign, one list per noun."""

from campaign.urls import (
    activity,
    calendar,
    chasing,
    evidence,
    indicator,
    inspection,
    obligation,
    period,
    plan,
    reading,
    report,
    review,
    sub_plan,
    workbook,
)

app_name = "campaign"

urlpatterns = [
    *plan.urlpatterns,
    *reading.urlpatterns,
    *indicator.urlpatterns,
    *obligation.urlpatterns,
    *period.urlpatterns,
    *inspection.urlpatterns,
    *calendar.urlpatterns,
    *review.urlpatterns,
    *sub_plan.urlpatterns,
    *evidence.urlpatterns,
    *activity.urlpatterns,
    *chasing.urlpatterns,
    *report.urlpatterns,
    *workbook.urlpatterns,
]
