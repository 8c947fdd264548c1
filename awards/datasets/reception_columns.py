"""Dossiers by stage as a list: its columns on the page and in a sheet."""

from awards.datasets.reception import STAGES, DossierRow
from lib.listing import BY_VALUE, Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment

DOSSIERS: Listing[DossierRow] = Listing(
    key="ho-so-khen-thuong",
    title="Hồ sơ khen thưởng",
    row="awards/dossiers_row.html",
    empty=Empty(
        "Không có hồ sơ nào", "Hồ sơ khen thưởng hiện ở đây sau khi đơn vị gửi.", "bi-award"
    ),
    orders=(Order("giai-doan", "Theo giai đoạn, chờ lâu nhất trước", ()),),
    columns=(
        Column(
            "don-vi", "Hồ sơ",
            (
                Field("Đơn vị", lambda row: row.dossier.unit.name, 40),
                Field("Hồ sơ số", lambda row: row.dossier.number, 10, "integer"),
                Field("Số tờ trình", lambda row: row.dossier.letter_number, 18),
            ),
            sort=BY_VALUE,
        ),
        plain("giai-doan", "Giai đoạn", lambda row: STAGES[row.stage], 24),
        plain("so-de-nghi", "Số đề nghị", lambda row: row.nominations, 10, "integer", sort=BY_VALUE),
        Column(
            "gui", "Gửi lần đầu",
            (
                Field(
                    "Gửi lần đầu",
                    lambda row: moment(row.dossier.submitted_at) if row.dossier.submitted_at else "",
                    22,
                ),
            ),
        ),
        Column(
            "thoi-han", "Thời hạn xử lý",
            (
                Field("Đã chờ (ngày làm việc)", lambda row: row.waits, 12, "integer"),
                Field("Thời hạn (ngày làm việc)", lambda row: row.limit, 12, "integer"),
                Field("Bổ sung đến", lambda row: row.dossier.return_due_date, 14, "date"),
            ),
            sort=BY_VALUE,
        ),
    ),
)  # fmt: skip
