"""Who is told what of the scoring, by letter and on the first page, as a block goes its way."""

from datetime import UTC, datetime

import pytest

from accounts.models import Mail
from scoring.actions import ranking as ranking_actions
from scoring.actions import sheet as actions
from scoring.actions.cross import assign_cross, finish_cross, reopen_cross
from scoring.datasets.waiting import waiting_count, waiting_of
from scoring.models import CrossAssignment
from scoring.ranking import RankingRules
from tests.factories import OfficerFactory
from tests.scoring.blocks import Block

pytestmark = pytest.mark.django_db


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def waits(user, at):
    return [one.words for one in waiting_of(fresh(user), at=at)]


@pytest.fixture
def told():
    """The letters since it was asked last: (to, first words of the subject)."""

    def letters():
        rows = list(Mail.objects.order_by("pk"))
        Mail.objects.all().delete()
        return [(mail.to, mail.subject.split(":")[0]) for mail in rows]

    return letters


def test_each_step_waits_for_somebody_and_somebody_is_told(told):
    block = Block(3)
    unit = block.units[1]
    officer, head = OfficerFactory(unit), block.heads[unit]
    spring, late = (datetime(2024, month, 16, 2, tzinfo=UTC) for month in (4, 12))
    assert waits(officer, spring) == []
    assert waits(officer, late) == ["Đơn vị chưa bắt đầu tự chấm điểm."]

    sheet = block.begun(unit, late)
    assert (waits(officer, late), waiting_count(officer)) == (["Đơn vị đang tự chấm điểm."], 1)
    actions.hand_sheet_to_head(sheet, by=head, at=late)
    assert (waits(officer, late), told()) == ([], [(head, "Chờ duyệt")])
    assert waits(head, late) == ["Chờ thủ trưởng duyệt và nộp về khối."]
    actions.hand_sheet_back(sheet, by=head, at=late, reason="Thiếu")
    assert told() == [(officer, "Thủ trưởng chuyển lại")]
    actions.submit_sheet(sheet, by=head, at=late)
    assert told() == [(block.lead, "Đã nộp")]
    assert waits(block.lead, late)[-1] == "1 bảng chờ khối thẩm định."


def test_a_sheet_that_was_sent_is_told_back_to_its_unit(at, told):
    block = Block(3)
    unit = block.units[1]
    officer, head, late = OfficerFactory(unit), block.heads[unit], at
    sheet = block.sent(unit, late)
    told()

    actions.return_sheet(sheet, by=block.lead, at=late, reason="Thiếu minh chứng")
    assert told() == [(head, "Trả lại bổ sung"), (officer, "Trả lại bổ sung")]
    assert waits(officer, late)[0].startswith("Bảng được trả lại")
    actions.submit_sheet(sheet, by=head, at=late)
    actions.accept_rest(sheet, "block", by=block.lead, at=late)
    told()
    actions.finish_block_appraisal(sheet, by=block.lead, at=late)
    assert told() == [(head, "Khối đã thẩm định"), (officer, "Khối đã thẩm định")]
    assert waits(block.reviewer, late) == ["1 bảng chờ Ban thẩm định."]
    actions.finish_board_appraisal(sheet, by=block.reviewer, at=late)
    assert told()[0] == (head, "Ban Thi đua - Khen thưởng đã thẩm định")
    assert waits(block.chief, late) == ["1 bảng chờ khóa sổ."]


def test_cross_scoring_waits_until_it_is_done_and_again_when_reopened(at, told):
    block = Block(3)
    for unit in block.units:
        block.sent(unit, at)
    told()

    assign_cross(block.scale, by=block.lead, at=at)
    asked = CrossAssignment.objects.exclude(scorer=block.units[0]).first()
    head = block.heads[asked.scorer]
    assert sorted(told(), key=str) == sorted(
        [(block.heads[unit], "Phân công chấm chéo 1 bảng") for unit in block.units], key=str
    )
    assert waits(head, at) == [f"{asked.scorer} được phân công chấm chéo bảng này."]
    actions.accept_rest(asked.sheet, "cross", by=head, at=at, assignment=asked)
    finish_cross(asked, by=head, at=at)
    assert (waits(head, at), waiting_count(fresh(head))) == ([], 0)
    reopen_cross(asked.sheet, by=block.reviewer, at=at, reason="Sót")
    assert told() == [(head, "Mở lại chấm chéo")]
    assert waiting_count(fresh(head)) == 1


def test_a_publication_is_told_to_every_member(at, told):
    block = Block(3)
    for n, unit in enumerate(block.units):
        block.locked(unit, at, a=600 - n)
    ranking = ranking_actions.draft_ranking(block.scale, RankingRules(), {}, by=block.lead, at=at)
    assert waits(block.chief, at) == ["Bản dự kiến chờ công bố."]
    told()

    ranking_actions.publish_ranking(ranking, by=block.chief, at=at)

    assert told() == [(block.heads[unit], "Công bố xếp hạng") for unit in block.units]
    assert waits(block.heads[block.units[2]], at) == ["Đã công bố."]
