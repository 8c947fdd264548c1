"""What a day has changed: a queryset a kind, for the number and for the list it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.past import touched_between
from awards.models import Dossier
from campaign.models import Activity, Extension, SubPlan
from lib import clock
from reports.datasets.dashboard.viewpoint import Viewpoint
from scoring.models import Ranking

Status = SubPlan.Status
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Window:
    """From the end of the day before to the moment that is looked at."""

    first: datetime
    last: datetime

    def holds(self, name: str) -> Q:
        return Q(**{f"{name}__gt": self.first, f"{name}__lte": self.last})


def window_of(view: Viewpoint) -> Window:
    before = clock.closes_at(view.day_before) - timedelta(microseconds=1)
    return Window(before, view.at)


def _received(view: Viewpoint, window: Window) -> Rows:
    rows = SubPlan.objects.filter(campaign=view.campaign).sent()
    rows = rows.filter(window.holds("submitted_at"))
    return rows.annotate(happened=F("submitted_at")).select_related("unit")


def _decided(status: str) -> Callable[[Viewpoint, Window], Rows]:
    def rows(view: Viewpoint, window: Window) -> Rows:
        found = SubPlan.objects.filter(window.holds("decided_at"), campaign=view.campaign)
        found = found.filter(Q(status=status)).annotate(happened=F("decided_at"))
        return found.select_related("unit")

    return rows


def _extended(view: Viewpoint, window: Window) -> Rows:
    rows = Extension.objects.filter(window.holds("at"), obligation__campaign=view.campaign)
    return rows.annotate(happened=F("at")).select_related("obligation__unit")


def _done(view: Viewpoint, window: Window) -> Rows:
    """Done on the portal within the day, and still done at its end."""
    done = touched_between(Activity, [Activity.Status.DONE], window.first, window.last)
    rows = view.activities().filter(Q(status_then=Activity.Status.DONE), pk__in=done)
    return rows.annotate(happened=F("done_on")).select_related("lead_unit")


def _dossiers(view: Viewpoint, window: Window) -> Rows:
    rows = Dossier.objects.filter(window.holds("submitted_at"), campaign=view.campaign)
    return rows.annotate(happened=F("submitted_at")).select_related("unit")


def _ranked(view: Viewpoint, window: Window) -> Rows:
    rows = Ranking.objects.filter(window.holds("published_at"), year=view.campaign.year)
    return rows.annotate(happened=F("published_at")).select_related("block")


@dataclass(frozen=True)
class Kind:
    """One kind of change, by the word it has in an address."""

    code: str
    label: str
    rows: Callable[[Viewpoint, Window], Rows]


KINDS = (
    Kind("gui", "kế hoạch triển khai đã nhận", _received),
    Kind("tiep-nhan", "kế hoạch được tiếp nhận", _decided(Status.ACCEPTED)),
    Kind("tra-lai", "kế hoạch trả lại bổ sung", _decided(Status.RETURNED)),
    Kind("gia-han", "lần gia hạn", _extended),
    Kind("hoan-thanh", "hoạt động báo hoàn thành", _done),
    Kind("khen-thuong", "hồ sơ khen thưởng mới nhận", _dossiers),
    Kind("xep-hang", "bảng xếp hạng công bố", _ranked),
)
KIND_BY_CODE = {kind.code: kind for kind in KINDS}


@dataclass(frozen=True)
class Change:
    kind: Kind
    count: int


def changed(view: Viewpoint) -> dict[str, Rows]:
    """What each kind counts, by its code."""
    window = window_of(view)
    return {kind.code: kind.rows(view, window) for kind in KINDS}
