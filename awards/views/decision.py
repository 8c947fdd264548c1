"""Quyết định: drafted, noted as signed, published, handed over, revoked; its papers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from awards.actions import decision as actions
from awards.datasets.decision import decision_sheet, proposed
from awards.datasets.listed import headcount
from awards.documents.decision import decision_paper
from awards.documents.workbooks import decision_page
from awards.forms.decision import SIGNERS, HandOverForm, RevokeForm, SignForm
from awards.models import Decision, Grant, Nomination
from awards.permissions import may_note_decision, may_read_council
from awards.views.papers import paper, sent_file, workbook
from files.http import serve
from lib import clock

SHOWN_EVENTS = 30


def get_decision(request: UserRequest, pk: int) -> Decision:
    seen = Decision.objects.visible_to(request.user)
    rows = seen.select_related("campaign", "proposal__campaign", "document")
    return get_object_or_404(rows, pk=pk)


@methods("GET")
def decision(request: UserRequest, pk: int) -> HttpResponse:
    found = get_decision(request, pk)
    notes = may_note_decision(request.user)
    reads = may_read_council(request.user)
    sheet = decision_sheet(found, on=clock.local_day(request.at))
    context = {
        "decision": found,
        "sheet": sheet,
        "headcount": headcount(sheet.rows),
        "reads": reads,
        "can_sign": notes and found.can_move(Decision.Status.SIGNED),
        "can_publish": notes and found.can_move(Decision.Status.PUBLISHED),
        "can_hand_over": notes and _to_hand_over(found).exists(),
        "can_revoke": notes,
        "events": list(AuditEvent.objects.about(found).select_related("by")[:SHOWN_EVENTS])
        if notes
        else None,
    }
    return render(request, "awards/decision.html", context)


@methods("GET", "POST")
@once
def sign(request: UserRequest, pk: int) -> HttpResponse:
    found = get_decision(request, pk)
    require(may_note_decision(request.user))
    rows = [row for row in proposed(found.proposal) if row.status == Nomination.Status.PROPOSED]
    form = SignForm(
        request.POST if request.method == "POST" else None, decision=found, nominations=rows,
        known=Decision.objects.exclude(pk=found.pk), initial={"signer_position": SIGNERS[0]},
    )  # fmt: skip
    file_error = ""
    if form.is_valid():
        file, file_error = sent_file(request)
        if not file_error:
            actions.sign_decision(found, form.signed(file), by=request.user, at=request.at)
            messages.success(request, f"Đã ghi nhận {found}. Mời công bố khi được phép.")
            return redirect(found)
    context = {"decision": found, "form": form, "signers": SIGNERS, "file_error": file_error}
    status = 422 if form.is_bound else 200
    return render(request, "awards/decision_sign.html", context, status=status)


@methods("POST")
@once
def publish(request: UserRequest, pk: int) -> HttpResponse:
    found = get_decision(request, pk)
    require(may_note_decision(request.user))
    actions.publish_decision(found, by=request.user, at=request.at)
    messages.success(request, "Đã công bố. Ai cũng xem được trang công bố, không cần đăng nhập.")
    return redirect(found)


def _to_hand_over(found: Decision):  # type: ignore[no-untyped-def]  # noqa: ANN202
    granted = Nomination.Status.GRANTED
    return found.grants.standing().filter(handed_over_on=None, nomination__status=granted)


@methods("GET", "POST")
@once
def hand_over(request: UserRequest, pk: int) -> HttpResponse:
    found = get_decision(request, pk)
    require(may_note_decision(request.user))
    offered = _to_hand_over(found).select_related("nomination", "decision").in_order()
    form = HandOverForm(
        request.POST if request.method == "POST" else None, decision=found, offered=offered,
        initial={"on": clock.local_day(request.at)},
    )  # fmt: skip
    if form.is_valid():
        chosen = list(form.cleaned_data["grants"])
        actions.hand_over(
            chosen, on=form.cleaned_data["on"], note=form.cleaned_data["note"], by=request.user,
            at=request.at,
        )  # fmt: skip
        messages.success(request, f"Đã ghi trao tặng {len(chosen)} trường hợp.")
        return redirect(found)
    marks = set(request.POST.getlist("grants")) if form.is_bound else None
    context = {"decision": found, "form": form, "grants": list(offered), "ticked": marks}
    status = 422 if form.is_bound else 200
    return render(request, "awards/decision_hand_over.html", context, status=status)


@methods("GET", "POST")
@once
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    seen = Grant.objects.visible_to(request.user).select_related(
        "decision", "nomination__form", "nomination__candidate"
    )
    grant = get_object_or_404(seen, pk=pk)
    require(may_note_decision(request.user))
    form = RevokeForm(request.POST if request.method == "POST" else None, grant=grant)
    if form.is_valid():
        actions.revoke(grant, form.revocation(), by=request.user, at=request.at)
        messages.success(request, f"Đã ghi hủy bỏ đối với {grant.name}. Dòng vẫn còn, có ghi rõ.")
        return redirect(grant.decision)
    context = {"grant": grant, "decision": grant.decision, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "awards/grant_revoke.html", context, status=status)


@methods("GET")
def decision_file(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    found = get_decision(request, pk)
    require(may_read_council(request.user))
    on = clock.local_day(request.at)
    sheet = decision_sheet(found, on=on)
    if kind == "xlsx":
        return workbook([decision_page(sheet)], f"danh-sach-khen-thuong-{found.pk}")
    document = decision_paper(found, sheet.rows, sheet.money, on=on)
    return paper(document, f"quyet-dinh-{found.pk}", kind)


@methods("GET")
def signed_copy(request: UserRequest, pk: int) -> HttpResponse:
    found = get_decision(request, pk)
    stored = get_object_or_404(Decision.objects.filter(pk=found.pk, document__isnull=False))
    return serve(stored.document, stored.document_name)  # type: ignore[arg-type,return-value]
