"""Every resource of the API: where it lies, which key reads it, what it takes and tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import ApiToken
from reports.datasets.api import (
    activities,
    campaigns,
    figures,
    obligations,
    rankings,
    reports,
    units,
)
from reports.datasets.api.asked import After, Asked, Page
from reports.forms import api as forms

Scope = ApiToken.Scope


@dataclass(frozen=True)
class Resource:
    """A list and one of its rows. `shape` is the row's dataclass, `form` what the list takes."""

    slug: str
    title: str
    about: str
    scope: ApiToken.Scope
    shape: type
    form: type[forms.ApiForm]
    page: Callable[[Asked, After, int], Page[Any]]
    one: Callable[[Asked, str], Any]


RESOURCES = (
    Resource(
        "dot-thi-dua", "Đợt thi đua",
        "Các đợt thi đua, cũ trước.",
        Scope.CAMPAIGNS, campaigns.CampaignTold, forms.CampaignsForm,
        campaigns.campaigns, campaigns.campaign,
    ),
    Resource(
        "ky-bao-cao", "Kỳ báo cáo",
        "Các kỳ báo cáo của một đợt: khoảng số liệu, hạn gửi, tình trạng.",
        Scope.CAMPAIGNS, campaigns.PeriodTold, forms.PeriodsForm,
        campaigns.periods, campaigns.period,
    ),
    Resource(
        "muc-ke-hoach", "Mục của Kế hoạch",
        "Các mục của Kế hoạch theo mã của văn bản; nhiệm vụ kèm các đơn vị được giao.",
        Scope.PLAN, campaigns.PlanItemTold, forms.PlanItemsForm,
        campaigns.plan_items, campaigns.plan_item,
    ),
    Resource(
        "don-vi", "Đơn vị",
        "Danh mục đơn vị, khối thi đua theo năm, đơn vị kế tục.",
        Scope.UNITS, units.UnitTold, forms.UnitsForm, units.units, units.unit,
    ),
    Resource(
        "nghia-vu", "Nghĩa vụ gửi",
        "Ai phải gửi gì, hạn ngày nào, đã gửi lúc nào. Tình trạng tính bằng đúng điều kiện của "
        "trang “Tình hình gửi”, nên số dòng ở đây bằng con số trên trang.",
        Scope.OBLIGATIONS, obligations.ObligationTold, forms.ObligationsForm,
        obligations.obligations, obligations.obligation,
    ),
    Resource(
        "hoat-dong", "Hoạt động",
        "Hoạt động, công trình, phần việc, đỡ đầu mà người giữ khóa thấy ở trang “Hoạt động”. "
        "Hoạt động đã gộp vào hoạt động chung chỉ hiện khi hỏi trang_thai=da-gop.",
        Scope.ACTIVITIES, activities.ActivityTold, forms.ActivitiesForm,
        activities.activities, activities.activity,
    ),
    Resource(
        "so-lieu", "Số liệu",
        "Từng chỉ tiêu của từng đơn vị, khối hoặc toàn tỉnh, nhìn từ một kỳ báo cáo, như trang "
        "“Tổng hợp”. Đơn vị đọc số của mình; khối trưởng đọc của khối mình và các đơn vị trong khối.",
        Scope.FIGURES, figures.FigureTold, forms.FiguresForm, figures.figures, figures.figure,
    ),
    Resource(
        "xep-hang", "Xếp hạng",
        "Các bảng xếp hạng đã công bố của khối; bản đã bị đính chính vẫn còn, ghi rõ trạng thái.",
        Scope.RANKINGS, rankings.RankingTold, forms.RankingsForm,
        rankings.rankings, rankings.ranking,
    ),
    Resource(
        "bao-cao", "Báo cáo đã ban hành",
        "Các báo cáo tổng hợp đã ban hành, kèm tệp DOCX, PDF, XLSX.",
        Scope.REPORTS, reports.ReportTold, forms.ReportsForm,
        reports.issued_reports, reports.issued_report,
    ),
)  # fmt: skip
