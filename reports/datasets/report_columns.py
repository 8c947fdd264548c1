"""Consolidated reports that were asked for, as a list."""

from django.db.models import Case, Value, When

from accounts.names import by_given_name
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment
from reports.datasets.consolidated import DIGEST_SHOWN
from reports.kinds import KINDS
from reports.models import Paper, Report

KINDS_IN_ORDER = Case(*(When(kind=kind.code, then=Value(n)) for n, kind in enumerate(KINDS)))
ON_SCHEDULE = "Cổng tự lập khi hết kỳ"
BY_COMMAND = "Dòng lệnh"


def _paper(report: Report) -> Paper | None:
    """Reports built before papers were kept, or not built yet, have none."""
    return getattr(report, "paper", None)


def _status(report: Report) -> str:
    paper = _paper(report)
    return str(Paper.Status(paper.status).label) if paper else ""


def _number(report: Report) -> str:
    paper = _paper(report)
    return paper.full_number if paper else ""


def _asked_by(report: Report) -> str:
    return ON_SCHEDULE if report.on_schedule else str(report.asked_by or BY_COMMAND)


REPORTS: Listing[Report] = Listing(
    key="bao-cao-tong-hop",
    title="Báo cáo tổng hợp",
    row="reports/reports_row.html",
    empty=Empty(
        "Không có báo cáo nào",
        "Báo cáo do Ban Thi đua - Khen thưởng lập hiện ở đây, xong sau ít giây.",
        "bi-file-earmark-bar-graph",
    ),
    orders=(Order("moi-nhat", "Mới yêu cầu trước", ("-asked_at",)),),
    tie=("-pk",),
    sizes=(20, 50, 100),
    columns=(
        plain("chot", "Chốt số liệu đến", lambda row: moment(row.as_of), 22, sort=("as_of",)),
        Column(
            "noi-dung", "Nội dung",
            (
                Field("Loại báo cáo", lambda row: row.about.label, 30),
                Field("Kỳ báo cáo", lambda row: str(row.period or ""), 18),
                Field("Phạm vi", lambda row: row.whose, 36),
            ),
            sort=(KINDS_IN_ORDER, "period__due_date"),
        ),
        plain("tinh-trang", "Tình trạng", lambda row: row.get_state_display(), 18, sort=("state",)),
        Column(
            "van-ban", "Văn bản",
            (
                Field("Văn bản", _status, 24),
                Field("Số, ký hiệu", _number, 18),
                Field("Ngày ban hành", lambda row: paper.issued_on if (paper := _paper(row)) else None, 14, "date"),
            ),
            sort=("paper__year", "paper__symbol", "paper__number"),
        ),
        Column(
            "yeu-cau", "Yêu cầu",
            (
                Field("Người yêu cầu", _asked_by, 26),
                Field("Yêu cầu lúc", lambda row: moment(row.asked_at), 22),
            ),
            sort=by_given_name("asked_by__full_name"),
        ),
        plain("ma", "Mã số liệu", lambda row: row.digest[:DIGEST_SHOWN], 16),
    ),
)  # fmt: skip
