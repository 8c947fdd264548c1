"""Taking in awards of before, all rows of a workbook or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from awards.actions.likeness import compare_everything_again
from awards.models import PastAward, PastAwardImport
from awards.permissions import may_import_history
from files.models import StagedFile


@transaction.atomic
def import_history(
    awards: Sequence[PastAward], *, staged: StagedFile, by: User, at: datetime
) -> PastAwardImport:
    """What came in meanwhile by another hand is passed over; `rows` says how many were new."""
    require(may_import_history(by))
    keys = [award.row_key for award in awards]
    there = set(PastAward.objects.filter(row_key__in=keys).values_list("row_key", flat=True))
    new = [award for award in awards if award.row_key not in there]
    batch = PastAwardImport.objects.create(
        stored=staged.stored, name=staged.name[:120], rows=len(new), at=at, by=by
    )
    for award in new:
        award.batch = batch
    PastAward.objects.bulk_create(new, batch_size=200)
    if new:
        compare_everything_again()
    AuditEvent.objects.record(
        batch, "imported", by=by, at=at,
        label=f"Nhập {len(new)} dòng lịch sử khen thưởng từ tệp {batch.name}",
    )  # fmt: skip
    return batch
