"""What demonstration plans say. Written after the bullets and duties of the plan of 07/3/2024;
no sentence here was written by a real unit. Pure: codes and a random source in, values out."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypedDict


@dataclass(frozen=True)
class Pattern:
    """A kind of activity: its title, how many of what, and what it may cost (million đồng)."""

    title: str
    quantity: tuple[int, int]
    unit: str
    product: str
    cost: tuple[int, int] = (0, 0)


PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "III.1": (
        Pattern("Sinh hoạt chính trị, nói chuyện truyền thống về Chiến thắng Điện Biên Phủ",
                (1, 4), "cuộc", "Biên bản, danh sách người dự", (2, 15)),
        Pattern("Tuyên truyền Luật Biên phòng Việt Nam và Ngày Biên phòng toàn dân",
                (2, 8), "cuộc", "Tài liệu tuyên truyền", (3, 20)),
        Pattern("Chuyên mục “Bộ đội Cụ Hồ” trên trang thông tin của đơn vị",
                (4, 20), "tin, bài", "Tin, bài đã đăng", (0, 6)),
        Pattern("Treo pa nô, băng rôn chào mừng 80 năm Ngày thành lập Quân đội nhân dân Việt Nam",
                (5, 40), "cái", "Hình ảnh pa nô, băng rôn", (5, 30)),
    ),
    "III.2": (
        Pattern("Vận động cán bộ, công chức tham gia Cuộc thi Tìm hiểu 80 năm Ngày thành lập "
                "Quân đội nhân dân Việt Nam", (30, 250), "người", "Danh sách bài dự thi"),
        Pattern("Phát động, đăng ký thi đua đợt đặc biệt trong toàn đơn vị",
                (1, 1), "đợt", "Bản đăng ký thi đua"),
    ),
    "III.3": (
        Pattern("Giải bóng chuyền chào mừng các ngày kỷ niệm",
                (1, 2), "giải", "Kế hoạch, kết quả giải", (10, 60)),
        Pattern("Hội diễn văn nghệ “Tiếng hát người lính”",
                (1, 2), "chương trình", "Chương trình văn nghệ", (15, 80)),
    ),
    "III.4": (
        Pattern("Gặp mặt cán bộ Quân đội nghỉ hưu nhân kỷ niệm 35 năm Ngày hội Quốc phòng toàn dân",
                (1, 2), "buổi", "Danh sách đại biểu", (10, 40)),
        Pattern("Tọa đàm về xây dựng nền quốc phòng toàn dân",
                (1, 2), "buổi", "Kỷ yếu tọa đàm", (8, 25)),
    ),
    "III.5": (
        Pattern("Xây tặng nhà tình nghĩa cho gia đình chính sách",
                (1, 3), "căn", "Biên bản bàn giao nhà", (60, 240)),
        Pattern("Thăm, tặng quà gia đình chính sách, người có công với cách mạng",
                (20, 150), "suất quà", "Danh sách ký nhận", (20, 90)),
        Pattern("Hỗ trợ đồn biên phòng, xã biên giới được phân công đỡ đầu",
                (1, 2), "đơn vị", "Biên bản bàn giao", (20, 120)),
        Pattern("Dâng hương, chỉnh trang nghĩa trang liệt sĩ",
                (1, 3), "lần", "Hình ảnh hoạt động", (3, 15)),
    ),
    "III.6": (
        Pattern("Hành trình về nguồn tại Căn cứ Trung ương Cục miền Nam",
                (1, 2), "chuyến", "Báo cáo chuyến đi", (15, 50)),
        Pattern("Ngày hội văn hóa quân - dân",
                (1, 1), "ngày hội", "Kế hoạch, hình ảnh ngày hội", (30, 150)),
    ),
    "III.7": (
        Pattern("Giao lưu văn nghệ, thể thao với đơn vị kết nghĩa",
                (1, 2), "buổi", "Hình ảnh giao lưu", (10, 40)),
    ),
}  # fmt: skip

PLACES = (
    "Hội trường cơ quan", "Thành phố Tây Ninh", "Thị xã Hòa Thành", "Thị xã Trảng Bàng",
    "Huyện Bến Cầu", "Huyện Châu Thành", "Huyện Tân Biên", "Huyện Tân Châu",
    "Huyện Dương Minh Châu", "Huyện Gò Dầu", "Nghĩa trang liệt sĩ Đồi 82",
)  # fmt: skip
SOURCES = ("Ngân sách nhà nước", "Xã hội hóa", "Quỹ công đoàn", "Kinh phí thường xuyên")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Ngọc", "Hoàng", "Quốc", "Thu", "Hữu", "Kim")
GIVEN = (
    "An", "Bình", "Châu", "Dũng", "Đức", "Giang", "Hà", "Hạnh", "Hiếu", "Hoa", "Khánh", "Lan",
    "Linh", "Long", "Mai", "Nam", "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Trang",
    "Tuấn", "Vinh", "Yến",
)  # fmt: skip


def person(random: Random) -> str:
    """A made-up name, marked."""
    name = " ".join((random.choice(FAMILY), random.choice(MIDDLE), random.choice(GIVEN)))
    return f"{name} (mẫu)"


class When(TypedDict):
    """Place, days and person of an activity."""

    place: str
    starts_on: date
    ends_on: date
    person_responsible: str


@dataclass(frozen=True)
class ActivityText:
    """One activity as written, and the code it answers to."""

    code: str
    title: str
    place: str
    starts_on: date
    ends_on: date
    quantity: Decimal
    quantity_unit: str
    cost: Decimal | None
    cost_source: str
    product: str
    person_responsible: str


def for_solution(code: str, random: Random) -> ActivityText:
    """An activity under a bullet such as III.5.3."""
    section = ".".join(code.split(".")[:2])
    pattern = random.choice(PATTERNS[section])
    low, high = pattern.quantity
    cost = Decimal(random.randint(*pattern.cost)) if pattern.cost[1] else None
    return ActivityText(
        code=code,
        title=pattern.title,
        quantity=Decimal(random.randint(low, high)),
        quantity_unit=pattern.unit,
        cost=cost,
        cost_source=random.choice(SOURCES) if cost else "",
        product=pattern.product,
        **_when_and_who(random),
    )


def for_duty(code: str, duty_text: str, random: Random) -> ActivityText:
    """An activity that carries out a duty, titled after the duty's own first clause."""
    return ActivityText(
        code=code,
        title=f"Thực hiện nhiệm vụ {code}: {first_clause(duty_text)}",
        quantity=Decimal(random.randint(1, 3)),
        quantity_unit="việc",
        cost=Decimal(random.randint(5, 60)),
        cost_source=random.choice(SOURCES),
        product="Kế hoạch, báo cáo kết quả",
        **_when_and_who(random),
    )


