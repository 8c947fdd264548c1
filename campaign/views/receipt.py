"""The receipt of a submission, and the public page that says whether a code is ours."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from campaign.datasets.receipt import Receipt, receipt_by_code, receipt_of, receipt_of_report
from campaign.documents.sub_plan import receipt_pdf
from campaign.forms.sub_plan import CodeForm
from campaign.models import Submission
from campaign.views.report import get_report
from campaign.views.sub_plan import get_sub_plan

ASKED_PER_MINUTE = 30
MINUTE = 60


def _sent(found: Receipt | None) -> Receipt:
    if found is None:
        raise Http404
    return found


def _verify_url(request: UserRequest, receipt: Receipt) -> str:
    return request.build_absolute_uri(reverse("campaign:verify-code", args=[receipt.code]))


@methods("GET")
def receipt(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_sub_plan(request, pk)
    shown, pdf_url = _sent(receipt_of(sub_plan)), reverse("campaign:receipt-pdf", args=[pk])
    return _page(request, sub_plan, shown, pdf_url, has_files=True)


@methods("GET")
def report_receipt(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    pdf_url = reverse("campaign:report-receipt-pdf", args=[pk])
    return _page(request, report, _sent(receipt_of_report(report)), pdf_url, has_files=False)


def _page(
    request: UserRequest, sent: Submission, shown: Receipt, pdf_url: str, *, has_files: bool
) -> HttpResponse:
    context = {
        "sent": sent,
        "receipt": shown,
        "has_files": has_files,
        "pdf_url": pdf_url,
        "verify_url": _verify_url(request, shown),
    }
    return render(request, "campaign/receipt.html", context)


@methods("GET")
def receipt_pdf_file(request: UserRequest, pk: int) -> HttpResponse:
    return _pdf(request, _sent(receipt_of(get_sub_plan(request, pk))))


@methods("GET")
def report_receipt_pdf_file(request: UserRequest, pk: int) -> HttpResponse:
    return _pdf(request, _sent(receipt_of_report(get_report(request, pk))))


def _pdf(request: UserRequest, shown: Receipt) -> HttpResponse:
    content = receipt_pdf(shown, verify_url=_verify_url(request, shown))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="phieu-tiep-nhan-{shown.code}.pdf"'
    return answer


@login_not_required
@methods("GET")
def verify(request: UserRequest) -> HttpResponse:
    """Anybody with a receipt in hand may ask. A form by GET: the answer is an address to keep."""
    if "code" not in request.GET:
        return render(request, "campaign/verify.html", {"form": CodeForm()})
    form = CodeForm(request.GET)
    if not form.is_valid() or "/" in form.cleaned_data["code"]:
        return render(request, "campaign/verify.html", {"form": form}, status=422)
    return redirect("campaign:verify-code", form.cleaned_data["code"])


@login_not_required
@methods("GET")
def verify_code(request: UserRequest, code: str) -> HttpResponse:
    """Says whether the code is ours, whose it is, when it came and of which files; no more."""
    context: dict[str, object] = {"code": code, "form": CodeForm(initial={"code": code})}
    if asks_too_often(request):
        return render(request, "campaign/verify.html", {**context, "is_busy": True}, status=429)
    found = receipt_by_code(code)
    context.update(receipt=found, is_unknown=found is None)
    return render(request, "campaign/verify.html", context, status=200 if found else 404)


def asks_too_often(request: UserRequest) -> bool:
    """Codes are sparse; this only keeps a machine from trying them one after another."""
    address = get_adapter(request).get_client_ip(request)
    key = f"verify:{address}:{int(request.at.timestamp()) // MINUTE}"
    asked = int(cache.get(key, 0)) + 1
    cache.set(key, asked, timeout=2 * MINUTE)
    return asked > ASKED_PER_MINUTE
