"""The whole dossier of a letter as one ZIP for the higher level: papers, lists, a manifest."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import IO

from accounts.models import AuditEvent, User
from accounts.permissions import require
from awards.datasets.council import counted_ballot, meeting_paper
from awards.datasets.decision import meetings_of, proposed
from awards.datasets.listed import listed_nominations
from awards.documents.decision import proposal_letter
from awards.documents.meeting import counting_record, minutes
from awards.documents.workbooks import proposal_page
from awards.models import AwardPaper, Consultation, Meeting, Proposal
from awards.permissions import may_propose
from files.store import open_stored
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from lib.sheet import write_xlsx
from lib.vietnamese import moment
from lib.zip_stream import Member, stream_zip


def send_whole(proposal: Proposal, *, by: User, at: datetime) -> Iterator[bytes]:
    """Personal data go out with it: each time is in the audit trail."""
    require(may_propose(by))
    AuditEvent.objects.record(
        proposal, "packed", by=by, at=at, label="Kết xuất toàn bộ hồ sơ (ZIP)"
    )
    about = {
        "title": f"Hồ sơ khen thưởng theo {proposal}",
        "campaign": proposal.campaign.name,
        "made_at": moment(at),
        "made_by": str(by),
        "hash": "SHA-256",
    }
    return stream_zip(_members(proposal, at), about)


def _members(proposal: Proposal, at: datetime) -> Iterator[Member]:
    yield from _letter(proposal, at)
    yield from _council(proposal)
    yield from _opinions(proposal)
    yield from _papers(proposal)


def _letter(proposal: Proposal, at: datetime) -> Iterator[Member]:
    rows = listed_nominations(proposed(proposal))
    letter = proposal_letter(proposal, rows, minutes=meetings_of(proposal), on=clock.local_day(at))
    yield Member("1-to-trinh/to-trinh.docx", "Tờ trình", _made(write_docx(letter)))
    yield Member("1-to-trinh/to-trinh.pdf", "Tờ trình", _made(write_pdf(letter)))
    sheet = write_xlsx([proposal_page(proposal, rows)])
    yield Member("1-to-trinh/danh-sach.xlsx", "Danh sách đề nghị", _made(sheet))


def _council(proposal: Proposal) -> Iterator[Member]:
    meetings = Meeting.objects.filter(
        status=Meeting.Status.CLOSED, agenda__nomination__proposal=proposal
    ).distinct()
    for place, meeting in enumerate(meetings.select_related("campaign").order_by("meets_at"), 1):
        told = meeting_paper(meeting)
        folder = f"2-hoi-dong/phien-{place}"
        yield Member(f"{folder}/bien-ban-hop.pdf", "Biên bản họp", _made(write_pdf(minutes(told))))
        ballots = meeting.ballots.filter(slips__isnull=False).select_related("form")
        for number, ballot in enumerate(ballots.order_by("pk"), start=1):
            record = write_pdf(counting_record(told, counted_ballot(ballot)))
            name = f"{folder}/bien-ban-kiem-phieu-{number}.pdf"
            yield Member(name, f"Biên bản kiểm phiếu, {ballot.form.short_name}", _made(record))


def _opinions(proposal: Proposal) -> Iterator[Member]:
    answered = Consultation.objects.filter(
        opinions__nomination__proposal=proposal, answer_file__isnull=False
    ).distinct()
    for place, asked in enumerate(answered.select_related("answer_file").order_by("pk"), start=1):
        if asked.answer_file:
            name = f"3-hiep-y/{place:02d}-{asked.answer_file_name}"
            yield Member(name, f"Ý kiến của {asked.body}", _stored(asked.answer_file.sha256))


def _papers(proposal: Proposal) -> Iterator[Member]:
    """What the units handed in, by unit and dossier, each file under its number."""
    dossiers = proposal.nominations.values("dossier")
    papers = AwardPaper.objects.current().filter(dossier__in=dossiers)
    rows = papers.select_related("stored", "dossier__unit")
    for place, paper in enumerate(rows.order_by("dossier__unit__sort_order", "dossier", "pk"), 1):
        dossier = paper.dossier
        folder = f"4-ho-so-don-vi/{dossier.unit.code}-{dossier.number:02d}"
        title = f"{paper.get_kind_display()} của {dossier.unit}"
        yield Member(f"{folder}/{place:03d}-{paper.name}", title, _stored(paper.stored.sha256))


def _made(content: bytes) -> Callable[[], IO[bytes]]:
    return partial(BytesIO, content)


def _stored(sha256: str) -> Callable[[], IO[bytes]]:
    return partial(open_stored, sha256)
