"""What makes a pair: the reasons one by one, and the scenes they were weighed for."""

from dataclasses import replace
from datetime import date

import pytest

from awards.likeness import DEFAULT_RULES, Candidate, Kind, Rules, find_pairs, pairs_of

BRIDGE = (
    "Vận động hội viên góp 120 triệu đồng làm cầu qua rạch Bảo tại ấp Long Hòa, dài 24 mét, hoàn thành "
    "trong 45 ngày; tặng 60 suất quà cho gia đình chính sách xã Long Thuận nhân ngày 27 tháng 7."
)
SCHOOL = (
    "Bồi dưỡng 32 học sinh giỏi môn Lịch sử trường Nguyễn Trãi, đạt 5 giải cấp tỉnh; viết 12 bài giảng "
    "điện tử về Chiến dịch Điện Biên Phủ, chia sẻ cho 18 trường trong huyện dùng chung."
)
YEAR_2024 = {"since": date(2024, 3, 7), "until": date(2024, 12, 31)}
FIRST = Candidate(
    "a",
    Kind.PERSON,
    "Nguyễn Văn Hùng",
    "SXD",
    frozenset({"SXD", "SXD-2025"}),
    account=BRIDGE,
    **YEAR_2024,
)


EVERYTHING = Rules(threshold=0)


def pair_of(first=FIRST, rules=EVERYTHING, **changes):
    pairs = find_pairs([first, replace(first, **{"key": "b", **changes})], rules)
    return pairs[0] if pairs else None


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"name": "Nguyen Van Hung"}, "name_marks", "họ tên giống nhau không kể dấu"),
        ({"unit": "SXD-2025"}, "same_line", "đơn vị là đơn vị kế thừa"),
        ({}, "same_unit", "cùng đơn vị"),
        ({"unit": "STC", "line": frozenset({"STC"})}, "other_unit", "hai đơn vị khác nhau"),
        ({}, "overlap", "thời gian lập thành tích trùng khoảng 10 tháng"),
        ({"until": date(2024, 6, 30)}, "overlap", "thời gian lập thành tích trùng khoảng 4 tháng"),
        (
            {"since": date(2022, 1, 1), "until": date(2022, 12, 31)},
            "no_overlap",
            "thời gian lập thành tích không trùng nhau",
        ),
        ({}, "account", "100% nội dung trùng"),
        ({"account": ""}, "no_account", "có bên chưa ghi nội dung thành tích"),
        ({"account": "Làm cầu."}, "short_account", "nội dung quá ngắn để so sánh"),
        ({"kind": Kind.HOUSEHOLD}, "other_kind", "một bên là cá nhân, một bên là hộ gia đình"),
    ],
)
def test_reasons_in_words(changes, code, words):
    reasons = {reason.code: reason.text for reason in pair_of(**changes).reasons}

    assert reasons[code] == words


@pytest.mark.parametrize(
    ("field", "value", "other", "code", "words"),
    [
        ("born", date(1980, 5, 2), date(1980, 5, 2), "birth", "cùng ngày sinh"),
        ("born", date(1980, 5, 2), date(1980, 5, 3), "birth", "ngày sinh khác nhau"),
        ("birth_year", 1980, 1980, "birth", "cùng năm sinh"),
        ("birth_year", 1980, 1981, "birth", "năm sinh khác nhau"),
        ("identity", "072080001234", "072080001234", "identity", "cùng số định danh cá nhân"),
        ("identity", "072080001234", "072080009999", "identity", "số định danh cá nhân khác nhau"),
        ("theme", "2024", "2024", "theme", "cùng một đợt thi đua"),
        ("files", frozenset("x"), frozenset("xy"), "file", "cùng một tệp minh chứng"),
        ("initiative", "Số hóa hồ sơ", "SỐ HOÁ HỒ SƠ", "initiative", "cùng một sáng kiến"),
    ],
)
def test_reasons_of_what_both_have(field, value, other, code, words):
    pair = pair_of(replace(FIRST, **{field: value}), **{field: other})

    assert {reason.code: reason.text for reason in pair.reasons}[code] == words


def test_a_pair_is_explained_in_one_sentence():
    pair = pair_of(name="Nguyen Van Hung", unit="SXD-2025")

    assert pair.in_words == (
        "Họ tên giống nhau không kể dấu; đơn vị là đơn vị kế thừa; thời gian lập thành tích trùng "
        "khoảng 10 tháng; 100% nội dung trùng"
    )
    assert (pair.one, pair.other) == ("a", "b")


ELSEWHERE = {"unit": "GODAU", "line": frozenset({"GODAU"})}


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        # The same person with the same achievement, by whatever way it comes again.
        ({}, True),
        ({"name": "Ng. V. Hùng", **ELSEWHERE}, True),
        ({"name": "NGUYEN VAN HUNG", "unit": "SXD-2025", "since": None, "until": None}, True),
        ({"account": BRIDGE[:100]}, True),
        # Told again for other years in the same words.
        ({"since": date(2022, 1, 1), "until": date(2022, 12, 31)}, True),
        # A person with another achievement, and another person with the same name.
        ({"since": date(2022, 1, 1), "until": date(2022, 12, 31), "account": SCHOOL}, False),
        ({"account": SCHOOL}, False),
        ({"account": SCHOOL, **ELSEWHERE}, False),
        # Colleagues who tell what they did together.
        ({"name": "Trần Thị Lan"}, False),
        # Nothing to go by.
        ({"account": "", "since": None, "until": None}, False),
    ],
)
def test_what_is_told_at_the_default_threshold(changes, is_told):
    assert (pair_of(rules=DEFAULT_RULES, **changes) is not None) is is_told


