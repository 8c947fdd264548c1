"""The frame around every page, as plain values: where the person may go, and what presses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse

from accounts.acting import wished_unit
from accounts.models import User
from awards.permissions import may_see_lookalikes
from campaign.datasets.matter import versions_of
from campaign.datasets.queue import KINDS, Kind
from campaign.models import Campaign, Obligation, ProgressReport, Submission
from campaign.permissions import may_read_chasing, may_read_outbox, may_read_plans
from lib import clock
from lib.vietnamese import short_date
from reports.permissions import may_read_reports
from scoring.datasets.waiting import waiting_count
from units.acting import Acting, actings_of, choose
from units.models import Membership, Unit
from units.permissions import (
    is_administrator,
    is_board_reviewer,
    sees_province,
    standing,
)

Role = Membership.Role
Status = Submission.Status
ON_PHONE = 5
SOON_DAYS = 3


@dataclass(frozen=True)
class Part:
    """One tab of a destination, and who may open it.

    `covers` names pages that belong to it though their addresses lie elsewhere, and whatever lies
    under those.
    """

    name: str
    label: str
    is_open_to: Callable[[User], bool]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Destination:
    """One line of the navigation and who may open it. `rank` says who stays on a phone.

    A destination of several `parts` leads to the first the person may open. It `covers` pages
    elsewhere as a part does, for those who have no part to do so.
    """

    name: str
    label: str
    short_label: str
    icon: str
    rank: int
    is_open_to: Callable[[User], bool]
    parts: tuple[Part, ...] = ()
    covers: tuple[str, ...] = ()


def _has_a_role(user: User) -> bool:
    return bool(standing(user).roles)


def _writes(user: User) -> bool:
    """Drafts and sends in the name of a unit."""
    return standing(user).has(Role.OFFICER, Role.HEAD)


def _everybody(user: User) -> bool:
    return user.is_active


PROGRESS_PARTS = (
    Part("campaign:activities", "Hoạt động", _has_a_role),
    Part("campaign:my-reports", "Báo cáo của đơn vị", _writes),
    # Who writes for no unit reads reports too, coming from their period.
    Part("campaign:periods", "Kỳ báo cáo", sees_province, ("campaign:my-reports",)),
    Part("reports:figures", "Tổng hợp", sees_province),
    Part("campaign:chasing", "Đôn đốc", may_read_chasing),
    Part("campaign:inspections", "Kiểm tra", _has_a_role, ("campaign:follow-ups",)),
    Part("campaign:calendar", "Lịch", _has_a_role),
    Part("campaign:indicators", "Chỉ tiêu", _has_a_role),
    Part("campaign:outbox", "Thư đã gửi", may_read_outbox),
)

AWARD_PARTS = (
    Part("awards:dossiers", "Hồ sơ", _has_a_role),
    Part("awards:lookalikes", "Nghi trùng", may_see_lookalikes),
    Part("awards:consultations", "Hiệp y", sees_province),
    Part("awards:meetings", "Hội đồng", sees_province),
    Part("awards:decisions", "Quyết định", sees_province),
    Part("awards:history", "Lịch sử", _has_a_role),
    Part("awards:overview", "Toàn cảnh", sees_province),
    Part("awards:statistics", "Thống kê", sees_province),
    Part("awards:guidelines", "Hướng dẫn", _has_a_role),
    Part("awards:catalogue", "Danh mục", _has_a_role),
)

# In the order of the work.
DESTINATIONS = (
    Destination("reports:home", "Việc của tôi", "Việc", "bi-check2-square", 1, _everybody),
    Destination("reports:overview", "Tổng quan", "Tổng quan", "bi-speedometer2", 3, sees_province),
    Destination(
        "campaign:plan",
        "Kế hoạch",
        "Kế hoạch",
        "bi-journal-text",
        6,
        _has_a_role,
        covers=("campaign:readings",),
    ),
    Destination(
        "campaign:sub-plans", "Kế hoạch triển khai", "Triển khai", "bi-folder2-open", 5, _has_a_role
    ),
    Destination(
        "campaign:queue",
        "Xem xét",
        "Xem xét",
        "bi-inbox",
        2,
        is_board_reviewer,
        covers=("campaign:register-receipt",),
    ),
    Destination(
        "progress",
        "Hoạt động & tiến độ",
        "Tiến độ",
        "bi-activity",
        4,
        _has_a_role,
        PROGRESS_PARTS,
        covers=("campaign:my-reports",),
    ),
    Destination("scoring:home", "Chấm điểm", "Chấm điểm", "bi-list-ol", 7, _has_a_role),
    Destination("awards", "Khen thưởng", "Khen thưởng", "bi-award", 8, _has_a_role, AWARD_PARTS),
    Destination(
        "reports:reports",
        "Báo cáo",
        "Báo cáo",
        "bi-file-earmark-bar-graph",
        9,
        may_read_reports,
        covers=("reports:text-templates",),
    ),
    Destination("units:units", "Đơn vị", "Đơn vị", "bi-building", 10, _has_a_role),
    Destination("admin:index", "Quản trị", "Quản trị", "bi-gear", 11, is_administrator),
)


@dataclass(frozen=True)
class NavigationItem:
    label: str
    short_label: str
    icon: str
    url: str
    rank: int
    is_current: bool = False
    count: int = 0
    waiting: str = ""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Deadline:
    """The nearest thing that is due, in words."""

    words: str
    tone: str
    icon: str
    url: str = ""


@dataclass(frozen=True)
class Frame:
    campaign: Campaign | None = None
    acting: Acting | None = None
    choices: list[Acting] = field(default_factory=list)
    deadline: Deadline | None = None
    navigation: list[NavigationItem] = field(default_factory=list)
    on_phone: list[NavigationItem] = field(default_factory=list)
    behind_more: list[NavigationItem] = field(default_factory=list)
    parts: list[Tab] = field(default_factory=list)


def build_frame(request: HttpRequest, *, at: datetime) -> Frame:
    user = request.user
    if not isinstance(user, User):
        return Frame()
    actings = actings_of(user, on=clock.local_day(at))
    acting = choose(actings, wished_unit(request))
    campaign = Campaign.objects.current() if acting else None
    due = _nearest_due(user, acting, campaign)
    is_due = bool(due and not due.is_before_head)
    items = _navigation(user, campaign, request.path, is_due=is_due)
    kept = kept_on_phone(items)
    return Frame(
        campaign=campaign,
        acting=acting,
        choices=[choice for choice in actings if choice is not acting],
        deadline=deadline_in_words(due.what, due.day, at=at)
        if due
        else _general_deadline(campaign, at=at),
        navigation=items,
        on_phone=kept,
        behind_more=[item for item in items if item not in kept],
        parts=_tabs(user, request.path),
    )


def _navigation(
    user: User, campaign: Campaign | None, path: str, *, is_due: bool
) -> list[NavigationItem]:
    counts = _waiting(user, is_due=is_due)
    addresses = {
        there.name: _addresses(there, user, campaign)
        for there in DESTINATIONS
        if there.is_open_to(user)
    }
    current = _nearest(path, [url for urls in addresses.values() for url in urls])
    return [
        NavigationItem(
            there.label,
            there.short_label,
            there.icon,
            urls[0],
            there.rank,
            current in urls,
            *counts.get(there.name, (0, "")),
        )
        for there in DESTINATIONS
        if (urls := addresses.get(there.name))
    ]


def _addresses(there: Destination, user: User, campaign: Campaign | None) -> list[str]:
    """Where a destination leads, first of all, and what else lies in it."""
    if there.parts:
        open_to = _open_parts(there, user)
        own = [reverse(part.name) for part in open_to]
        covered = [name for part in open_to for name in part.covers]
    else:
        own, covered = [url for url in [_address(there.name, user, campaign)] if url], []
    return own and [*own, *(reverse(name) for name in (*covered, *there.covers))]


def _open_parts(there: Destination, user: User) -> list[Part]:
    return [part for part in there.parts if part.is_open_to(user)]


def _nearest(path: str, urls: list[str]) -> str | None:
    """The address the page lies under; the longest, because a part may lie inside another."""
    return max((url for url in urls if _is_at(path, url)), key=len, default=None)


def _tabs(user: User, path: str) -> list[Tab]:
    """The parts of the destination the page belongs to; none where there is no choice."""
    for there in DESTINATIONS:
        open_to = _open_parts(there, user)
        if len(open_to) > 1 and _nearest(path, _addresses(there, user, None)):
            current = _current_part(open_to, path)
            return [Tab(part.label, reverse(part.name), part is current) for part in open_to]
    return []


def _current_part(parts: list[Part], path: str) -> Part | None:
    """None on a page that only the destination covers. An own address goes before a covered one."""
    covered = {reverse(name): part for part in parts for name in part.covers}
    places = covered | {reverse(part.name): part for part in parts}
    return places.get(_nearest(path, list(places)) or "")


def _address(name: str, user: User, campaign: Campaign | None) -> str:
    """Where there is no campaign yet, its plan is what the board will make one from."""
    if name == "campaign:plan" and campaign is None:
        return reverse("campaign:readings") if may_read_plans(user) else ""
    if name == "campaign:plan":
        return campaign.get_absolute_url() if campaign else ""
    return reverse(name)


def _is_at(path: str, url: str) -> bool:
    return path == url if url in {"", "/"} else path.startswith(url)


def kept_on_phone(items: list[NavigationItem]) -> list[NavigationItem]:
    """A bar of five: all of them, or the four that matter most and "Thêm"."""
    if len(items) <= ON_PHONE:
        return items
    kept = sorted(items, key=lambda item: item.rank)[: ON_PHONE - 1]
    return [item for item in items if item in kept]


def _waiting(user: User, *, is_due: bool) -> dict[str, tuple[int, str]]:
    """How many things wait for the person, by destination."""
    mine, own, queue = standing(user), int(is_due), 0
    for kind in KINDS:
        seen = kind.model.objects.visible_to(user)
        if heads := mine.units(Role.HEAD):
            own += seen.filter(status=Status.AWAITING_HEAD, unit__in=heads).count()
        if is_board_reviewer(user):
            own += seen.under_review_by(user).count()
            queue += seen.awaiting_review().exclude(unit__in=mine.units()).count()
    waiting = {
        "reports:home": (own, "việc đang chờ"),
        "scoring:home": (waiting_count(user), "bảng chấm điểm đang chờ"),
    }
    if is_board_reviewer(user):
        waiting["campaign:queue"] = (queue, "hồ sơ chờ xem xét")
    return waiting


@dataclass(frozen=True)
class Due:
    """What the acting unit owes next. What is before its head waits for nobody else."""

    what: str
    day: date
    is_before_head: bool = False


def _nearest_due(user: User, acting: Acting | None, campaign: Campaign | None) -> Due | None:
    """What the acting unit owes first: a thing not sent yet, or what was asked of a returned one."""
    if not acting or not campaign or not acting.role_codes & {Role.OFFICER, Role.HEAD}:
        return None
    returned = (_returned(user, acting.unit, campaign, kind) for kind in KINDS)
    found = filter(None, [_owed(user, acting.unit, campaign), *returned])
    return min(found, key=lambda due: due.day, default=None)


def _owed(user: User, unit: Unit, campaign: Campaign) -> Due | None:
    owed = (
        Obligation.objects.visible_to(user)
        .filter(campaign=campaign, unit=unit)
        .outstanding()
        .select_related("campaign", "period", "finding")
        .order_by("closes_at")
        .first()
    )
    if owed is None:
        return None
    what = {
        Obligation.Kind.SUB_PLAN: "Nộp kế hoạch",
        Obligation.Kind.FOLLOW_UP: "Khắc phục sau kiểm tra",
    }.get(Obligation.Kind(owed.kind), owed.title)
    with_head = versions_of(owed).filter(status=Status.AWAITING_HEAD).exists()
    return Due(what, owed.effective_due_date, with_head)


def _returned(user: User, unit: Unit, campaign: Campaign, kind: Kind) -> Due | None:
    own = kind.model.objects.visible_to(user).filter(unit=unit, **{kind.campaign: campaign})
    newest = own.latest_versions().filter(status=Status.RETURNED, return_due_date__isnull=False)
    version = newest.select_related(*kind.also).order_by("return_due_date").first()
    if version is None or version.return_due_date is None:
        return None
    what = "Bổ sung kế hoạch"
    if isinstance(version, ProgressReport):
        what = f"Bổ sung báo cáo {version.period}"
    return Due(what, version.return_due_date)


def _general_deadline(campaign: Campaign | None, *, at: datetime) -> Deadline | None:
    """For those who owe nothing themselves: the campaign's due day, until it is over."""
    if campaign is None or clock.local_day(at) > campaign.sub_plan_due_date:
        return None
    return deadline_in_words("Hạn nộp kế hoạch", campaign.sub_plan_due_date, at=at)


def deadline_in_words(what: str, due: date, *, at: datetime) -> Deadline:
    """ "Nộp kế hoạch: còn 5 ngày, 22/3/2024"."""
    left = (due - clock.local_day(at)).days
    if left < 0:
        words, tone, icon = f"đã quá hạn {-left} ngày", "red", "bi-exclamation-triangle"
    elif left == 0:
        words, tone, icon = "hôm nay là ngày cuối", "amber", "bi-hourglass-split"
    else:
        words, icon = f"còn {left} ngày", "bi-calendar-event"
        tone = "amber" if left <= SOON_DAYS else "grey"
    return Deadline(f"{what}: {words}, {short_date(due)}", tone, icon)
