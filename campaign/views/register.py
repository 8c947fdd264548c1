"""Nhập thay: a reviewer enters what came on paper, by e-office or by e-mail."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import review as actions
from campaign.actions.sub_plan import DraftFile
from campaign.forms.review import RegisterForm
from campaign.models import Campaign, Obligation, SubPlanFile
from campaign.views.obligation import current_campaign
from campaign.views.uploads import staged_before, staged_now
from files.checks import BadFile
from units.models import Unit
from units.permissions import is_board_reviewer, standing

NO_FILE = "Chưa có bản quét. Hãy chọn tệp PDF hoặc ảnh của văn bản đã nhận."


def _units(request: UserRequest, campaign: Campaign) -> Iterable[Unit]:
    """Units that owe a sub-plan, but never one the person belongs to."""
    owing = Obligation.objects.visible_to(request.user).filter(
        campaign=campaign, kind=Obligation.Kind.SUB_PLAN
    )
    own = standing(request.user).units()
    return Unit.objects.filter(pk__in=owing.values("unit")).exclude(pk__in=own).in_protocol_order()


@methods("GET", "POST")
@once
def register_receipt(request: UserRequest) -> HttpResponse:
    require(is_board_reviewer(request.user))
    campaign = current_campaign()
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        units=_units(request, campaign),
        campaign=campaign,
        at=request.at,
        initial={"unit": _unit_asked(request)},
    )
    if request.method == "GET":
        return _page(request, campaign, form)
    # The form first: a file is not read for a form that is sent back anyway.
    if not form.is_valid():
        return _page(request, campaign, form, status=422)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _page(request, campaign, form, status=422, files_error=bad.sentence)
    return _register(request, campaign, form, tokens)


def _register(
    request: UserRequest, campaign: Campaign, form: RegisterForm, tokens: list[str]
) -> HttpResponse:
    if not tokens:
        return _page(request, campaign, form, status=422, files_error=NO_FILE)
    typed = form.cleaned_data
    signed, *annexes = tokens
    receipt = actions.Receipt(
        received_at=form.received_at(),
        channel=typed["channel"],
        document_number=typed["document_number"],
        document_date=typed["document_date"],
        signer_name=typed["signer_name"],
        signer_position=typed["signer_position"],
        files=[
            DraftFile(signed, SubPlanFile.Kind.SIGNED),
            *(DraftFile(token, SubPlanFile.Kind.ANNEX) for token in annexes),
        ],
    )
    sub_plan = actions.register_receipt(
        campaign, typed["unit"], receipt, by=request.user, at=request.at
    )
    messages.success(
        request,
        f"Đã nhập thay cho {sub_plan.unit}. Mã tiếp nhận {sub_plan.receipt_code}; "
        "kế hoạch đã vào hàng chờ xem xét.",
    )
    return redirect("campaign:review", sub_plan.pk)


def _unit_asked(request: UserRequest) -> str:
    wanted = request.GET.get("don_vi", "")
    return wanted if wanted.isdecimal() else ""


def _page(
    request: UserRequest,
    campaign: Campaign,
    form: RegisterForm,
    *,
    status: int = 200,
    files_error: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "campaign": campaign,
        "files_error": files_error,
        "staged": staged_before(request),
    }
    return render(request, "campaign/register.html", context, status=status)
