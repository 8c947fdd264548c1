"""The kinds of report (loại báo cáo): each is a composition of sections and appendices, said here.

A new kind is an entry in `KINDS`. What a section or an appendix says is written once, in
`reports.documents`, under the names below; how the figures are narrowed to a scope is written
once, in `reports.datasets.scope`. ADR 0026.
"""

from dataclasses import dataclass
from enum import StrEnum


class Window(StrEnum):
    """Which days' figures a kind tells of."""

    NONE = "none"  # who sent its plan, and what was registered
    TO_CUT_OFF = "to_cut_off"  # from the first day of the campaign to the cut-off
    PERIOD = "period"  # of a reporting period
    CAMPAIGN = "campaign"  # of the whole campaign, independent of the yearly window


class Level(StrEnum):
    """Whose report it is (phạm vi)."""

    PROVINCE = "tinh"
    BLOCK = "khoi"
    UNIT = "don-vi"
    ITEM = "muc"


class Body(StrEnum):
    """Which sections stand between the opening and the closing sentence."""

    SENDING = "plan"  # who sent, what they registered, who did not
    OUTLINE = "progress"  # I to V of the domain's outline, with II.1 to II.9
    TABLES = "tables"  # one row of the plan in figures


class Annex(StrEnum):
    FIGURES = "figures"
    WORKS = "works"
    EXEMPLARS = "exemplars"
    SENDING = "sending"
    UNITS = "units"
    BY_UNIT = "by_unit"
    BY_SOLUTION = "by_solution"
    BY_DUTY = "by_duty"
    ACTIVITIES = "activities"
    SOURCES = "sources"


@dataclass(frozen=True)
class Kind:
    """A kind of report. `about` begins its subject line; its fixed texts go by its code, or by
    `older_texts`, under which kinds shared them before each had its own."""

    code: str
    label: str
    about: str
    explained: str
    window: Window
    body: Body
    annexes: tuple[Annex, ...]
    levels: tuple[Level, ...] = (Level.PROVINCE, Level.BLOCK, Level.UNIT)

    @property
    def older_texts(self) -> str:
        return Body.SENDING if self.window is Window.NONE else Body.OUTLINE

    def place(self, annex: Annex) -> int:
        """The number of an appendix in this kind, from 1; 0 where it has none."""
        return self.annexes.index(annex) + 1 if annex in self.annexes else 0


_RESULTS = (
    Annex.FIGURES, Annex.WORKS, Annex.EXEMPLARS, Annex.SENDING, Annex.BY_SOLUTION,
    Annex.BY_DUTY, Annex.SOURCES,
)  # fmt: skip

PLANS = Kind(
    code="ke-hoach",
    label="Danh sách, tình hình gửi kế hoạch",
    about="Tình hình gửi Kế hoạch triển khai thực hiện",
    explained="Ai đã gửi kế hoạch triển khai, gửi lúc nào, đăng ký những gì.",
    window=Window.NONE,
    body=Body.SENDING,
    annexes=(Annex.UNITS, Annex.BY_SOLUTION, Annex.BY_DUTY, Annex.SOURCES),
    levels=(Level.PROVINCE, Level.BLOCK),
)
PROGRESS = Kind(
    code="tien-do",
    label="Báo cáo tiến độ (báo cáo nhanh)",
    about="Tiến độ thực hiện",
    explained="Từ đầu đợt thi đua đến ngày chốt, theo báo cáo các đơn vị đã gửi.",
    window=Window.TO_CUT_OFF,
    body=Body.OUTLINE,
    annexes=_RESULTS,
)
PERIOD = Kind(
    code="ky",
    label="Báo cáo kỳ",
    about="Kết quả thực hiện",
    explained="Số liệu và lời báo cáo của một kỳ: tháng, quý, 6 tháng, 9 tháng, năm.",
    window=Window.PERIOD,
    body=Body.OUTLINE,
    annexes=_RESULTS,
)
MIDWAY = Kind(
    code="so-ket",
    label="Báo cáo sơ kết",
    about="Sơ kết",
    explained="Từ đầu đợt thi đua đến ngày chốt; lời của mỗi đơn vị lấy ở báo cáo mới nhất.",
    window=Window.TO_CUT_OFF,
    body=Body.OUTLINE,
    annexes=_RESULTS,
)
FINAL = Kind(
    code="tong-ket",
    label="Báo cáo tổng kết",
    about="Tổng kết",
    explained="Cả đợt thi đua, không theo ngày khóa số liệu của báo cáo năm.",
    window=Window.CAMPAIGN,
    body=Body.OUTLINE,
    annexes=_RESULTS,
)
THEMATIC = Kind(
    code="chuyen-de",
    label="Biểu chuyên đề theo mục của Kế hoạch",
    about="Số liệu chuyên đề",
    explained="Một mục của Kế hoạch: chỉ tiêu, đơn vị, hoạt động gắn với mục đó.",
    window=Window.TO_CUT_OFF,
    body=Body.TABLES,
    annexes=(Annex.FIGURES, Annex.BY_UNIT, Annex.ACTIVITIES, Annex.SOURCES),
    levels=(Level.ITEM,),
)

KINDS = (PLANS, PROGRESS, PERIOD, MIDWAY, FINAL, THEMATIC)
BY_CODE = {kind.code: kind for kind in KINDS}


# What stands for the armed forces in a number.
COMMANDS = {"BCHQS": "BCH", "BCHBDBP": "BCH", "CAT": "CAT"}
PARTY = "party"  # of `Unit.Group`


def symbol_of(level: Level, code: str = "", group: str = "") -> str:
    """What follows the number of a report (ký hiệu): who issues it keeps its own register."""
    if level is Level.BLOCK:
        return f"BC-{code}"
    if level is not Level.UNIT:
        return "BC-BTĐ"
    return f"BC/{code}" if group == PARTY else f"BC-{COMMANDS.get(code, code)}"


def kind_named(code: str, *, has_period: bool) -> Kind:
    """Reports frozen before kinds were kept told of plans, or with a period of its results."""
    return BY_CODE.get(code) or (PERIOD if has_period else PLANS)
