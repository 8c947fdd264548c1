"""Writing a sub-plan: its data and texts, its files, what does not apply, and the last check."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.clash import answer_autosave, clashes
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign import checklist
from campaign.actions import sub_plan as actions
from campaign.datasets.activity_table import activities_in_order
from campaign.datasets.content import content_of
from campaign.datasets.coverage import coverage_of
from campaign.datasets.targets import target_lines, targets_state
from campaign.datasets.vocabulary import vocabulary_of
from campaign.forms.sub_plan import ExclusionForm, FilesForm, TextsForm, texts_of
from campaign.forms.targets import TargetsForm
from campaign.models import PlanItem, SubPlan, SubPlanFile
from campaign.permissions import may_draft, may_submit
from campaign.views.sub_plan import get_sub_plan, shown_files
from campaign.views.uploads import staged_now
from files.checks import BadFile
from lib import clock
from lib.vietnamese import fold


def get_draft(request: UserRequest, pk: int) -> SubPlan:
    """A version the person may write in. Whether it is still a draft, the action says."""
    sub_plan = get_sub_plan(request, pk)
    require(may_draft(request.user, sub_plan.unit))
    return sub_plan


def draft_parts(request: UserRequest, sub_plan: SubPlan) -> dict[str, Any]:
    """What the parts about duties, activities and the last check show; it follows every change."""
    activities = activities_in_order(sub_plan)
    findings = checklist.check(content_of(sub_plan, today=clock.local_day(request.at)))
    wrong = checklist.errors(findings)
    return {
        "sub_plan": sub_plan,
        "activities": activities,
        "coverage": coverage_of(sub_plan, activities),
        "errors": wrong,
        "warnings": [finding for finding in findings if not finding.is_error],
        "can_submit": may_submit(request.user, sub_plan),
        "obligation": sub_plan.obligation(),
        "at": request.at,
    }


@methods("GET", "POST")
@once
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """The whole draft on one page; a POST saves its data and texts (the page without scripts)."""
    sub_plan = get_draft(request, pk)
    if request.method == "POST":
        return _save(request, sub_plan)
    if not sub_plan.is_editable:
        return redirect(sub_plan)
    return draft_page(request, sub_plan, TextsForm(initial=texts_of(sub_plan)))


def draft_page(
    request: UserRequest,
    sub_plan: SubPlan,
    form: TextsForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {
        **draft_parts(request, sub_plan),
        "form": form,
        "files_form": FilesForm(),
        "targets_form": TargetsForm(lines=target_lines(sub_plan), state=targets_state(sub_plan)),
        "files": shown_files(sub_plan),
        "vocabulary": vocabulary_of(sub_plan.campaign),
        **more,
    }
    return render(request, "campaign/draft.html", context, status=status)


def _save(request: UserRequest, sub_plan: SubPlan) -> HttpResponse:
    form = TextsForm(request.POST)
    if not form.is_valid():
        return draft_page(request, sub_plan, form, status=422)
    try:
        _save_texts(request, sub_plan, form)
    except Conflict:
        return _show_clash(request, sub_plan.pk, form)
    except Refused as refused:
        # Handed over meanwhile: what was typed stays on the page, to be copied.
        return draft_page(request, sub_plan, form, status=409, refused=str(refused))
    messages.success(request, "Đã lưu bản soạn.")
    return redirect("campaign:draft", sub_plan.pk)


def _save_texts(request: UserRequest, sub_plan: SubPlan, form: TextsForm) -> None:
    revision, values = form.cleaned_data["revision"], form.values()
    actions.save_texts(sub_plan, by=request.user, at=request.at, revision=revision, values=values)


def _show_clash(request: UserRequest, pk: int, form: TextsForm) -> HttpResponse:
    """Both texts, and what was typed still in its fields; the next save is against today's row."""
    stored, values = _stored(request, pk)
    found = clashes((form[name] for name in values), values)
    fresh = TextsForm({**request.POST.dict(), "revision": stored.revision})
    return draft_page(request, stored, fresh, status=409, clashes=found)


def _stored(request: UserRequest, pk: int) -> tuple[SubPlan, dict[str, str]]:
    stored = get_draft(request, pk)
    form = TextsForm(initial=texts_of(stored))
    return stored, {name: str(form[name].value() or "") for name in SubPlan.TEXT_FIELDS}


@methods("POST")
def draft_autosave(request: UserRequest, pk: int) -> JsonResponse:
    """Save while one types (R14). Guarded by the revision instead of a form key."""
    sub_plan = get_draft(request, pk)
    form = TextsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    return answer_autosave(
        lambda: _save_texts(request, sub_plan, form),
        sub_plan,
        stored=lambda: _stored(request, pk),
    )


@methods("POST")
@once
def draft_files(request: UserRequest, pk: int) -> HttpResponse:
    """Attach files: by their tokens where they were sent ahead, else with this very form."""
    sub_plan = get_draft(request, pk)
    form = FilesForm(request.POST)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _refuse_files(request, sub_plan, bad.sentence)
    if not form.is_valid() or not tokens:
        return _refuse_files(request, sub_plan, "Chưa có tệp nào. Hãy chọn tệp rồi bấm Đính kèm.")
    kind = form.cleaned_data["kind"]
    chosen = [actions.DraftFile(token, kind) for token in tokens]
    actions.attach_files(sub_plan, chosen, by=request.user, at=request.at)
    messages.success(request, f"Đã đính kèm {len(chosen)} tệp.")
    return redirect(f"{reverse('campaign:draft', args=[pk])}#files")


def _refuse_files(request: UserRequest, sub_plan: SubPlan, sentence: str) -> HttpResponse:
    form = TextsForm(initial=texts_of(sub_plan))
    return draft_page(request, sub_plan, form, status=422, files_error=sentence)


@methods("POST")
@once
def draft_file_remove(request: UserRequest, pk: int, file_pk: int) -> HttpResponse:
    sub_plan = get_draft(request, pk)
    files = SubPlanFile.objects.filter(sub_plan=sub_plan).select_related("sub_plan__unit")
    file = get_object_or_404(files, pk=file_pk)
    actions.detach_file(file, by=request.user, at=request.at)
    messages.success(request, f"Đã gỡ tệp {file.name}.")
    return redirect(f"{reverse('campaign:draft', args=[pk])}#files")


@methods("POST")
@once
def draft_exclude(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """ "Không áp dụng" for a duty or a solution, with the reason; an empty one takes it back."""
    sub_plan = get_draft(request, pk)
    items = PlanItem.objects.filter(campaign=sub_plan.campaign)
    item = get_object_or_404(items.duties() | items.solutions(), code=code)
    form = ExclusionForm(request.POST)
    takes_back = request.POST.get("bo") == "1"
    if not form.is_valid() or not (takes_back or fold(form.cleaned_data["reason"])):
        texts = TextsForm(initial=texts_of(sub_plan))
        said = {"code": item.code, "reason": request.POST.get("reason", "")}
        return draft_page(request, sub_plan, texts, status=422, exclusion_error=said)
    reason = "" if takes_back else form.cleaned_data["reason"]
    actions.exclude_item(sub_plan, item, by=request.user, at=request.at, reason=reason)
    return redirect(f"{reverse('campaign:draft', args=[pk])}#duties")
