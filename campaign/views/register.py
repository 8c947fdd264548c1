"""Nhập thay: a reviewer enters what came on paper, by e-office or by e-mail."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.bulk import LONGEST_PK
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import report_review, review
from campaign.actions.report import refuse_closed
from campaign.actions.sub_plan import DraftFile
from campaign.datasets.matter import Matter
from campaign.forms.review import RegisterForm
from campaign.models import Campaign, ReportingPeriod, SubPlanFile
from campaign.views.obligation import current_campaign
from campaign.views.period import get_period
from campaign.views.uploads import staged_before, staged_now
from files.checks import BadFile
from units.models import Unit
from units.permissions import is_board_reviewer, standing

NO_FILE = "Chưa có bản quét. Hãy chọn tệp PDF hoặc ảnh của văn bản đã nhận."


@methods("GET", "POST")
@once
def register_receipt(request: UserRequest) -> HttpResponse:
    """`ky` in the address says of which period it is a report; without it, a sub-plan came."""
    require(is_board_reviewer(request.user))
    matter = _matter(request)
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        units=_units(request, matter),
        matter=matter,
        at=request.at,
        initial={"unit": _unit_asked(request)},
    )
    if request.method == "GET":
        return _page(request, matter, form)
    # The form first: a file is not read for a form that is sent back anyway.
    if not form.is_valid():
        return _page(request, matter, form, status=422)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _page(request, matter, form, status=422, files_error=bad.sentence)
    return _register(request, matter, form, tokens)


def _register(
    request: UserRequest, matter: Matter, form: RegisterForm, tokens: list[str]
) -> HttpResponse:
    if not tokens:
        return _page(request, matter, form, status=422, files_error=NO_FILE)
    if matter.period:
        return _register_report(request, matter.period, form, tokens)
    return _register_sub_plan(request, matter.campaign, form, tokens)


def _matter(request: UserRequest) -> Matter:
    """What came; 409 where the period takes no reports now."""
    asked = request.GET.get("ky", "")
    if not asked:
        return Matter(current_campaign())
    if not asked.isdecimal() or len(asked) >= LONGEST_PK:
        raise Http404
    period = get_period(request, int(asked))
    refuse_closed(period)
    return Matter(period.campaign, period)


def _units(request: UserRequest, matter: Matter) -> Iterable[Unit]:
    """Units that owe it, but never one the person belongs to."""
    owing = matter.obligations().visible_to(request.user)
    own = standing(request.user).units()
    return Unit.objects.filter(pk__in=owing.values("unit")).exclude(pk__in=own).in_protocol_order()


def _register_sub_plan(
    request: UserRequest, campaign: Campaign, form: RegisterForm, tokens: list[str]
) -> HttpResponse:
    signed, *annexes = tokens
    files = [
        DraftFile(signed, SubPlanFile.Kind.SIGNED),
        *(DraftFile(token, SubPlanFile.Kind.ANNEX) for token in annexes),
    ]
    receipt = review.Receipt(**form.paper(), files=files)
    unit = form.cleaned_data["unit"]
    sub_plan = review.register_receipt(campaign, unit, receipt, by=request.user, at=request.at)
    messages.success(
        request,
        f"Đã nhập thay cho {sub_plan.unit}. Mã tiếp nhận {sub_plan.receipt_code}; "
        "kế hoạch đã vào hàng chờ xem xét.",
    )
    return redirect("campaign:review", sub_plan.pk)


def _register_report(
    request: UserRequest, period: ReportingPeriod, form: RegisterForm, tokens: list[str]
) -> HttpResponse:
    receipt = report_review.ReportReceipt(**form.paper(), scans=tokens)
    unit = form.cleaned_data["unit"]
    report = report_review.register_report(period, unit, receipt, by=request.user, at=request.at)
    messages.success(
        request,
        f"Đã nhập thay báo cáo {period} cho {report.unit}. Mã tiếp nhận {report.receipt_code}; "
        "báo cáo đã vào hàng chờ xem xét, chưa có số liệu.",
    )
    return redirect("campaign:report-review", report.pk)


def _unit_asked(request: UserRequest) -> str:
    wanted = request.GET.get("don_vi", "")
    return wanted if wanted.isdecimal() else ""


def _page(
    request: UserRequest,
    matter: Matter,
    form: RegisterForm,
    *,
    status: int = 200,
    files_error: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "matter": matter,
        "open_periods": list(matter.campaign.periods.open().in_order()),
        "files_error": files_error,
        "staged": staged_before(request),
    }
    return render(request, "campaign/register.html", context, status=status)
