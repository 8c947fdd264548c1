"""Documents of plans on their way to becoming campaigns."""

from datetime import UTC, date, datetime

import factory

from campaign.models import PlanReading, SourceDocument
from campaign.proposal import draft as drafts
from campaign.proposal.matching import Match
from campaign.proposal.row import Row
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.files import StoredFileFactory

HANDED_IN_AT = datetime(2024, 3, 8, 2, 0, tzinfo=UTC)

FACTS = {
    "code": "2031", "name": "Đợt thi đua năm 2031", "document_type": "KẾ HOẠCH",
    "document_number": "15/KH-UBND", "issued_on": "2024-03-07", "place": "Tây Ninh",
    "issuer": "UBND tỉnh Tây Ninh", "subject": "Phát động đợt thi đua năm 2031", "theme": "",
    "guiding_thought": "", "starts_on": "2024-03-07", "ends_on": "2024-12-31",
    "sub_plan_due_date": "2024-03-22", "receiver": "Sở Nội vụ", "signer_position": "CHỦ TỊCH",
    "signer_name": "Nguyễn Văn Mẫu (mẫu)",
}  # fmt: skip
ROWS = (
    Row("I.1", "purpose", "1. Nâng cao nhận thức. Tạo chuyển biến.", 3, 3),
    Row("II.1", "assignment_heading", "1. Sở Nội vụ", 5, 5),
    Row(
        "II.1.1", "assignment_bullet", "Chủ trì hướng dẫn khen thưởng.", 6, 6, parent="II.1",
        verb="lead", basis="explicit", assignees=("Sở Nội vụ",), leads=("Sở Nội vụ",),
        coordinators=("các đơn vị liên quan",),
    ),
)  # fmt: skip
SOURCE = [[row.first, row.text] for row in ROWS]


def draft_json(rows=ROWS, *, facts=FACTS, meant=None, kept=False, outside=False):
    """A draft as a worker leaves it: `meant` gives the codes of names, the others stay open."""
    names = [name for row in rows for name in row.names]
    matches = {name: Match(tuple((meant or {}).get(name, ()))) for name in names}
    made = drafts.begin(facts, list(rows), matches)
    kept_json = drafts.as_json(made)
    if kept:
        kept_json["entries"] = [[n, "kept", r, row] for n, _, r, row in kept_json["entries"]]
    if outside:
        for one in kept_json["names"]:
            one["state"] = one["state"] if one["meant"] else "outside"
    return kept_json


class PlanReadingFactory(factory.django.DjangoModelFactory):
    """Read and not yet gone through, unless a trait says otherwise."""

    class Meta:
        model = PlanReading

    class Params:
        waiting = factory.Trait(state="queued", finished_at=None, draft={}, source=[])
        failed = factory.Trait(state="failed", draft={}, source=[], error="Tệp không có chữ nào.")

    name = "ke-hoach.docx"
    stored = factory.SubFactory(StoredFileFactory, on_disk=True)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = HANDED_IN_AT
    state = "done"
    finished_at = HANDED_IN_AT
    source = SOURCE
    draft = factory.LazyFunction(draft_json)


class SourceDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceDocument

    campaign = factory.SubFactory(CampaignFactory)
    kind = "amendment"
    number = "20/KH-UBND"
    issued_on = date(2024, 6, 1)
    subject = "Sửa đổi, bổ sung Kế hoạch"
    added_at = HANDED_IN_AT
