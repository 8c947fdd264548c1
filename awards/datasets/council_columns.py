"""Meetings of the council, the letters that ask other agencies, and decisions, as lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.db.models.functions import Collate

from accounts.names import VIETNAMESE, by_given_name
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment

MEETINGS: Listing[Any] = Listing(
    key="phien-hop",
    title="Phiên họp Hội đồng",
    row="awards/meetings_row.html",
    empty=Empty(
        "Chưa có phiên họp nào",
        "Khi các đề nghị đã thẩm định xong, Ban Thi đua lập phiên họp để trình Hội đồng.",
        "bi-people",
    ),
    orders=(Order("moi-nhat", "Gần nhất trước", ("-meets_at",)),),
    tie=("-pk",),
    columns=(
        Column(
            "noi-dung", "Nội dung họp",
            (
                Field("Nội dung họp", str, 48),
                Field("Cơ quan họp", lambda row: row.get_body_display(), 28),
            ),
        ),
        plain("thoi-gian", "Thời gian", lambda row: moment(row.meets_at), 22, sort=("meets_at",)),
        plain("trang-thai", "Trạng thái", lambda row: row.get_status_display(), 20, sort=("status",)),
        plain("de-nghi", "Đề nghị", lambda row: row.nominations, 10, "integer", sort=("nominations",)),
        Column(
            "co-mat", "Có mặt",
            (
                Field("Có mặt", lambda row: row.present, 10, "integer"),
                Field("Thành viên", lambda row: row.members, 10, "integer"),
            ),
            sort=("present",),
        ),
    ),
)  # fmt: skip

STATE_WORDS = {"answered": "Đã trả lời", "overdue": "Quá hạn", "waiting": "Chưa trả lời"}


@dataclass(frozen=True)
class ConsultationRow:
    """A letter with the number of nominations it asks about, and where it stands on a day."""

    asked: Any
    state: str


def consultation_rows(letters: Sequence[Any], *, on: date) -> list[ConsultationRow]:
    return [ConsultationRow(letter, letter.state_on(on)) for letter in letters]


CONSULTATIONS: Listing[ConsultationRow] = Listing(
    key="hiep-y",
    title="Lấy ý kiến hiệp y",
    row="awards/consultations_row.html",
    empty=Empty(
        "Không có công văn nào",
        "Sau khi thẩm định, bấm “Lấy ý kiến” để hỏi công an, thanh tra, thuế và các cơ quan khác.",
        "bi-envelope-paper",
    ),
    orders=(
        Order(
            "cho-truoc", "Chưa trả lời trước, theo hạn",
            (F("answered_on").asc(nulls_first=True), "due_date"),
        ),
    ),
    columns=(
        plain("co-quan", "Cơ quan được hỏi", lambda row: row.asked.body, 40, sort=(Collate("body", VIETNAMESE),)),
        Column(
            "van-ban", "Số, ngày hỏi",
            (
                Field("Số công văn", lambda row: row.asked.number, 18),
                Field("Ngày hỏi", lambda row: row.asked.asked_on, 14, "date"),
            ),
            sort=("asked_on",),
        ),
        plain("han", "Hạn trả lời", lambda row: row.asked.due_date, 14, "date", sort=("due_date",)),
        Column(
            "tinh-trang", "Tình trạng",
            (
                Field("Tình trạng", lambda row: STATE_WORDS[row.state], 18),
                Field("Ngày trả lời", lambda row: row.asked.answered_on, 14, "date"),
            ),
            sort=("answered_on",),
        ),
        plain("de-nghi", "Đề nghị", lambda row: row.asked.asked_about, 10, "integer", sort=("asked_about",)),
        plain("khong-thong-nhat", "Không thống nhất", lambda row: row.asked.objections if row.state == "answered" else None, 10, "integer", sort=("objections",)),
    ),
)  # fmt: skip

DECISIONS: Listing[Any] = Listing(
    key="quyet-dinh-khen-thuong",
    title="Quyết định khen thưởng",
    row="awards/decisions_row.html",
    empty=Empty(
        "Chưa có quyết định nào", "Dự thảo quyết định được lập từ tờ trình.", "bi-award"
    ),
    orders=(
        Order("moi-nhat", "Dự thảo trước, rồi mới nhất", (F("decided_on").desc(nulls_first=True),)),
    ),
    tie=("-pk",),
    columns=(
        Column(
            "quyet-dinh", "Quyết định",
            (
                Field("Quyết định", str, 32),
                Field("Số", lambda row: row.number, 18),
            ),
            sort=("number",),
        ),
        plain("ngay", "Ngày", lambda row: row.decided_on, 14, "date", sort=("decided_on",)),
        plain(
            "trich-yeu", "Trích yếu", lambda row: row.subject, 60, sort=(Collate("subject", VIETNAMESE),)
        ),
        Column(
            "nguoi-ky", "Người ký",
            (
                Field("Người ký", lambda row: row.signer_name, 26),
                Field("Chức vụ", lambda row: row.signer_position, 30),
            ),
            sort=by_given_name("signer_name"), is_on=False,
        ),
        plain("trang-thai", "Trạng thái", lambda row: row.get_status_display(), 16, sort=("status",)),
        plain("duoc-khen", "Được khen", lambda row: row.granted, 10, "integer", sort=("granted",)),
        plain("huy-bo", "Đã hủy bỏ", lambda row: row.revoked, 10, "integer", sort=("revoked",)),
    ),
)  # fmt: skip
