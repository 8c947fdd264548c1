"""Made-up nominations in which it is known what is a duplicate of what.

Nobody in here exists: names are put together by chance. The generator knows nothing of how
duplicates are found; it writes as people do, who type without marks, put titles before names,
abbreviate, slip, shorten what they wrote before and put it in another order.
"""

import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations

from awards.likeness import Candidate, Kind
from lib.vietnamese import fold

FAMILIES = (
    "Nguyễn:38 Trần:11 Lê:10 Phạm:7 Huỳnh:5 Võ:4 Phan:4 Trương:2 Bùi:2 Đặng:2 Đỗ:2 Ngô:2 Hồ:1 Dương:1 "
    "Lý:1 Cao:1 Đoàn:1 Lâm:1 Mai:1 Trịnh:1 Thái:1 Kiều:1 Tạ:1"
)
MIDDLES = {
    True: "Văn Văn Văn Minh Hữu Đức Quốc Hoàng Thanh Công Ngọc Tấn Thành Trọng Chí",
    False: "Thị Thị Thị Ngọc Kim Thanh Minh Thu Bích Mỹ Tuyết Hồng Thúy Phương Như",
}
GIVEN = {
    True: "An Ân Anh Bình Cường Dũng Dương Đạt Đức Giang Hải Hiếu Hòa Hoàng Hùng Huy Khánh Kiên Lâm Long Lộc Minh "
    "Nam Nghĩa Nhân Phong Phúc Quân Quang Quý Sơn Sĩ Tài Tâm Thắng Thành Thịnh Tiến Toàn Trí Trung Tuấn Tùng Vinh Vũ",
    False: "An Anh Ánh Bích Châu Chi Dung Diệp Duyên Giang Hà Hạnh Hân Hằng Hiền Hoa Hòa Hồng Hương Huệ Lan Liên Linh "
    "Loan Mai Mỹ Nga Ngân Ngọc Nhung Nữ Oanh Phượng Quyên Tâm Thảo Thủy Thúy Trang Trinh Tuyết Uyên Vân Xuân Yến",
}
TITLES = (
    "ông",
    "bà",
    "đồng chí",
    "đ/c",
    "TS.",
    "ThS.",
    "BS.",
    "TS.BS.",
    "Thượng tá",
    "Đại úy",
    "Trung tá",
    "BSCKI",
)
SURROUNDINGS = (
    "Long",
    "Phước",
    "Thạnh",
    "Hòa",
    "Bình",
    "Tân",
    "Lộc",
    "Hiệp",
    "Trường",
    "An",
    "Thái",
    "Đông",
    "Mỹ",
)
SECONDS = (
    "Đức",
    "Vinh",
    "Thành",
    "Hưng",
    "Minh",
    "Hội",
    "Phú",
    "Tây",
    "Hà",
    "Lập",
    "Thuận",
    "Giang",
    "Điền",
    "Khánh",
)
TEAMS = ("Tổ 1", "Tổ 2", "Tổ 3", "Ấp 1", "Ấp 2", "Đội 1", "Chi hội 1", "Tổ nhân dân tự quản 5")
BODIES = (
    "Phòng Giáo dục và Đào tạo", "Phòng Tổ chức - Hành chính", "Ban Chỉ huy Quân sự xã {place}",
    "Ủy ban nhân dân xã {place}", "Trường Trung học phổ thông {place}", "Hội Cựu chiến binh xã {place}",
    "Trung tâm Y tế xã {place}", "Hợp tác xã nông nghiệp {place}", "Trường Trung học cơ sở {place}",
)  # fmt: skip
SHORT_FORMS = {
    "Giáo dục và Đào tạo": "GDĐT", "Ủy ban nhân dân": "UBND", "Trung học phổ thông": "THPT",
    "Trung học cơ sở": "THCS", "Hội Cựu chiến binh": "Hội CCB", "Hợp tác xã": "HTX",
    "Ban Chỉ huy Quân sự": "BCH Quân sự", "Tổ chức - Hành chính": "TC-HC", "Trung tâm": "TT",
}  # fmt: skip
# What everybody writes. Nothing of it tells one achievement from another.
PHRASES = (
    "Luôn chấp hành tốt chủ trương của Đảng, chính sách pháp luật của Nhà nước.",
    "Hoàn thành xuất sắc nhiệm vụ được giao, được cấp ủy và lãnh đạo đơn vị đánh giá cao.",
    "Tích cực tham gia các phong trào thi đua do tỉnh và đơn vị phát động.",
    "Có tinh thần đoàn kết, giúp đỡ đồng nghiệp, được quần chúng tín nhiệm.",
    "Gương mẫu đi đầu, nêu cao tinh thần trách nhiệm trong công việc hằng ngày.",
    "Thường xuyên học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
)
DEEDS = (
    "Vận động {people} tặng {count} suất quà cho gia đình chính sách xã {place}, trị giá {money} triệu đồng.",
    "Chủ trì làm {count} km đường giao thông nông thôn tại ấp {place}, huy động {people} góp {money} triệu đồng.",
    "Tổ chức {count} buổi tuyên truyền về ngày thành lập Quân đội cho học sinh trường {place}, có {many} lượt dự.",
    "Phối hợp với đồn biên phòng {place} tuần tra {count} đợt, phát hiện {few} vụ vượt biên trái phép.",
    "Cải tiến quy trình tiếp nhận hồ sơ tại {place}, rút thời gian từ {count} ngày còn {few} ngày cho {many} hồ sơ.",
    "Xây dựng {few} căn nhà tình nghĩa cho cựu chiến binh ở {place} bằng nguồn {people} đóng góp {money} triệu đồng.",
    "Trồng {many} cây xanh dọc tuyến kênh {place} cùng {people}, tỷ lệ sống đạt {count} phần trăm.",
    "Khám bệnh, cấp thuốc miễn phí cho {many} người nghèo vùng biên giới {place} trong {count} ngày.",
    "Huấn luyện {many} dân quân tự vệ xã {place}, kết quả {count} phần trăm khá giỏi.",
    "Hướng dẫn {people} chuyển {count} hecta lúa sang trồng na Bà Đen tại {place}, lãi {money} triệu đồng mỗi năm.",
    "Viết {few} bài báo và {count} tin về chiến thắng Điện Biên Phủ phát trên loa xã {place}.",
    "Thu gom {many} kg rác nhựa ở chợ {place}, mở {few} điểm đổi rác lấy quà với {people}.",
    "Bồi dưỡng {count} học sinh giỏi môn Lịch sử trường {place}, đạt {few} giải cấp tỉnh.",
    "Hiến {many} mét vuông đất và vận động {people} làm cầu qua rạch {place}.",
    "Tìm kiếm, quy tập {few} hài cốt liệt sĩ tại {place}, bàn giao cho nghĩa trang trong {count} ngày.",
    "Lắp {count} camera an ninh ở khu phố {place} từ {money} triệu đồng do {people} đóng góp.",
)
PEOPLE = (
    "người dân",
    "đoàn viên",
    "hội viên phụ nữ",
    "doanh nghiệp trên địa bàn",
    "các mạnh thường quân",
    "phụ huynh",
)
SYNONYMS = {
    "Vận động": "Kêu gọi", "tặng": "trao", "Tổ chức": "Thực hiện", "Hướng dẫn": "Giúp", "Xây dựng": "Xây mới",
    "tại": "ở", "trị giá": "tổng giá trị", "Phối hợp với": "Cùng", "phát hiện": "ngăn chặn", "triệu đồng": "trđ",
    "xã": "địa bàn xã", "cho": "dành cho", "Hoàn thành": "Thực hiện", "luôn": "thường xuyên",
}  # fmt: skip
THEMES = {
    "2024": (date(2024, 3, 7), date(2024, 12, 31)),
    "2023": (date(2023, 1, 1), date(2023, 12, 31)),
    "2022": (date(2022, 1, 1), date(2022, 12, 31)),
}
UNITS, LINES = 105, 12


