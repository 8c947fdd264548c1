"""Every address of the top floor, one list per noun."""

from django.urls import path

from reports.views import figures, home, overview, report

app_name = "reports"

first_pages = [
    path("", home.home, name="home"),
    path("tong-quan/", overview.overview, name="overview"),
    path("tong-quan/hoat-dong/", overview.activities, name="activities"),
    path("tong-hop/", figures.figures, name="figures"),
    path("tong-hop/<str:code>/", figures.figure, name="figure"),
]

reports = [
    path("bao-cao/", report.reports, name="reports"),
    path("bao-cao/<int:pk>/", report.report, name="report"),
    path("bao-cao/<int:pk>/tien-do/", report.report_progress, name="report-progress"),
    path("bao-cao/<int:pk>/huy/", report.report_cancel, name="report-cancel"),
    path("bao-cao/<int:pk>/lap-lai/", report.report_retry, name="report-retry"),
    path("bao-cao/<int:pk>/tep/<str:kind>/", report.report_file, name="report-file"),
    path("bao-cao/<int:pk>/don-vi/", report.report_units, name="report-units"),
    path("bao-cao/<int:pk>/hoat-dong/", report.report_activities, name="report-activities"),
]

urlpatterns = [*first_pages, *reports]
