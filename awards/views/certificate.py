"""In bằng: the places of the texts on each form, a page to try them, a batch for a decision."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions.certificate import save_layout
from awards.datasets.certificate import layout_of
from awards.datasets.decision import grants_of
from awards.documents import certificate as documents
from awards.forms.certificate import LayoutForm
from awards.models import AwardForm
from awards.permissions import may_read_council, may_set_certificates
from awards.views.decision import get_decision

PDF = "application/pdf"


@methods("GET")
def certificates(request: UserRequest, pk: int) -> HttpResponse:
    """The forms of a decision, how many of each, and where their layout is set."""
    found = get_decision(request, pk)
    require(may_read_council(request.user))
    counts: dict[int, int] = {}
    forms: dict[int, AwardForm] = {}
    for grant in grants_of(found):
        if not grant.is_revoked:
            form = grant.nomination.form
            forms[form.pk] = form
            counts[form.pk] = counts.get(form.pk, 0) + 1
    context = {
        "decision": found,
        "rows": [(form, counts[pk]) for pk, form in forms.items()],
        "can_set": may_set_certificates(request.user),
    }
    return render(request, "awards/certificates.html", context)


@methods("GET")
def batch(request: UserRequest, pk: int, form_pk: int) -> HttpResponse:
    """All certificates of one form, in the order of the decision; revoked ones are not printed."""
    found = get_decision(request, pk)
    require(may_read_council(request.user))
    grants = [
        one for one in grants_of(found) if one.nomination.form_id == form_pk and not one.is_revoked
    ]
    if not grants:
        raise Http404
    layout, texts = layout_of(grants[0].nomination.form)
    content = documents.certificates(layout, texts, grants)
    return attachment(content, f"bang-{found.pk}-{layout.form.code}.pdf", PDF)


@methods("GET", "POST")
@once
def layout(request: UserRequest, form_pk: int) -> HttpResponse:
    award = get_object_or_404(AwardForm.objects.all(), pk=form_pk)
    require(may_set_certificates(request.user))
    found, texts = layout_of(award)
    form = LayoutForm(request.POST if request.method == "POST" else None, layout=found, texts=texts)
    if form.is_valid():
        form.apply()
        save_layout(found, texts, by=request.user, at=request.at)
        messages.success(request, "Đã lưu vị trí. Mời in thử trên giấy trắng rồi áp lên phôi.")
        return redirect("awards:certificate-layout", form_pk=award.pk)
    context = {"award_form": award, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "awards/certificate_layout.html", context, status=status)


@methods("GET")
def test_page(request: UserRequest, form_pk: int) -> HttpResponse:
    award = get_object_or_404(AwardForm.objects.all(), pk=form_pk)
    require(may_set_certificates(request.user))
    content = documents.test_page(*layout_of(award))
    return attachment(content, f"in-thu-{award.code}.pdf", PDF)
