"""The campaign month by month, and the same as a feed under a secret address."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from accounts.http import UserRequest, methods
from accounts.once import once
from campaign.actions import calendar as actions
from campaign.datasets.calendar import KINDS, entries_between, last_of_month, month_of
from campaign.models import CalendarKey, Campaign
from campaign.views.obligation import current_campaign
from lib import clock, ics
from units.permissions import has_a_role

AROUND = timedelta(days=366)
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@methods("GET")
def calendar(request: UserRequest) -> HttpResponse:
    """This month, or the first of the campaign where today lies outside of what there is to see."""
    campaign = _campaign(request)
    today = clock.local_day(request.at)
    shown = today if _is_shown(campaign, today.replace(day=1)) else campaign.starts_on
    return _page(request, campaign, shown.replace(day=1))


@methods("GET")
def calendar_month(request: UserRequest, year: int, month: int) -> HttpResponse:
    campaign = _campaign(request)
    try:
        first = date(year, month, 1)
    except ValueError:
        raise Http404 from None
    if not _is_shown(campaign, first):
        raise Http404
    return _page(request, campaign, first)


def _campaign(request: UserRequest) -> Campaign:
    if not has_a_role(request.user):
        raise Http404
    return current_campaign()


def _is_shown(campaign: Campaign, first: date) -> bool:
    """A year on each side of the campaign: due days may lie behind it, never further."""
    return campaign.starts_on - AROUND <= first <= campaign.ends_on + AROUND


def _page(
    request: UserRequest, campaign: Campaign, first: date, *, new_address: str = ""
) -> HttpResponse:
    before, after = (
        (first - timedelta(days=1)).replace(day=1),
        last_of_month(first) + timedelta(days=1),
    )
    context = {
        "campaign": campaign,
        "month": month_of(request.user, campaign, first, at=request.at),
        "before": before if _is_shown(campaign, before) else None,
        "after": after if _is_shown(campaign, after) else None,
        "today": clock.local_day(request.at),
        "weekdays": WEEKDAYS,
        "kinds": KINDS,
        "calendar_key": CalendarKey.objects.filter(user=request.user, revoked_at=None).first(),
        "new_address": new_address,
    }
    return render(request, "campaign/calendar.html", context)


@methods("POST")
@once
def calendar_key(request: UserRequest) -> HttpResponse:
    """Answers with the page itself: the address is told once and must be stored nowhere, not
    even for a redirect. Sent again, the form is refused, and the address told stays good."""
    campaign = _campaign(request)
    key = actions.make_calendar_key(by=request.user, at=request.at)
    address = settings.SITE_URL + reverse("campaign:calendar-feed", args=[key])
    today = clock.local_day(request.at).replace(day=1)
    first = today if _is_shown(campaign, today) else campaign.starts_on.replace(day=1)
    return _page(request, campaign, first, new_address=address)


@methods("POST")
@once
def calendar_key_revoke(request: UserRequest) -> HttpResponse:
    actions.revoke_calendar_key(by=request.user, at=request.at)
    messages.success(
        request, "Đã thu hồi địa chỉ lịch. Lịch đã đăng ký bằng địa chỉ đó không đọc được nữa."
    )
    return redirect(f"{reverse('campaign:calendar')}#dia-chi")


@login_not_required
@methods("GET")
def calendar_feed(request: UserRequest, key: str) -> HttpResponse:
    """Whoever holds the key reads what its person would see now; all else is an empty 404."""
    reader = actions.reader_of(key, at=request.at)
    campaign = Campaign.objects.current()
    if reader is None or campaign is None:
        return HttpResponse(status=404)
    first, last = campaign.starts_on.replace(month=1, day=1), campaign.ends_on + AROUND
    host = settings.SITE_URL.partition("://")[2]
    entries = [
        ics.Entry(
            f"{one.key}@{host}", one.title, one.first, one.last, one.kind.label, one.note,
            settings.SITE_URL + one.url,
        )
        for one in entries_between(reader, campaign, first, last, at=request.at)
    ]  # fmt: skip
    stamp = datetime.combine(campaign.issued_on, time(), UTC)
    content = ics.write_ics(f"Thi đua – {campaign.name}", entries, stamp=stamp)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="lich-thi-dua.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    shown = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return shown if isinstance(shown, HttpResponse) else answer
