"""The papers of a dossier: handed in, looked at, written by the portal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from accounts.http import UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions import paper as actions
from awards.datasets.paper import paper_facts
from awards.documents.papers import paper_document
from awards.models import AwardPaper, Dossier, Nomination, PaperKind
from awards.permissions import may_edit_dossier
from awards.views.dossier import detail, get_dossier
from awards.views.nomination import get_nomination
from campaign.views.uploads import staged_now
from files.checks import BadFile
from files.http import serve
from lib.official.docx import write_docx
from lib.official.model import Document
from lib.official.pdf import write_pdf

WRITERS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx,
    ),
    "pdf": ("application/pdf", write_pdf),
}  # fmt: skip
OF_DOSSIER = {"to-trinh": PaperKind.LETTER, "bien-ban": PaperKind.MINUTES}


@methods("POST")
@once
def attach(request: UserRequest, pk: int) -> HttpResponse:
    found = get_dossier(request, pk)
    require(may_edit_dossier(request.user, found))
    kind = request.POST.get("giay", "")
    nomination = _named_nomination(request, found)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _again(request, found, bad.sentence)
    if kind not in PaperKind.values or not tokens:
        return _again(request, found, "Hãy chọn tệp để tải lên.")
    actions.attach_paper(found, kind, tokens, by=request.user, at=request.at, nomination=nomination)
    messages.success(request, f"Đã thêm {PaperKind(kind).label.lower()}.")
    return redirect(f"{found.get_absolute_url()}#giay-to")


def _again(request: UserRequest, found: Dossier, sentence: str) -> HttpResponse:
    return detail(request, found, status=422, files_error=sentence)


def _named_nomination(request: UserRequest, found: Dossier) -> Nomination | None:
    named = request.POST.get("de_nghi", "")
    if not named:
        return None
    if not named.isdecimal():
        raise Http404
    return get_object_or_404(found.nominations.select_related("candidate"), pk=int(named))


def get_paper(request: UserRequest, pk: int) -> AwardPaper:
    seen = AwardPaper.objects.visible_to(request.user).select_related(
        "stored", "dossier__unit", "nomination__candidate"
    )
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    found = get_paper(request, pk)
    return serve(found.stored, found.name)


@methods("POST")
@once
def remove(request: UserRequest, pk: int) -> HttpResponse:
    found = get_paper(request, pk)
    actions.remove_paper(found, by=request.user, at=request.at)
    messages.success(request, "Đã bỏ giấy tờ khỏi hồ sơ.")
    return redirect(f"{found.dossier.get_absolute_url()}#giay-to")


@methods("GET")
def dossier_file(request: UserRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """The letter or the minutes as the data say now, to look at before the head signs."""
    found = get_dossier(request, pk)
    if which not in OF_DOSSIER:
        raise Http404
    return _written(request, found, OF_DOSSIER[which], None, kind)


@methods("GET")
def report_file(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    found = get_nomination(request, pk)
    return _written(request, found.dossier, PaperKind.REPORT, found, kind)


def _written(
    request: UserRequest, dossier: Dossier, what: PaperKind, nomination: Any, kind: str
) -> HttpResponse:
    if kind not in WRITERS:
        raise Http404
    content_type, write = WRITERS[kind]
    content = write(paper_document(paper_facts(dossier, what, nomination, at=request.at)))
    name = actions.file_name(what, nomination).removesuffix("docx") + kind
    return attachment(content, name, content_type)
