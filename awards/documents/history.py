"""Awards of before as workbooks: the list as shown, and the empty table to fill in."""

from collections.abc import Iterable, Sequence

from awards.datasets.history_columns import HISTORY
from awards.models import AwardForm, PastAward, Recipient
from lib.listing import sheet_columns, sheet_rows
from lib.sheet import Column, Row, Sheet
from units.models import Unit

COLUMNS = (
    Column("Đối tượng", 12),
    Column("Họ và tên, tên tập thể", 32),
    Column("Giới tính", 10),
    Column("Chức vụ", 24),
    Column("Đơn vị", 40),
    Column("Danh hiệu, hình thức", 36),
    Column("Năm", 8),
    Column("Thành tích từ ngày", 14, "date"),
    Column("Đến hết ngày", 14, "date"),
    Column("Thành tích", 60),
    Column("Sáng kiến", 40),
    Column("Số quyết định", 18),
    Column("Ngày quyết định", 14, "date"),
    Column("Cấp quyết định", 24),
    Column("Số sổ vàng", 14),
)
PICKS = "Danh mục"
HOW_TO_FILL = (
    "Mỗi dòng một lần khen thưởng. Bắt buộc: đối tượng, họ tên hoặc tên tập thể, đơn vị, danh hiệu "
    "hoặc hình thức, năm. Không ghi ngày sinh, số căn cước."
)


def history_sheet(awards: Iterable[PastAward], title: str) -> Sheet:
    """Every column of the list."""
    columns = HISTORY.columns
    rows = sheet_rows(columns, awards)
    return Sheet(HISTORY.title, sheet_columns(columns), rows, notes=(title,))


def template_sheets() -> list[Sheet]:
    """The empty table, and beside it what its cells may be picked from."""
    recipients = list(Recipient.labels)
    forms = list(
        dict.fromkeys(AwardForm.objects.order_by("position").values_list("name", flat=True))
    )
    units = list(Unit.objects.in_protocol_order().values_list("name", flat=True))
    picks = {"Đối tượng": "A", "Danh hiệu, hình thức": "B", "Đơn vị": "C"}
    lengths = {"A": len(recipients), "B": len(forms), "C": len(units)}
    columns = [
        Column(column.header, column.width, column.kind, _range(picks.get(column.header), lengths))
        for column in COLUMNS
    ]
    return [
        Sheet("Khen thưởng", columns, [], notes=("LỊCH SỬ KHEN THƯỞNG", HOW_TO_FILL)),
        Sheet(
            PICKS,
            [Column("Đối tượng", 16), Column("Danh hiệu, hình thức", 40), Column("Đơn vị", 50)],
            [Row(values) for values in _side_by_side(recipients, forms, units)],
        ),
    ]


def _range(letter: str | None, lengths: dict[str, int]) -> str:
    if letter is None or not lengths[letter]:
        return ""
    return f"='{PICKS}'!${letter}$2:${letter}${lengths[letter] + 1}"


def _side_by_side(*lists: Sequence[str]) -> list[list[str]]:
    longest = max(map(len, lists))
    return [[one[n] if n < len(one) else "" for one in lists] for n in range(longest)]
