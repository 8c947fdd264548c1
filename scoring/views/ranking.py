"""The ranking of a block: drafted with its rules, read, published, taken out to Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from lib.official.docx import write_docx
from lib.official.model import Document
from lib.official.pdf import write_pdf
from lib.sheet import write_xlsx
from scoring.actions import ranking as actions
from scoring.datasets.ballot import counted_ballots, latest_votes
from scoring.documents.minutes import ranking_minutes
from scoring.documents.ranking import ranking_page
from scoring.forms.ranking import RemarksForm, RulesForm
from scoring.models import Ranking, RankingRow, ScoringScale
from scoring.permissions import may_publish_ranking, may_rank
from scoring.ranking import DEFAULT_RULES
from scoring.views.block import get_scale_in_force
from units.models import BlockMembership

WRITERS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx,
    ),
    "pdf": ("application/pdf", write_pdf),
}  # fmt: skip
LAST = 10_000  # who has no rank stands after everybody who has


def get_ranking(request: UserRequest, pk: int) -> Ranking:
    rows = Ranking.objects.visible_to(request.user).select_related("block", "scale")
    return get_object_or_404(rows, pk=pk)


@methods("GET")
def ranking(request: UserRequest, pk: int) -> HttpResponse:
    found = get_ranking(request, pk)
    versions = Ranking.objects.visible_to(request.user).filter(block=found.block, year=found.year)
    context = {
        "ranking": found,
        "rules": found.rule_set(),
        "rows": rows_of(found),
        "groups": groups_of(found.scale),
        "counted": counted_ballots(found.block, found.year),
        "versions": list(versions.exclude(pk=found.pk).order_by("-version")),
        "can_publish": found.status == Ranking.Status.DRAFT and may_publish_ranking(request.user),
        "can_rank": may_rank(request.user, found.block, found.year),
    }
    return render(request, "scoring/ranking.html", context)


def groups_of(scale: ScoringScale) -> list[tuple[str, str, Decimal]]:
    roots = scale.criteria.filter(parent=None, section="content").in_order()
    return list(roots.values_list("code", "name", "max_points"))


@dataclass(frozen=True)
class RankedRow:
    """A line of the page; `is_cut`: the last one an award reaches."""

    row: RankingRow
    groups: tuple[Decimal | None, ...]
    is_cut: bool


def rows_of(found: Ranking) -> list[RankedRow]:
    """In order: the ranked, then those without a rank; with the line under each award."""
    rows = sorted(
        found.rows.select_related("unit", "sheet"),
        key=lambda row: (row.position or LAST, row.unit.sort_order),
    )
    codes = [code for code, _, _ in groups_of(found.scale)]
    awards = [row.award for row in rows] + [""]
    return [
        RankedRow(
            row,
            tuple(Decimal(row.groups[one]) if one in row.groups else None for one in codes),
            bool(row.award) and awards[place + 1] != row.award,
        )
        for place, row in enumerate(rows)
    ]


@methods("GET", "POST")
@once
def draft(request: UserRequest, code: str, year: int) -> HttpResponse:
    scale = get_scale_in_force(request, code, year)
    require(may_rank(request.user, scale.block, scale.year))
    last = Ranking.objects.filter(block=scale.block, year=year).order_by("-version").first()
    rules = RulesForm(
        request.POST or None,
        rules=last.rule_set() if last else DEFAULT_RULES,
        groups=[one for one, _, _ in groups_of(scale)],
    )
    remarks = RemarksForm(
        request.POST or None, members=scale.members(), votes=latest_votes(scale.block, year)
    )
    if request.method == "GET" or not (rules.is_valid() & remarks.is_valid()):
        context = {"scale": scale, "rules": rules, "remarks": remarks, "last": last}
        status = 422 if rules.is_bound else 200
        return render(request, "scoring/ranking_draft.html", context, status=status)
    made = actions.draft_ranking(
        scale, rules.rules(), remarks.remarks(),
        by=request.user, at=request.at, reason=rules.cleaned_data["reason"],
    )  # fmt: skip
    messages.success(request, "Đã lập bảng xếp hạng dự kiến.")
    return redirect(made)


@methods("POST")
@once
def publish(request: UserRequest, pk: int) -> HttpResponse:
    found = get_ranking(request, pk)
    require(may_publish_ranking(request.user))
    actions.publish_ranking(found, by=request.user, at=request.at)
    messages.success(request, "Đã công bố xếp hạng. Các đơn vị trong khối xem được từ bây giờ.")
    return redirect(found)


@methods("GET")
def export(request: UserRequest, pk: int) -> HttpResponse:
    found = get_ranking(request, pk)
    rows = [each.row for each in rows_of(found)]
    name = f"xep-hang-{found.block.code}-{found.year}-lan-{found.version}.xlsx"
    content = write_xlsx([ranking_page(found, groups_of(found.scale), rows)])
    return attachment(content, name, XLSX)


@methods("GET")
def minutes(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """The minutes of the block's meeting, to be completed and signed; figures filled in."""
    if kind not in WRITERS:
        raise Http404
    found = get_ranking(request, pk)
    rows = [each.row for each in rows_of(found)]
    counted = counted_ballots(found.block, found.year)
    paper = ranking_minutes(found, groups_of(found.scale), rows, lead=_lead(found), counted=counted)
    content_type, write = WRITERS[kind]
    name = f"bien-ban-{found.block.code}-{found.year}-lan-{found.version}.{kind}"
    return attachment(write(paper), name, content_type)


def _lead(found: Ranking) -> str:
    leads = found.scale.members().filter(role=BlockMembership.Role.LEAD)
    return next((row.unit.name for row in leads), "")
