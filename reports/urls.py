"""Every address of the top floor, one list per noun."""

from django.urls import path, register_converter

from reports.http import API_ROOT
from reports.views import (
    dashboard_lists,
    figures,
    home,
    issue,
    overview,
    paper,
    report,
    scopes,
    search,
    sources,
    template,
    verify,
    versions,
    weekly,
)
from reports.views.api import description, reading
from reports.views.api.resources import RESOURCES

app_name = "reports"


class ReportCode:
    """The check code of an issued report, which begins otherwise than that of a receipt."""

    regex = "BC-[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReportCode, "report_code")

first_pages = [
    path("", home.home, name="home"),
    path("tim-kiem/", search.search, name="search"),
    path("tong-quan/", overview.overview, name="overview"),
    path("tong-quan/hoat-dong/", overview.activities, name="activities"),
    path("tong-quan/nhiem-vu/", dashboard_lists.duties, name="duties"),
    path("tong-quan/cham-diem/", dashboard_lists.scored, name="scored"),
    path("tong-quan/thay-doi/", dashboard_lists.changes, name="changes"),
    path("tong-quan/so-voi/", dashboard_lists.compared, name="compared"),
    path("tong-quan/trang-a4.pdf", weekly.overview_file, name="overview-pdf"),
    path("tong-quan/khoi/<str:code>/trang-a4.pdf", weekly.block_file, name="overview-block-pdf"),
    path("tong-quan/hang-tuan/", weekly.weekly, name="weekly"),
    path("tong-quan/khoi/<str:code>/", scopes.block, name="overview-block"),
    path("tong-quan/don-vi/<str:code>/", scopes.unit, name="overview-unit"),
    path("tong-quan/muc/<str:code>/", scopes.item, name="overview-item"),
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
    path("bao-cao/<int:pk>/nguon/<str:code>/", sources.report_source, name="report-source"),
    path("bao-cao/<int:pk>/hoat-dong/", report.report_activities, name="report-activities"),
]

papers = [
    path("bao-cao/<int:pk>/van-ban/", paper.paper_text, name="paper-text"),
    path("bao-cao/<int:pk>/soan/", paper.paper_draft, name="paper-draft"),
    path("bao-cao/<int:pk>/soan/tu-luu/", paper.paper_autosave, name="paper-autosave"),
    path("bao-cao/<int:pk>/soan/<str:code>/", paper.paper_section, name="paper-section"),
    path(
        "bao-cao/<int:pk>/soan/<str:code>/tu-luu/",
        paper.paper_section_autosave,
        name="paper-section-autosave",
    ),
    path("bao-cao/<int:pk>/soan/<str:code>/xem/", paper.paper_preview, name="paper-preview"),
    path("bao-cao/<int:pk>/doan/<int:passage_pk>/", paper.passage, name="passage"),
    path("bao-cao/<int:pk>/lap-tep/", paper.paper_reprint, name="paper-reprint"),
    path("bao-cao/<int:pk>/lap-tep/tien-do/", paper.paper_printing, name="paper-printing"),
    path("bao-cao/<int:pk>/trinh/", issue.paper_propose, name="paper-propose"),
    path("bao-cao/<int:pk>/chuyen-lai/", issue.paper_hand_back, name="paper-hand-back"),
    path("bao-cao/<int:pk>/duyet/", issue.paper_approve, name="paper-approve"),
    path("bao-cao/<int:pk>/cap-so/", issue.paper_number, name="paper-number"),
    path("bao-cao/<int:pk>/thu-so/", issue.paper_number_back, name="paper-number-back"),
    path("bao-cao/<int:pk>/ban-hanh/", issue.paper_issue, name="paper-issue"),
    path("bao-cao/<int:pk>/ban-da-ky/", issue.signed_add, name="signed-add"),
    path("bao-cao/<int:pk>/ban-da-ky/<int:copy_pk>/", issue.signed_file, name="signed-file"),
]

versions_of_reports = [
    path("bao-cao/<int:pk>/bo-sung/", versions.report_supplement, name="report-supplement"),
    path(
        "bao-cao/<int:pk>/so-sanh/<int:other_pk>/", versions.report_compare, name="report-compare"
    ),
]

templates = [
    path("mau-loi-van/", template.text_templates, name="text-templates"),
    path("mau-loi-van/<str:kind>/", template.text_template, name="text-template"),
    path(
        "mau-loi-van/<str:kind>/<int:version>/",
        template.text_template_version,
        name="text-template-version",
    ),
]

# Stands before the page of receipts (`config.urls`): one form and one kind of address for both.
public = [path("kiem-tra/<report_code:code>/", verify.verify_report, name="verify-report")]

# Read by programs, with a key in the place of a sign-in.
V1 = API_ROOT.strip("/")
api = [
    path("api/", description.api, name="api"),
    path(f"{V1}/openapi.json", description.openapi, name="api-openapi"),
    path(f"{V1}/bao-cao/<str:code>/tep/<str:kind>", reading.report_file, name="api-report-file"),
    *(path(f"{V1}/{one.slug}", reading.listing(one), name=f"api-{one.slug}") for one in RESOURCES),
    *(
        path(f"{V1}/{one.slug}/<str:code>", reading.single(one), name=f"api-{one.slug}-one")
        for one in RESOURCES
    ),
]

urlpatterns = [*first_pages, *reports, *papers, *versions_of_reports, *templates, *public, *api]
