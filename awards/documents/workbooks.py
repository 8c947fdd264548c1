"""Lists of the awards as workbooks: what a letter proposes, what a decision granted."""

from collections.abc import Sequence

from awards.datasets.decision import DecisionSheet
from awards.datasets.listed import Listed
from awards.models import Proposal, Recipient
from lib.sheet import Column, Row, Sheet, Value

NOMINEES = (
    Column("STT", 6, "integer"),
    Column("Họ và tên, tên tập thể", 34),
    Column("Chức vụ", 28),
    Column("Đơn vị", 40),
    Column("Đối tượng", 16),
    Column("Hình thức đề nghị", 34),
    Column("Nội dung thành tích (tóm tắt)", 60),
    Column("Trực tiếp lao động", 10),
)
AWARDED = (
    Column("STT", 6, "integer"),
    Column("Số sổ vàng", 10),
    Column("Họ và tên, tên tập thể", 34),
    Column("Chức vụ", 28),
    Column("Đơn vị", 40),
    Column("Đối tượng", 16),
    Column("Hình thức", 34),
    Column("Tiền thưởng (đồng)", 18, "integer"),
    Column("Nguồn chi", 24),
    Column("Ngày trao tặng", 14, "date"),
    Column("Ghi chú", 40),
)


def proposal_page(proposal: Proposal, rows: Sequence[Listed]) -> Sheet:
    lines = [
        Row([place, row.name, row.position, row.unit, Recipient(row.recipient).label, row.form,
             row.summary, "x" if row.is_direct else ""])
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    notes = ["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", f"{proposal} · {proposal.campaign}"]
    return Sheet("Đề nghị", NOMINEES, lines, notes)


def decision_page(sheet: DecisionSheet) -> Sheet:
    """No birth dates and no identity numbers: this list goes round."""
    lines: list[Row] = []
    for grant, row in zip(sheet.grants, sheet.rows, strict=True):
        values: list[Value] = [
            grant.order, grant.golden_book_number, row.name, row.position, row.unit,
            Recipient(row.recipient).label, row.form, grant.bonus,
            "Đơn vị tự chi" if grant.pays_own else "Quỹ của tỉnh", grant.handed_over_on, row.note,
        ]  # fmt: skip
        lines.append(Row(values))
    total: list[Value] = [None, "", "TỔNG CỘNG (không kể đã hủy bỏ)", "", "", "", ""]
    money = sheet.money.from_fund + sheet.money.by_units
    lines.append(Row([*total, money, "", None, ""], kind="total"))
    decision = sheet.decision
    notes = ["DANH SÁCH KHEN THƯỞNG", f"{decision} · {decision.subject}"]
    return Sheet("Khen thưởng", AWARDED, lines, notes)
