"""Workbooks over HTTP: how one is handed out, and how a filled-in one is taken."""

from collections.abc import Callable

from django.http import HttpResponse

from accounts.http import XLSX, UserRequest, attachment
from files.actions import claim_staged, stage_file
from files.checks import BadFile
from files.models import StagedFile
from lib.sheet import BadSheet

NO_FILE = "Hãy chọn tệp .xlsx đã điền."


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, XLSX)


def sent_workbook(request: UserRequest) -> StagedFile | None:
    """The workbook of a form: named by its token once it was looked at, or sent just now."""
    if token := request.POST.get("staged", ""):
        return claim_staged([token], by=request.user, at=request.at)[0]
    sent = request.FILES.get("file")
    if sent is None:
        return None
    return stage_file(by=request.user, at=request.at, name=sent.name or "", content=sent)


def take_workbook(
    request: UserRequest,
    page: Callable[..., HttpResponse],
    compare: Callable[[StagedFile], HttpResponse],
) -> HttpResponse:
    """The page; once a workbook was sent, what `compare` finds in it, or why it is refused."""
    if request.method == "GET":
        return page()
    try:
        staged = sent_workbook(request)
        if staged is None:
            return page(status=422, refused=NO_FILE)
        return compare(staged)
    except (BadFile, BadSheet) as bad:
        return page(status=422, refused=str(bad))