@dataclass(frozen=True)
class Labelled:
    candidates: list[Candidate]
    duplicates: set[frozenset[str]]
    how: dict[str, str]
    """How each one came to be, to understand what went wrong."""


@dataclass
class _World:
    size: int
    dice: random.Random
    rows: list[Candidate] = field(default_factory=list)
    achievements: list[int] = field(default_factory=list)
    how: dict[str, str] = field(default_factory=dict)
    achieved: int = 0

    def add(self, candidate: Candidate, how: str, *, achievement: int | None = None) -> int:
        if achievement is None:
            self.achieved += 1
            achievement = self.achieved
        key = f"đề nghị:{len(self.rows):06d}"
        self.rows.append(replace(candidate, key=key))
        self.achievements.append(achievement)
        self.how[key] = how
        return achievement


def make(size: int, *, seed: int) -> Labelled:
    dice = random.Random(f"{seed}/{size}")  # noqa: S311  # repeatable, nothing secret
    world = _World(size, dice)
    while len(world.rows) < size:
        kind = dice.random()
        if kind < 0.55:
            _one_person(world)
        elif kind < 0.75:
            _one_collective(world)
        elif kind < 0.85:
            _team(world)
        elif kind < 0.95:
            _template(world)
        else:
            _siblings(world)
    return Labelled(world.rows[:size], _duplicates(world), world.how)


