"""Letters about the papers of reports: one function per thing that happened, in the caller's
transaction; a worker sends them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.handover import hand_over
from accounts.models import Attachment, Mail, User
from accounts.tasks import send_mail
from lib import clock
from lib.vietnamese import short_date
from reports.datasets.dashboard.board import Board
from reports.datasets.dashboard.viewpoint import Viewpoint
from reports.datasets.dashboard.words import in_words
from reports.kinds import Level
from reports.models import Paper, Report
from units.models import Membership

Role = Membership.Role
LONGEST_SUBJECT = 200


def draft_ready(report: Report, *, at: datetime) -> None:
    """The clock had the draft built when the period closed; who reviews is told."""
    _write("report_draft_ready", f"Bản thảo đã sẵn sàng: {report}",
           _people(Role.REVIEWER, Role.BOARD_HEAD, at=at), at=at, report=report)  # fmt: skip


def paper_proposed(paper: Paper, *, by: User, at: datetime) -> None:
    _write("paper_proposed", f"Chờ duyệt: {paper}", _people(Role.BOARD_HEAD, at=at),
           at=at, paper=paper, by=by)  # fmt: skip


def paper_handed_back(paper: Paper, *, by: User, at: datetime, reason: str) -> None:
    others = _people(Role.REVIEWER, Role.BOARD_HEAD, at=at).exclude(pk=by.pk)
    _write("paper_handed_back", f"Chuyển lại để sửa: {paper}", others,
           at=at, paper=paper, by=by, reason=reason)  # fmt: skip


def weekly_overview(
    person: User, view: Viewpoint, found: Board, pdf: bytes | None, *, at: datetime
) -> Mail:
    """Tổng quan in words, with the page as a PDF where it could be made. The caller's transaction
    notes that it was written; the sweeper sends it within seconds."""
    path = reverse("reports:overview")
    if view.scope.level is Level.BLOCK:
        path = reverse("reports:overview-block", args=[view.scope.code])
    context = {
        "person": person, "view": view, "figures": in_words(found), "has_pdf": pdf is not None,
        "site": settings.SITE_URL, "page": path, "off": reverse("reports:weekly"),
    }  # fmt: skip
    whose = f" {view.scope.name}" if view.scope.name else ""
    subject = f"Tổng quan{whose} ngày {short_date(view.day)}: {found.five.sent}/{found.five.owed} đơn vị đã nộp"
    body = render_to_string("emails/weekly_overview.txt", context)
    mail = Mail.objects.post(to=person, subject=subject[:LONGEST_SUBJECT], body=body, at=at)
    if pdf is not None:
        name = f"tong-quan-{view.day:%Y-%m-%d}.pdf"
        Attachment.objects.create(mail=mail, name=name, content=pdf)
    return mail


def _people(*roles: str, at: datetime) -> QuerySet[User]:
    holders = Membership.objects.valid(on=clock.local_day(at)).with_role(*roles)
    return User.objects.filter(is_active=True, pk__in=holders.values("user")).order_by("pk")


def _write(
    name: str, subject: str, people: Iterable[User], *, at: datetime, **context: object
) -> None:
    body = render_to_string(f"emails/{name}.txt", {"site": settings.SITE_URL, **context})
    for person in people:
        mail = Mail.objects.post(to=person, subject=subject[:LONGEST_SUBJECT], body=body, at=at)
        hand_over(send_mail, mail_id=mail.pk)
