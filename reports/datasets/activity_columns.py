"""Registered activities as a list: as they are now, or as a report froze them."""

from django.db.models.functions import Collate

from accounts.names import VIETNAMESE
from lib.listing import Column, Empty, Field, Listing, Order, plain
from reports.datasets.registered import ActivityRow

PROTOCOL = ("sub_plan__unit__sort_order", "position")

REGISTERED: Listing[ActivityRow] = Listing(
    key="hoat-dong-dang-ky",
    title="Hoạt động",
    row="reports/activities_row.html",
    empty=Empty(
        "Không có hoạt động nào",
        "Chưa có đơn vị nào đăng ký hoạt động ở mục này, hoặc bộ lọc quá hẹp.",
    ),
    orders=(Order("nghi-thuc", "Đơn vị theo thứ tự nghi thức", PROTOCOL),),
    tie=(*PROTOCOL, "pk"),
    columns=(
        plain(
            "don-vi", "Đơn vị", lambda row: row.unit, 40,
            sort=(Collate("sub_plan__unit__name", VIETNAMESE),),
        ),
        plain(
            "noi-dung", "Nội dung hoạt động", lambda row: row.title, 60,
            sort=(Collate("title", VIETNAMESE),),
        ),
        Column(
            "muc", "Mục", (Field("Mục của Kế hoạch", lambda row: ", ".join(row.codes), 18),)
        ),
        Column(
            "chu-tri", "Chủ trì, phối hợp",
            (
                Field("Chủ trì", lambda row: row.lead, 30),
                Field("Phối hợp", lambda row: row.participants, 36),
            ),
            is_on=False,
        ),
        plain(
            "dia-diem", "Địa điểm", lambda row: row.place, 24, sort=(Collate("place", VIETNAMESE),)
        ),
        Column(
            "thoi-gian", "Thời gian",
            (
                Field("Bắt đầu", lambda row: row.starts_on, 12, "date"),
                Field("Kết thúc", lambda row: row.ends_on, 12, "date"),
            ),
            sort=("starts_on", "ends_on"),
        ),
        Column(
            "so-luong", "Số lượng",
            (
                Field("Số lượng", lambda row: row.quantity, 10, "decimal"),
                Field("Đơn vị tính", lambda row: row.quantity_unit, 12),
            ),
            sort=("quantity",),
        ),
        Column(
            "kinh-phi", "Kinh phí",
            (
                Field("Kinh phí (triệu đồng)", lambda row: row.cost, 14, "decimal"),
                Field("Nguồn kinh phí", lambda row: row.cost_source, 18),
            ),
            sort=("cost",), is_on=False,
        ),
        plain("san-pham", "Sản phẩm, kết quả", lambda row: row.product, 30, is_on=False),
        plain(
            "phu-trach", "Người phụ trách", lambda row: row.person_responsible, 20, is_on=False
        ),
    ),
)  # fmt: skip