def first_clause(text: str) -> str:
    """The beginning of a sentence, whole words, at most about 120 characters."""
    clause = text.split(";", maxsplit=1)[0].split(".", maxsplit=1)[0]
    words: list[str] = []
    for word in clause.split():
        if len(" ".join([*words, word])) > 120:  # noqa: PLR2004 - a title fits two lines
            return " ".join(words) + "…"
        words.append(word)
    return clause


def _when_and_who(random: Random) -> When:
    start = date(2024, 3, 25) + timedelta(days=random.randint(0, 230))
    end = min(start + timedelta(days=random.choice((0, 0, 1, 5, 30, 60))), date(2024, 12, 31))
    return {
        "place": random.choice(PLACES),
        "starts_on": start,
        "ends_on": end,
        "person_responsible": person(random),
    }


def texts(unit: str, theme: str) -> dict[str, str]:
    """The parts of a plan, as the checklist asks for them."""
    return {
        "legal_basis": (
            "Căn cứ Kế hoạch của UBND tỉnh Tây Ninh ngày 07/3/2024 về phát động Đợt Thi đua đặc "
            "biệt và tổ chức các hoạt động kỷ niệm 70 năm Chiến thắng Điện Biên Phủ."
        ),
        "purpose": (
            f"Cụ thể hóa các nội dung của Đợt Thi đua đặc biệt tại {unit}; tạo khí thế thi đua sôi "
            "nổi, hoàn thành nhiệm vụ chính trị được giao năm 2024. Các hoạt động thiết thực, hiệu "
            "quả, tiết kiệm, phù hợp chức năng, nhiệm vụ của đơn vị. (Văn bản mẫu)"
        ),
        "theme": f"“{theme}”. Nội dung thi đua gắn với nhiệm vụ chuyên môn của {unit}.",
        "organisation": (
            "Bộ phận phụ trách thi đua tham mưu triển khai, theo dõi, đôn đốc; các phòng, đơn vị "
            "trực thuộc báo cáo kết quả trước ngày 20 hằng tháng để tổng hợp."
        ),
        "commendation": (
            "Kết thúc đợt thi đua, đơn vị xét tặng Giấy khen cho tập thể, cá nhân tiêu biểu và lựa "
            "chọn trường hợp xuất sắc đề nghị cấp trên khen thưởng."
        ),
        "ho_chi_minh_link": (
            "Gắn đợt thi đua với phong trào “Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ "
            "Chí Minh” năm 2024."
        ),
    }


REPORT_TEXTS = {
    "I": (
        "Đã quán triệt Kế hoạch của tỉnh tới toàn thể cán bộ, công chức, viên chức, người lao động.",
        "Ban hành văn bản triển khai, phân công từng bộ phận và tổ chức phát động thi đua.",
    ),
    "II.1": (
        "Tổ chức sinh hoạt chính trị kỷ niệm 70 năm Chiến thắng Điện Biên Phủ.",
        "Đăng tin, bài trên trang thông tin của đơn vị; treo băng rôn, pa nô tại trụ sở.",
    ),
    "II.5": (
        "Thăm hỏi, tặng quà gia đình chính sách, người có công trên địa bàn.",
        "Phối hợp rà soát hồ sơ chế độ chính sách; chỉnh trang nghĩa trang liệt sĩ.",
    ),
    "III.1": (
        "Cấp ủy, thủ trưởng quan tâm; phong trào gắn với nhiệm vụ chuyên môn.",
        "Hoạt động thiết thực, tiết kiệm, thu hút đông đảo đoàn viên, hội viên tham gia.",
    ),
    "III.2": (
        "Một số hoạt động chậm so với kế hoạch do trùng thời gian với nhiệm vụ chuyên môn.",
        "Công tác thông tin, báo cáo của một vài bộ phận chưa kịp thời.",
    ),
    "IV": (
        "Tiếp tục thực hiện các công trình, phần việc đã đăng ký; chuẩn bị sơ kết.",
        "Đẩy mạnh tuyên truyền, phát hiện điển hình tiên tiến để biểu dương.",
    ),
}


def report_texts(random: Random) -> dict[str, str]:
    """Words of a monthly report by section, each marked as a sample."""
    return {code: f"{random.choice(choices)} (mẫu)" for code, choices in REPORT_TEXTS.items()}
