"""From draft to an issued report: propose, approve, number, issue, supersede; the signed copy."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from files.actions import claim_staged
from files.checks import Kind
from lib import clock
from reports import emails
from reports.actions.paper import ask_for_files
from reports.models import Paper, Printing, Report, SignedCopy
from reports.permissions import may_approve_paper, may_edit_paper
from reports.signed_copy import compare_with_issued


@transaction.atomic
def propose_paper(paper: Paper, *, by: User, at: datetime) -> None:
    """Trình Trưởng Ban duyệt."""
    require(may_edit_paper(by, paper))
    paper.propose(by=by, at=at)
    emails.paper_proposed(paper, by=by, at=at)


@transaction.atomic
def hand_back_paper(paper: Paper, *, by: User, at: datetime, reason: str) -> None:
    require(may_approve_paper(by, paper))
    paper.hand_back(by=by, at=at, reason=reason)
    emails.paper_handed_back(paper, by=by, at=at, reason=reason)


@transaction.atomic
def approve_paper(paper: Paper, *, by: User, at: datetime) -> None:
    require(may_approve_paper(by, paper))
    paper.approve(by=by, at=at)


@transaction.atomic
def number_paper(paper: Paper, number: int, day: date, *, by: User, at: datetime) -> None:
    """Give it number and day; the files are made again, now with both."""
    require(may_edit_paper(by, paper))
    if day > clock.local_day(at):
        raise Refused("Ngày ban hành không thể ở sau hôm nay.")
    paper.give_number(number, day, by=by, at=at)
    ask_for_files(paper, by=by, at=at)


@transaction.atomic
def take_number_back(paper: Paper, *, by: User, at: datetime, reason: str) -> None:
    require(may_edit_paper(by, paper))
    paper.take_number_back(by=by, at=at, reason=reason)


@transaction.atomic
def issue_paper(paper: Paper, *, by: User, at: datetime) -> None:
    """Ban hành: the files made of this very text, from now on unchangeable. The version it follows
    is superseded."""
    require(may_approve_paper(by, paper))
    printed = Printing.objects.finished(paper)
    if printed is None or printed.edition != paper.edition:
        raise Refused(
            "Tệp có số, ngày chưa lập xong. Mời chờ ít giây; nếu lập không được, mời bấm Lập lại tệp."
        )
    files = {"docx": printed.docx, "pdf": printed.pdf, "xlsx": printed.xlsx}
    paper.issue({kind: file for kind, file in files.items() if file}, by=by, at=at)
    for before in _issued_before(paper.report):
        before.supersede(paper, by=by, at=at)


def _issued_before(report: Report) -> list[Paper]:
    """The issued papers of the versions this one follows."""
    followed, seen = report.earlier_id, []
    while followed:
        seen.append(followed)
        followed = Report.objects.only("earlier").get(pk=followed).earlier_id
    return list(Paper.objects.filter(report__in=seen, status=Paper.Status.ISSUED))


@transaction.atomic
def add_signed_copy(paper: Paper, tokens: Sequence[str], *, by: User, at: datetime) -> SignedCopy:
    """Keep the signed PDF that came back, with what the comparison and its signatures say."""
    require(may_edit_paper(by, paper))
    if not paper.is_issued or paper.pdf is None:
        raise Refused("Chỉ nhận bản đã ký của báo cáo đã ban hành.")
    (staged,) = claim_staged(tokens, by=by, at=at)
    if staged.stored.kind != Kind.PDF.value:
        raise Refused("Bản đã ký phải là tệp PDF.")
    told = compare_with_issued(paper.pdf, staged.stored, at=at)
    copy = SignedCopy.objects.create(
        paper=paper, stored=staged.stored, name=staged.name, added_at=at, added_by=by,
        has_words=told.has_words, differences=told.differences, signatures=told.signatures,
    )  # fmt: skip
    AuditEvent.objects.record(
        paper, "signed", by=by, at=at, label="Gửi lên bản đã ký", note=told.in_words
    )
    return copy
