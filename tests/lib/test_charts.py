from xml.etree import ElementTree as ET

from lib.charts import Part, share_bar


def rects(svg):
    return [
        (mark.get("class"), mark.get("x"), mark.get("width"))
        for mark in ET.fromstring(svg).iter()
        if mark.tag.endswith("rect")
    ]


def test_pieces_lie_end_to_end_from_zero():
    bar = share_bar([Part(3, "green", "đúng hạn"), Part(1, "red", "trễ hạn")], whole=8)

    assert rects(bar) == [("mark-green", "0", "37.5"), ("mark-red", "37.5", "12.5")]


def test_bar_says_its_figures_in_words():
    bar = share_bar([Part(3, "green", "đúng hạn"), Part(1, "red", "trễ hạn")], whole=8)

    assert ET.fromstring(bar).get("aria-label") == "đúng hạn 3, trễ hạn 1; tất cả 8"


def test_empty_block_has_an_empty_bar():
    assert rects(share_bar([Part(0, "green", "đúng hạn")], whole=0)) == [("mark-green", "0", "0")]


def test_words_cannot_leave_their_attribute():
    bar = share_bar([Part(1, "green", '"><script>')], whole=1)

    assert ET.fromstring(bar).get("aria-label") == '"><script> 1; tất cả 1'
