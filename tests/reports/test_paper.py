"""The paper of a report: drawn up, edited, approved, numbered, issued, followed by another."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.models import AuditEvent, Mail
from accounts.workflow import Conflict, Refused
from lib.official.text import plain_text
from reports.actions import issue
from reports.actions import paper as actions
from reports.actions.report import supplement_report
from reports.datasets.comparison import UnitChange, compare, edition_of
from reports.datasets.consolidated import read
from reports.datasets.issued import issued_by_code
from reports.datasets.snapshot import digest, snapshot
from reports.datasets.words import words_of
from reports.documents import consolidated_document
from reports.drawing_up import paper_of
from reports.kinds import PROGRESS
from reports.models import Paper, PaperSection, Passage, Printing, Report
from reports.models.paper import PassageData
from tests.factories import BoardHeadFactory, LeadershipFactory, ReviewerFactory, UnitFactory
from tests.reports.papers import built, files, printed
from tests.reports.period import AFTER, CUT_OFF, play

Status = Paper.Status
DAY = date(2024, 5, 21)


@pytest.fixture
def months(province):
    return play(province)


@pytest.fixture
def paper(province, months):
    return built(province.campaign, CUT_OFF, period=months.may, at=CUT_OFF)


@pytest.fixture
def reviewer(db):
    return ReviewerFactory()


@pytest.fixture
def head(db):
    return BoardHeadFactory()


def told(paper):
    data = read(paper.report.snapshot)
    return plain_text(consolidated_document(data, words_of(paper)))


def save(paper, code, by, *, own="", revision=0, at=CUT_OFF, **of_first):
    section = PaperSection.objects.select_related("paper").get(paper=paper, code=code)
    wanted = {}
    for row in section.passages.all():
        said = {"text": row.text, "is_used": row.is_used, "position": row.position, **of_first}
        wanted[row.pk] = PassageData(**said)
    actions.save_section(section, own, wanted, by=by, at=at, revision=revision)


def issued(paper, reviewer, head, *, number=5, day=DAY):
    issue.propose_paper(paper, by=reviewer, at=AFTER)
    issue.approve_paper(paper, by=head, at=AFTER)
    issue.number_paper(paper, number, day, by=reviewer, at=AFTER)
    printed(paper, at=AFTER)
    issue.issue_paper(paper, by=head, at=AFTER)
    return paper


def test_a_paper_begins_with_the_shipped_texts_and_the_units_own_words(paper, province):
    passage = Passage.objects.get(section__paper=paper)

    assert paper.subject == "Kết quả thực hiện Đợt Thi đua đặc biệt năm 2024 (tháng 5/2024)"
    assert passage.unit == province.on_time.name
    assert (passage.source, passage.text) == (
        "Đã nói chuyện truyền thống.\n- Có 500 người dự.",
    ) * 2
    assert told(paper)[5] == "DỰ THẢO"


def test_a_second_attempt_finds_the_paper_of_the_first(paper):
    again = paper_of(paper.report, read(paper.report.snapshot))

    assert (again, Paper.objects.count()) == (paper, 1)


def test_what_is_edited_is_printed_and_its_source_stays(paper, reviewer):
    save(paper, "II.1", reviewer, own="Lời của Ban.", text="Đã sửa gọn.")

    lines = told(paper)
    place = lines.index("Lời của Ban.")
    assert lines[place + 1] == "Sở Văn hóa, Thể thao và Du lịch: Đã sửa gọn."
    passage = Passage.objects.get(section__paper=paper)
    assert passage.source == "Đã nói chuyện truyền thống.\n- Có 500 người dự."
    edit = passage.edits.get()
    assert (edit.by, edit.old_text, edit.was_used) == (reviewer, passage.source, True)


def test_a_sitting_keeps_one_past_wording(paper, reviewer):
    save(paper, "II.1", reviewer, text="Một")
    save(paper, "II.1", reviewer, text="Hai", revision=1)
    save(paper, "II.1", reviewer, text="Ba", revision=2, at=CUT_OFF + timedelta(minutes=20))

    passage = Passage.objects.get(section__paper=paper)
    assert list(passage.edits.order_by("pk").values_list("old_text", flat=True)) == [
        passage.source, "Hai",
    ]  # fmt: skip
    assert AuditEvent.objects.about(paper).filter(verb="edited").count() == 2


def test_a_passage_left_out_is_not_printed_nor_called_missing(paper, reviewer):
    save(paper, "II.1", reviewer, is_used=False)

    lines = told(paper)
    heading = lines.index("1. Công tác tuyên truyền, giáo dục")
    assert lines[heading + 1] == "2. Công tác thi đua, khen thưởng"


def test_two_people_in_one_section_clash(paper, reviewer, head):
    save(paper, "II.1", reviewer, text="Một")

    with pytest.raises(Conflict):
        save(paper, "II.1", head, text="Hai")
    save(paper, "II.2", head, own="Mục khác không vướng.")
    assert Passage.objects.get(section__paper=paper).text == "Một"


def test_restoring_takes_the_units_words_again(paper, reviewer):
    save(paper, "II.1", reviewer, text="Một")
    passage = Passage.objects.select_related("section__paper").get(section__paper=paper)

    actions.restore_source(passage, by=reviewer, at=CUT_OFF)

    assert not Passage.objects.get(pk=passage.pk).is_edited


def test_leadership_reads_and_never_writes(paper):
    leader = LeadershipFactory()

    assert Paper.objects.visible_to(leader).get() == paper
    with pytest.raises(PermissionDenied):
        save(paper, "II.1", leader)
    with pytest.raises(PermissionDenied):
        issue.propose_paper(paper, by=leader, at=CUT_OFF)


def test_a_reviewer_proposes_and_only_the_head_approves(paper, reviewer, head):
    issue.propose_paper(paper, by=reviewer, at=AFTER)

    with pytest.raises(PermissionDenied):
        issue.approve_paper(paper, by=reviewer, at=AFTER)
    with pytest.raises(Refused, match="Chờ Trưởng Ban duyệt"):
        save(paper, "II.1", reviewer)
    issue.hand_back_paper(paper, by=head, at=AFTER, reason="Sửa lời kết")
    assert paper.status == Status.DRAFT
    assert list(Mail.objects.values_list("to", "subject")) == [
        (head.pk, f"Chờ duyệt: {paper}"), (reviewer.pk, f"Chuyển lại để sửa: {paper}"),
    ]  # fmt: skip


def test_it_is_issued_with_files_that_carry_its_number(paper, reviewer, head):
    issue.propose_paper(paper, by=reviewer, at=AFTER)
    issue.approve_paper(paper, by=head, at=AFTER)
    printed(paper, at=AFTER)
    issue.number_paper(paper, 5, DAY, by=reviewer, at=AFTER)
    with pytest.raises(Refused, match="chưa lập xong"):
        issue.issue_paper(paper, by=head, at=AFTER)
    made = printed(paper, at=AFTER)

    issue.issue_paper(paper, by=head, at=AFTER)

    paper.refresh_from_db()
    assert (paper.status, paper.pdf, paper.full_number) == (Status.ISSUED, made.pdf, "05/BC-BTĐ")
    assert paper.hashes == {kind: getattr(made, kind).sha256 for kind in ("docx", "pdf", "xlsx")}
    lines = told(paper)
    assert "Số: 05/BC-BTĐ" in lines
    assert "Tây Ninh, ngày 21 tháng 5 năm 2024" in lines
    assert lines.count("DỰ THẢO") == 0
    assert any(line.endswith(f"mã kiểm tra {paper.code}") for line in lines)


def test_a_number_is_given_once_a_year(province, months, paper, reviewer, head):
    issued(paper, reviewer, head)
    other = built(province.campaign, CUT_OFF, period=months.april, at=CUT_OFF)
    issue.propose_paper(other, by=reviewer, at=AFTER)
    issue.approve_paper(other, by=head, at=AFTER)

    with pytest.raises(Refused, match="đã được cấp"):
        issue.number_paper(other, 5, DAY, by=reviewer, at=AFTER)
    assert other.status == Status.APPROVED
    issue.number_paper(other, Paper.objects.next_number(2024, "BC-BTĐ"), DAY, by=reviewer, at=AFTER)
    assert other.full_number == "06/BC-BTĐ"
    issue.take_number_back(other, by=reviewer, at=AFTER, reason="Nhầm ngày")
    assert (other.status, other.full_number) == (Status.APPROVED, "")


@pytest.mark.database
def test_the_database_itself_keeps_what_was_issued(paper, reviewer, head):
    issued(paper, reviewer, head)
    mine = Paper.objects.filter(pk=paper.pk)
    attempts = [
        lambda: mine.update(subject="Khác"),
        lambda: mine.update(edition=99),
        lambda: mine.update(hashes={}),
        lambda: PaperSection.objects.filter(paper=paper).update(text="Thêm"),
        lambda: PaperSection.objects.create(paper=paper, code="X", position=99),
        lambda: Passage.objects.filter(section__paper=paper).update(text="Khác"),
        lambda: Passage.objects.filter(section__paper=paper)._raw_delete("default"),
        lambda: Report.objects.filter(pk=paper.report_id).update(snapshot={}),
        lambda: mine._raw_delete("default"),
    ]

    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_supplement_at_the_same_cut_off_has_the_same_figures(paper, reviewer):
    save(paper, "II.1", reviewer, own="Của Ban", text="Đã sửa")

    fresh = supplement_report(paper.report, as_of=CUT_OFF, by=reviewer, at=AFTER)

    assert (fresh.digest, fresh.earlier) == (paper.report.digest, paper.report)
    second = paper_of(fresh, read(fresh.snapshot))
    passage = Passage.objects.get(section__paper=second)
    assert (passage.text, passage.is_new) == ("Đã sửa", False)
    assert second.subject.endswith(" (bản bổ sung)")
    found = compare(edition_of(paper.report), edition_of(fresh))
    assert (found.figures, found.units, found.sending) == ((), (), ())
    assert [row.what for row in found.texts] == ["Trích yếu"]


def test_a_supplement_counts_what_came_late_and_supersedes_when_issued(
    province, months, paper, reviewer, head
):
    issued(paper, reviewer, head)
    later = AFTER + timedelta(days=1)
    second = built(province.campaign, later, period=months.may, at=later, earlier=paper.report)

    found = compare(edition_of(paper.report), edition_of(second.report))

    assert UnitChange("Sở Y tế", "CT01. Cuộc tuyên truyền", "0", "100") in found.units
    changed = {row.what: (row.old, row.new) for row in found.figures}
    assert changed["CT01. Cuộc tuyên truyền (cuộc): trong kỳ"] == ("4", "104")
    assert changed["Đơn vị đã gửi báo cáo kỳ"] == ("1", "2")
    issued(second, reviewer, head, number=6)
    paper.refresh_from_db()
    assert (paper.status, paper.superseded_by) == (Status.SUPERSEDED, second)
    known = issued_by_code(paper.code)
    assert (known.is_superseded, known.successor) == (True, "Báo cáo số 06/BC-BTĐ")
    assert known.file_of(paper.hashes["pdf"]) == "tệp PDF"
    assert known.file_of("0" * 64) == ""


def test_a_draft_is_nothing_to_verify(paper):
    assert issued_by_code(paper.code) is None


def test_the_same_data_give_the_same_figures_byte_for_byte(province, months):
    first, second = (snapshot(province.campaign, CUT_OFF, months.may) for _ in range(2))

    assert digest(first) == digest(second)
    assert first["progress"]["unit_figures"]["CT01"] == {
        province.late.code: ["0.00", "4.00"], province.on_time.code: ["4.00", "7.00"],
    }  # fmt: skip


def test_files_are_asked_for_once_at_a_time(paper, reviewer):
    first = actions.reprint(paper, by=reviewer, at=AFTER)

    assert actions.reprint(paper, by=reviewer, at=AFTER) == first
    Printing.objects.filter(pk=first.pk).update(state="done", finished_at=AFTER, **files())
    assert actions.reprint(paper, by=reviewer, at=AFTER) != first


def test_fixed_texts_are_saved_against_the_revision_that_was_read(paper, reviewer, head):
    values = {**paper.texts(), "closing": "Trên đây là báo cáo"}
    stale = Paper.objects.get(pk=paper.pk)
    actions.save_texts(paper, values, by=reviewer, at=CUT_OFF, revision=0)

    with pytest.raises(Conflict):
        actions.save_texts(stale, values, by=head, at=CUT_OFF, revision=0)
    assert "Trên đây là báo cáo./." in told(Paper.objects.get(pk=paper.pk))


@pytest.mark.parametrize(
    ("group", "code", "number"),
    [("party", "BTGTU", "03-BC/BTGTU"), ("department", "SYT", "03/BC-SYT")],
)
def test_a_units_report_is_numbered_in_its_own_register(
    province, reviewer, head, group, code, number
):
    unit = UnitFactory(group=group, code=code, name="Đơn vị của mình")
    own = built(province.campaign, CUT_OFF, at=CUT_OFF, kind=PROGRESS, unit=unit)
    issued(own, reviewer, head, number=3)

    assert own.full_number == number
    assert next(line for line in told(own) if line.startswith("Số")).endswith(number)
    assert issued_by_code(own.code).issuer == unit.name
