"""The paper of a report while it is edited: fixed texts, one section at a time, preview, files."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.clash import answer_autosave, clashes
from accounts.http import UserRequest, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from lib.official.screen import shown_blocks, shown_document
from reports.actions import paper as actions
from reports.datasets.consolidated import Consolidated, read
from reports.datasets.words import PartOfText, outline, words_of, words_of_one
from reports.documents import consolidated_document, section_blocks
from reports.forms.paper import PaperTextsForm, SectionForm
from reports.models import Paper, PaperSection, Passage, Printing
from reports.permissions import may_edit_paper
from reports.tasks import PRINTING_STEPS

PASSAGES_ON_PAGE = 60


def get_paper(request: UserRequest, pk: int) -> Paper:
    """The paper of a report, by the report's number."""
    papers = Paper.objects.visible_to(request.user).defer("report__snapshot")
    related = papers.select_related(
        "report__campaign", "report__period", "report__earlier", "report__block", "report__unit",
        "saved_by", "docx", "pdf", "xlsx", "superseded_by__report",
    )  # fmt: skip
    return get_object_or_404(related, report=pk)


def get_draft(request: UserRequest, pk: int) -> Paper:
    """A paper the person may write in. Whether it is still a draft, the action says."""
    paper = get_paper(request, pk)
    require(may_edit_paper(request.user, paper))
    return paper


def get_section(request: UserRequest, pk: int, code: str) -> PaperSection:
    paper = get_draft(request, pk)
    sections = PaperSection.objects.filter(paper=paper).select_related("saved_by")
    section = get_object_or_404(sections, code=code)
    section.paper = paper
    return section


def figures_of(paper: Paper) -> Consolidated:
    return read(paper.report.snapshot or {})


# --- the fixed texts, and where the sections stand ------------------------------------------------


@methods("GET", "POST")
@once
def paper_draft(request: UserRequest, pk: int) -> HttpResponse:
    """Lời văn chung and the list of sections; a POST saves the texts."""
    paper = get_draft(request, pk)
    if request.method == "GET":
        if not paper.is_editable:
            return redirect("reports:paper-text", pk)
        return _draft_page(request, paper, _texts_form(paper))
    return _save_draft(request, paper)


def _save_draft(request: UserRequest, paper: Paper) -> HttpResponse:
    form = PaperTextsForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, paper, form, status=422)
    try:
        _keep_texts(request, paper, form)
    except Conflict:
        stored, values = _stored_texts(request, paper.report_id)
        found = clashes((form[name] for name in values), values)
        fresh = PaperTextsForm({**request.POST.dict(), "revision": stored.revision})
        return _draft_page(request, stored, fresh, status=409, clashes=found)
    except Refused as refused:
        return _draft_page(request, paper, form, status=409, refused=str(refused))
    messages.success(request, "Đã lưu lời văn chung.")
    return redirect("reports:paper-draft", paper.report_id)


def _texts_form(paper: Paper) -> PaperTextsForm:
    return PaperTextsForm(initial={"revision": paper.revision, **paper.texts()})


def _draft_page(
    request: UserRequest, paper: Paper, form: PaperTextsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "paper": paper,
        "form": form,
        "fields": [form[name] for name in Paper.TEXT_FIELDS],
        "sections": _sections(paper),
        **more,
    }
    return render(request, "reports/paper_draft.html", context, status=status)


def _sections(paper: Paper) -> list[tuple[PartOfText, PaperSection, list[Passage]]]:
    """Each part of the outline with its passages, in two queries."""
    rows = PaperSection.objects.filter(paper=paper).prefetch_related("passages")
    known = {row.code: row for row in rows.select_related("saved_by")}
    return [
        (part, known[part.code], list(known[part.code].passages.all()))
        for part in outline(figures_of(paper))
        if part.code in known
    ]


def _keep_texts(request: UserRequest, paper: Paper, form: PaperTextsForm) -> None:
    revision = form.cleaned_data["revision"]
    actions.save_texts(paper, form.values(), by=request.user, at=request.at, revision=revision)


def _stored_texts(request: UserRequest, pk: int) -> tuple[Paper, dict[str, str]]:
    stored = get_draft(request, pk)
    return stored, stored.texts()


@methods("POST")
def paper_autosave(request: UserRequest, pk: int) -> JsonResponse:
    """Save while one types (R14). Guarded by the revision instead of a form key."""
    paper = get_draft(request, pk)
    form = PaperTextsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    return answer_autosave(
        lambda: _keep_texts(request, paper, form),
        paper,
        stored=lambda: _stored_texts(request, pk),
    )


# --- one section ---------------------------------------------------------------------------------


