"""A whole list of nominees from Excel: the sheet to fill in, and taking it in, all rows or none."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions.nomination import add_list
from awards.datasets.guideline import forms_offered
from awards.forms.nomination_list import NomineeList, blank_list, read_list
from awards.models import AwardForm, AwardGuideline, Dossier
from awards.permissions import may_edit_dossier
from awards.views.dossier import get_dossier
from lib import clock
from lib.sheet import BadSheet, write_xlsx

LARGEST = 5_000_000


def _offered(request: UserRequest, dossier: Dossier) -> list[AwardForm]:
    on = clock.local_day(request.at)
    return forms_offered(AwardGuideline.objects.in_force(dossier.campaign, on=on), on=on)


@methods("GET", "POST")
@once
def nominations_import(request: UserRequest, pk: int) -> HttpResponse:
    dossier = get_dossier(request, pk)
    require(may_edit_dossier(request.user, dossier))
    if request.method != "POST":
        return _page(request, dossier)
    try:
        found = read_list(_content(request), _offered(request, dossier))
    except BadSheet as bad:
        return _page(request, dossier, problem=str(bad))
    if found.bad:
        return _page(request, dossier, found=found)
    rows = [(form.candidate(), form.nomination()) for form in found.forms]
    add_list(dossier, rows, by=request.user, at=request.at)
    messages.success(request, f"Đã nhập {len(rows)} đề nghị từ Excel.")
    return redirect(dossier)


def _content(request: UserRequest) -> bytes:
    file = request.FILES.get("files")
    if not isinstance(file, UploadedFile) or not file.size or file.size > LARGEST:
        raise BadSheet("Hãy chọn tệp Excel .xlsx, tối đa 5 MB.")
    content: bytes = file.read()
    return content


def _page(
    request: UserRequest, dossier: Dossier, *, problem: str = "", found: NomineeList | None = None
) -> HttpResponse:
    context = {"dossier": dossier, "problem": problem, "found": found}
    status = 422 if problem or found else 200
    return render(request, "awards/nominations_import.html", context, status=status)


@methods("GET")
def list_template(request: UserRequest, pk: int) -> HttpResponse:
    dossier = get_dossier(request, pk)
    require(may_edit_dossier(request.user, dossier))
    name = "danh-sach-de-nghi-khen-thuong.xlsx"
    return attachment(write_xlsx(blank_list(_offered(request, dossier))), name, XLSX)
