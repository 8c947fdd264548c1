"""The editor of a draft: head, names and points in one table, a sheet read in its place."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.forms.activity import SheetForm
from files.actions import stage_file
from files.checks import BadFile
from files.store import open_stored
from lib.sheet import BadSheet
from scoring.actions import scale as actions
from scoring.actions.package import package_leaves
from scoring.datasets.content import content_of
from scoring.datasets.editing import with_head, with_points
from scoring.datasets.scale import ScaleTable, campaign_of, scale_table
from scoring.forms.criterion import known_plan_codes
from scoring.forms.scale import HeadForm, LinesForm, NoteForm
from scoring.importers.scale import read_scale
from scoring.importers.sheet import ReadScale
from scoring.models import CampaignPackage, ScoringScale
from scoring.permissions import may_edit_scale
from scoring.views.scale import get_scale


def get_draft(request: UserRequest, pk: int) -> ScoringScale:
    """A draft the reader may edit: 404 unseen, 403 not theirs, 409 in force."""
    scale = get_scale(request, pk)
    require(may_edit_scale(request.user, scale))
    if not scale.is_editable:
        raise Refused("Thang điểm đã áp dụng, không sửa trực tiếp được. Mời lập bản sửa đổi.")
    return scale


def revision_of(request: UserRequest) -> int:
    """The revision the page was shown with; anything else is none, and so a conflict."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1  # noqa: PLR2004


@methods("GET", "POST")
@once
def edit(request: UserRequest, pk: int) -> HttpResponse:
    scale = get_draft(request, pk)
    if request.method == "GET":
        return editor_page(request, scale)
    content = content_of(scale)
    head, lines = HeadForm(request.POST), LinesForm(request.POST, content=content)
    if not (head.is_valid() & lines.is_valid()):
        return editor_page(request, scale, head=head, lines=lines, status=422)
    typed = lines.typed()
    actions.edit_scale(
        scale,
        lambda before: with_head(with_points(before, typed), **head.cleaned_data),
        by=request.user, at=request.at, revision=revision_of(request),
        label="Sửa điểm của thang",
    )  # fmt: skip
    messages.success(request, "Đã lưu thang điểm.")
    return redirect("scoring:scale-edit", pk)


def editor_page(
    request: UserRequest, scale: ScoringScale, *, status: int = 200, **more: Any
) -> HttpResponse:
    table = scale_table(scale)
    head = more.pop("head", None) or HeadForm(initial=_head_of(scale))
    lines = more.pop("lines", None) or LinesForm(content=table.content)
    context = {
        "scale": scale,
        "table": table,
        "rows": _rows(table, lines),
        "head": head,
        "lines": lines,
        "campaign": campaign_of(scale.year),
        "note_form": NoteForm(initial={"note": scale.change_note}),
        "sheet_form": SheetForm(),
        **more,
    }
    return render(request, "scoring/scale_edit.html", context, status=status)


def _head_of(scale: ScoringScale) -> dict[str, Any]:
    names = ("total", "bonus_cap", "honesty_percent")
    return {name: getattr(scale, name) for name in names}


def _rows(table: ScaleTable, lines: LinesForm) -> list[Any]:
    """The lines of each part with their two fields."""
    cells = lines.cells()
    return [
        (part, [(line, *cells[line.content.code]) for line in part.lines]) for part in table.parts
    ]


@methods("POST")
@once
def note(request: UserRequest, pk: int) -> HttpResponse:
    scale = get_draft(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return editor_page(request, scale, note_form=form, status=422)
    actions.note_change(scale, by=request.user, at=request.at, note=form.cleaned_data["note"])
    messages.success(request, "Đã ghi lý do sửa đổi.")
    return redirect("scoring:scale-edit", pk)


@methods("POST")
@once
def import_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """Replace the criteria by those of a sheet; nothing is taken while any cell is wrong."""
    scale = get_draft(request, pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return editor_page(request, scale, sheet_form=form, status=422)
    try:
        read = _read(request, scale, form.cleaned_data["file"])
    except (BadFile, BadSheet) as bad:
        form.add_error("file", str(bad))
        return editor_page(request, scale, sheet_form=form, status=422)
    if read.problems:
        return editor_page(request, scale, sheet_form=form, read=read, status=422)
    actions.edit_scale(
        scale, lambda _: read.content, by=request.user, at=request.at,
        revision=revision_of(request), label="Nhập thang điểm từ tệp Excel",
    )  # fmt: skip
    messages.success(request, f"Đã nhập {len(read.content.criteria)} dòng từ tệp.")
    for said in read.notes:
        messages.warning(request, said)
    return redirect("scoring:scale-edit", pk)


def _read(request: UserRequest, scale: ScoringScale, sent: "UploadedFile[Any]") -> ReadScale:
    staged = stage_file(by=request.user, at=request.at, name=sent.name or "", content=sent)
    package = CampaignPackage.objects.filter(campaign__starts_on__year=scale.year).first()
    leaves = package_leaves(package) if package else []
    with open_stored(staged.stored.sha256) as content:
        return read_scale(
            content.read(),
            like=content_of(scale),
            known=known_plan_codes(scale.year),
            package={leaf.code: leaf for leaf in leaves},
        )
