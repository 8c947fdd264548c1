"""Take over a report that was filled in elsewhere: figures, words and role models at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.workflow import Conflict
from campaign.actions.report import Typed, add_exemplar, remove_exemplar, save_report
from campaign.models import Exemplar, ProgressReport


@dataclass(frozen=True)
class ReturnedExemplars:
    """Role models that came, read otherwise, or went; the known ones by their id."""

    added: Sequence[Mapping[str, str]] = ()
    changed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()


@transaction.atomic
def take_report(
    report: ProgressReport,
    typed: Typed,
    exemplars: ReturnedExemplars,
    *,
    by: User,
    at: datetime,
    revision: int,
) -> None:
    """Guarded by the revision as every save of the draft is: a colleague's stays."""
    save_report(report, typed, by=by, at=at, revision=revision)
    known = {one.pk: one for one in report.exemplars.select_related("report__unit")}
    if not known.keys() >= {*exemplars.changed, *exemplars.removed}:
        raise Conflict("Một điển hình vừa được người khác bỏ. Mời tải tệp mới rồi điền lại.")
    for pk, fields in exemplars.changed.items():
        _change_exemplar(known[pk], fields, by=by, at=at)
    for pk in exemplars.removed:
        remove_exemplar(known[pk], by=by, at=at)
    for fields in exemplars.added:
        add_exemplar(report, fields, by=by, at=at)


def _change_exemplar(
    exemplar: Exemplar, fields: Mapping[str, str], *, by: User, at: datetime
) -> None:  # fmt: skip
    for name, value in fields.items():
        setattr(exemplar, name, value)
    exemplar.save(update_fields=list(fields))
    AuditEvent.objects.record(
        exemplar.report, "exemplar_changed", by=by, at=at, label="Sửa điển hình", note=exemplar.name
    )