def _duplicates(world: _World) -> set[frozenset[str]]:
    together: defaultdict[int, list[str]] = defaultdict(list)
    for row, achievement in list(zip(world.rows, world.achievements, strict=True))[: world.size]:
        together[achievement].append(row.key)
    return {frozenset(pair) for keys in together.values() for pair in combinations(keys, 2)}


# --- Who --------------------------------------------------------------------------------------


def _unit(dice: random.Random) -> tuple[str, frozenset[str]]:
    """A unit and its line; the first dozen were merged in pairs into another one."""
    number = dice.randrange(UNITS)
    if number < LINES:
        return f"U{number}", frozenset({f"U{number}", f"M{number // 2}"})
    return f"U{number}", frozenset({f"U{number}"})


def _name(dice: random.Random) -> str:
    weights = [entry.split(":") for entry in FAMILIES.split()]
    (family,) = dice.choices([w[0] for w in weights], [int(w[1]) for w in weights])
    is_man = dice.random() < 0.55
    middles = dice.sample(MIDDLES[is_man].split(), dice.choice((1, 1, 1, 2)))
    return " ".join((family, *dict.fromkeys(middles), dice.choice(GIVEN[is_man].split())))


def _person(dice: random.Random) -> Candidate:
    unit, line = _unit(dice)
    born = date(1960, 1, 1) + timedelta(days=dice.randrange(45 * 365))
    identity = f"07{dice.randrange(10**10):010d}"
    kind = Kind.HOUSEHOLD if dice.random() < 0.1 else Kind.PERSON
    return Candidate("", kind, _name(dice), unit, line, born=born, identity=identity)


def _as_known(person: Candidate, dice: random.Random) -> Candidate:
    """Many lists give a year of birth or nothing at all."""
    known = dice.random()
    return replace(
        person,
        born=person.born if known < 0.4 else None,
        birth_year=person.born.year if person.born and 0.4 <= known < 0.65 else None,
        identity=person.identity if dice.random() < 0.25 else "",
    )


# --- What -------------------------------------------------------------------------------------


def _place(dice: random.Random) -> str:
    return f"{dice.choice(SURROUNDINGS)} {dice.choice(SECONDS)}"


def _deed(dice: random.Random) -> str:
    return dice.choice(DEEDS).format(
        people=dice.choice(PEOPLE), place=_place(dice), count=dice.randint(3, 98),
        money=dice.randint(2, 990), many=dice.randint(100, 4_000), few=dice.randint(2, 12),
    )  # fmt: skip


def _account(dice: random.Random, deeds: int = 0) -> str:
    told = [_deed(dice) for _ in range(deeds or dice.randint(3, 6))]
    said = dice.sample(PHRASES, dice.randint(2, 4))
    sentences = told + said
    dice.shuffle(sentences)
    return " ".join(sentences)


def _in_theme(candidate: Candidate, theme: str, account: str) -> Candidate:
    since, until = THEMES[theme]
    return replace(candidate, theme=theme, since=since, until=until, account=account)


# --- Scenes -----------------------------------------------------------------------------------


def _one_person(world: _World) -> None:
    dice = world.dice
    person = _person(dice)
    account = _account(dice)
    first = _in_theme(_as_known(person, dice), dice.choice(("2024", "2024", "2023")), account)
    achievement = world.add(first, "person")
    chance = dice.random()
    if chance < 0.2:
        for _ in range(dice.choice((1, 1, 1, 2))):
            world.add(_again(first, person, dice), "person again", achievement=achievement)
    elif chance < 0.3:
        # Honoured again, for another year: partly the same work, other figures.
        kept = account.split(". ")[:2]
        other = _in_theme(_as_known(person, dice), "2022", ". ".join((*kept, _account(dice))))
        world.add(other, "another year")
    elif chance < 0.36:
        unit, line = _unit(dice)
        other = replace(_as_known(_person(dice), dice), name=person.name, unit=unit, line=line)
        world.add(_in_theme(other, first.theme, _account(dice)), "namesake")


def _one_collective(world: _World) -> None:
    dice = world.dice
    unit, line = _unit(dice)
    is_team = dice.random() < 0.4
    name = dice.choice(TEAMS) if is_team else dice.choice(BODIES).format(place=_place(dice))
    first = Candidate("", Kind.COLLECTIVE, name, unit, line)
    first = _in_theme(first, dice.choice(("2024", "2023")), _account(dice))
    achievement = world.add(first, "collective")
    if dice.random() < 0.2:
        world.add(_again(first, first, dice), "collective again", achievement=achievement)


