"""Placeholders of the fixed texts: a closed list, checked when saved, filled by plain look-up."""

import pytest

from accounts.models import AuditEvent
from accounts.workflow import Conflict
from reports.actions.template import word_template
from reports.datasets.consolidated import read
from reports.datasets.fixed_texts import faults, fill, placeholders_of, shipped_texts
from reports.datasets.snapshot import snapshot
from reports.drawing_up import paper_of
from reports.kinds import FINAL, KINDS, PERIOD, PLANS, PROGRESS, THEMATIC
from reports.models import Report, TextTemplate
from tests.factories import ReviewerFactory
from tests.reports.conftest import AS_OF


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_the_shipped_texts_have_no_fault(kind):
    texts = shipped_texts(kind)

    assert [fault for text in texts.values() for fault in faults(text, kind)] == []
    assert texts["closing"].startswith("Trên đây là báo cáo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a {tên đợt} b", []),
        ("a { TÊN  đợt } b", []),
        (
            "Một\nhai {ngày sinh}",
            ["Dòng 2: không có chỗ điền “{ngày sinh}” trong loại báo cáo này."],
        ),
        ("{kỳ báo cáo}", ["Dòng 1: không có chỗ điền “{kỳ báo cáo}” trong loại báo cáo này."]),
        ("mở { rồi thôi", ["Dòng 1: dấu “{” ở “mở { rồi thôi” chưa có dấu đi cặp với nó."]),
        ("{}", ["Dòng 1: không có chỗ điền “{}” trong loại báo cáo này."]),
        ("{0.__class__}", ["Dòng 1: không có chỗ điền “{0.__class__}” trong loại báo cáo này."]),
    ],
)
def test_unknown_placeholders_are_named_with_their_place(text, said):
    assert list(faults(text, PLANS)) == said


def test_a_kind_has_what_it_can_fill_in():
    assert (
        set(placeholders_of(PLANS)) < set(placeholders_of(PERIOD)) < set(placeholders_of(THEMATIC))
    )
    assert list(faults("{kỳ báo cáo}", PROGRESS)) == []
    assert len(list(faults("{mục của Kế hoạch}", PROGRESS))) == 1


@pytest.mark.django_db
def test_a_kind_has_texts_of_its_own_and_older_shared_ones_stand_until_then(at):
    person = ReviewerFactory()
    shared = {**shipped_texts(PERIOD), "opening": "Dùng chung"}
    word_template("progress", shared, note="", after=0, by=person, at=at)
    word_template(FINAL.code, {**shared, "opening": "Tổng kết"}, note="", after=0, by=person, at=at)

    openings = [TextTemplate.objects.in_force(kind).texts["opening"] for kind in (PERIOD, FINAL)]
    assert openings == ["Dùng chung", "Tổng kết"]
    assert TextTemplate.objects.in_force(PLANS) is None


def test_only_the_closed_list_is_replaced(province):
    data = read(snapshot(province.campaign, AS_OF))

    assert fill("{số đơn vị đã gửi kế hoạch}/{số đơn vị phải gửi kế hoạch}", data) == "2/5"
    assert fill("{{tên đợt}} {self} %s ${x}", data) == (
        "{Đợt Thi đua đặc biệt năm 2024} {self} %s ${x}"
    )


def test_a_paper_keeps_the_version_it_was_drawn_up_from(province, at):
    person = ReviewerFactory()
    first = {**shipped_texts(PLANS), "opening": "Lần một, {năm}"}
    word_template(PLANS.code, first, note="Gọn hơn", after=0, by=person, at=at)
    paper = paper_of_new(province, at)
    word_template(PLANS.code, {**first, "opening": "Lần hai"}, note="", after=1, by=person, at=at)

    assert (paper.template.version, paper.opening) == (1, "Lần một, 2024")
    assert paper_of_new(province, at).opening == "Lần hai"
    newest = TextTemplate.objects.in_force(PLANS)
    assert AuditEvent.objects.about(newest).get().label == "Sửa mẫu lời văn"


def paper_of_new(province, at):
    report = Report.objects.ask(province.campaign, as_of=AS_OF, by=None, at=at)
    return paper_of(report, read(snapshot(province.campaign, AS_OF)))


def test_two_people_word_one_version(province, at):
    person, texts = ReviewerFactory(), dict(shipped_texts(PLANS))
    word_template(PLANS.code, texts, note="", after=0, by=person, at=at)

    with pytest.raises(Conflict):
        word_template(PLANS.code, texts, note="", after=0, by=person, at=at)
