import pytest

from campaign.proposal import editing
from campaign.proposal.draft import KEPT, as_json, begin, from_kept, rematched
from campaign.proposal.editing import At, Impossible, Stale
from campaign.proposal.findings import missing
from campaign.proposal.matching import Match
from campaign.proposal.row import Row

ROWS = [
    Row("I.1", "purpose", "1. Một câu. Câu nữa; vế ba.", 3, 4),
    Row("II.1", "assignment_bullet", "Chủ trì.", 6, 6, assignees=("Sở Nội vụ",), parent="II"),
    Row("II.2", "assignment_bullet", "Phối hợp.", 8, 9, assignees=("Sở Y tế",), parent="II"),
    Row("II.2.1", "provision", "Điểm nhỏ.", 10, 10, parent="II.2"),
]


@pytest.fixture
def draft():
    return begin({"code": "2025"}, ROWS, {"Sở Nội vụ": Match(("SNV",)), "Sở Y tế": Match()})


def codes(draft):
    return [one.row.code for one in draft.alive]


def test_a_draft_comes_back_from_json_as_it_was(draft):
    assert from_kept(as_json(draft)) == draft


def test_a_row_is_kept_dropped_and_taken_back(draft):
    kept = editing.keep(draft, At(1, 0))
    dropped = editing.drop(kept, At(1, 1))
    back = editing.restore(dropped, At(1, 2))

    assert [one.entry(1).state for one in (kept, dropped, back)] == ["kept", "dropped", "proposed"]
    assert codes(dropped) == ["II.1", "II.2", "II.2.1"]


@pytest.mark.parametrize("act", [editing.keep, editing.drop, editing.restore, editing.merge])
def test_a_row_that_moved_on_is_not_touched(draft, act):
    changed = editing.keep(draft, At(3, 0))

    with pytest.raises(Stale) as stale:
        act(changed, At(3, 0))

    assert stale.value.entry.revision == 1
    with pytest.raises(Stale) as gone:
        act(changed, At(99, 0))
    assert gone.value.entry is None


def test_another_row_that_moved_on_does_not_matter(draft):
    assert editing.keep(editing.keep(draft, At(1, 0)), At(2, 0)).entry(2).state == KEPT


def test_merging_keeps_the_upper_code_and_both_names(draft):
    merged = editing.merge(draft, At(3, 0))
    row = merged.entry(2).row

    assert (row.code, row.text, row.first, row.last) == ("II.1", "Chủ trì. Phối hợp.", 6, 9)
    assert row.assignees == ("Sở Nội vụ", "Sở Y tế")
    # What stood under the merged row stands under the one it went into.
    assert merged.entry(4).row.parent == "II.1"
    assert merged.entry(3) is None


@pytest.mark.parametrize("number", [1, 2])
def test_what_has_nothing_alike_above_cannot_be_merged(draft, number):
    with pytest.raises(Impossible):
        editing.merge(draft, At(number, 0))


def test_splitting_gives_the_second_part_a_code_of_its_own(draft):
    place = editing.sentences(draft.entry(1).row.text)[1][0]
    cut = editing.split(draft, At(1, 0), place)

    assert [(one.row.code, one.row.text) for one in cut.entries[:2]] == [
        ("I.1", "1. Một câu."),
        ("I.1b", "Câu nữa; vế ba."),
    ]
    assert len({one.number for one in cut.entries}) == 5


@pytest.mark.parametrize("place", [0, -99, 9999])
def test_a_row_is_cut_inside_its_text(draft, place):
    with pytest.raises(Impossible):
        editing.split(draft, At(1, 0), place)


def test_the_mark_of_a_row_is_no_sentence():
    said = [text for _, text in editing.sentences("12. Năm 2024. “Tốt”; xong.\nDòng hai")]

    assert said == ["12. Năm 2024.", "“Tốt”;", "xong.", "Dòng hai"]


def test_rows_change_places_over_what_was_dropped(draft):
    moved = editing.move(editing.drop(draft, At(2, 0)), At(3, 0), by=-1)

    assert codes(moved) == ["II.2", "I.1", "II.2.1"]
    with pytest.raises(Impossible):
        editing.move(moved, At(3, 1), by=-1)


def test_a_code_stands_once(draft):
    with pytest.raises(Impossible, match=r"I\.1"):
        editing.change(draft, At(2, 0), {"code": "I.1"})
    with pytest.raises(Impossible):
        editing.add(draft, Row("II.1", "provision", "x"), after=1)


def test_a_name_that_was_typed_has_to_be_told_apart(draft):
    changed = editing.change(draft, At(2, 0), {"assignees": ("Sở Mới",)})

    assert [one.name for one in changed.open_names] == ["Sở Mới", "Sở Y tế"]


def test_what_a_person_chose_stays_on_another_day(draft):
    chosen = editing.choose(draft, {"Sở Y tế": ("SYT",)})
    later = rematched(chosen, {"Sở Nội vụ": Match(("SNV2",)), "Sở Y tế": Match(("SYT2",))})

    assert (later.meant("Sở Nội vụ"), later.meant("Sở Y tế")) == (("SNV2",), ("SYT",))


def test_what_is_missing_is_told_until_nothing_is(draft):
    anchors = {one.anchor for one in missing(draft, facts=False)}
    settled = editing.outside_the_rest(editing.keep_all(draft))

    assert anchors == {"muc-1", "ten-co-quan"}
    assert missing(settled, facts=False) == []
    assert len(missing(settled)) == 10


def test_a_duty_without_an_assignee_is_told(draft):
    bare = editing.change(editing.keep_all(draft), At(2, 1), {"assignees": ()})

    assert any("II.1 chưa có nơi được giao" in one.sentence for one in missing(bare, facts=False))
