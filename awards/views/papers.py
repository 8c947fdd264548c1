"""How papers of the awards leave the portal: made anew each time, in the kind asked for."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from accounts.http import UserRequest, attachment
from campaign.views.uploads import staged_now
from files.actions import claim_staged
from files.checks import CONTENT_TYPES, BadFile, Kind
from files.models import StagedFile
from lib.official.docx import write_docx
from lib.official.model import Document
from lib.official.pdf import write_pdf
from lib.sheet import Sheet, write_xlsx

WRITERS = {"docx": write_docx, "pdf": write_pdf}


def paper(document: Document, name: str, kind: str) -> HttpResponse:
    """A document as DOCX or PDF; any other kind is no page of ours."""
    if kind not in WRITERS:
        raise Http404
    return attachment(WRITERS[kind](document), f"{name}.{kind}", CONTENT_TYPES[Kind(kind)])


def workbook(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    return attachment(write_xlsx(sheets), f"{name}.xlsx", CONTENT_TYPES[Kind.XLSX])


def sent_file(request: UserRequest) -> tuple[StagedFile | None, str]:
    """The one file a form carries, or why it is not accepted."""
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return None, bad.sentence
    if not tokens:
        return None, ""
    return claim_staged(tokens[:1], by=request.user, at=request.at)[0], ""
