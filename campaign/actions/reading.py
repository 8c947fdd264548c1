"""A document on its way to becoming a campaign: handed in, worked on, put aside."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from accounts.handover import hand_over
from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.datasets.copied import copied_rows, facts_of_campaign
from campaign.datasets.directory import directory
from campaign.models import Campaign, PlanItem, PlanReading
from campaign.permissions import may_read_plans
from campaign.proposal.draft import Draft, as_json, begin, from_kept, rematched
from campaign.proposal.editing import Impossible, say_facts
from campaign.proposal.facts import shifted
from campaign.proposal.matching import match_all
from campaign.tasks import read_document
from files.models import StagedFile

TRIES = 4
Change = Callable[[Draft], Draft]


@transaction.atomic
def hand_in(
    staged: StagedFile, *, by: User, at: datetime,
    purpose: str = PlanReading.Purpose.LAUNCH, campaign: Campaign | None = None,
) -> PlanReading:  # fmt: skip
    """Keep the document and have a worker read it."""
    require(may_read_plans(by))
    reading = PlanReading.objects.create(
        purpose=purpose, campaign=campaign, stored=staged.stored, name=staged.name,
        asked_by=by, asked_at=at,
    )  # fmt: skip
    AuditEvent.objects.record(
        reading, "handed_in", by=by, at=at, label="Gửi văn bản kế hoạch để đọc", note=staged.name
    )
    hand_over(read_document, reading_id=reading.pk)
    return reading


@transaction.atomic
def copy_campaign(campaign: Campaign, *, by: User, at: datetime, years: int = 1) -> PlanReading:
    """The same campaign another year, as a draft to go through: names are matched anew on its day."""
    require(may_read_plans(by))
    items = PlanItem.objects.filter(campaign=campaign).in_effect().in_order()
    rows, source = copied_rows(items.select_related("parent", "duty"))
    facts = shifted(facts_of_campaign(campaign), years)
    names = [name for row in rows for name in row.names]
    on = date.fromisoformat(facts["issued_on"])
    draft = begin(facts, rows, match_all(names, directory(on=on)))
    reading = PlanReading.objects.create(
        purpose=PlanReading.Purpose.COPY, copied_from=campaign, name=f"Chép từ {campaign}"[:200],
        asked_by=by, asked_at=at, state=PlanReading.State.DONE, finished_at=at,
        source=source, draft=as_json(draft),
    )  # fmt: skip
    AuditEvent.objects.record(
        reading, "copied", by=by, at=at, label="Chép đợt thi đua", note=str(campaign)
    )
    return reading


def edit(reading: PlanReading, change: Change, *, by: User, at: datetime) -> Draft:
    """Change the draft as it stands now; a colleague's change of another row is kept.

    `Stale` where the row itself has moved on, `Refused` where the draft is closed.
    """
    require(may_read_plans(by))
    for _ in range(TRIES):
        if not reading.is_editable:
            raise Refused("Bản đọc này đã kết thúc nên không sửa được nữa.")
        try:
            draft = change(from_kept(reading.draft))
        except Impossible as problem:
            raise Refused(str(problem)) from problem
        if reading.keep(as_json(draft), by=by, at=at):
            return draft
        reading.refresh_from_db()
    raise Refused("Nhiều người đang cùng sửa bản đọc này. Mời bấm lại.")


def save_facts(
    reading: PlanReading, facts: dict[str, str], *, revision: int, by: User, at: datetime
) -> Draft:
    """The facts of the header; another day of issue means the units of another day."""

    def change(draft: Draft) -> Draft:
        changed = say_facts(draft, revision, facts)
        if changed.facts.get("issued_on") == draft.facts.get("issued_on"):
            return changed
        return rematched(changed, match_all(changed.names, directory(on=day_of(changed, at))))

    return edit(reading, change, by=by, at=at)


def day_of(draft: Draft, at: datetime) -> date:
    """The day whose units the names mean."""
    said = draft.facts.get("issued_on", "")
    return date.fromisoformat(said) if said else at.date()


@transaction.atomic
def discard(reading: PlanReading, *, by: User, at: datetime) -> None:
    require(may_read_plans(by))
    reading.discard(at=at)
    AuditEvent.objects.record(reading, "discarded", by=by, at=at, label="Bỏ bản đọc kế hoạch")


@transaction.atomic
def read_again(reading: PlanReading, *, by: User, at: datetime) -> None:
    require(may_read_plans(by))
    if not PlanReading.objects.queue_again(reading.pk):
        raise Refused("Chỉ đọc lại được văn bản chưa đọc được.")
    AuditEvent.objects.record(reading, "queued_again", by=by, at=at, label="Cho đọc lại văn bản")
    hand_over(read_document, reading_id=reading.pk)