def _team(world: _World) -> None:
    """Colleagues who did one thing together: one account, several people, no duplicate."""
    dice = world.dice
    unit, line = _unit(dice)
    shared = _account(dice, 5)
    for _ in range(dice.randint(2, 5)):
        one = replace(_as_known(_person(dice), dice), unit=unit, line=line)
        world.add(_in_theme(one, "2024", f"{shared} {_deed(dice)}"), "team")


def _template(world: _World) -> None:
    """A unit that hands in one text for all, with other names and figures."""
    dice = world.dice
    unit, line = _unit(dice)
    frames = dice.sample(DEEDS, 3)
    for _ in range(dice.randint(4, 10)):
        told = [
            frame.format(
                people=PEOPLE[0], place="Tân Lập", count=dice.randint(3, 98),
                money=dice.randint(2, 990), many=dice.randint(100, 4_000), few=dice.randint(2, 9),
            )
            for frame in frames
        ]  # fmt: skip
        one = replace(_as_known(_person(dice), dice), unit=unit, line=line)
        world.add(_in_theme(one, "2024", " ".join((*PHRASES[:4], *told))), "template")


def _siblings(world: _World) -> None:
    """Two people of one unit whose names differ by a mark or a letter."""
    dice = world.dice
    unit, line = _unit(dice)
    pairs = (("An", "Ân"), ("Hòa", "Hoa"), ("Hân", "Hằng"), ("Thủy", "Thúy"), ("Hưng", "Hùng"))
    stem = _name(dice).rsplit(" ", 1)[0]
    for given in dice.choice(pairs):
        one = replace(_as_known(_person(dice), dice), name=f"{stem} {given}", unit=unit, line=line)
        world.add(_in_theme(one, "2024", _account(dice)), "sibling")


# --- Written again ----------------------------------------------------------------------------


def _again(first: Candidate, whole: Candidate, dice: random.Random) -> Candidate:
    """The same achievement in another list, or in a register of past awards."""
    known = first if whole.kind is Kind.COLLECTIVE else _as_known(whole, dice)
    unit, line = first.unit, first.line
    where = dice.random()
    if where < 0.15 and len(line) > 1:
        (unit,) = line - {unit}
        line = frozenset({unit, *(f"U{n}" for n in range(LINES) if f"M{n // 2}" == unit)})
    elif where < 0.35 and whole.kind is not Kind.COLLECTIVE:
        unit, line = _unit(dice)  # by the locality, or by the workplace
    since, until = first.since, first.until
    theme = first.theme if dice.random() < 0.6 else ""
    if not theme and since and until:
        since += timedelta(days=dice.randint(-30, 60))
    name = _name_again(first.name, dice, is_person=whole.kind is not Kind.COLLECTIVE)
    return replace(
        known, name=name, unit=unit, line=line, theme=theme, since=since, until=until,
        account=_account_again(first.account, dice),
    )  # fmt: skip


def _name_again(name: str, dice: random.Random, *, is_person: bool) -> str:
    if not is_person:
        return _collective_again(name, dice)
    words = name.split()
    way = dice.randrange(9)
    if way == 0:
        name = fold(name).title()
    elif way == 1:
        name = name.upper()
    elif way == 2:
        name = " ".join((words[0][:2] + ".", *words[1:]))
    elif way == 3:
        name = "".join(f"{word[0]}." for word in words[:-1]) + words[-1]
    elif way == 4:
        name = unicodedata.normalize("NFD", name.replace("òa", "oà").replace("úy", "uý"))
    elif way == 5:
        name = _slip(name, dice)
    title = dice.choice(TITLES) + " " if dice.random() < 0.4 else ""
    return title + name


def _collective_again(name: str, dice: random.Random) -> str:
    for long, short in SHORT_FORMS.items():
        if dice.random() < 0.6:
            name = name.replace(long, short)
    return f"Tập thể {name}" if dice.random() < 0.4 else name


def _slip(name: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(name) - 1)
    if name[place] == " " or name[place - 1] == " ":
        return name
    return name[:place] + dice.choice(("", name[place] * 2)) + name[place + 1 :]


def _account_again(account: str, dice: random.Random) -> str:
    sentences = account.split(". ")
    if dice.random() < 0.5:
        dice.shuffle(sentences)
    if dice.random() < 0.4:
        sentences = sentences[: max(len(sentences) * 2 // 3, 2)]
    if dice.random() < 0.3:
        sentences.insert(0, _deed(dice).rstrip("."))
    text = ". ".join(sentences)
    for word, other in SYNONYMS.items():
        if dice.random() < 0.3:
            text = text.replace(f"{word} ", f"{other} ")
    return fold(text) if dice.random() < 0.15 else text
