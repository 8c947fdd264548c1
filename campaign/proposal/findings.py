"""What still keeps a draft from becoming a campaign, and where to mend it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.proposal.draft import PROPOSED, Draft

FACTS_NEEDED = {
    "name": "tên gọi đợt thi đua",
    "code": "mã đợt",
    "document_type": "loại văn bản",
    "issued_on": "ngày ban hành",
    "place": "địa danh",
    "issuer": "cơ quan ban hành",
    "subject": "trích yếu",
    "starts_on": "ngày bắt đầu",
    "ends_on": "ngày kết thúc",
    "sub_plan_due_date": "hạn gửi kế hoạch triển khai",
    "receiver": "nơi nhận kế hoạch triển khai",
}


@dataclass(frozen=True)
class Finding:
    """A sentence for the person, and the place of the page it speaks of."""

    sentence: str
    anchor: str


def missing(draft: Draft, *, facts: bool = True) -> list[Finding]:
    """Everything that has to be settled first; empty when the draft may become a campaign."""
    return [*(_facts(draft) if facts else ()), *_rows(draft), *_names(draft)]


def _facts(draft: Draft) -> Iterator[Finding]:
    for name, words in FACTS_NEEDED.items():
        if not draft.facts.get(name, "").strip():
            yield Finding(f"Chưa có {words}.", f"id_{name}")
    if draft.facts.get("starts_on", "") > draft.facts.get("ends_on", "") > "":
        yield Finding("Ngày bắt đầu ở sau ngày kết thúc.", "id_starts_on")


def _rows(draft: Draft) -> Iterator[Finding]:
    unseen = [one for one in draft.entries if one.state == PROPOSED]
    if unseen:
        yield Finding(f"Còn {len(unseen)} mục chưa xem.", f"muc-{unseen[0].number}")
    if not any(True for _ in draft.alive):
        yield Finding("Không còn mục nào được giữ.", "de-xuat")
    codes = Counter(one.row.code for one in draft.alive)
    for one in draft.alive:
        if codes[one.row.code] > 1:
            yield Finding(f"Mã “{one.row.code}” có ở nhiều mục.", f"muc-{one.number}")
            codes[one.row.code] = 0
        if one.row.is_duty and not one.row.assignees:
            yield Finding(f"Nhiệm vụ {one.row.code} chưa có nơi được giao.", f"muc-{one.number}")
        if not one.row.text.strip():
            yield Finding(f"Mục {one.row.code} không có nội dung.", f"muc-{one.number}")


def _names(draft: Draft) -> Iterator[Finding]:
    waiting = draft.open_names
    if waiting:
        yield Finding(f"Còn {len(waiting)} tên cơ quan chưa rõ là đơn vị nào.", "ten-co-quan")
