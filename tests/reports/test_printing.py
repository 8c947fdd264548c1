"""The files of an edited paper, and the letter about a draft the clock asked for."""

import pytest

from accounts.job import LeaseLost
from accounts.models import Mail
from reports import tasks
from reports.actions import paper as actions
from reports.models import Paper, Printing, Report
from reports.tasks import build_report, print_paper
from tests.factories import LeadershipFactory, ReviewerFactory, UserFactory
from tests.reports.papers import Typed, built
from tests.reports.period import AFTER, CUT_OFF, play


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    """What is typeset, without typesetting it: the text of the document stands for its files."""
    seen = []

    def write(document):
        seen.append(document)
        return f"%PDF {document.subject} {document.closing}".encode()

    monkeypatch.setattr(tasks, "write_docx", write)
    monkeypatch.setattr(tasks, "begin_pdf", lambda document: Typed(write(document)))
    monkeypatch.setattr(tasks, "write_xlsx", lambda sheets: b"PK")
    return seen


@pytest.fixture
def paper(province):
    return built(province.campaign, CUT_OFF, period=play(province).may, at=CUT_OFF)


def close(paper, by, words, revision):
    values = {**paper.texts(), "closing": words}
    actions.save_texts(paper, values, by=by, at=CUT_OFF, revision=revision)


def test_files_are_made_of_the_paper_as_it_reads_and_once(paper, typed):
    person = ReviewerFactory()
    close(paper, person, "Hết", 0)
    printing = actions.reprint(paper, by=person, at=AFTER)

    print_paper(printing_id=printing.pk)
    print_paper(printing_id=printing.pk)

    printing.refresh_from_db()
    assert (printing.state, printing.attempt, printing.edition) == ("done", 1, 1)
    assert [document.closing for document in typed] == ["Hết", "Hết"]


def test_a_save_while_files_are_made_leaves_them_behind(paper, monkeypatch):
    person = ReviewerFactory()
    printing = actions.reprint(paper, by=person, at=AFTER)
    real = tasks.words_of

    def words_of(read):
        close(paper, person, "Sửa giữa chừng", 0)
        return real(read)

    monkeypatch.setattr(tasks, "words_of", words_of)
    print_paper(printing_id=printing.pk)

    printing.refresh_from_db()
    assert printing.edition < Paper.objects.get(pk=paper.pk).edition


def test_what_goes_wrong_is_written_down_and_tried_again(paper, monkeypatch):
    printing = actions.reprint(paper, by=ReviewerFactory(), at=AFTER)

    def breaks(document):
        raise RecursionError

    monkeypatch.setattr(tasks, "begin_pdf", breaks)
    with pytest.raises(RecursionError):
        print_paper(printing_id=printing.pk)

    printing.refresh_from_db()
    assert (printing.state, printing.error) == (
        "queued", "Không lập được báo cáo (mã lỗi RecursionError).",
    )  # fmt: skip


def test_a_worker_whose_lease_is_gone_writes_nothing(paper, monkeypatch):
    printing = actions.reprint(paper, by=ReviewerFactory(), at=AFTER)

    def lost(document):
        raise LeaseLost

    monkeypatch.setattr(tasks, "begin_pdf", lost)
    print_paper(printing_id=printing.pk)

    assert Printing.objects.get(pk=printing.pk).docx is None


def test_reviewers_are_told_of_the_draft_the_clock_asked_for(province):
    reviewer = ReviewerFactory()
    LeadershipFactory()
    may = play(province).may
    asked = {"as_of": CUT_OFF, "at": CUT_OFF, "period": may}
    by_clock = Report.objects.ask(province.campaign, by=None, on_schedule=True, **asked)
    by_hand = Report.objects.ask(province.campaign, by=UserFactory(), **asked)

    for report in (by_clock, by_hand, by_clock):
        build_report(report_id=report.pk)

    (mail,) = Mail.objects.all()
    assert mail.to == reviewer
    assert mail.subject == f"Bản thảo đã sẵn sàng: {by_clock}"
    assert by_clock.get_absolute_url() in mail.body
