"""A report as it is once built, without building it: figures frozen, paper drawn up, no typesetting."""

from reports.datasets.consolidated import read
from reports.datasets.scope import scope_of
from reports.datasets.snapshot import digest, snapshot
from reports.drawing_up import paper_of
from reports.kinds import PERIOD, PLANS
from reports.models import Printing, Report
from tests.factories import StoredFileFactory, UserFactory


def built(campaign, as_of, *, at, period=None, kind=None, unit=None, **more):
    """A finished report and its paper."""
    known = kind or (PERIOD if period else PLANS)
    figures = snapshot(campaign, as_of, period, known, scope_of(campaign, unit=unit))
    report = Report.objects.create(
        campaign=campaign, kind=known.code, period=period, unit=unit, as_of=as_of, asked_by=UserFactory(), asked_at=at,
        snapshot=figures, digest=digest(figures), state=Report.State.DONE, finished_at=at,
        **files(), **more,
    )  # fmt: skip
    return paper_of(report, read(figures))


def files():
    return {kind: StoredFileFactory(kind=kind, on_disk=True) for kind in ("docx", "pdf", "xlsx")}


def printed(paper, *, at):
    """The files of the paper as it now reads, as the worker leaves them."""
    paper.refresh_from_db()
    return Printing.objects.create(
        paper=paper, asked_at=at, state=Printing.State.DONE, finished_at=at,
        edition=paper.edition, **files(),
    )  # fmt: skip


class Typed:
    """Stands for the child that sets a PDF: done at once, its bytes given."""

    def __init__(self, content):
        self.content = content

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def wait(self, seconds):
        return True

    def result(self):
        return self.content
