"""Evidence: who adds it to what, what a broken picture does, and what a sent report keeps."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from campaign.actions import evidence as actions
from campaign.actions.report import start_report
from campaign.models import Evidence
from files import store
from files.actions import stage_file
from files.checks import BadFile
from files.jobs import sweep_staged
from files.models import StagedFile, StoredFile
from tests.factories import (
    ActivityFactory,
    BoardHeadFactory,
    EvidenceFactory,
    FigureFactory,
    HeadFactory,
    IndicatorFactory,
    OfficerFactory,
    ParticipationFactory,
    ProgressReportFactory,
    StoredFileFactory,
    UnitFactory,
)
from tests.files import builders as build

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 12, 2, 0, tzinfo=UTC)  # before the factory's reports were sent
AFTER = datetime(2024, 4, 16, 2, 0, tzinfo=UTC)


@pytest.fixture
def activity():
    return ActivityFactory()


@pytest.fixture
def officer(activity):
    return OfficerFactory(activity.lead_unit)


def staged(by, *files):
    """Tokens of files sent ahead: (name, content)."""
    return [
        str(stage_file(by=by, at=AT, name=name, content=BytesIO(content)).token)
        for name, content in files
    ]


def test_several_files_and_a_link_at_once(activity, officer):
    tokens = staged(officer, ("anh.png", build.picture()), ("kế hoạch.pdf", build.pdf()))
    proof = actions.Proof(tokens, "https://baotayninh.vn/tin", "Hội thi")

    added = actions.prove_activity(activity, proof, by=officer, at=AT)

    picture, paper, link = activity.evidence.in_order()
    assert added == 3
    assert (picture.name, picture.is_picture, picture.thumbnail.kind) == ("anh.png", True, "jpg")
    assert (paper.name, paper.is_picture) == ("kế hoạch.pdf", False)
    assert (link.link, link.host) == ("https://baotayninh.vn/tin", "baotayninh.vn")
    assert {piece.caption for piece in (picture, paper, link)} == {"Hội thi"}
    assert store.digest_of(picture.thumbnail.sha256) == picture.thumbnail.sha256
    assert AuditEvent.objects.about(activity).get().label == "Thêm minh chứng"


def test_the_same_again_is_not_added_twice(activity, officer):
    proof = actions.Proof(staged(officer, ("anh.png", build.picture())), "https://a.vn/b")
    actions.prove_activity(activity, proof, by=officer, at=AT)

    assert actions.prove_activity(activity, proof, by=officer, at=AT) == 0
    assert activity.evidence.count() == 2


def test_a_picture_that_cannot_be_read_is_refused_by_name_and_nothing_is_added(activity, officer):
    tokens = staged(officer, ("đẹp.png", build.picture()), ("hỏng.png", build.picture(size=(9, 9))))
    broken = StagedFile.objects.get(name="hỏng.png").stored
    path = store.path_of(broken.sha256)
    path.chmod(0o640)
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    with pytest.raises(BadFile, match=r"Tệp “hỏng\.png” bị hỏng"):
        actions.prove_activity(activity, actions.Proof(tokens), by=officer, at=AT)

    assert Evidence.objects.count() == 0


def test_who_writes_for_the_lead_or_a_participant_may_add(activity):
    taking_part = ParticipationFactory(activity=activity).unit
    proof = actions.Proof(link="https://a.vn/")
    for number, by in enumerate((HeadFactory(activity.lead_unit), OfficerFactory(taking_part))):
        link = actions.Proof(link=f"https://a.vn/{number}")
        assert actions.prove_activity(activity, link, by=by, at=AT) == 1

    for by in (OfficerFactory(UnitFactory()), BoardHeadFactory()):
        with pytest.raises(PermissionDenied):
            actions.prove_activity(activity, proof, by=by, at=AT)


def test_a_report_takes_evidence_only_while_it_is_a_draft():
    draft, sent = ProgressReportFactory(), ProgressReportFactory(submitted=True)
    indicator = IndicatorFactory()
    link = actions.Proof(link="https://a.vn/")

    actions.prove_report(draft, link, by=OfficerFactory(draft.unit), at=AT)
    actions.prove_report(draft, link, by=HeadFactory(draft.unit), at=AT, indicator=indicator)

    assert [piece.indicator for piece in draft.evidence.in_order()] == [None, indicator]
    with pytest.raises(Refused, match="“Đã nộp”"):
        actions.prove_report(sent, link, by=OfficerFactory(sent.unit), at=AT)
    with pytest.raises(PermissionDenied):
        actions.prove_report(draft, link, by=OfficerFactory(), at=AT)


def test_what_stands_behind_a_sent_report_stays(activity, officer):
    before, after = (EvidenceFactory(activity=activity, added_at=at) for at in (AT, AFTER))
    report = ProgressReportFactory(submitted=True, unit=activity.lead_unit)
    FigureFactory(report=report, activity=activity)

    actions.remove_evidence(after, by=officer, at=AFTER)
    with pytest.raises(Refused, match="thuộc báo cáo đã gửi"):
        actions.remove_evidence(before, by=officer, at=AFTER)
    with pytest.raises(Refused, match="thuộc báo cáo đã gửi"):
        actions.describe_evidence(before, by=officer, at=AFTER, caption="Khác")

    assert list(activity.evidence.all()) == [before]


@pytest.mark.parametrize("trait", ["awaiting_head", "withdrawn"])
def test_a_report_the_board_has_not_got_holds_nothing(activity, officer, trait):
    piece = EvidenceFactory(activity=activity, added_at=AT)
    report = ProgressReportFactory(unit=activity.lead_unit, **{trait: True})
    FigureFactory(report=report, activity=activity)

    actions.remove_evidence(piece, by=officer, at=AFTER)

    assert activity.evidence.count() == 0


def test_a_participant_removes_its_own_and_the_lead_removes_all(activity, officer):
    partner = OfficerFactory(ParticipationFactory(activity=activity).unit)
    own = EvidenceFactory(activity=activity, added_by=partner)
    leads, partners = (EvidenceFactory(activity=activity, added_by=by) for by in (officer, partner))

    actions.remove_evidence(own, by=partner, at=AFTER)
    with pytest.raises(PermissionDenied):
        actions.remove_evidence(leads, by=partner, at=AFTER)
    actions.remove_evidence(partners, by=officer, at=AFTER)

    assert list(activity.evidence.all()) == [leads]


def test_the_next_version_begins_with_the_evidence_of_the_last():
    last = ProgressReportFactory(returned=True)
    by = OfficerFactory(last.unit)
    whole = EvidenceFactory(activity=None, report=last, caption="Bản đã ký")
    EvidenceFactory(activity=None, report=last, indicator=IndicatorFactory())

    fresh = start_report(last.period, last.unit, by=by, at=AFTER)
    copy = fresh.evidence.get(indicator=None)
    actions.remove_evidence(copy, by=by, at=AFTER)

    assert (copy.stored, copy.caption, copy.added_at) == (whole.stored, "Bản đã ký", whole.added_at)
    assert (last.evidence.count(), fresh.evidence.count()) == (2, 1)


def test_the_sweeper_leaves_what_is_evidence_and_its_small_picture():
    piece = EvidenceFactory(thumbnail=StoredFileFactory())
    StoredFileFactory()

    sweep_staged(at=datetime(2034, 1, 1, tzinfo=UTC))

    assert set(StoredFile.objects.all()) == {piece.stored, piece.thumbnail}
