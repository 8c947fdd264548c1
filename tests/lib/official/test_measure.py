import pytest

from lib.official.measure import column_widths, text_width
from lib.official.model import Column


@pytest.mark.parametrize(
    ("text", "points"),
    # By the advance widths of Tinos Bold, which are those of Times New Roman Bold.
    [
        ("SỞ NỘI VỤ", 62.0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250.3),
        ("BAN THI ĐUA - KHEN THƯỞNG", 181.9),
    ],
)
def test_width_of_text(text, points):
    assert text_width(text, 12) == pytest.approx(points * 25.4 / 72, rel=0.02)


def test_columns_share_the_room_as_asked():
    columns = (Column("A", 1), Column("B", 3))

    assert column_widths(columns, 160) == [40, 120]


def test_wide_columns_give_to_one_too_narrow_for_its_head():
    columns = (Column("Chủ trì", 0.1), Column("A", 1), Column("B", 1))

    first, *others = column_widths(columns, 165)

    assert first == pytest.approx(text_width("Chủ", 12) + 3.6)
    assert others == pytest.approx([(165 - first) / 2] * 2, abs=0.01)


def test_columns_that_cannot_all_hold_their_heads_stay_as_asked():
    columns = tuple(Column("Nghiêng", 1) for _ in range(20))

    assert column_widths(columns, 165) == pytest.approx([8.25] * 20)
