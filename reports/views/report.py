"""Consolidated reports: asked for, followed while they are built, read and taken away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.lists import Source, counts, list_answer
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from campaign.datasets.ledger import LEVEL_BY_CODE
from campaign.models import Campaign
from files.http import serve
from files.models import StoredFile
from lib import clock
from lib.charts import Part, share_bar
from lib.sheet import write_xlsx
from lib.vietnamese import moment
from reports.actions import report as actions
from reports.datasets.activity_columns import REGISTERED
from reports.datasets.consolidated import (
    DIGEST_SHOWN,
    Consolidated,
    Group,
    UnitRow,
    read,
)
from reports.datasets.registered import ActivityRow
from reports.datasets.report_columns import REPORTS
from reports.datasets.scope import Scope, offered_to
from reports.documents import units_sheet
from reports.forms import report as forms
from reports.kinds import KINDS, Level
from reports.models import Paper, Printing, Report
from reports.permissions import may_ask_for_reports, may_change_report, may_read_reports
from reports.tasks import STEPS
from reports.views.issue import life_of
from reports.views.overview import short
from units.models import Block, Unit
from units.permissions import sees_province

ABOUT = ("campaign", "period", "block", "unit", "item")
STOP_POLLING = 286


def get_report(request: UserRequest, pk: int) -> Report:
    seen = Report.objects.visible_to(request.user).without_figures()
    return get_object_or_404(seen.select_related(*ABOUT, "asked_by"), pk=pk)


def get_figures(request: UserRequest, pk: int) -> tuple[Report, Consolidated]:
    """A finished report with what it says; 404 while there is nothing to read."""
    done = Report.objects.visible_to(request.user).filter(state=Report.State.DONE)
    report = get_object_or_404(done.select_related(*ABOUT, "docx", "pdf", "xlsx"), pk=pk)
    return report, read(report.snapshot or {})


@methods("GET", "POST")
@once
def reports(request: UserRequest) -> HttpResponse:
    """Those that were asked for, newest first; the board asks for another here."""
    campaign = Campaign.objects.current()
    if campaign is None or not may_read_reports(request.user):
        raise Http404
    form = forms.ReportForm(
        request.POST or None,
        campaign=campaign,
        at=request.at,
        offered=offered_to(request.user, campaign),
    )
    if request.method == "POST":
        require(may_ask_for_reports(request.user))
        if form.is_valid():
            said = form.cleaned_data
            asked = actions.ask_for_report(
                campaign, as_of=said["as_of"], by=request.user, at=request.at, about=_about(said)
            )
            messages.success(request, "Đã nhận yêu cầu lập báo cáo.")
            return redirect(asked)
    return _listed(request, campaign, form)


def _listed(request: UserRequest, campaign: Campaign, asking: forms.ReportForm) -> HttpResponse:
    """Counts are of the papers, by how far each is; they keep to the kind that is chosen."""
    form = forms.ReportsForm(request.GET)
    form.is_valid()
    kind, status = (form.cleaned_data.get(name, "") for name in ("loai", "muc"))
    known = Report.objects.visible_to(request.user).filter(campaign=campaign)
    if kind:
        known = known.filter(kind=kind)
    many = dict(known.order_by().values_list("paper__status").annotate(Count("pk")))
    steps = [(code, str(label), many.get(code, 0)) for code, label in Paper.Status.choices]
    found = known.filter(paper__status=status) if status else known
    source: Source[Report, Report] = Source(
        REPORTS, form, found.without_figures().select_related(*ABOUT, "asked_by", "paper"),
        made=list, file_name=f"bao-cao-tong-hop-{campaign.code}",
        notes=("BÁO CÁO TỔNG HỢP", campaign.name),
    )  # fmt: skip
    context = {
        "campaign": campaign,
        "form": asking,
        "counts": [
            counts(request, "muc", "Lọc theo văn bản", [("", "Tất cả", sum(many.values())), *steps])
        ],
        "can_build": may_ask_for_reports(request.user),
        "sees_province": sees_province(request.user),
        "kinds": KINDS,
    }
    answer = list_answer(request, "reports/reports.html", source, context)
    if asking.is_bound:
        answer.status_code = 422
    return answer


def _about(said: dict[str, Any]) -> actions.About:
    scope: Scope = said["scope"]
    return actions.About(
        kind=said["kind"],
        period=said["period"],
        block=Block.objects.get(pk=scope.pk) if scope.level is Level.BLOCK else None,
        unit=Unit.objects.get(pk=scope.pk) if scope.level is Level.UNIT else None,
        item=said["item"],
    )


@methods("GET")
def report(request: UserRequest, pk: int) -> HttpResponse:
    """Its progress until it is done, then the report itself."""
    found = get_report(request, pk)
    context = {
        "report": found,
        "title": found.about.label,
        "steps": _steps(found),
        "can_change": may_change_report(request.user, found),
        "lead": cut_off(found),
        "events": AuditEvent.objects.about(found).select_related("by"),
    }
    if found.state == Report.State.DONE:
        _, data = get_figures(request, pk)
        context |= {
            "data": data,
            "title": data.title,
            "bars": [(group, _bar(group)) for group in data.groups],
            **_paper(request, found),
        }
    return render(request, "reports/report.html", context)


def _paper(request: UserRequest, report: Report) -> dict[str, Any]:
    """Its paper, what was done with it, and the versions before and after; reports built before
    papers were kept have none."""
    paper = (
        Paper.objects.visible_to(request.user)
        .filter(report=report)
        .select_related("superseded_by")
        .first()
    )
    if paper is not None:
        paper.report = report
    versions = {"later": report.later.select_related("paper").without_figures().order_by("pk")}
    if paper is None:
        return versions
    events = AuditEvent.objects.about(report, paper).select_related("by")
    return {**life_of(request, paper), **versions, "events": events}


def cut_off(report: Report) -> str:
    about = ", ".join(filter(None, [str(report.campaign), report.whose, str(report.period or "")]))
    words = f"{about}. Số liệu chốt đến {moment(report.as_of)}"
    return f"{words}; mã số liệu {report.digest[:DIGEST_SHOWN]}." if report.digest else f"{words}."


def _steps(report: Report) -> list[tuple[str, str]]:
    """Each step by name: done, current or still to come."""
    reached = report.steps_done if report.step else -1
    told = []
    for place, step in enumerate(STEPS):
        if place < reached or report.state == Report.State.DONE:
            told.append((step, "done"))
        else:
            told.append((step, "current" if place == reached else "waiting"))
    return told


def _bar(group: Group) -> str:
    totals = group.totals
    parts = (
        Part(totals.on_time, "green", "đúng hạn"),
        Part(totals.late, "red", "trễ hạn"),
        Part(totals.missing, "grey", "chưa gửi"),
    )
    return share_bar(parts, whole=totals.owed)


@methods("GET")
def report_progress(request: UserRequest, pk: int) -> HttpResponse:
    """The steps alone, asked for every second by the page; the last answer reloads it."""
    found = get_report(request, pk)
    if not request.htmx:
        return redirect(found)
    context = {"report": found, "steps": _steps(found)}
    response = render(request, "reports/report_progress.html", context)
    if found.is_final:
        response.status_code = STOP_POLLING
        response["HX-Refresh"] = "true"
    return response


@methods("POST")
@once
def report_cancel(request: UserRequest, pk: int) -> HttpResponse:
    found = get_report(request, pk)
    actions.cancel_report(found, by=request.user, at=request.at)
    messages.success(request, "Đã hủy lập báo cáo.")
    return redirect(found)


@methods("POST")
@once
def report_retry(request: UserRequest, pk: int) -> HttpResponse:
    found = get_report(request, pk)
    fresh = actions.retry_report(found, by=request.user, at=request.at)
    messages.success(request, "Đã cho lập lại báo cáo.")
    return redirect(fresh)


@methods("GET")
def report_file(request: UserRequest, pk: int, kind: str) -> HttpResponseBase:
    done = Report.objects.visible_to(request.user).without_figures()
    found = get_object_or_404(
        done.select_related("campaign", "docx", "pdf", "xlsx"), pk=pk, state=Report.State.DONE
    )
    stored = newest_files(found).get(kind)
    if stored is None:
        raise Http404
    day = clock.local_day(found.as_of)
    return serve(stored, f"bao-cao-tong-hop-{found.campaign.code}-{day:%Y-%m-%d}.{kind}")


def newest_files(report: Report) -> dict[str, StoredFile | None]:
    """Those that were issued; else those of the newest edit; else those first built."""
    paper = Paper.objects.filter(report=report).select_related("docx", "pdf", "xlsx").first()
    printed = Printing.objects.finished(paper) if paper else None
    found = paper if paper and paper.is_issued else printed or report
    return {"docx": found.docx, "pdf": found.pdf, "xlsx": found.xlsx}


TESTS: dict[str, Callable[[UnitRow], bool]] = {
    "": lambda row: True,
    forms.SENT: lambda row: row.is_sent,
    forms.ON_TIME: lambda row: row.is_sent and not row.days_late,
    forms.LATE: lambda row: row.days_late > 0 and row.is_sent,
    forms.MISSING: lambda row: row.is_missing,
    forms.EXEMPT: lambda row: not row.is_owed,
}


@methods("GET")
def report_units(request: UserRequest, pk: int) -> HttpResponse:
    """The units behind a figure of the report; `?xuat=xlsx` gives those shown."""
    found, data = get_figures(request, pk)
    form = forms.UnitsForm(request.GET, data_of=data)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    test = TESTS[asked["tinh_trang"]]
    level = LEVEL_BY_CODE.get(asked["muc_do"])
    groups = [
        (group, [row for row in group.rows if test(row) and level in {None, row.level}])
        for group in data.groups
        if asked["khoi"] in {"", group.code}
    ]
    shown = [(group, rows) for group, rows in groups if rows]
    if request.GET.get("xuat") == "xlsx":
        content = write_xlsx([units_sheet(data, shown)])
        return attachment(content, f"danh-sach-don-vi-{found.campaign.code}.xlsx", XLSX)
    context = {
        "report": found,
        "data": data,
        "form": form,
        "lead": cut_off(found),
        "groups": shown,
        "count": sum(len(rows) for _, rows in shown),
    }
    return render(request, "reports/report_units.html", context)


@methods("GET")
def report_activities(request: UserRequest, pk: int) -> HttpResponse:
    """The activities behind a figure of the report, as they were frozen."""
    found, data = get_figures(request, pk)
    form = forms.ActivitiesForm(
        request.GET,
        items=[(item.code, short(item.code, item.text)) for item in data.items],
        blocks=[(group.code, group.name) for group in data.groups],
    )
    if not form.is_valid():
        raise Http404
    rows = _narrowed(data, form.cleaned_data["muc"], form.cleaned_data["khoi"])
    source: Source[ActivityRow, ActivityRow] = Source(
        REGISTERED, form, rows, made=list, file_name=f"hoat-dong-{found.campaign.code}",
        notes=(
            f"Hoạt động đăng ký, {data.plan.name}",
            f"Số liệu chốt đến {moment(data.as_of)}; mã số liệu {data.short_digest}",
        ),
    )  # fmt: skip
    context = {"report": found, "data": data, "lead": cut_off(found)}
    return list_answer(request, "reports/activities.html", source, context)


def _narrowed(data: Consolidated, under: str, block: str) -> list[ActivityRow]:
    return [
        row
        for row in data.activities
        if (not under or row.is_under(under)) and (not block or row.block_code == block)
    ]
