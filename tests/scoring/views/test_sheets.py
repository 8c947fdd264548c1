"""The sheet on screen: a cell saved, refused, explained; the block side by side."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from docx import Document as Docx
from openpyxl import load_workbook

from accounts.models import AuditEvent
from scoring.importers.data import sample_scale
from scoring.models import Evidence, Mark, Ranking, ScoreSheet
from tests.campaign.sending import questions
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CrossAssignmentFactory,
    HeadFactory,
    MarkFactory,
    OfficerFactory,
    ReviewerFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def block():
    return BlockFactory()


@pytest.fixture
def scale(block):
    return ScoringScaleFactory(block=block, in_force=True)


@pytest.fixture
def unit(block):
    return BlockMembershipFactory(block=block).unit


@pytest.fixture
def sheet(client, scale, unit):
    client.force_login(OfficerFactory(unit))
    return ScoreSheetFactory(scale=scale, unit=unit)


def url(name, sheet, *more):
    return reverse(f"scoring:{name}", args=[sheet.pk, *more])


def form(**fields):
    return {"form_key": str(uuid4()), **fields}


def mark(client, sheet, code="A", *, htmx=False, **typed):
    headers = {"hx-request": "true"} if htmx else {}
    return client.post(url("sheet-mark", sheet, code), form(level="self", **typed), headers=headers)


def test_a_unit_begins_its_sheet_from_the_page_of_its_block(client, scale, unit):
    client.force_login(OfficerFactory(unit))
    args = [scale.block.code, scale.year]

    assert client.get(reverse("scoring:block-sheets", args=args)).context["can_start"]
    for _ in range(2):  # a second press finds the sheet there is
        response = client.post(reverse("scoring:sheet-start", args=args), form())
        assert response.url == ScoreSheet.objects.get().get_absolute_url()


def test_a_cell_saves_itself_and_every_sum_follows(client, sheet):
    response = mark(client, sheet, htmx=True, points="550,5")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Đã lưu." in page
    assert 'id="tong-diem"' in page
    assert 'id="diem-self-A"' in page
    assert f'value="{Mark.objects.get().pk}"' in page  # what the next save replaces
    assert Mark.objects.get().points == 550.5


def test_without_htmx_the_page_comes_back_to_the_line(client, sheet):
    response = mark(client, sheet, points="0")

    assert response.url == f"{sheet.get_absolute_url()}#tieu-chi-A"
    assert client.get(sheet.get_absolute_url()).context["grid"].row("A").outcome.points == 0


def test_what_cannot_be_is_told_in_place_and_saves_nothing(client, sheet):
    in_place = mark(client, sheet, htmx=True, points="601")
    page = mark(client, sheet, points="nhiều")

    assert (in_place.status_code, page.status_code) == (422, 422)
    assert "Điểm phải từ 0 đến 600." in in_place.content.decode()
    assert page.context["refused_code"] == "A"
    assert not Mark.objects.exists()


def test_a_change_is_a_second_mark_and_an_old_page_is_told(client, sheet):
    mark(client, sheet, points="500")
    first = Mark.objects.get()

    mark(client, sheet, points="510", replaces=str(first.pk))
    stale = mark(client, sheet, htmx=True, points="520", replaces=str(first.pk))

    assert stale.status_code == 422
    assert [one.points for one in Mark.objects.order_by("pk")] == [500, 510]


def test_not_applicable_is_said_with_its_reason(client, sheet):
    silent = mark(client, sheet, htmx=True, not_applicable="1")
    said = mark(client, sheet, htmx=True, not_applicable="1", reason="Không có chức năng")

    assert (silent.status_code, said.status_code) == (422, 200)
    assert "không áp dụng" in said.content.decode()


def test_why_shows_every_mark_with_author_and_reason(client, sheet):
    first = MarkFactory(sheet=sheet, points=9)
    MarkFactory(sheet=sheet, points=8, replaces=first)
    MarkFactory(sheet=sheet, level="block", points=7, reason="Thiếu minh chứng")

    page = client.get(url("sheet-why", sheet, "A"))

    assert [one.points for one in page.context["history"]] == [9, 8, 7]
    assert "Vì sao 7 điểm?" in page.content.decode()
    assert "Thiếu minh chứng" in page.content.decode()


def test_evidence_is_added_read_and_removed(client, sheet):
    empty = client.post(url("evidence-add", sheet, "A"), form())
    client.post(url("evidence-add", sheet, "A"), form(link="https://tayninh.gov.vn/a"))
    link = Evidence.objects.get()
    client.post(url("evidence-remove", sheet, link.pk), form())

    assert empty.status_code == 422
    link.refresh_from_db()
    assert link.removed_at is not None
    assert client.get(url("sheet-why", sheet, "A")).context["evidence"] == []


def test_a_sheet_goes_through_its_head_to_the_block_and_back(client, sheet, unit, block):
    for code, points in (("A", "500"), ("B", "300")):
        mark(client, sheet, code, points=points)
    client.post(url("sheet-move", sheet), form(move="trinh"))
    client.force_login(HeadFactory(unit))
    silent = client.post(url("sheet-move", sheet), form(move="chuyen-lai", reason=""))
    client.post(url("sheet-move", sheet), form(move="nop"))
    sheet.refresh_from_db()
    assert (silent.status_code, sheet.status) == (422, "submitted")

    client.force_login(BlockLeadFactory(block))
    client.post(url("sheet-move", sheet), form(move="nhat-tri-khoi"))
    client.post(url("sheet-move", sheet), form(move="xong-khoi"))
    sheet.refresh_from_db()
    assert sheet.status == "block_appraised"
    assert Mark.objects.filter(level="block").count() == 2
    client.force_login(ReviewerFactory())
    client.post(url("sheet-move", sheet), form(move="mo-lai", reason="Xem lại nhóm A"))
    client.post(url("sheet-move", sheet), form(move="xong-khoi"))
    client.post(url("sheet-move", sheet), form(move="xong-ban"))
    client.force_login(BoardHeadFactory())
    client.post(url("sheet-move", sheet), form(move="khoa"))
    sheet.refresh_from_db()
    assert sheet.status == "locked"


def test_a_cross_scorer_agrees_ends_and_is_let_in_again(client, sheet, unit, block):
    ScoreSheet.objects.filter(pk=sheet.pk).delete()
    sent = ScoreSheetFactory(scale=sheet.scale, unit=unit, submitted=True)
    for code in ("A", "B"):
        MarkFactory(sheet=sent, criterion=sent.scale.criteria.get(code=code), points=10)
    scorer = BlockMembershipFactory(block=block).unit
    given = CrossAssignmentFactory(sheet=sent, scorer=scorer)
    client.force_login(OfficerFactory(scorer))

    def press(move, **more):
        return client.post(url("sheet-move", sent), form(move=move, **more))

    early = press("xong-cheo")
    assert (early.status_code, "Còn 2 tiêu chí" in early.content.decode()) == (409, True)
    press("nhat-tri-cheo")
    page = client.get(sent.get_absolute_url())
    assert [one.name for one in page.context["moves"]] == ["xong-cheo"]
    press("xong-cheo")
    after = client.get(sent.get_absolute_url()).context
    assert (after["writing"], after["moves"]) == (None, [])

    client.force_login(BlockLeadFactory(block))
    listed = client.get(reverse("scoring:block-sheets", args=[block.code, 2024]))
    assert "đã chấm xong lúc" in listed.content.decode()
    assert press("mo-lai-cheo", reason="").status_code == 422
    press("mo-lai-cheo", reason="Sót minh chứng")
    given.refresh_from_db()
    assert given.finished_at is None


def test_the_grid_asks_the_same_however_many_criteria_there_are(client, sheet, unit, block):
    MarkFactory(sheet=sheet)
    few = questions(client, sheet.get_absolute_url())
    other = BlockFactory()
    big = ScoringScaleFactory(block=other, in_force=True, content=sample_scale("2024"))
    unit.block_memberships.update(block=other)
    full = ScoreSheetFactory(scale=big, unit=unit)
    for criterion in big.criteria.leaves()[:20]:
        MarkFactory(sheet=full, criterion=criterion)

    assert questions(client, full.get_absolute_url()) == few


def test_a_block_of_fourteen_is_one_page_without_a_query_per_cell(client, block):
    scale = ScoringScaleFactory(block=block, in_force=True, content=sample_scale("2024"))
    page = reverse("scoring:block-sheets", args=[block.code, scale.year])
    client.force_login(ReviewerFactory())

    def add():
        sheet = ScoreSheetFactory(
            scale=scale, unit=BlockMembershipFactory(block=block).unit, submitted=True
        )
        for criterion in scale.criteria.leaves()[:5]:
            MarkFactory(sheet=sheet, criterion=criterion)

    add()
    one = questions(client, page)
    for _ in range(13):
        add()
    assert questions(client, page) == one
    assert len(client.get(page).context["table"].rows) == 14


def test_points_of_others_stay_hidden_until_the_ranking_is_public(client, sheet, block):
    other = ScoreSheetFactory(
        scale=sheet.scale, unit=BlockMembershipFactory(block=block).unit, submitted=True
    )
    MarkFactory(sheet=other)
    page = client.get(reverse("scoring:block-sheets", args=[block.code, 2024]))

    row = next(one for one in page.context["table"].rows if one.membership.unit == other.unit)
    assert (row.sheet, row.totals, row.status) == (None, None, "submitted")
    assert client.get(other.get_absolute_url()).status_code == 404


def test_the_sheet_as_excel_keeps_nothing_and_zero_apart(client, sheet):
    MarkFactory(sheet=sheet, points=0)

    book = load_workbook(BytesIO(client.get(url("sheet-export", sheet)).content))

    cells = {row[0].value: row[3].value for row in book.active.iter_rows(min_row=5)}
    assert (cells["A"], cells["B"]) == (0, None)


def ranked(**more):
    return form(flags="1", flag_points="900", merits="2", merit_points="0", **more)


def test_a_ranking_is_drafted_published_and_read_by_the_block(client, sheet, scale, block):
    officer = OfficerFactory(sheet.unit)
    ScoreSheet.objects.filter(pk=sheet.pk).delete()
    locked = ScoreSheetFactory(scale=scale, unit=sheet.unit, locked=True)
    MarkFactory(sheet=locked, points=600, level="board")
    lead = BlockLeadFactory(block)
    client.force_login(lead)
    page = reverse("scoring:ranking-draft", args=[block.code, 2024])
    own = lead.memberships.get().unit_id

    bad = client.post(page, ranked(**{f"out-{own}": "withdrawn"}))
    assert f"reason-{own}" in bad.context["remarks"].errors
    client.post(page, ranked(**{"break-0": "2", "break-2": "1"}))
    ranking = Ranking.objects.get()
    assert [one.label for one in ranking.rule_set().tie_breaks] == [
        "ít điểm trừ hơn", "điểm nhóm A cao hơn",
    ]  # fmt: skip
    client.force_login(BoardHeadFactory())
    client.post(url("ranking-publish", ranking), form())

    client.force_login(officer)
    shown = client.get(ranking.get_absolute_url())
    assert [(one.row.position, one.row.award) for one in shown.context["rows"]] == [
        (1, "Bằng khen của Chủ tịch UBND tỉnh"), (None, ""),
    ]  # fmt: skip
    book = load_workbook(BytesIO(client.get(url("ranking-export", ranking)).content))
    assert book.active["A1"].value == "BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM 2024"
    paper = Docx(BytesIO(client.get(url("ranking-minutes", ranking, "docx")).content))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert f"Hạng 1: {sheet.unit}, 600 điểm" in said
    assert client.get(url("ranking-minutes", ranking, "exe")).status_code == 404


def test_what_a_head_gave_back_stays_in_the_unit(client, scale, unit):
    sheet = ScoreSheetFactory(scale=scale, unit=unit, submitted=True)
    AuditEvent.objects.record(
        sheet, "draft", by=None, at=sheet.created_at, label="Đang tự chấm", note="Chấm quá tay"
    )

    heard = {}
    for person in (HeadFactory(unit), BoardHeadFactory()):
        client.force_login(person)
        heard[person] = "Chấm quá tay" in client.get(url("sheet", sheet)).content.decode()

    assert list(heard.values()) == [True, False]


def test_of_two_cross_scorers_each_sees_and_changes_its_own(client, scale, unit, block):
    sheet = ScoreSheetFactory(scale=scale, unit=unit, submitted=True)
    MarkFactory(sheet=sheet)
    given = [
        CrossAssignmentFactory(sheet=sheet, scorer=BlockMembershipFactory(block=block).unit)
        for _ in range(2)
    ]
    for points, one in zip((8, 4), given, strict=True):
        MarkFactory(sheet=sheet, level="cross", assignment=one, points=points, reason="Khác")
    client.force_login(OfficerFactory(given[0].scorer))

    grid = client.get(sheet.get_absolute_url()).context["grid"]
    first = grid.row("A").cell("cross").mark
    saved = client.post(
        url("sheet-mark", sheet, "A"),
        form(level="cross", points="9", reason="Đã xem lại", replaces=str(first.pk)),
    )

    assert (first.points, grid.final.total, saved.status_code) == (8, 8, 302)
    client.force_login(ReviewerFactory())
    assert client.get(sheet.get_absolute_url()).context["grid"].row("A").outcome.points == 6.5
