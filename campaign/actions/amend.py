"""What a document adds to a campaign, changes in it or takes out; codes and history stay."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions.launch import agreed, keep_document, rows_to_write
from campaign.actions.plan import assign_duties
from campaign.datasets.amending import comparison_of, standing_of
from campaign.importers.rows import Writing, write_duty, write_rows
from campaign.models import Campaign, PlanItem, PlanItemChange, PlanReading, SourceDocument
from campaign.permissions import may_launch
from campaign.proposal.amendment import FRAME, Changed
from campaign.proposal.draft import Draft, Entry
from campaign.proposal.editing import next_code

LONGEST_CODE = 20
ASIDE = 10_000


@transaction.atomic
def amend(reading: PlanReading, *, withdrawn: Collection[str], by: User, at: datetime) -> Campaign:
    """Apply what was agreed with; `withdrawn` are codes a person ticked among those left out."""
    campaign = _campaign_of(reading, PlanReading.Purpose.AMENDMENT, by=by)
    draft = agreed(reading)
    found = comparison_of(campaign, draft)
    before = {one.code: one.parties for one in standing_of(campaign)}
    document = keep_document(
        reading, campaign, draft.facts, kind=SourceDocument.Kind.AMENDMENT, by=by, at=at
    )
    items = {item.code: item for item in PlanItem.objects.filter(campaign=campaign)}
    run = Writing(campaign, draft.meant, document, items=items)
    codes = {one.entry.row.code: one.standing.code for one in found.changed}
    for one in found.changed:
        _change(one, run, parties=before[one.standing.code], at=at)
    added = _add(found.added, codes, run)
    gone = {one.code for one in found.removed} & set(withdrawn)
    PlanItem.objects.filter(campaign=campaign, code__in=gone).update(withdrawn_by=document)
    given, taken = assign_duties(campaign, on=document.issued_on)
    reading.apply(campaign, document, by=by, at=at)
    AuditEvent.objects.record(
        campaign, "amended", by=by, at=at, label=f"Sửa đổi Kế hoạch theo {document}",
        note=f"Thêm {added}, sửa {len(found.changed)}, bãi bỏ {len(gone)} mục; "
        f"giao thêm {given}, thôi giao {taken} lượt",
    )  # fmt: skip
    return campaign


def _campaign_of(reading: PlanReading, purpose: str, *, by: User) -> Campaign:
    require(may_launch(by))
    if reading.purpose != purpose or reading.campaign is None:
        raise Refused("Văn bản này không phải để sửa đổi, bổ sung một đợt đã có.")
    return Campaign.objects.select_for_update().get(pk=reading.campaign.pk)


def _change(
    one: Changed, run: Writing, *, parties: dict[str, tuple[str, ...]], at: datetime
) -> None:
    """The row says something else from now on; what it said is kept beside it."""
    item = run.items[one.standing.code]
    assert run.document is not None  # noqa: S101  # an amendment always has its document
    PlanItemChange.objects.create(
        item=item, document=run.document, text_before=item.text,
        parties_before=parties, changed_at=at,
    )  # fmt: skip
    row = one.entry.row
    item.text_issued, item.text_corrected = row.text, row.corrected
    item.dates, item.date_note = row.dates, row.date_note
    item.line_start, item.line_end = row.first or None, row.last or None
    item.source = run.document
    item.save()
    if row.is_duty:
        write_duty(item, row, run)


def _add(entries: Iterable[Entry], renamed: dict[str, str], run: Writing) -> int:
    """New rows, each behind the last one of its heading, with a code nobody had before."""
    codes, count = dict(renamed), 0
    for entry in entries:
        row = entry.row
        parent = codes.get(row.parent, row.parent)
        code = row.code
        if code in run.items:
            stem = parent or code.rpartition(".")[0] or code
            code = next_code(stem, set(run.items))
        codes[row.code] = code
        fresh = replace(row, code=code, parent=parent if parent in run.items else "")
        write_rows([fresh], run, position=_make_room(run, fresh.parent))
        count += 1
    return count


def _make_room(run: Writing, parent: str) -> int:
    """The position behind the last row under the parent; those after it move down by one."""
    items = PlanItem.objects.filter(campaign=run.campaign)
    under = items.filter(code__startswith=f"{parent}.") | items.filter(code=parent)
    last = under.aggregate(last=Max("position"))["last"] if parent else None
    if last is None:
        last = items.aggregate(last=Max("position"))["last"] or 0
    after = items.filter(position__gt=last)
    # In two steps: two rows may not have one position, not even for a moment.
    after.update(position=F("position") + ASIDE)
    items.filter(position__gt=ASIDE).update(position=F("position") - (ASIDE - 1))
    return int(last) + 1


@transaction.atomic
def add_source(reading: PlanReading, *, by: User, at: datetime) -> Campaign:
    """Another plan of the same campaign: its rows come behind, under its own number."""
    campaign = _campaign_of(reading, PlanReading.Purpose.SOURCE, by=by)
    draft = agreed(reading)
    document = keep_document(
        reading, campaign, draft.facts, kind=SourceDocument.Kind.SOURCE, by=by, at=at
    )
    items = PlanItem.objects.filter(campaign=campaign)
    prefix = _prefix(draft, set(items.values_list("code", flat=True)))
    rows = [
        replace(
            row, code=f"{prefix}.{row.code}"[:LONGEST_CODE],
            parent=f"{prefix}.{row.parent}"[:LONGEST_CODE] if row.parent else "",
        )
        for row in rows_to_write(draft)
        if row.kind not in FRAME
    ]  # fmt: skip
    run = Writing(campaign, draft.meant, document)
    last = items.aggregate(last=Max("position"))["last"] or 0
    write_rows(rows, run, position=last + 1)
    given, _ = assign_duties(campaign, on=document.issued_on)
    reading.apply(campaign, document, by=by, at=at)
    AuditEvent.objects.record(
        campaign, "source_added", by=by, at=at, label=f"Thêm kế hoạch nguồn {document}",
        note=f"{len(rows)} mục; giao thêm {given} lượt nhiệm vụ",
    )  # fmt: skip
    return campaign


def _prefix(draft: Draft, taken: set[str]) -> str:
    """The number of the document, so that its rows are told by it: 2633.II.1."""
    found = re.match(r"\d+", draft.facts.get("document_number", ""))
    stem = found[0] if found else "N"
    used = {code.split(".")[0] for code in taken}
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 99))) if one not in used)
