"""Tables of a PDF without ruled lines: columns told by their gutters."""

from campaign.reader.layout import lay_out
from campaign.reader.lines import Line, Row, Source
from campaign.reader.page import Box, Page, Word, lines_of
from campaign.reader.plan import read_source
from campaign.reader.record import as_json

COLUMNS = (60, 100, 280, 420, 520)
WIDE = 6.0


def words(text, left, top):
    """Words one after another, six points to a letter."""
    made = []
    for word in text.split():
        right = left + WIDE * len(word)
        made.append(Word(word, Box(left, top - 12, right, top)))
        left = right + WIDE / 2
    return made


def page(*lines):
    """Lines from the top: running text, or the cells of a row (None where one is empty)."""
    placed = []
    for number, line in enumerate(lines):
        top = 780 - 18 * number
        cells = [(60, line)] if isinstance(line, str) else zip(COLUMNS, line, strict=True)
        placed += [word for left, text in cells if text for word in words(text, left, top)]
    return Page(660, 842, lines_of(placed))


def pieces(*pages):
    return lay_out(list(pages))


HEAD = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Phối hợp", "Thời gian")
FIRST = ("1", "Tổ chức triển lãm ảnh", "Sở Văn hóa, Thể", "Sở Nội vụ", "Quý I/2025")
MORE = (None, "lưu động tại xã", "thao và Du lịch", None, None)
SECOND = ("2", "Hướng dẫn hồ sơ", "Sở Nội vụ", None, "15/4/2025")
AFTER = "Các cơ quan được giao nhiệm vụ nêu trên tổ chức thực hiện và gửi báo cáo đúng thời hạn."


def test_rows_are_told_by_their_ordinal_and_go_on_below():
    made = pieces(page("I. NHIỆM VỤ", HEAD, FIRST, MORE, SECOND, AFTER))
    rows = [one.cells for one in made if isinstance(one, Row)]

    assert [row[0] for row in rows] == ["STT", "1", "2"]
    assert rows[1][1:3] == (
        "Tổ chức triển lãm ảnh\nlưu động tại xã",
        "Sở Văn hóa, Thể\nthao và Du lịch",
    )
    assert rows[2][3] == ""
    assert [one.text for one in made if isinstance(one, Line)] == ["I. NHIỆM VỤ", AFTER]


def test_a_heading_over_two_lines_is_one():
    head, more = (
        ("STT", "Nội dung", "Cơ quan", "Cơ quan", "Thời gian"),
        (None, None, "chủ trì", "phối hợp", None),
    )
    rows = [one.cells for one in pieces(page(head, more, FIRST, SECOND)) if isinstance(one, Row)]

    assert rows[0] == ("STT", "Nội dung", "Cơ quan\nchủ trì", "Cơ quan\nphối hợp", "Thời gian")


def test_a_table_goes_on_over_the_edge_of_a_page():
    made = pieces(
        page("Mở đầu.", HEAD, FIRST),
        page(MORE, SECOND, ("3", "Sơ kết", "Sở Nội vụ", None, None), AFTER),
    )
    rows = [one.cells for one in made if isinstance(one, Row)]

    assert [row[0] for row in rows] == ["STT", "1", "", "2", "3"]
    assert made[-1].text == AFTER


def test_running_text_that_names_columns_is_no_table():
    made = pieces(
        page("STT nội dung cơ quan chủ trì thời gian đều do đơn vị tự ghi vào mẫu.", AFTER)
    )

    assert not [one for one in made if isinstance(one, Row)]


def test_what_stands_in_such_a_table_is_read_as_tasks():
    made = pieces(
        page("KẾ HOẠCH", "Phát động đợt thi đua", "I. NHIỆM VỤ", HEAD, FIRST, MORE, SECOND)
    )
    read = as_json(read_source(Source(list(made))))

    assert [(one["text"], one["leads"], one["due_on"]) for one in read["tasks"]] == [
        ("Tổ chức triển lãm ảnh lưu động tại xã", ["Sở Văn hóa, Thể thao và Du lịch"], "2025-03-31"),
        ("Hướng dẫn hồ sơ", ["Sở Nội vụ"], "2025-04-15"),
    ]  # fmt: skip
