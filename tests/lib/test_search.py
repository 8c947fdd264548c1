"""Words of a search, and where they stand; plain values."""

import time

import pytest

from lib.search import (
    Nearness,
    abbreviations,
    marked,
    nearness,
    needles,
    pairs_asked,
    pairs_of,
    quoted,
    shown,
    words_of,
)

HOSTILE = ("%", "_", "*", "(a+)+$", "' OR 1=1 --", "a" * 5_000, "\\", "!(a & b):*", "\x00", "<->")
NAME = "so van hoa, the thao va du lich svhttdl"


def in_brackets(pieces):
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Hoà Thành", ("hoa", "thanh")),
        ("HÒA   thành", ("hoa", "thanh")),
        ("hoa\u0300 tha\u0300nh", ("hoa", "thanh")),  # letters in pieces, as Macs send them
        ("Tỉnh uỷ", ("tinh", "uy")),
        ("Đức Ðức", ("duc", "duc")),
        ("Sở VHTT&DL", ("so", "vhtt", "dl")),
        ("12/KH-SLĐTBXH", ("12", "kh", "sldtbxh")),
        (" %_*'\"\\ ", ()),
        ("một hai ba bốn năm sáu bảy tám chín", ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam")),
    ],
)  # fmt: skip
def test_words_are_letters_and_digits_however_they_are_typed(typed, words):
    assert words_of(typed) == words


def test_an_abbreviation_may_begin_with_whole_words():
    assert abbreviations(["so", "vhttdl"]) == ["SOVHTTDL", "SVHTTDL"]
    assert abbreviations(["so", "vhtt", "dl"]) == ["SOVHTTDL", "SVHTTDL", "SVDL"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("sở văn", Nearness.BEGINS),
        ("du lịch", Nearness.WHOLE_WORDS),
        ("thể th", Nearness.BEGUN),
        ("ể thao", Nearness.CONTAINS),
        ("văn thao", None),  # two syllables are one word
        ("sở thao lịch", Nearness.CONTAINS),  # three need not stand together
        ("sở thao biển", None),
        ("ao", None),  # so short a word is looked for where words begin
        ("va", Nearness.WHOLE_WORDS),
        ("", None),
    ],
)
def test_how_near_a_name_is(typed, near):
    assert nearness(NAME, words_of(typed)) == near


def test_i_and_y_are_one_sound_only_at_the_end_of_such_a_syllable():
    assert needles(["chien", "sy"]) == [("chien sy", "chien si")]
    assert needles(["tay"]) == [("tay",)]
    assert nearness("ky niem ngay thanh lap", words_of("kỉ niệm")) == Nearness.CONTAINS
    assert pairs_of("Chiến sỹ") == pairs_of("chiến sĩ")


def test_pairs_are_asked_for_as_they_are_kept():
    kept = pairs_of("Phong trào thi đua yêu nước, số 072085000123")

    assert kept == "\nphong trao\ntrao thi\nthi dua\ndua yeu\nyeu nuoc\nnuoc so\nso\n"
    assert pairs_asked(words_of("thi đua yê")) == ["thi dua", "dua ye"]
    assert pairs_asked(words_of("thi")) == ["thi"]
    assert pairs_asked(words_of("072085000123")) == []  # nobody is looked up by a number


def test_a_quotation_shows_the_place_as_it_was_written():
    text = "Mở đầu. " * 30 + "Tổ chức Ngày hội\nHòa Thành xanh, số 072085000123. " + "Kết. " * 60

    said = in_brackets(quoted(text, words_of("hoà tha")))

    assert "Ngày hội [Hòa Thành] xanh, số …." in said
    assert (said[:2], said[-2:]) == ("… ", " …")
    assert quoted(text, words_of("Tân Biên")) == ()


def test_a_name_is_marked_in_a_row_or_word_by_word():
    assert in_brackets(marked("Kế hoạch của TX Hòa Thành", words_of("hoà thành"))) == (
        "Kế hoạch của TX [Hòa Thành]"
    )
    assert in_brackets(marked("Nguyễn Văn An", words_of("nguyen an"))) == "[Nguyễn] Văn [An]"
    assert in_brackets(shown("Lời " * 60 + "biên giới", words_of("biên giới")))[-12:] == (
        " [biên giới]"
    )


def test_nothing_typed_is_slow_or_a_pattern():
    text = "aaaa bbbb " * 20_000
    began = time.perf_counter()

    for typed in HOSTILE:
        words = words_of(typed)
        assert all(word.isalnum() for word in words)
        assert "".join(one.text for one in marked(typed, words)) == typed
        quoted(text, words)

    assert time.perf_counter() - began < 1
