"""Pairs that may be one achievement, as a list: its columns on the page and in a sheet."""

from accounts.names import by_given_name
from awards.datasets.lookalike import DECIDED
from awards.models import Lookalike
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment


def lookalike_listing(tab: str) -> Listing[Lookalike]:
    return Listing(
        key="nghi-trung",
        title="Nghi trùng thành tích",
        row="awards/lookalikes_row.html",
        empty=Empty(
            "Không có cặp nào ở mục này",
            "Đề nghị mới gửi được so trong vài phút; cặp tìm thấy sẽ hiện ở mục Chờ kết luận.",
            "bi-check2-circle",
        ),
        orders=(Order("muc-giong-nhat", "Giống nhất trước", ("-score", "-found_at")),),
        columns=(
            Column(
                "de-nghi", "Đề nghị",
                (
                    Field("Đề nghị", lambda row: str(row.nomination.candidate), 32),
                    Field("Đơn vị", lambda row: str(row.nomination.candidate.unit), 40),
                ),
                sort=by_given_name("nomination__candidate__name"),
            ),
            Column(
                "giong-voi", "Giống với",
                (
                    Field("Giống với", _other_name, 32),
                    Field("Đơn vị của bên kia", _other_unit, 40),
                ),
            ),
            plain("muc-giong", "Mức giống", lambda row: row.score, 10, "integer", sort=("score",)),
            plain("can-cu", "Căn cứ", lambda row: row.in_words, 60),
            *((_verdict(),) if tab == DECIDED else ()),
        ),
    )  # fmt: skip


def _other_name(row: Lookalike) -> str:
    if row.other:
        return str(row.other.candidate)
    return row.past_award.name if row.past_award else ""


def _other_unit(row: Lookalike) -> str:
    if row.other:
        return str(row.other.candidate.unit)
    past = row.past_award
    return f"{past.unit_name} (đã khen năm {past.year})" if past else ""


def _verdict() -> Column[Lookalike]:
    return Column(
        "ket-luan", "Kết luận",
        (
            Field("Kết luận", lambda row: row.verdict.get_verdict_display() if row.verdict else "", 24),
            Field("Người kết luận", lambda row: str(row.verdict.by) if row.verdict else "", 24),
            Field("Lúc", lambda row: moment(row.verdict.at) if row.verdict else "", 22),
        ),
    )  # fmt: skip
