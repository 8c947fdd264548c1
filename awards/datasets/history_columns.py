"""Awards of before as a list: its columns on the page and in a sheet."""

from django.db.models import Q
from django.db.models.functions import Collate

from accounts.names import VIETNAMESE, by_given_name
from awards.models import AwardForm, PastAward, Recipient
from lib.listing import Column, Empty, Field, Listing, Order, plain

BY_NAME = by_given_name("name", Q(recipient=Recipient.INDIVIDUAL))
DECIDERS = dict(AwardForm.Decider.choices)

HISTORY: Listing[PastAward] = Listing(
    key="lich-su-khen-thuong",
    title="Lịch sử khen thưởng",
    row="awards/history_row.html",
    empty=Empty(
        "Không có khen thưởng nào khớp",
        "Hãy bớt điều kiện lọc, hoặc tìm bằng một phần của tên; gõ không dấu cũng tìm được.",
        "bi-award",
    ),
    orders=(Order("moi-nhat", "Năm gần nhất trước", ("-year", *BY_NAME)),),
    columns=(
        Column(
            "ten", "Họ và tên, tên tập thể",
            (
                Field("Họ và tên, tên tập thể", lambda row: row.name, 32),
                Field("Đối tượng", lambda row: row.get_recipient_display(), 12),
                Field("Giới tính", lambda row: row.get_gender_display(), 10),
                Field("Chức vụ", lambda row: row.position, 24),
            ),
            sort=BY_NAME,
        ),
        plain(
            "don-vi", "Đơn vị", lambda row: row.unit_name, 40,
            sort=(Collate("unit_name", VIETNAMESE),),
        ),
        Column(
            "hinh-thuc", "Danh hiệu, hình thức",
            (Field("Danh hiệu, hình thức", lambda row: row.form_name, 36),),
            sort=(Collate("form_name", VIETNAMESE),),
        ),
        plain("nam", "Năm", lambda row: str(row.year), 8, sort=("year",)),
        Column(
            "quyet-dinh", "Quyết định",
            (
                Field("Số quyết định", lambda row: row.decision_number, 18),
                Field("Ngày quyết định", lambda row: row.decided_on, 14, "date"),
                Field("Cấp quyết định", lambda row: DECIDERS.get(row.decided_by, ""), 24),
                Field("Số sổ vàng", lambda row: row.golden_book_number, 14),
            ),
            sort=("decided_on", "decision_number"),
        ),
        Column(
            "thanh-tich", "Thành tích",
            (
                Field("Thành tích từ ngày", lambda row: row.achieved_from, 14, "date"),
                Field("Đến hết ngày", lambda row: row.achieved_to, 14, "date"),
                Field("Thành tích", lambda row: row.achievement, 60),
                Field("Sáng kiến", lambda row: row.initiative_name, 40),
            ),
            sort=("achieved_from",), is_on=False,
        ),
    ),
)  # fmt: skip
