"""The block on one page: the same questions whatever its size, each cell as its reader may see it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from scoring.importers.data import sample_scale
from scoring.models import Mark
from tests.campaign.sending import questions
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
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


def page(block, name="block-grid"):
    return reverse(f"scoring:{name}", args=[block.code, 2024])


def url(name, sheet, code="A"):
    return reverse(f"scoring:{name}", args=[sheet.pk, code])


def add(scale, **more):
    """A member with a sheet that answers the first criteria of the scale."""
    unit = BlockMembershipFactory(block=scale.block).unit
    sheet = ScoreSheetFactory(scale=scale, unit=unit, **more)
    for criterion in scale.criteria.leaves().in_order()[:6]:
        MarkFactory(sheet=sheet, criterion=criterion)
    return sheet


def test_sixty_criteria_of_fourteen_units_ask_no_more_than_a_few_of_two(client, block):
    small = ScoringScaleFactory(block=BlockFactory(), in_force=True)
    content = sample_scale("2024")
    more = [one for one in content.criteria if one.section == "content"]
    big = ScoringScaleFactory(block=block, in_force=True, content=content)
    for place, one in enumerate(big.criteria.leaves()[:26]):
        one.pk, one.code, one.position = None, f"X.{place}", 100 + place
        one.save()
    client.force_login(ReviewerFactory())
    for _ in range(2):
        add(small, submitted=True)
    few = questions(client, page(small.block))
    for _ in range(14):
        add(big, submitted=True)

    assert questions(client, page(block)) == few
    grid = client.get(page(block)).context["grid"]
    assert (len(grid.columns), len(grid.rows) >= 60, len(more) > 30) == (14, True, True)


def test_the_grid_says_what_its_reader_may_see_as_far_as_a_level(client, block):
    scale = ScoringScaleFactory(block=block, in_force=True)
    own, other = add(scale), add(scale, submitted=True)
    MarkFactory(sheet=other, level="block", points=8, reason="Thiếu")
    client.force_login(OfficerFactory(own.unit))
    columns = client.get(page(block)).context["grid"].columns
    assert [(one.sheet, one.status) for one in columns if one.sheet != own] == [(None, "submitted")]
    assert client.get(page(block, "block-sheets")).context["table"].submitted == 1

    client.force_login(ReviewerFactory())
    shown = {}
    for level in ("", "self"):
        grid = client.get(page(block), {"cap": level}).context["grid"]
        cell = next(one for one in grid.rows[0].cells if one.column.sheet == other)
        shown[level] = (cell.outcome.points, cell.differs)
    assert shown == {"": (8, True), "self": (10, False)}


def test_a_cell_opens_beside_the_grid_and_its_answer_moves_the_whole_column(client, block):
    sheet = add(ScoringScaleFactory(block=block, in_force=True), submitted=True)
    client.force_login(BlockLeadFactory(block))
    htmx = {"hx-request": "true"}

    plain = client.get(url("sheet-cell", sheet))
    panel = client.get(url("sheet-cell", sheet), headers=htmx).content.decode()
    typed = {"level": "block", "points": "9", "reason": "Trễ", "place": "grid"}
    saved = client.post(
        url("sheet-mark", sheet), {"form_key": str(uuid4()), **typed}, headers=htmx
    ).content.decode()

    assert plain.url == f"{sheet.get_absolute_url()}#tieu-chi-A"
    assert 'name="place" value="grid"' in panel
    assert 'name="points" id="tra-loi-A-points" value="10"' in panel  # as the unit answered
    assert Mark.objects.get(level="block").points == 9
    for changed in (f'id="o-{sheet.pk}-A"', f'id="tong-{sheet.pk}"', "<mark>"):
        assert changed in saved


def test_what_was_typed_and_refused_stands_in_its_field(client, block):
    sheet = add(ScoringScaleFactory(block=block, in_force=True), submitted=True)
    client.force_login(BlockLeadFactory(block))
    typed = {"form_key": str(uuid4()), "level": "block", "points": "777", "reason": "Vượt chỉ tiêu"}

    again = client.post(url("sheet-mark", sheet), typed)

    assert again.status_code == 422
    for kept in ('id="tra-loi-A-points" value="777"', 'value="Vượt chỉ tiêu"'):
        assert kept in again.content.decode()