def test_the_same_person_twice_in_one_campaign_is_told_whatever_the_accounts_say():
    """R1 asks for the same theme as well as for the same achievement."""
    first = replace(FIRST, theme="2024")

    assert pair_of(first, DEFAULT_RULES, account=SCHOOL) is not None
    assert pair_of(first, DEFAULT_RULES, account=SCHOOL, **ELSEWHERE) is None


def test_namesakes_whose_birth_differs_are_two_people():
    first = replace(FIRST, theme="2024", birth_year=1975)

    assert pair_of(first, DEFAULT_RULES, account=SCHOOL, birth_year=1991) is None


def test_an_identity_number_outweighs_the_name():
    first = replace(FIRST, identity="072080001234")

    assert pair_of(first, DEFAULT_RULES, name="Nguyễn Hùng Cường", **ELSEWHERE) is not None


def test_another_units_account_under_another_name_is_told():
    account = f"{BRIDGE} {SCHOOL}"
    copied = pair_of(
        replace(FIRST, account=account), DEFAULT_RULES, name="Trần Thị Lan", **ELSEWHERE
    )

    assert copied.score == DEFAULT_RULES.copied_score
    assert copied.in_words.startswith("Hai đối tượng khác nhau kê khai cùng một nội dung; ")


def test_one_initiative_is_used_once_whoever_uses_it():
    first = replace(FIRST, initiative="Số hóa hồ sơ người có công")

    assert pair_of(first, DEFAULT_RULES, name="Trần Thị Lan", account=SCHOOL) is not None


TEAM = replace(FIRST, kind=Kind.COLLECTIVE, name="Tổ 1", theme="2024")


@pytest.mark.parametrize(
    ("first", "changes", "is_told"),
    [
        (TEAM, {}, True),
        (TEAM, {**ELSEWHERE, "account": f"{SCHOOL} {BRIDGE[:70]}"}, False),  # of another commune
        (TEAM, {"name": "Tổ 2"}, False),
        (TEAM, {"kind": Kind.PERSON}, False),
        (replace(TEAM, name="Phòng GDĐT"), {"name": "Tập thể Phòng Giáo dục và Đào tạo"}, True),
        # A long name says by itself which collective it is.
        (replace(TEAM, name="Trường THPT Nguyễn Trãi"), ELSEWHERE, True),
    ],
)
def test_collectives(first, changes, is_told):
    assert (pair_of(first, DEFAULT_RULES, **changes) is not None) is is_told


def test_a_common_name_says_less():
    others = [
        replace(FIRST, key=f"o{n}", unit=f"U{n}", line=frozenset({f"U{n}"}), account=SCHOOL)
        for n in range(20)
    ]
    twin = replace(FIRST, key="b", **ELSEWHERE)
    alone = find_pairs([FIRST, twin])
    among_many = [
        pair
        for pair in find_pairs([FIRST, twin, *others], Rules(threshold=0))
        if {pair.one, pair.other} == {"a", "b"}
    ]

    assert alone[0].who > among_many[0].who
    assert "tên này còn có ở 20 đơn vị khác" in among_many[0].in_words


def test_what_everybody_writes_is_no_likeness():
    """A template that a whole province fills in."""
    template = "Luôn hoàn thành tốt nhiệm vụ được giao, chấp hành chủ trương của Đảng. Vận động tặng {} suất quà ở {}."
    many = [
        replace(
            FIRST, key=f"p{n}", name=f"Trần Văn {chr(65 + n % 26)}{n}", unit=f"U{n}", line=frozenset(),
            account=template.format(n * 7, f"xã {n} khu {n * 3}"),
        )
        for n in range(60)
    ]  # fmt: skip

    assert find_pairs(many) == []


def test_pairs_of_some_are_those_of_all():
    rows = [FIRST, replace(FIRST, key="b"), replace(FIRST, key="c", name="Ng. Văn Hùng")]
    rows.append(replace(FIRST, key="d", name="Trần Thị Lan", account=SCHOOL))

    assert len(find_pairs(rows)) == 3
    assert pairs_of(["a"], rows) == [
        pair for pair in find_pairs(rows) if "a" in (pair.one, pair.other)
    ]
    assert pairs_of(["d"], rows) == pairs_of([], rows) == find_pairs([]) == []


def test_a_full_bucket_is_divided_by_unit():
    """Hundreds of one name do not meet each other, but those of one unit still do."""
    many = [
        replace(FIRST, key=f"p{n:03d}", unit=f"U{n}", line=frozenset(), account="")
        for n in range(100)
    ]
    again = replace(many[7], key="x", theme="2024")
    many[7] = replace(many[7], theme="2024")

    assert [(pair.one, pair.other) for pair in find_pairs([*many, again], Rules(threshold=40))] == [
        ("p007", "x")
    ]
