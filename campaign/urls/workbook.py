from django.urls import path

from campaign.views import report_return

DRAFT = "bao-cao-ky/<int:pk>/soan"

urlpatterns = [
    path(f"{DRAFT}/dien.xlsx", report_return.report_workbook, name="report-workbook"),
    path(f"{DRAFT}/gui-lai/", report_return.report_return, name="report-return"),
]
