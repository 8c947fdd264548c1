"""Tổng quan by e-mail: switch it on and off, and write the letters of a week."""

import logging
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from campaign.models import Campaign
from lib import clock
from lib.official.pdf import PdfFailed
from reports import emails
from reports.datasets.dashboard.board import Board, board
from reports.datasets.dashboard.viewpoint import Viewpoint, viewpoint
from reports.datasets.scope import scope_of
from reports.documents.overview_page import overview_pdf
from reports.models import WeeklyLetter, WeeklyPage
from reports.permissions import may_overlook_block
from units.models import Block
from units.permissions import sees_province

log = logging.getLogger(__name__)

# By the clock in Tây Ninh: it lies on top when offices open.
EARLIEST = time(7, 0)
# Once a campaign has been over that long, nothing new can stand on its page.
AFTER_THE_END = timedelta(days=90)
# A PDF takes some seconds, and one sweep has two minutes: the other blocks get theirs the next time.
SCOPES_A_ROUND = 8


def switch(user: User, block: Block | None, *, on: bool, at: datetime) -> None:
    """Want it, or no longer; what was asked for last holds."""
    WeeklyPage.objects.update_or_create(
        user=user, block=block, defaults={"is_on": on, "asked_at": at}
    )


def may_receive(user: User, block: Block | None, campaign: Campaign) -> bool:
    """Who may open the page may have it sent."""
    if block is None:
        return sees_province(user)
    return may_overlook_block(user, block, campaign)


def send_weekly(*, at: datetime) -> int:
    """Write the letters of this week that are not written yet, from its first working day on; a
    portal that was down that morning does it when it is back."""
    today = clock.local_day(at)
    first, campaign = clock.first_working_day(today), Campaign.objects.current()
    if first is None or campaign is None or today > campaign.ends_on + AFTER_THE_END:
        return 0
    begins = datetime.combine(first, EARLIEST, clock.LOCAL)
    if at < begins:
        return 0
    due = WeeklyPage.objects.due(clock.monday_of(today), since=begins)
    pages = list(due.select_related("user", "block").order_by("pk"))
    made: dict[int, tuple[Viewpoint, Board, bytes | None]] = {}
    sent = 0
    for page in pages:
        key = page.block_id or 0
        if key not in made and len(made) == SCOPES_A_ROUND:
            continue
        if may_receive(page.user, page.block, campaign):
            if key not in made:
                made[key] = _made(page, campaign, at)
            sent += _send_once(page, clock.monday_of(today), made[key], at=at)
    return sent


def _made(
    page: WeeklyPage, campaign: Campaign, at: datetime
) -> tuple[Viewpoint, Board, bytes | None]:
    """The figures and the PDF of one scope, for everybody who gets it; without a PDF the letter
    still says the figures."""
    view = viewpoint(campaign, at=at, scope=scope_of(campaign, block=page.block))
    found = board(view, page.user)
    try:
        return view, found, overview_pdf(view, found)
    except PdfFailed:
        log.exception("no PDF of the overview for this week")
        return view, found, None


def _send_once(
    page: WeeklyPage, week: date, made: tuple[Viewpoint, Board, bytes | None], *, at: datetime
) -> int:
    view, found, pdf = made
    try:
        with transaction.atomic():
            mail = emails.weekly_overview(page.user, view, found, pdf, at=at)
            WeeklyLetter.objects.create(page=page, week=week, mail=mail)
    except IntegrityError:
        return 0  # another clock was faster
    return 1
