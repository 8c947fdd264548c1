from datetime import date
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from lib.charts import DayMark, Part, Tile, days_chart, share_bar, tile_map
from lib.charts.marks import counted


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


def marks_of(chart):
    return html.fromstring(chart).xpath("//a[@data-figure]")


def test_a_day_is_a_bar_from_zero_and_a_link_that_says_its_number():
    days = [
        DayMark(date(2024, 3, 21), 10, 0, "/a/?gui_den=2024-03-21"),
        DayMark(date(2024, 3, 25), 10, 5, "/a/?gui_den=2024-03-25"),
    ]

    chart = days_chart(days, whole=30, due=date(2024, 3, 22), words="Cộng dồn")

    first, last = marks_of(chart)
    assert (first.get("data-figure"), last.get("data-figure")) == ("10", "15")
    assert last.get("href") == "/a/?gui_den=2024-03-25"
    assert last.get("aria-label") == "Đến hết 25/3/2024: 15 đã nộp, trong đó trễ hạn 5"
    green, red = (float(part.get("height")) for part in last.xpath("./rect"))
    assert green == pytest.approx(2 * red, abs=0.02)
    assert "hạn 22/3" in chart
    assert "style=" not in chart


def test_a_chart_of_no_day_still_shows_the_due_day():
    chart = days_chart([], whole=0, due=date(2024, 3, 22), words="Cộng dồn")

    assert marks_of(chart) == []
    assert "hạn 22/3" in chart


def test_tiles_stand_where_they_lie_and_say_what_they_show():
    tile = Tile(1, 2, "H. Tân Biên", ("đúng hạn", "0/9 hoàn thành"), "green", 9, "/b/",
                is_marked=True)  # fmt: skip
    plain = Tile(0, 0, "H. Gò Dầu", ("chưa nộp",), "grey", 0, "/c/")

    one, other = marks_of(tile_map([tile, plain], words="Hai địa bàn"))

    assert one.text_content() == "H. Tân Biên đúng hạn 0/9 hoàn thành"
    assert "is-marked" in one.xpath("./rect")[0].get("class")
    assert "is-marked" not in other.xpath("./rect")[0].get("class")
    assert tile_map([], words="") == (
        '<svg class="tile-map" viewBox="0 0 158 72" role="group" aria-label=""></svg>'
    )


def test_a_counted_number_keeps_what_it_counts_beside_what_it_shows():
    assert counted(1234, "/a/?x=1&y=2") == '<a data-figure="1234" href="/a/?x=1&amp;y=2">1.234</a>'
    assert counted(5, "/a/", "55,6%") == '<a data-figure="5" href="/a/">55,6%</a>'