@methods("GET", "POST")
@once
def paper_section(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The board's words and the units' paragraphs; beside them how they will read."""
    section = get_section(request, pk, code)
    page = _passages(request, section)
    if request.method == "GET":
        if not section.paper.is_editable:
            return redirect("reports:paper-text", pk)
        return _section_page(request, section, SectionForm(section, page), page)
    return _save_section(request, section, page)


def _save_section(request: UserRequest, section: PaperSection, page: Page[Passage]) -> HttpResponse:
    form = SectionForm(section, page, request.POST)
    if not form.is_valid():
        return _section_page(request, section, form, page, status=422)
    try:
        _keep_section(request, section, form)
    except Conflict:
        return _section_clash(request, section.paper.report_id, section.code)
    except Refused as refused:
        return _section_page(request, section, form, page, status=409, refused=str(refused))
    messages.success(request, f"Đã lưu mục {section.code}.")
    return redirect(request.get_full_path())


def _passages(request: UserRequest, section: PaperSection) -> Page[Passage]:
    rows = Passage.objects.filter(section=section).order_by("position", "pk")
    return Paginator(rows, PASSAGES_ON_PAGE).get_page(request.GET.get("trang"))


def _section_page(
    request: UserRequest,
    section: PaperSection,
    form: SectionForm,
    page: Page[Passage],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    data = figures_of(section.paper)
    parts = outline(data)
    place = [part.code for part in parts].index(section.code)
    context = {
        "paper": section.paper,
        "section": section,
        "part": parts[place],
        "before": parts[place - 1] if place else None,
        "after": parts[place + 1] if place + 1 < len(parts) else None,
        "form": form,
        "rows": list(form.rows()),
        "page": page,
        "shown": _as_it_reads(section, data),
        **more,
    }
    return render(request, "reports/paper_section.html", context, status=status)


def _as_it_reads(section: PaperSection, data: Consolidated) -> Any:
    return shown_blocks(section_blocks(section.code, data, words_of_one(section)))


def _keep_section(request: UserRequest, section: PaperSection, form: SectionForm) -> None:
    said = form.cleaned_data
    actions.save_section(
        section, said["own"], form.passages(),
        by=request.user, at=request.at, revision=said["revision"],
    )  # fmt: skip


def _section_clash(request: UserRequest, pk: int, code: str) -> HttpResponse:
    stored = get_section(request, pk, code)
    page = _passages(request, stored)
    values = SectionForm(stored, page).shown()
    form = SectionForm(stored, page, {**request.POST.dict(), "revision": stored.revision})
    found = clashes(form.texts(), values)
    return _section_page(request, stored, form, page, status=409, clashes=found)


@methods("POST")
def paper_section_autosave(request: UserRequest, pk: int, code: str) -> JsonResponse:
    """Save while one types (R14). Guarded by the revision instead of a form key."""
    section = get_section(request, pk, code)
    form = SectionForm(section, _passages(request, section), request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)

    def stored() -> tuple[PaperSection, dict[str, str]]:
        fresh = get_section(request, pk, code)
        return fresh, SectionForm(fresh, _passages(request, fresh)).shown()

    return answer_autosave(lambda: _keep_section(request, section, form), section, stored=stored)


@methods("GET")
def paper_preview(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One section as it will read, at once, from what is saved (the fast lane: no file is built)."""
    section = get_section(request, pk, code)
    if not request.htmx:
        return redirect("reports:paper-section", pk, code)
    context = {"shown": _as_it_reads(section, figures_of(section.paper))}
    return render(request, "reports/paper_lines.html", context)


@methods("GET", "POST")
@once
def passage(request: UserRequest, pk: int, passage_pk: int) -> HttpResponse:
    """Where a paragraph comes from and what was made of it; a POST takes the source again."""
    paper = get_paper(request, pk)
    rows = Passage.objects.filter(section__paper=paper).select_related("section")
    found = get_object_or_404(rows, pk=passage_pk)
    found.section.paper = paper
    can_edit = may_edit_paper(request.user, paper)
    if request.method == "POST":
        require(can_edit)
        actions.restore_source(found, by=request.user, at=request.at)
        messages.success(request, f"Đã lấy lại nguyên văn của {found.unit}.")
        return redirect("reports:passage", pk, passage_pk)
    context = {
        "paper": paper,
        "passage": found,
        "edits": found.edits.select_related("by").order_by("-at", "-pk"),
        "can_restore": can_edit and paper.is_editable and found.is_edited,
        "can_edit": can_edit and paper.is_editable,
    }
    return render(request, "reports/passage.html", context)


# --- the whole text, and its files ---------------------------------------------------------------


@methods("GET")
def paper_text(request: UserRequest, pk: int) -> HttpResponse:
    """The whole report as it reads, from its header to the signature."""
    paper = get_paper(request, pk)
    data = figures_of(paper)
    document = consolidated_document(data, words_of(paper))
    context = {
        "paper": paper,
        "shown": shown_document(document),
        "appendices": [appendix.title for appendix in document.appendices],
        "can_edit": may_edit_paper(request.user, paper) and paper.is_editable,
    }
    return render(request, "reports/paper_text.html", context)


@methods("POST")
@once
def paper_reprint(request: UserRequest, pk: int) -> HttpResponse:
    paper = get_paper(request, pk)
    actions.reprint(paper, by=request.user, at=request.at)
    messages.success(request, "Đang lập lại tệp từ bản thảo; xong sau ít giây.")
    return redirect(paper)


@methods("GET")
def paper_printing(request: UserRequest, pk: int) -> HttpResponse:
    """How far the files are, asked for every second by the page; the last answer reloads it."""
    paper = get_paper(request, pk)
    if not request.htmx:
        return redirect(paper)
    printing = Printing.objects.newest(paper)
    if printing is None:
        raise Http404
    context = {"paper": paper, "printing": printing, "steps": len(PRINTING_STEPS)}
    response = render(request, "reports/paper_printing.html", context)
    if printing.is_final:
        response.status_code = 286
        response["HX-Refresh"] = "true"
    return response


def history_of(paper: Paper) -> Any:
    return AuditEvent.objects.about(paper, paper.report).select_related("by")
