"""The first page of the scoring: every block of a year and the scale it works by."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from lib import clock
from scoring.actions import scale as actions
from scoring.datasets.content import EMPTY_SCALE, ScaleContent, content_of
from scoring.datasets.scale import campaign_of
from scoring.datasets.scales import block_scales
from scoring.forms.scale import EMPTY, SAMPLE, StartForm
from scoring.importers.data import has_sample, sample_scale
from scoring.models import ScoringScale
from scoring.permissions import may_read_coverage, may_write_scale
from units.datasets import latest_year, years
from units.forms import YearForm
from units.models import Block
from units.permissions import has_a_role

FIRST_YEAR, LAST_YEAR = 2000, 2199


@methods("GET")
def home(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404  # who has no role anywhere sees nothing
    form, year = _year_asked(request)
    context = {
        "form": form,
        "year": year,
        "rows": block_scales(request.user, year),
        "can_read_coverage": may_read_coverage(request.user) and bool(campaign_of(year)),
    }
    return render(request, "scoring/home.html", context)


def _year_asked(request: UserRequest) -> tuple[YearForm, int]:
    """The year in the address; the newest where it names none that is known."""
    newest = latest_year() or clock.local_day(request.at).year
    typed = request.GET.copy()
    typed.setdefault("nam", str(newest))
    form = YearForm(typed, years=years() or [newest])
    year = form.cleaned_data["nam"] if form.is_valid() else None
    return form, year or newest


@methods("GET", "POST")
@once
def start(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Begin the block's scale: from another of its own, from another block's, from the sample."""
    block = get_object_or_404(Block, code=code)
    if not has_a_role(request.user) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    require(may_write_scale(request.user, block, year))
    campaign = campaign_of(year)
    sample = campaign.code if campaign and has_sample(campaign.code) else ""
    form = StartForm(request.POST or None, scales=_copyable(block, year), has_sample=bool(sample))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "block_of_units": block, "year": year}
        return render(
            request, "scoring/scale_start.html", context, status=422 if form.is_bound else 200
        )
    content = _content(form, sample)
    scale = actions.start_scale(block, year, by=request.user, at=request.at, content=content)
    messages.success(request, f"Đã tạo bản soạn lần {scale.version} của thang bảng điểm.")
    return redirect("scoring:scale-edit", scale.pk)


def _copyable(block: Block, year: int) -> list[ScoringScale]:
    """Scales in force: the block's own of other years first, then this year's of other blocks.

    What a scale says is no secret between khối trưởng; what units score under it is.
    """
    known = ScoringScale.objects.filter(status=ScoringScale.Status.IN_FORCE)
    own = known.filter(block=block).exclude(year=year)
    others = known.exclude(block=block).filter(year__in=[year, year - 1])
    rows: list[ScoringScale] = []
    for found in (own.order_by("-year"), others.order_by("block__sort_order", "-year")):
        rows.extend(found.select_related("block"))
    return rows


def _content(form: StartForm, sample: str) -> ScaleContent:
    source: Any = form.cleaned_data["source"]
    if source == SAMPLE:
        return sample_scale(sample)
    if source == EMPTY:
        return EMPTY_SCALE
    return content_of(form.scales[source])
