"""A sheet out to Excel and back: filled in, compared cell by cell, saved by a second press."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from scoring.formula import Choice, Option, Ratio, dump
from scoring.models import Mark, ScoreSheet
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    CriterionFactory,
    CrossAssignmentFactory,
    MarkFactory,
    OfficerFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
)

pytestmark = pytest.mark.django_db
HEADER = 6


@pytest.fixture
def block():
    return BlockFactory()


@pytest.fixture
def sheet(client, block):
    """A of 600 by hand, R by a ratio of two figures, L by a level picked; an officer at it."""
    scale = ScoringScaleFactory(block=block, in_force=True)
    ratio, choice = Ratio("số hoàn thành", "tổng số"), Choice((Option("Tốt", 20), Option("Kém", 0)))
    CriterionFactory(scale=scale, code="R", method="ratio", config=dump(ratio), position=4)
    CriterionFactory(
        scale=scale, code="L", method="enum", config=dump(choice), position=5, max_points=20
    )
    unit = BlockMembershipFactory(block=block).unit
    client.force_login(OfficerFactory(unit))
    return ScoreSheetFactory(scale=scale, unit=unit)


def url(name, sheet):
    return reverse(f"scoring:{name}", args=[sheet.pk])


def out(client, sheet):
    return load_workbook(BytesIO(client.get(url("sheet-workbook", sheet)).content))


def columns(book):
    return {cell.value: cell.column for cell in book.worksheets[0][HEADER] if cell.value}


def fill(book, key, **typed):
    """By the key of a line and the heading of a column, `_` for a blank."""
    page = book.worksheets[0]
    row = next(cell.row for cell in page["A"] if cell.value == key)
    for heading, value in typed.items():
        page.cell(row, columns(book)[heading.replace("_", " ")], value)


def back(client, sheet, book, **more):
    content = BytesIO()
    book.save(content)
    file = SimpleUploadedFile("cham-diem.xlsx", content.getvalue())
    return client.post(url("sheet-return", sheet), {"form_key": str(uuid4()), "file": file, **more})


def test_figures_levels_and_reasons_are_compared_and_then_saved(client, sheet):
    first = MarkFactory(sheet=sheet, points=500, inputs={"points": "500"})
    book = out(client, sheet)
    fill(book, "A|points", Số=550)
    fill(book, "R|done", Số=9)
    fill(book, "R|total", Số=10)
    fill(book, "L|choice", Mức="Tốt")
    fill(book, "B|points", Không_áp_dụng="Không áp dụng", Lý_do="Không có đảng bộ")

    seen = back(client, sheet, book)
    (page,) = seen.context["pages"]
    told = [(one.title[:1], [(cell.old, cell.new) for cell in one.cells]) for one in page.changes]
    assert told == [
        ("A", [("500", "550"), ("500", "550")]),
        ("B", [("", "Không áp dụng"), ("", "Không có đảng bộ"), ("", "")]),
        ("R", [("", "9"), ("", "90")]),
        ("R", [("", "10")]),
        ("L", [("", "Tốt"), ("", "20")]),
    ]
    assert Mark.objects.count() == 1
    saved = client.post(
        url("sheet-return", sheet),
        {"form_key": str(uuid4()), "staged": seen.context["staged"].token, "save": "1"},
    )

    assert saved.url == sheet.get_absolute_url()
    said = {one.criterion.code: one for one in Mark.objects.current()}
    assert (said["A"].points, said["A"].replaces, said["R"].points) == (550, first, 90)
    assert (said["L"].inputs, said["B"].kind) == ({"choice": "Tốt"}, "not_applicable")


def test_what_cannot_be_is_told_by_its_cell_and_nothing_is_saved(client, sheet):
    book = out(client, sheet)
    fill(book, "A|points", Số=601)
    fill(book, "R|done", Số=9)
    fill(book, "L|choice", Mức="Vừa")
    fill(book, "B|points", Không_áp_dụng="Không áp dụng")

    answer = back(client, sheet, book, save="1")

    assert answer.status_code == 422
    assert answer.context["problems"] == [
        "Trang “Chấm điểm”, ô F7: Điểm phải từ 0 đến 600.",
        "Trang “Chấm điểm”, ô I8: Hãy ghi vì sao không áp dụng.",
        "Trang “Chấm điểm”, ô F11: tổng số: hãy ghi số.",
        "Trang “Chấm điểm”, ô G12: Mức đạt: hãy chọn một mức.",
    ]
    assert not Mark.objects.exists()


def test_a_workbook_comes_back_only_onto_what_it_left(client, sheet, block):
    book = out(client, sheet)
    MarkFactory(sheet=sheet)
    stale = back(client, sheet, book)
    other = ScoreSheetFactory(scale=sheet.scale, unit=BlockMembershipFactory(block=block).unit)
    client.force_login(OfficerFactory(other.unit))
    wrong = back(client, other, book)

    assert (stale.status_code, wrong.status_code) == (422, 422)
    assert "đã được sửa" in stale.context["refused"]
    assert f"của {sheet.unit}" in wrong.context["refused"]


def test_whoever_appraises_reads_the_level_below_and_gives_a_reason(client, sheet, block):
    ScoreSheet.objects.filter(pk=sheet.pk).delete()
    sent = ScoreSheetFactory(scale=sheet.scale, unit=sheet.unit, submitted=True)
    MarkFactory(sheet=sent, points=500, inputs={"points": "500"})
    given = CrossAssignmentFactory(sheet=sent, scorer=BlockMembershipFactory(block=block).unit)
    client.force_login(OfficerFactory(given.scorer))
    book = out(client, sent)
    fill(book, "A|points", Số=480)
    silent = back(client, sent, book)
    fill(book, "A|points", Lý_do="Thiếu một chỉ tiêu")
    seen = back(client, sent, book)

    assert "Điểm khác cấp dưới: hãy ghi lý do." in silent.context["problems"][0]
    assert "Tự chấm" in columns(book)
    back(client, sent, book, save="1")
    mark = Mark.objects.get(level="cross")
    assert (mark.points, mark.assignment, seen.status_code) == (480, given, 200)
    client.force_login(BlockLeadFactory(block))
    assert "cấp “Chấm chéo”" in back(client, sent, book).context["refused"]


def test_who_may_not_write_is_not_handed_a_workbook(client, sheet):
    ScoreSheet.objects.filter(pk=sheet.pk).delete()
    sent = ScoreSheetFactory(scale=sheet.scale, unit=sheet.unit, submitted=True)

    assert client.get(url("sheet-workbook", sent)).status_code == 403
    assert client.get(url("sheet-return", sent)).status_code == 403
