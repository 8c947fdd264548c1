"""Registered targets on the page of a draft: saved by a press of their own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.workflow import Conflict
from campaign.actions.targets import save_targets
from campaign.datasets.targets import target_lines, targets_state
from campaign.forms.sub_plan import TextsForm, texts_of
from campaign.forms.targets import TargetsForm
from campaign.models import SubPlan
from campaign.views.draft import draft_page, get_draft


@methods("POST")
@once
def draft_targets(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    form = TargetsForm(request.POST, lines=target_lines(sub_plan))
    if not form.is_valid():
        return _again(request, sub_plan, form, status=422)
    state = form.cleaned_data["state"]
    try:
        save_targets(sub_plan, form.values(), by=request.user, at=request.at, state=state)
    except Conflict:
        return _show_clash(request, sub_plan)
    messages.success(request, "Đã lưu chỉ tiêu đăng ký.")
    return redirect(f"{reverse('campaign:draft', args=[pk])}#targets")


def _show_clash(request: UserRequest, sub_plan: SubPlan) -> HttpResponse:
    """What was typed stays in its fields, over what is stored now; saving again keeps it."""
    lines = target_lines(sub_plan)
    typed = {**request.POST.dict(), "chi-tieu-state": targets_state(sub_plan)}
    return _again(request, sub_plan, TargetsForm(typed, lines=lines), status=409)


def _again(
    request: UserRequest, sub_plan: SubPlan, form: TargetsForm, *, status: int
) -> HttpResponse:
    texts = TextsForm(initial=texts_of(sub_plan))
    return draft_page(
        request,
        sub_plan,
        texts,
        status=status,
        targets_form=form,
        is_target_clash=status == 409,  # noqa: PLR2004
    )
