"""Placeholders of the fixed texts: a closed list, checked when saved, filled by plain look-up."""

import pytest

from accounts.models import AuditEvent
from accounts.workflow import Conflict
from reports.actions.template import word_template
from reports.datasets.consolidated import read
from reports.datasets.fixed_texts import (
    KINDS,
    PLAN,
    PROGRESS,
    faults,
    fill,
    placeholders_of,
    shipped_texts,
)
from reports.datasets.snapshot import snapshot
from reports.drawing_up import paper_of
from reports.models import Report, TextTemplate
from tests.factories import ReviewerFactory
from tests.reports.conftest import AS_OF


@pytest.mark.parametrize("kind", KINDS)
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
    assert list(faults(text, PLAN)) == said


def test_a_period_has_more_to_fill_in():
    assert set(placeholders_of(PLAN)) < set(placeholders_of(PROGRESS))
    assert list(faults("{kỳ báo cáo}", PROGRESS)) == []


def test_only_the_closed_list_is_replaced(province):
    data = read(snapshot(province.campaign, AS_OF))

    assert fill("{số đơn vị đã gửi kế hoạch}/{số đơn vị phải gửi kế hoạch}", data) == "2/5"
    assert fill("{{tên đợt}} {self} %s ${x}", data) == (
        "{Đợt Thi đua đặc biệt năm 2024} {self} %s ${x}"
    )


def test_a_paper_keeps_the_version_it_was_drawn_up_from(province, at):
    person = ReviewerFactory()
    first = {**shipped_texts(PLAN), "opening": "Lần một, {năm}"}
    word_template(PLAN, first, note="Gọn hơn", after=0, by=person, at=at)
    paper = paper_of_new(province, at)
    word_template(PLAN, {**first, "opening": "Lần hai"}, note="", after=1, by=person, at=at)

    assert (paper.template.version, paper.opening) == (1, "Lần một, 2024")
    assert paper_of_new(province, at).opening == "Lần hai"
    newest = TextTemplate.objects.in_force(PLAN)
    assert AuditEvent.objects.about(newest).get().label == "Sửa mẫu lời văn"


def paper_of_new(province, at):
    report = Report.objects.ask(province.campaign, as_of=AS_OF, by=None, at=at)
    return paper_of(report, read(snapshot(province.campaign, AS_OF)))


def test_two_people_word_one_version(province, at):
    person, texts = ReviewerFactory(), dict(shipped_texts(PLAN))
    word_template(PLAN, texts, note="", after=0, by=person, at=at)

    with pytest.raises(Conflict):
        word_template(PLAN, texts, note="", after=0, by=person, at=at)
