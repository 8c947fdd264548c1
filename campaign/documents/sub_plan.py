"""Papers about a sub-plan: the receipt of a submission, and the table of activities as a sheet."""

from collections.abc import Iterable

from campaign.datasets.activity_table import COLUMNS, typed_row
from campaign.datasets.activity_workbook import pick_lists, picks_of
from campaign.datasets.receipt import Receipt
from campaign.datasets.targets import TargetLine, registered_lines
from campaign.datasets.vocabulary import Vocabulary
from campaign.models import PlannedActivity, SubPlan
from lib import sheet
from lib.clock import LOCAL
from lib.official.model import Column, Document, Facts, Header, Paragraph, Row, Table
from lib.official.pdf import write_pdf
from lib.vietnamese import moment, short_date


def receipt_pdf(receipt: Receipt, *, verify_url: str) -> bytes:
    return write_pdf(receipt_document(receipt, verify_url=verify_url))


def receipt_document(receipt: Receipt, *, verify_url: str) -> Document:
    """Phiếu tiếp nhận: given by the portal at the moment of sending, so nobody signs it."""
    return Document(
        header=Header(
            governing_body="UBND TỈNH TÂY NINH",
            issuing_body=("SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG"),
            place="Tây Ninh",
            issued_date=receipt.received_at.astimezone(LOCAL).date(),
            issuer="Ban Thi đua - Khen thưởng",
        ),
        kind="PHIẾU TIẾP NHẬN",
        subject=receipt.paper,
        body=(
            Facts(_facts(receipt)),
            *(_received(receipt) if receipt.files else ()),
        ),
        verification=f"Mã tiếp nhận {receipt.code}. Kiểm tra tại: {verify_url}",
    )


def _facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Mã tiếp nhận", receipt.code),
        ("Đơn vị gửi", receipt.unit),
        ("Nơi nhận", receipt.receiver),
        ("Số, ký hiệu văn bản", receipt.document_number or "Không ghi"),
        ("Ngày ban hành", short_date(receipt.document_date) if receipt.document_date else ""),
        ("Người ký", receipt.signer_name),
        ("Nhận lúc", f"{moment(receipt.received_at)} (giờ Việt Nam, UTC+07)"),
        ("Gửi qua", receipt.channel),
        ("Hạn gửi", f"hết ngày {short_date(receipt.due_date)}"),
        ("Kết quả", receipt.standing),
        ("Lần gửi", _which(receipt)),
        ("Nội dung", receipt.contents),
    ]
    return tuple((name, value) for name, value in rows if value)


def _which(receipt: Receipt) -> str:
    if receipt.decides or not receipt.is_counted:
        return f"Lần {receipt.version}"
    return f"Lần {receipt.version} (đúng hạn hay trễ tính theo lần gửi hợp lệ đầu tiên)"


def _received(receipt: Receipt) -> tuple[Paragraph, Table]:
    said = "Văn bản và phụ lục nhận được, kèm mã SHA-256 để đối chiếu:"
    return Paragraph(said), _files(receipt)


def _files(receipt: Receipt) -> Table:
    return Table(
        columns=(Column("Tên tệp", 3), Column("Loại", 2), Column("SHA-256", 5)),
        rows=tuple(Row((file.name, file.kind, file.sha256)) for file in receipt.files),
    )


# --- The table of activities --------------------------------------------------------------------

EMPTY_ROWS = 60
_KINDS: dict[str, sheet.CellKind] = {
    "starts_on": "date",
    "ends_on": "date",
    "quantity": "decimal",
    "cost": "decimal",
}


def activities_sheet(sub_plan: SubPlan, activities: Iterable[PlannedActivity]) -> bytes:
    """The table of a version, in the columns and with the headings it can be read back from."""
    columns = [
        sheet.Column(column.header, column.width, _KINDS.get(column.name, "text"))
        for column in COLUMNS
    ]
    rows = [sheet.Row(_values(activity)) for activity in activities]
    notes = (
        f"Hoạt động đăng ký của {sub_plan.unit}",
        f"{sub_plan.campaign}, kế hoạch triển khai lần {sub_plan.version}",
    )
    pages = [sheet.Sheet("Hoạt động", columns, rows, notes)]
    if lines := registered_lines(sub_plan):
        pages.append(_targets_page(lines, sub_plan))
    return sheet.write_xlsx(pages)


def _targets_page(lines: Iterable[TargetLine], sub_plan: SubPlan) -> sheet.Sheet:
    columns = (
        sheet.Column("Mã", 8),
        sheet.Column("Chỉ tiêu", 60),
        sheet.Column("Đơn vị tính", 16),
        sheet.Column("Đăng ký", 14, "decimal"),
    )
    rows = [
        sheet.Row([line.indicator.code, line.indicator.name, line.indicator.measure, line.value])
        for line in lines
    ]
    return sheet.Sheet(
        "Chỉ tiêu đăng ký", columns, rows, (f"Chỉ tiêu đăng ký của {sub_plan.unit}",)
    )


def _values(activity: PlannedActivity) -> list[sheet.Value]:
    exact: dict[str, sheet.Value] = {name: getattr(activity, name) for name in _KINDS}
    values: dict[str, sheet.Value] = {**typed_row(activity), **exact}
    return [values[column.name] for column in COLUMNS]


def activities_template(vocabulary: Vocabulary) -> bytes:
    """The sheet to fill in, and beside it the lists its cells may be picked from."""
    picks = picks_of(vocabulary)
    # All cells are text: a day typed as 5/4/2024 must not become May in an English Excel.
    columns = [
        sheet.Column(column.header, column.width, picks=picks.get(column.name, ""))
        for column in COLUMNS
    ]
    empty = [sheet.Row([None] * len(COLUMNS))] * EMPTY_ROWS
    return sheet.write_xlsx([sheet.Sheet("Hoạt động", columns, empty), *pick_lists(vocabulary)])
