import shutil
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lib.datafile import BadDataFile
from units.importers import FOLDER, load_units
from units.models import Block, BlockMembership, Succession, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files to spoil."""
    return shutil.copytree(FOLDER, tmp_path / "data")


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_load_units_brings_the_province_of_early_2024():
    load_units()

    assert Counter(Unit.objects.values_list("group", flat=True)) == {
        "party": 9,
        "elected": 1,
        "department": 19,
        "front_mass": 6,
        "armed_forces": 3,
        "judiciary": 3,
        "central_vertical": 7,
        "public_service": 8,
        "district": 9,
        "association": 18,
        "bank": 6,
        "enterprise": 16,
    }
    assert Unit.objects.in_force(on=date(2024, 3, 7)).count() == 105
    assert Unit.objects.filter(is_border=True).count() == 5


def test_groups_follow_each_other_in_protocol_order():
    load_units()

    in_order = Unit.objects.in_protocol_order().values_list("group", flat=True)
    assert list(dict.fromkeys(in_order)) == list(Unit.Group.values)
    assert Unit.objects.in_protocol_order()[0].code == "VPTU"


def test_blocks_have_their_members_and_one_lead():
    load_units()

    members = Counter(
        BlockMembership.objects.filter(year=2024).values_list("block__code", flat=True)
    )
    assert members == {
        "K01": 7, "K02": 6, "K03": 8, "K04": 8, "K05": 4, "K06": 6, "K07": 7,
        "K08": 10, "K09": 9, "K10": 6, "K11": 12, "K12": 6, "K13": 9, "K14": 7,
    }  # fmt: skip
    assert Unit.objects.leading_blocks(year=2024).count() == Block.objects.count() == 14


def test_only_what_is_known_of_2024_is_not_marked_as_illustration():
    load_units()

    leads = BlockMembership.objects.filter(role=BlockMembership.Role.LEAD)
    assert [row.unit.code for row in leads.filter(is_illustrative=False)] == ["VKSND"]
    known = leads.filter(block__code__in=["K02", "K03", "K04"]).order_by("block__code")
    assert [(row.unit.code, row.is_illustrative) for row in known] == [
        ("HCCB", True),
        ("SKHDT", True),
        ("STTTT", True),
    ]
    assert not BlockMembership.objects.filter(evidence="").exists()


def test_a_last_day_that_was_not_checked_says_so():
    load_units()

    party, tax = Unit.objects.get(code="BTGTU"), Unit.objects.get(code="CTHUE")
    assert party.valid_to == date(2025, 2, 28)
    assert party.validity_note == "Kết thúc trong tháng 02/2025; ngày cụ thể chưa kiểm"
    assert (tax.valid_to, bool(tax.validity_note)) == (None, True)
    assert Succession.objects.get(from_unit=party).on is None


def test_a_unit_may_have_several_successors():
    load_units()

    steps = Succession.objects.filter(from_unit__code="SLDTBXH").order_by("pk")
    assert [(step.kind, step.on) for step in steps] == [("split", date(2025, 3, 1))] * 4


def test_a_unit_is_found_without_its_marks():
    load_units()

    found = Unit.objects.filter(search_key__contains="van hoa, the thao")
    assert [unit.code for unit in found] == ["SVHTTDL"]


def test_a_second_run_changes_nothing():
    load_units()

    tallies = load_units()

    assert [(tally.created, tally.changed, tally.same) for tally in tallies] == [
        (0, 0, 105),
        (0, 0, 86),
        (0, 0, 14),
        (0, 0, 105),
    ]


def test_a_change_in_the_file_is_brought_over(folder):
    load_units()
    spoil(folder, "units.csv", "Sở Ngoại vụ,SNgV", "Sở Ngoại vụ tỉnh,SNgV")

    units = load_units(folder)[0]

    assert (units.created, units.changed) == (0, 1)
    assert Unit.objects.get(code="SNGV").search_key == "so ngoai vu tinh sngv sngv"


def test_another_lead_takes_over_in_one_run(folder):
    load_units()
    spoil(folder, "block_members_2024.csv", "K06,VKSND,lead", "K06,VKSND,member")
    spoil(folder, "block_members_2024.csv", "K06,TAND,member", "K06,TAND,lead")

    load_units(folder)

    leads = Unit.objects.leading_blocks(year=2024).filter(block_memberships__block__code="K06")
    assert [unit.code for unit in leads] == ["TAND"]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("units.csv", ",party,", ",dang,", "units.csv, dòng 2: “group” là “dang”"),
        ("units.csv", "split,", "chia,", "units.csv, dòng 29: “successor_kind” là “chia”"),
        (
            "block_members_2024.csv",
            "K01,BTCTU,member",
            "K01,KHONGCO,member",
            "block_members_2024.csv, dòng 3: không có đơn vị mã “KHONGCO”.",
        ),
        (
            "blocks_2024.csv",
            "K14,",
            "K15,",
            "block_members_2024.csv, dòng 101: không có khối mã “K14”.",
        ),
        (
            "block_members_2024.csv",
            "K01,BTCTU,member",
            "K99,BTCTU,member",
            "block_members_2024.csv: mỗi khối phải có đúng một khối trưởng (K99).",
        ),
        (
            "block_members_2024.csv",
            "K01,VPTU,lead",
            "K01,VPTU,member",
            "block_members_2024.csv: mỗi khối phải có đúng một khối trưởng (K01).",
        ),
    ],
)
def test_a_bad_file_leaves_nothing_behind(folder, name, old, new, sentence):
    spoil(folder, name, old, new)

    with pytest.raises(BadDataFile) as problem:
        load_units(folder)

    assert str(problem.value).startswith(sentence)
    assert Unit.objects.count() == 0


def test_the_command_tells_a_bad_file_in_one_line(folder):
    spoil(folder, "units.csv", ",party,", ",dang,")

    with pytest.raises(CommandError, match=r"^units.csv, dòng 2: “group” là “dang”"):
        call_command("load_units", folder=folder)


def test_the_command_says_what_it_did():
    said = StringIO()

    call_command("load_units", stdout=said)

    assert said.getvalue().splitlines()[0] == "Đơn vị: thêm 105, sửa 0, giữ nguyên 0."
