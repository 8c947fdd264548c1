from awards.likeness import marked


def shared(one, other):
    return [passage.text for passage in marked(one, other) if passage.is_shared]


def test_a_passage_of_four_words_is_marked_whatever_its_marks_and_signs():
    one = "Đã vận động xây cầu qua rạch, dài 24 mét; trồng cây."
    other = "VAN DONG XAY CAU QUA RACH dai 25 mét và dạy bơi"

    assert shared(one, other) == ["vận động xây cầu qua rạch, dài"]
    assert shared(other, one) == ["VAN DONG XAY CAU QUA RACH dai"]


def test_the_passages_are_the_whole_text():
    one = "  Xây cầu. Vận động năm mươi hội viên, giúp dân."
    for other in ("vận động năm mươi hội viên", one, "", "khác hẳn"):
        assert "".join(passage.text for passage in marked(one, other)) == one
    assert marked("", "vận động năm mươi hội viên") == []


def test_three_words_in_a_row_are_found_anywhere():
    assert shared("hoàn thành nhiệm vụ", "hoàn thành nhiệm kỳ") == []
    assert shared("luôn hoàn thành tốt", "hoàn thành tốt mọi việc") == []
