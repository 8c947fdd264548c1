"""The parts of the text of a report (đề cương báo cáo), in the order in which they are read.

Part II follows the solutions of the plan: II.1–II.7 answer III.1–III.7, II.8 the works a unit
registered after II.6, II.9 the duties of part IV, which only the units named there have.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part. `plan_code` is the row of the plan whose activities it tells of; `longest` is how
    many words are enough, a hint and never a limit."""

    code: str
    title: str
    hint: str
    longest: int
    heading: str = ""
    plan_code: str = ""
    is_required: bool = True
    is_for_named_units: bool = False

    @property
    def tells_of_activities(self) -> bool:
        return bool(self.plan_code)


RESULTS, ASSESSMENT = "II. Kết quả thực hiện", "III. Đánh giá chung"
NAMED = "II.9"

SECTIONS = (
    Section(
        "I", "Công tác lãnh đạo, chỉ đạo, triển khai",
        "Văn bản đã ban hành, lễ phát động, việc quán triệt trong đơn vị.", 200,
    ),
    Section(
        "II.1", "Công tác tuyên truyền, giáo dục",
        "Số cuộc, nội dung, hình thức, số lượt người; tin, bài đã đăng.", 200, RESULTS, "III.1",
    ),
    Section(
        "II.2", "Công tác thi đua, khen thưởng",
        "Phong trào đã phát động, cuộc thi, điển hình, khen thưởng theo thẩm quyền.", 200,
        RESULTS, "III.2",
    ),
    Section(
        "II.3", "Hoạt động văn hóa, văn nghệ, thể thao",
        "Tên hoạt động, ngày, nơi tổ chức, quy mô.", 150, RESULTS, "III.3",
    ),
    Section(
        "II.4", "Tọa đàm, gặp mặt, giao lưu",
        "Tên hoạt động, ngày, nơi tổ chức, thành phần.", 150, RESULTS, "III.4",
    ),
    Section(
        "II.5", "Chính sách, dân vận, đền ơn đáp nghĩa",
        "Nhà xây mới, sửa chữa, hồ sơ chính sách, suất quà, khám bệnh; kinh phí.", 200,
        RESULTS, "III.5",
    ),
    Section(
        "II.6", "Về nguồn, hội trại truyền thống",
        "Chương trình, nơi đến, số người tham gia.", 150, RESULTS, "III.6",
    ),
    Section(
        "II.7", "Đối ngoại", "Hoạt động với phía Campuchia và lực lượng bảo vệ biên giới.", 150,
        RESULTS, "III.7",
    ),
    Section(
        "II.8", "Công trình, phần việc, chỉ tiêu đăng ký",
        "Tiến độ từng công trình, phần việc; việc nào xong, việc nào chậm và vì sao.", 200,
        RESULTS, "II.6",
    ),
    Section(
        NAMED, "Kết quả nhiệm vụ được giao tại mục IV",
        "Từng nhiệm vụ Kế hoạch của tỉnh giao đích danh cho đơn vị và kết quả.", 250,
        RESULTS, "IV", is_for_named_units=True,
    ),
    Section("III.1", "Ưu điểm", "Việc làm tốt, cách làm mới.", 150, ASSESSMENT),
    Section("III.2", "Hạn chế, tồn tại", "Việc chưa làm được, làm chậm.", 150, ASSESSMENT),
    Section(
        "III.3", "Nguyên nhân", "Nguyên nhân khách quan, chủ quan của hạn chế.", 100, ASSESSMENT,
        is_required=False,
    ),
    Section(
        "IV", "Phương hướng, nhiệm vụ thời gian tới",
        "Việc chính của kỳ sau, ai làm, khi nào xong.", 200,
    ),
    Section(
        "V", "Đề xuất, kiến nghị", "Điều cần tỉnh, Ban Thi đua - Khen thưởng giải quyết.", 100,
        is_required=False,
    ),
)  # fmt: skip

# What the next report begins with: the plan made last time, and what was asked for.
KEPT_FROM_LAST_PERIOD = ("IV", "V")


def sections_of(*, is_named: bool) -> tuple[Section, ...]:
    """The parts a unit answers; `is_named`: part IV of the plan names it."""
    return tuple(part for part in SECTIONS if is_named or not part.is_for_named_units)


def section(code: str) -> Section | None:
    return next((part for part in SECTIONS if part.code == code), None)


def tells_of(plan_codes: tuple[str, ...], *, is_work: bool, is_named: bool) -> tuple[str, ...]:
    """Under which parts an activity is told, by the rows of the plan it is tied to.

    Each once, at the first part that fits; a work (công trình, phần việc) under II.8.
    """
    if is_work:
        return ("II.8",)
    parts = [part for part in sections_of(is_named=is_named) if part.tells_of_activities]
    fitting = [
        part.code for part in parts if any(_is_under(code, part.plan_code) for code in plan_codes)
    ]
    return tuple(fitting[:1]) or ("II.8",)


def _is_under(code: str, above: str) -> bool:
    return code == above or code.startswith(f"{above}.")
