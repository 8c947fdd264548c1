"""The ledger of what is owed: the list “Tình hình gửi Kế hoạch”, and one row of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import AuditEvent, User
from accounts.once import once
from accounts.permissions import require
from campaign.actions import obligation as actions
from campaign.datasets.matter import Matter, versions_of
from campaign.forms.obligation import ExtendForm, LevelForm
from campaign.models import Campaign, Obligation, ReportingPeriod
from campaign.permissions import may_change_obligation, may_register_receipt
from campaign.views.ledger import ledger_page
from lib.vietnamese import short_date
from units.permissions import (
    belongs_to,
    has_a_role,
    is_board_head,
    sees_province,
)

Level = Obligation.Level
SHOWN_EVENTS = 50
SENT_IN = {Obligation.Kind.SUB_PLAN, Obligation.Kind.PROGRESS_REPORT}
CHANGES: dict[str, Callable[..., None]] = {
    Level.REQUIRED: actions.require_obligation,
    Level.ENCOURAGED: actions.encourage_obligation,
    Level.EXEMPT: actions.exempt_obligation,
}


def current_campaign() -> Campaign:
    campaign = Campaign.objects.current()
    if campaign is None:
        raise Http404
    return campaign


@methods("GET")
def sub_plans(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404  # who has no role anywhere sees nothing
    return ledger_page(request, Matter(current_campaign()), "campaign/ledger.html")


def get_obligation(request: UserRequest, pk: int) -> Obligation:
    seen = Obligation.objects.visible_to(request.user).select_related(
        "unit", "campaign", "period", "finding", "step__block"
    )
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def obligation(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_obligation(request, pk))


def _page(
    request: UserRequest,
    owed: Obligation,
    *,
    extend_form: ExtendForm | None = None,
    level_form: LevelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = versions_of(owed).visible_to(request.user)
    context = {
        "obligation": owed,
        "is_sub_plan": owed.kind == Obligation.Kind.SUB_PLAN,
        "versions": list(versions.order_by("-version")),
        "extensions": list(owed.extensions.select_related("by").order_by("-at", "-pk")),
        "events": _history(request.user, owed),
        "can_change": may_change_obligation(request.user, owed),
        "is_conflict": is_board_head(request.user) and belongs_to(request.user, owed.unit),
        # Nothing is entered or put off for a unit that owes nothing; first its level changes.
        "can_extend": owed.is_owed,
        "can_register": _can_be_entered(owed) and may_register_receipt(request.user, owed.unit),
        "extend_form": extend_form or ExtendForm(obligation=owed),
        "level_form": level_form or LevelForm(obligation=owed),
        "at": request.at,
    }
    return render(request, "campaign/obligation.html", context, status=status)


def _can_be_entered(owed: Obligation) -> bool:
    """Whether a paper the unit sent outside the portal would answer this now (nhập thay)."""
    if owed.period is not None and owed.period.status != ReportingPeriod.Status.OPEN:
        return False
    is_sent_in = owed.kind in SENT_IN
    return is_sent_in and owed.is_owed and owed.met_at is None


def _history(user: User, owed: Obligation) -> list[AuditEvent] | None:
    """Reasons and names are for the unit itself and the province, not for the rest of the block."""
    if not sees_province(user) and not belongs_to(user, owed.unit):
        return None
    return list(AuditEvent.objects.about(owed).select_related("by")[:SHOWN_EVENTS])


@methods("POST")
@once
def extend(request: UserRequest, pk: int) -> HttpResponse:
    owed = get_obligation(request, pk)
    require(may_change_obligation(request.user, owed))
    form = ExtendForm(request.POST, obligation=owed)
    if not form.is_valid():
        return _page(request, owed, extend_form=form, status=422)
    actions.extend_obligation(owed, by=request.user, at=request.at, **form.cleaned_data)
    due = short_date(form.cleaned_data["due"])
    messages.success(request, f"Đã gia hạn cho {owed.unit} đến {due}. Đơn vị sẽ nhận được thư.")
    return redirect("campaign:obligation", pk)


@methods("POST")
@once
def change_level(request: UserRequest, pk: int) -> HttpResponse:
    owed = get_obligation(request, pk)
    require(may_change_obligation(request.user, owed))
    form = LevelForm(request.POST, obligation=owed)
    if not form.is_valid():
        return _page(request, owed, level_form=form, status=422)
    level, reason = form.cleaned_data["level"], form.cleaned_data["reason"]
    CHANGES[level](owed, by=request.user, at=request.at, reason=reason)
    messages.success(request, f"{owed.unit}: đã chuyển sang mức “{Level(level).label}”.")
    return redirect("campaign:obligation", pk)
