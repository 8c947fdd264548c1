"""What the database itself holds: versions, chains of marks, who sees what."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.workflow import Refused
from scoring.importers.data import sample_scale
from scoring.models import Mark, Ranking, ScoreSheet, ScoringScale
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    CrossAssignmentFactory,
    HeadFactory,
    MarkFactory,
    MemberConsentFactory,
    OfficerFactory,
    RankingFactory,
    RankingRowFactory,
    ReviewerFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
    UnitFactory,
)
from tests.factories.scoring import IN_FORCE_AT, SENT_AT

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_one_draft_and_one_scale_in_force_per_block_and_year():
    draft = ScoringScaleFactory()
    now = ScoringScaleFactory(in_force=True, block=draft.block, version=2)

    refused(lambda: ScoringScaleFactory(block=draft.block, version=3))
    refused(lambda: ScoringScaleFactory(block=draft.block, version=3, in_force=True))
    now.supersede(by=now.created_by, at=IN_FORCE_AT)
    draft.put_in_force(by=now.created_by, at=IN_FORCE_AT, effective_date=IN_FORCE_AT.date())
    assert list(ScoringScale.objects.in_force()) == [draft]


def test_a_scale_in_force_is_never_put_in_force_again(at):
    scale = ScoringScaleFactory(in_force=True)

    with pytest.raises(Refused):
        scale.put_in_force(by=scale.created_by, at=at, effective_date=at.date())


def test_dissent_needs_a_reason():
    refused(lambda: MemberConsentFactory(agrees=False, note=""))


def test_a_mark_is_never_changed_or_deleted():
    mark = MarkFactory()

    for change in (mark.delete, lambda: Mark.objects.filter(pk=mark.pk).update(points=9)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Mark.objects.get().points == 10


def test_of_two_people_who_mark_at_once_one_is_second():
    first = MarkFactory()

    refused(lambda: MarkFactory(sheet=first.sheet, criterion=first.criterion))
    second = MarkFactory(sheet=first.sheet, criterion=first.criterion, replaces=first, points=9)
    refused(lambda: MarkFactory(sheet=first.sheet, criterion=first.criterion, replaces=first))
    MarkFactory(sheet=first.sheet, criterion=first.criterion, level="block")
    assert set(Mark.objects.current().filter(level="self")) == {second}


def test_points_and_their_kinds_of_nothing():
    MarkFactory(points=0)
    MarkFactory(kind="not_applicable", points=None)
    MarkFactory(kind="not_scored", points=None)

    refused(lambda: MarkFactory(kind="not_applicable", points=0))
    refused(lambda: MarkFactory(points=None))
    refused(lambda: MarkFactory(points=-1))


def test_a_cross_mark_names_its_assignment_and_nobody_scores_itself():
    assignment = CrossAssignmentFactory()

    refused(lambda: MarkFactory(sheet=assignment.sheet, level="cross"))
    MarkFactory(sheet=assignment.sheet, level="cross", assignment=assignment)
    refused(lambda: CrossAssignmentFactory(sheet=assignment.sheet, scorer=assignment.scored))


def test_without_a_rank_there_is_a_reason():
    row = RankingRowFactory()

    refused(lambda: RankingRowFactory(ranking=row.ranking, state="withdrawn", position=None))
    refused(lambda: RankingRowFactory(ranking=row.ranking, position=None))


def test_the_sample_scale_is_read_back_as_it_was_written():
    scale = ScoringScaleFactory(content=sample_scale("2024"))
    nodes = {node.code: node for node in scale.nodes()}

    assert [node.code for node in scale.nodes()] == [
        node.code for node in sample_scale("2024").nodes()
    ]
    assert (nodes["C.2.1"].parent, nodes["A.3"].max_points) == ("C.2", 120)
    assert scale.criteria.get(code="C.2.1").in_words() == (
        "Cổng tự chấm. Gửi Kế hoạch triển khai: đúng hạn: 10; trễ đến 5 ngày làm việc: 5; "
        "trễ hơn hoặc không gửi: 0."
    )
    assert scale.criteria.get(code="C.2").in_words() == "Bằng tổng các tiêu chí bên trong."


@pytest.fixture
def block():
    return BlockFactory()


@pytest.fixture
def own(block):
    return BlockMembershipFactory(block=block).unit


@pytest.fixture
def peer(block):
    return BlockMembershipFactory(block=block).unit


def test_a_scale_is_seen_by_its_block_and_the_province(block, own):
    scale = ScoringScaleFactory(block=block)
    ScoringScaleFactory(block=block, year=2023)

    assert list(ScoringScale.objects.visible_to(OfficerFactory(own))) == [scale]
    assert list(ScoringScale.objects.visible_to(OfficerFactory())) == []
    assert ScoringScale.objects.visible_to(ReviewerFactory()).count() == 2


def test_a_sheet_is_seen_by_its_unit_and_once_sent_by_those_who_score_it(block, own, peer):
    sheet = ScoreSheetFactory(unit=own, scale__block=block)
    assignment = CrossAssignmentFactory(sheet=sheet, scorer=peer)
    people = {
        "own": OfficerFactory(own), "scorer": HeadFactory(peer), "lead": BlockLeadFactory(block),
        "board": ReviewerFactory(), "member": OfficerFactory(BlockMembershipFactory(block=block).unit),
    }  # fmt: skip

    def who_sees():
        return {name for name, user in people.items() if ScoreSheet.objects.visible_to(fresh(user))}

    assert who_sees() == {"own"}
    sheet.submit(by=people["own"], at=SENT_AT)
    assert who_sees() == {"own", "scorer", "lead", "board"}
    assignment.cancelled_at = SENT_AT
    assignment.save()
    assert who_sees() == {"own", "lead", "board"}
    RankingRowFactory(
        ranking=RankingFactory(scale=sheet.scale, published=True), unit=own, sheet=sheet
    )
    assert who_sees() == {"own", "scorer", "lead", "board", "member"}


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_a_ranking_is_seen_by_the_block_once_published(block, own):
    ranking = RankingFactory(scale__block=block, scale__in_force=True)
    officer, lead = OfficerFactory(own), BlockLeadFactory(block)

    assert not Ranking.objects.visible_to(officer).exists()
    assert Ranking.objects.visible_to(lead).exists()
    assert Ranking.objects.visible_to(ReviewerFactory()).exists()
    ranking.publish(by=lead, at=SENT_AT, digest="f" * 64)
    assert Ranking.objects.visible_to(fresh(officer)).exists()
    assert not Ranking.objects.visible_to(OfficerFactory(UnitFactory())).exists()


def test_a_sheet_keeps_the_time_it_was_first_sent(at):
    sheet = ScoreSheetFactory(submitted=True)
    first, person = sheet.submitted_at, sheet.created_by

    sheet.send_back(by=person, at=at, reason="Thiếu minh chứng")
    sheet.submit(by=person, at=at)

    sheet.refresh_from_db()
    assert (sheet.submitted_at, sheet.status) == (first, "submitted")
