"""The fixed texts of reports (mẫu lời văn): read, worded anew, looked at with real figures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from lib.official.screen import shown_document
from reports.actions import template as actions
from reports.datasets.consolidated import Consolidated, read
from reports.datasets.fixed_texts import placeholders_of, shipped_texts
from reports.datasets.words import words_of_texts
from reports.documents import consolidated_document
from reports.forms.template import TemplateForm
from reports.kinds import BY_CODE, KINDS, Kind
from reports.models import Report, TextTemplate
from reports.permissions import may_word_templates
from reports.views.readers import campaign_for_readers

FRAME = 14  # pieces of a document before its first section, at most: header, titles, opening


@methods("GET")
def text_templates(request: UserRequest) -> HttpResponse:
    """One line per kind of report: which version stands, who worded it."""
    campaign_for_readers(request)
    rows = [(kind, TextTemplate.objects.in_force(kind)) for kind in KINDS]
    context = {"rows": rows, "can_word": may_word_templates(request.user)}
    return render(request, "reports/text_templates.html", context)


@methods("GET", "POST")
@once
def text_template(request: UserRequest, kind: str) -> HttpResponse:
    """Word the texts of one kind; “Xem trước” shows them filled, “Lưu” makes a version."""
    campaign_for_readers(request)
    known = _kind_or_404(kind)
    require(may_word_templates(request.user))
    if request.method == "GET":
        version = TextTemplate.objects.in_force(known)
        texts = dict(version.texts) if version else dict(shipped_texts(known))
        newest = TextTemplate.objects.newest_version(kind)
        form = TemplateForm(known, initial={"version": newest, **texts})
        return _page(request, known, form, texts)
    form = TemplateForm(known, request.POST)
    if not form.is_valid():
        return _page(request, known, form, None, status=422)
    if "xem" in request.POST:
        return _page(request, known, form, form.texts())
    said = form.cleaned_data
    saved = actions.word_template(
        kind, form.texts(), note=said["note"], after=said["version"], by=request.user, at=request.at
    )
    messages.success(
        request, f"Đã lưu mẫu lời văn lần {saved.version}; dùng cho báo cáo lập từ nay."
    )
    return redirect("reports:text-template", kind)


@methods("GET")
def text_template_version(request: UserRequest, kind: str, version: int) -> HttpResponse:
    """One version as it was worded; 0 is what the portal came with."""
    campaign_for_readers(request)
    if version:
        row = get_object_or_404(TextTemplate, kind=kind, version=version)
        texts = dict(row.texts)
        known = next(one for one in KINDS if kind in {one.code, one.older_texts})
    else:
        known, row = _kind_or_404(kind), None
        texts = dict(shipped_texts(known))
    labelled = [(name, texts.get(name, "")) for name in TemplateForm.NAMES]
    form = TemplateForm(known)
    context = {
        "name": known.label if known.code == kind else "Mẫu lời văn dùng chung trước đây",
        "version": row,
        "texts": [(form.fields[name].label, text) for name, text in labelled],
    }
    return render(request, "reports/text_template_version.html", context)


def _kind_or_404(code: str) -> Kind:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def _page(
    request: UserRequest,
    kind: Kind,
    form: TemplateForm,
    texts: dict[str, str] | None,
    *,
    status: int = 200,
) -> HttpResponse:
    versions = TextTemplate.objects.versions(kind.code).select_related("saved_by")
    context = {
        "kind": kind.code,
        "name": kind.label,
        "form": form,
        "fields": [form[name] for name in TemplateForm.NAMES],
        "placeholders": placeholders_of(kind),
        "versions": versions,
        **_preview(kind, texts),
    }
    return render(request, "reports/text_template.html", context, status=status)


def _preview(kind: Kind, texts: dict[str, str] | None) -> dict[str, Any]:
    """The texts filled with the newest report of the kind; nothing where there is none yet."""
    data = _newest(kind)
    if texts is None or data is None:
        return {"shown": None}
    document = consolidated_document(data, words_of_texts(texts, data))
    shown = shown_document(document)
    return {"shown": [*shown[:FRAME], *shown[-4:]]}


def _newest(kind: Kind) -> Consolidated | None:
    done = Report.objects.filter(state=Report.State.DONE, kind=kind.code)
    report = done.newest_first().first()
    return read(report.snapshot) if report and report.snapshot else None
