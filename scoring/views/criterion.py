"""One criterion of a draft: its place, its points, and its method in words."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from scoring.actions import scale as actions
from scoring.datasets.content import CriterionContent, ScaleContent, content_of
from scoring.datasets.editing import descendants, next_code, with_criterion, without
from scoring.forms.criterion import CriterionForm, initial_of, methods_for
from scoring.forms.methods import MethodForm, method_form
from scoring.formula import METHODS, MethodName, Section, dump, method_from
from scoring.models import ScoringScale
from scoring.views.editor import get_draft, revision_of


@dataclass
class Editing:
    """A draft and the criterion of it that is being edited; none while one is added."""

    scale: ScoringScale
    content: ScaleContent
    criterion: CriterionContent | None

    @property
    def code(self) -> str:
        return self.criterion.code if self.criterion else ""

    def to_line(self, code: str) -> HttpResponse:
        address = reverse("scoring:scale-edit", args=[self.scale.pk])
        return redirect(f"{address}#tieu-chi-{code}")


def _editing(request: UserRequest, pk: int, code: str = "") -> Editing:
    scale = get_draft(request, pk)
    content = content_of(scale)
    criterion = content.by_code().get(code)
    if code and criterion is None:
        raise Http404
    return Editing(scale, content, criterion)


def _method(request: UserRequest, editing: Editing, section: str) -> str:
    """The method asked for in the address or the form, else the criterion's own."""
    asked = request.POST.get("method") or request.GET.get("cach", "")
    offered = [name for name, _ in methods_for(section)]
    own = editing.criterion.method if editing.criterion else ""
    return next((name for name in (asked, own) if name in offered), offered[0])


def _method_form(editing: Editing, method: str, data: Any = None) -> MethodForm | None:
    """Filled with what the criterion has, where it is of this method already."""
    own = editing.criterion
    is_same = own is not None and own.method == method and MethodName(method) in METHODS
    formula = method_from(method, own.config) if own and is_same else None
    return method_form(method, data, formula)


@methods("GET", "POST")
@once
def add(request: UserRequest, pk: int) -> HttpResponse:
    editing = _editing(request, pk)
    if request.method == "POST":
        return _save(request, editing)
    parent = request.GET.get("nhom", "")
    known = editing.content.by_code().get(parent)
    section = known.section if known else request.GET.get("phan", Section.CONTENT.value)
    if section not in {one.value for one in Section}:
        section = Section.CONTENT.value
    initial = {
        "parent": parent if known else "",
        "section": section,
        "code": next_code(editing.content, parent if known else None),
    }
    form = CriterionForm(initial=initial, content=editing.content, year=editing.scale.year)
    return _page(request, editing, form, section=section)


@methods("GET", "POST")
@once
def edit(request: UserRequest, pk: int, code: str) -> HttpResponse:
    editing = _editing(request, pk, code)
    if request.method == "POST" or editing.criterion is None:
        return _save(request, editing)
    form = CriterionForm(
        initial=initial_of(editing.criterion), content=editing.content,
        year=editing.scale.year, editing=editing.criterion,
    )  # fmt: skip
    return _page(request, editing, form, section=editing.criterion.section)


def _save(request: UserRequest, editing: Editing) -> HttpResponse:
    form = CriterionForm(
        request.POST, content=editing.content, year=editing.scale.year, editing=editing.criterion
    )
    is_good = form.is_valid()
    section = form.cleaned_data.get("section") or Section.CONTENT.value
    method = _method(request, editing, section)
    how = _method_form(editing, method, request.POST)
    if "change_method" in request.POST:
        return _page(request, editing, form, section=section, how=_method_form(editing, method))
    most = form.cleaned_data.get("max_points")
    if how is not None:
        is_good &= how.check(most) if most is not None else how.is_valid()
    if not is_good:
        return _page(request, editing, form, section=section, how=how, status=422)
    criterion = form.criterion(method, dump(how.formula()) if how else {})
    _put(request, editing, criterion, form.cleaned_data["after"])
    messages.success(request, f"Đã lưu tiêu chí {criterion.code}.")
    return editing.to_line(criterion.code)


def _put(request: UserRequest, editing: Editing, criterion: CriterionContent, after: str) -> None:
    word = "Sửa" if editing.criterion else "Thêm"
    actions.edit_scale(
        editing.scale,
        lambda before: with_criterion(
            before, criterion, instead_of=editing.code, after=after
        ),
        by=request.user, at=request.at, revision=revision_of(request),
        label=f"{word} tiêu chí {criterion.code}",
    )  # fmt: skip


def _page(
    request: UserRequest, editing: Editing, form: CriterionForm, *, section: str,
    how: MethodForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    method = _method(request, editing, section)
    context = {
        "scale": editing.scale,
        "criterion": editing.criterion,
        "form": form,
        "how": how or _method_form(editing, method),
        "method": method,
        "method_label": MethodName(method).label,
        "methods": methods_for(section),
        "below": len(descendants(editing.content, editing.code)) - 1 if editing.code else 0,
        "revision": request.POST.get("revision", editing.scale.revision),
    }
    template = "scoring/criterion_method.html" if request.htmx else "scoring/criterion.html"
    return render(request, template, context, status=status)


@methods("POST")
@once
def remove(request: UserRequest, pk: int, code: str) -> HttpResponse:
    editing = _editing(request, pk, code)
    actions.edit_scale(
        editing.scale, lambda before: without(before, code),
        by=request.user, at=request.at, revision=revision_of(request),
        label=f"Xóa tiêu chí {code}",
    )  # fmt: skip
    messages.success(request, f"Đã xóa tiêu chí {code} và các tiêu chí bên trong, nếu có.")
    return redirect("scoring:scale-edit", pk)
