"""Tờ trình: made from what the council agreed on, numbered, taken out as papers or as one ZIP."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from awards.actions import decision as decisions
from awards.actions import package
from awards.actions import proposal as actions
from awards.datasets.council_columns import DECISIONS
from awards.datasets.decision import meetings_of, proposed
from awards.datasets.listed import headcount, listed_nominations, official_order
from awards.documents.decision import proposal_letter
from awards.documents.workbooks import proposal_page
from awards.forms.decision import LetterForm, ProposalForm, SubjectForm, typed_letter
from awards.forms.fields import ticked
from awards.forms.meeting import ReasonForm
from awards.models import Decision, Nomination, Proposal
from awards.permissions import may_propose, may_read_council
from awards.views.papers import paper, workbook
from campaign.views.obligation import current_campaign
from lib import clock


def get_proposal(request: UserRequest, pk: int) -> Proposal:
    seen = Proposal.objects.visible_to(request.user).select_related("campaign")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def decisions_page(request: UserRequest) -> HttpResponse:
    """Letters and decisions of the campaign; what waits to be proposed on top."""
    require(may_read_council(request.user))
    campaign, user = current_campaign(), request.user
    letters = Proposal.objects.visible_to(user).filter(campaign=campaign)
    found = (
        Decision.objects.visible_to(user).filter(campaign=campaign)
        .annotate(
            granted=Count("grants"),
            revoked=Count("grants", filter=Q(grants__revoked_on__isnull=False)),
        )
    )  # fmt: skip
    source: Source[Decision, Decision] = Source(
        DECISIONS, forms.Form(), found, made=list, file_name=f"quyet-dinh-{campaign.code}",
        notes=("QUYẾT ĐỊNH KHEN THƯỞNG", campaign.name),
    )  # fmt: skip
    context = {
        "letters": letters.annotate(many=Count("nominations")).order_by("-pk"),
        "ready": actions.agreed_on(campaign).count(),
        "can_propose": may_propose(user),
    }
    return list_answer(request, "awards/decisions.html", source, context)


@methods("GET", "POST")
@once
def new(request: UserRequest) -> HttpResponse:
    require(may_propose(request.user))
    campaign = current_campaign()
    offered = actions.agreed_on(campaign)
    form = ProposalForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        chosen = list(form.cleaned_data["nominations"])
        made = actions.make_proposal(campaign, chosen, by=request.user, at=request.at)
        messages.success(request, "Đã lập tờ trình. Mời tải về, trình ký.")
        return redirect(made)
    rows = official_order(offered)
    marks = ticked(form, "nominations") if form.is_bound else {str(row.pk) for row in rows}
    context = {"form": form, "rows": rows, "ticked": marks}
    status = 422 if form.is_bound else 200
    return render(request, "awards/proposal_new.html", context, status=status)


@methods("GET", "POST")
@once
def proposal(request: UserRequest, pk: int) -> HttpResponse:
    """The letter and its list; posted, the number and day the registry gave it."""
    found = get_proposal(request, pk)
    writes = may_propose(request.user)
    if request.method == "POST":
        require(writes)
    form = LetterForm(
        request.POST if request.method == "POST" else None, initial=typed_letter(found)
    )
    if form.is_valid():
        actions.number_proposal(found, form.facts(), by=request.user, at=request.at)
        messages.success(request, f"Đã ghi số {found.number}.")
        return redirect(found)
    return _page(request, found, form, writes=writes)


def _page(request: UserRequest, found: Proposal, form: LetterForm, *, writes: bool) -> HttpResponse:
    nominations = proposed(found)
    decided = list(found.decisions.order_by("pk"))
    is_open = not any(one.status != Decision.Status.DRAFT for one in decided)
    events = AuditEvent.objects.about(found).select_related("by")
    context = {
        "proposal": found,
        "form": form,
        "rows": nominations,
        "headcount": headcount(listed_nominations(nominations)),
        "decisions": decided,
        "can_number": writes and is_open,
        "can_draft": writes and not decided and bool(nominations),
        "subject_form": SubjectForm(
            initial={"subject": f"Về việc khen thưởng thực hiện {found.campaign}"[:300]}
        ),
        "events": list(events[:30]) if writes else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/proposal.html", context, status=status)


@methods("POST")
@once
def take_out(request: UserRequest, pk: int, nomination_pk: int) -> HttpResponse:
    found = get_proposal(request, pk)
    require(may_propose(request.user))
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.user), pk=nomination_pk, proposal=found
    )
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.take_out(nomination, by=request.user, at=request.at, reason=reason)
    messages.success(request, f"Đã đưa {nomination.candidate} ra khỏi tờ trình.")
    return redirect(found)


@methods("POST")
@once
def draft(request: UserRequest, pk: int) -> HttpResponse:
    found = get_proposal(request, pk)
    require(may_propose(request.user))
    form = SubjectForm(request.POST)
    if not form.is_valid():
        blank = LetterForm(initial=typed_letter(found))
        page = _page(request, found, blank, writes=True)
        page.status_code = 422
        return page
    made = decisions.draft_decision(
        found, subject=form.cleaned_data["subject"], by=request.user, at=request.at
    )
    messages.success(request, "Đã lập dự thảo quyết định.")
    return redirect(made)


@methods("GET")
def proposal_file(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    found = get_proposal(request, pk)
    rows = listed_nominations(proposed(found))
    if kind == "xlsx":
        return workbook([proposal_page(found, rows)], f"danh-sach-de-nghi-{found.pk}")
    on = clock.local_day(request.at)
    letter = proposal_letter(found, rows, minutes=meetings_of(found), on=on)
    return paper(letter, f"to-trinh-{found.pk}", kind)


@methods("GET")
def whole(request: UserRequest, pk: int) -> StreamingHttpResponse:
    """The whole dossier for the higher level; personal data go along, so it leaves a trace."""
    found = get_proposal(request, pk)
    require(may_propose(request.user))
    if not found.number:
        raise Http404
    chunks = package.send_whole(found, by=request.user, at=request.at)
    name = f"ho-so-{found.pk}.zip"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer = StreamingHttpResponse(chunks, content_type="application/zip")
    answer["Content-Disposition"] = disposition
    return answer
