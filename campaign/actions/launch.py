"""“Tạo đợt thi đua”: what a person agreed with becomes a campaign, in one transaction."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions.plan import assign_duties, owe_sub_plans
from campaign.importers.rows import Writing, write_rows
from campaign.models import Campaign, PlanReading, SourceDocument
from campaign.permissions import may_launch
from campaign.proposal.draft import Draft, from_kept
from campaign.proposal.findings import missing
from campaign.proposal.row import Row

DAYS = ("issued_on", "starts_on", "ends_on", "sub_plan_due_date")


class Incomplete(Refused):
    """Something still has to be settled; `details` says what, a sentence a line."""

    def __init__(self, draft: Draft, *, facts: bool = True) -> None:
        super().__init__("Chưa tạo được, còn việc phải làm:")
        self.details = tuple(one.sentence for one in missing(draft, facts=facts))


@transaction.atomic
def launch(reading: PlanReading, *, by: User, at: datetime) -> Campaign:
    """Campaign, rows, duties, whom they name, and what every unit owes; all of it or nothing."""
    require(may_launch(by))
    draft = agreed(reading)
    if not reading.makes_a_campaign:
        raise Refused("Văn bản này thuộc một đợt thi đua đã có.")
    facts = draft.facts
    if Campaign.objects.filter(code=facts["code"]).exists():
        raise Refused(f"Đã có đợt thi đua mã “{facts['code']}”. Hãy chọn mã khác.")
    campaign = Campaign.objects.create(**header(facts))
    document = keep_document(
        reading, campaign, facts, kind=SourceDocument.Kind.LAUNCH, by=by, at=at
    )
    run = Writing(campaign, draft.meant, document)
    write_rows(rows_to_write(draft), run)
    added, _ = assign_duties(campaign, on=campaign.issued_on)
    owing = owe_sub_plans(campaign, on=campaign.issued_on)
    reading.apply(campaign, document, by=by, at=at)
    AuditEvent.objects.record(
        campaign, "launched", by=by, at=at, label="Tạo đợt thi đua từ văn bản kế hoạch",
        note=f"{len(run.items)} mục; giao {added} lượt nhiệm vụ; {owing} đơn vị gửi kế hoạch triển khai",
    )  # fmt: skip
    return campaign


def agreed(reading: PlanReading) -> Draft:
    """The draft, if nothing is left to settle in it."""
    if reading.applied_at is not None:
        raise Refused("Bản đọc này đã được đưa vào đợt thi đua.")
    if not reading.is_editable:
        raise Refused("Bản đọc này chưa đọc xong hoặc đã bỏ.")
    draft = from_kept(reading.draft)
    if missing(draft, facts=reading.makes_a_campaign):
        raise Incomplete(draft, facts=reading.makes_a_campaign)
    return draft


def header(facts: dict[str, str]) -> dict[str, Any]:
    """The facts as the campaign keeps them."""
    return {
        name: date.fromisoformat(value) if name in DAYS else value for name, value in facts.items()
    }


def rows_to_write(draft: Draft) -> list[Row]:
    """What is kept, in its order; a row comes after the one it stands under."""
    kept = [one.row for one in draft.alive]
    known = {row.code for row in kept}
    written: dict[str, Row] = {}
    waiting = kept
    while waiting:
        ready = [row for row in waiting if row.parent not in known or row.parent in written]
        if not ready:
            break  # two rows under each other: neither has a place, both stand alone
        first = ready[0]
        written[first.code] = first
        waiting = [row for row in waiting if row.code != first.code]
    return [*written.values(), *waiting]


def keep_document(
    reading: PlanReading, campaign: Campaign, facts: dict[str, str], *,
    kind: str, by: User, at: datetime,
) -> SourceDocument:  # fmt: skip
    """The document itself, beside what it became."""
    issued = facts.get("issued_on")
    return SourceDocument.objects.create(
        campaign=campaign, kind=kind, number=facts.get("document_number", ""),
        issued_on=date.fromisoformat(issued) if issued else campaign.issued_on,
        issuer=facts.get("issuer", ""), subject=facts.get("subject", "") or reading.name,
        stored=reading.stored, name=reading.name if reading.stored_id else "",
        added_at=at, added_by=by,
    )  # fmt: skip
