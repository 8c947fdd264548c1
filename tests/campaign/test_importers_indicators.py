import shutil

import pytest

from campaign.importers.indicators import load_indicators
from campaign.importers.plan import FOLDER, load_plan
from campaign.models import Indicator
from lib.datafile import BadDataFile
from units.importers import load_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    load_units()
    return load_plan("2024").campaign


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "data")


def indicator(code):
    return Indicator.objects.get(code=code)


def codes(**said):
    return list(Indicator.objects.filter(**said).in_order().values_list("code", flat=True))


def test_the_catalogue_of_2024_is_that_of_the_plan(campaign):
    load_indicators(campaign)

    assert [code for code in codes() if "." not in code] == [f"CT{n:02d}" for n in range(1, 24)]
    assert codes(aggregate="joint") == ["CT02", "CT03", "CT07", "CT08", "CT17", "CT18", "CT19"]
    assert codes(aggregate="distinct") == ["CT16"]
    assert codes(aggregate="works") == ["CT20"]
    assert codes(relation="companion") == ["CT03", "CT11", "CT13.1", "CT16.1"]
    assert codes(relation="subset") == ["CT23.1"]
    assert codes(parent__code="CT09", relation="part") == [f"CT09.{n}" for n in range(1, 7)]
    assert codes(parent__code="CT22") == ["CT22.1", "CT22.2", "CT22.3"]
    assert codes(measure="triệu đồng") == codes(decimals=2) == ["CT11", "CT13.1", "CT16.1"]
    assert [unit.code for unit in indicator("CT15").only_units.all()] == ["BCHQS"]
    assert codes(plan_items=None) == []
    assert set(indicator("CT02").plan_items.values_list("code", flat=True)) == {
        "III.1.1",
        "III.1.3",
    }


def test_a_second_run_leaves_what_the_board_edited(campaign):
    first = load_indicators(campaign)
    Indicator.objects.filter(code="CT05").update(name="Pano, băng rôn", is_active=False)
    Indicator.objects.filter(code="CT23.1").delete()

    again = load_indicators(campaign)

    assert (first.created, first.same) == (again.same + 1, 0)
    assert again.created == 1
    assert (indicator("CT05").name, indicator("CT05").is_active) == ("Pano, băng rôn", False)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("KL.2,", "KL.9,", "Kế hoạch không có mục “KL.9”"),
        ("III.5.4,BCHQS", "III.5.4,BCHQX", "không có đơn vị mã “BCHQX”"),
        ("joint,CT02,", "joint,CT99,", "“CT99” phải đứng trước"),
        (",cuộc,joint,", ",cuộc,twice,", "“aggregate” là “twice”"),
    ],
)
def test_a_fault_in_the_file_is_told_by_its_line(campaign, folder, before, after, told):
    path = folder / "2024/indicators.csv"
    path.write_text(path.read_text().replace(before, after, 1))

    with pytest.raises(BadDataFile, match=told):
        load_indicators(campaign, folder)


def test_a_campaign_without_a_file_begins_with_none(campaign, folder):
    (folder / "2024/indicators.csv").unlink()

    assert load_indicators(campaign, folder).did_something is False
