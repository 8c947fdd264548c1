"""Two reports of the demonstration: one issued, one whose draft is being edited.

Both are built and worded by the same actions as a person's; only the moments are made up.
"""

from datetime import datetime, timedelta

from accounts.models import User
from campaign.models import Campaign, ReportingPeriod
from lib import clock
from reports.actions import issue
from reports.actions.paper import save_section
from reports.actions.report import About, ask_for_report
from reports.kinds import PERIOD
from reports.models import Paper, PaperSection, Passage, Printing, Report
from reports.models.paper import PassageData
from reports.tasks import build_report, print_paper

MICROSECOND = timedelta(microseconds=1)
OWN_WORDS = (
    "Các cơ quan, đơn vị tổ chức tuyên truyền bằng nhiều hình thức, gắn với kỷ niệm 70 năm Chiến "
    "thắng Điện Biên Phủ (mẫu)."
)


def write_reports(campaign: Campaign, *, now: datetime) -> int:
    """How many reports were made; none where there are some, or no period has closed yet."""
    if Report.objects.exists():
        return 0
    closed = [
        period
        for period in ReportingPeriod.objects.filter(campaign=campaign).begun().in_order()
        if clock.closes_at(period.due_date) <= now
    ]
    head, reviewer = (
        User.objects.get(username=name) for name in ("btdkt.truongban", "btdkt.chuyenvien1")
    )
    if len(closed) > 1:
        _issue(_built(closed[0], by=reviewer, at=now), head=head, by=reviewer, at=now)
    if closed:
        _edit(_built(closed[min(1, len(closed) - 1)], by=reviewer, at=now), by=reviewer, at=now)
    return Report.objects.count()


def _built(period: ReportingPeriod, *, by: User, at: datetime) -> Paper:
    as_of = clock.closes_at(period.due_date) - MICROSECOND
    report = ask_for_report(period.campaign, as_of=as_of, by=by, at=at, about=About(PERIOD, period))
    build_report(report_id=report.pk)
    return Paper.objects.select_related("report").get(report=report)


def _issue(paper: Paper, *, head: User, by: User, at: datetime) -> None:
    day = clock.local_day(paper.report.as_of) + timedelta(days=1)
    issue.propose_paper(paper, by=by, at=at)
    issue.approve_paper(paper, by=head, at=at)
    issue.number_paper(
        paper, Paper.objects.next_number(day.year, paper.report.symbol), day, by=by, at=at
    )
    for printing in Printing.objects.filter(paper=paper):
        print_paper(printing_id=printing.pk)
    issue.issue_paper(paper, by=head, at=at)


def _edit(paper: Paper, *, by: User, at: datetime) -> None:
    """The board's own words, one paragraph shortened, one left out."""
    section = PaperSection.objects.select_related("paper").get(paper=paper, code="II.1")
    rows = list(Passage.objects.filter(section=section).order_by("position", "pk"))
    wanted = {row.pk: PassageData(row.text, row.is_used, row.position) for row in rows}
    for row in rows[:1]:
        wanted[row.pk] = PassageData(row.text.splitlines()[0], is_used=True, position=row.position)
    for row in rows[1:2]:
        wanted[row.pk] = PassageData(row.text, is_used=False, position=row.position)
    save_section(section, OWN_WORDS, wanted, by=by, at=at, revision=section.revision)
