"""Records that move through statuses, and leave a trace each time they do."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction

from accounts.models import AuditEvent, User


class Refused(Exception):
    """Not now: the record is in no state for this. The message is shown to the user, and
    `details` below it, a sentence a line."""

    details: tuple[str, ...] = ()


class Conflict(Refused):
    """Somebody else saved since this page was read."""


class Workflow(models.Model):
    """A subclass gives `Status`, the table of moves, and one verb per move over `_move`."""

    MOVES: ClassVar[Mapping[str, Collection[str]]]

    status = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def can_move(self, to: str) -> bool:
        return to in self.MOVES.get(self.status, ())

    def set_back(self, status: str) -> None:
        """Say the status of a moment that has passed (`accounts.past`): to be shown, not saved."""
        self.status = status

    def _move(
        self,
        to: str,
        *,
        by: User | None,
        at: datetime,
        note: str = "",
        **changes: Any,
    ) -> None:
        """One UPDATE, guarded by the status we read: of two people who press at once one wins."""
        if not self.can_move(to):
            raise Refused("Hồ sơ không còn ở trạng thái cho phép thao tác này. Mời tải lại trang.")
        with transaction.atomic():
            same_row = type(self)._base_manager.filter(pk=self.pk, status=self.status)
            if not same_row.update(status=to, **changes):
                raise Refused("Hồ sơ vừa được người khác xử lý. Mời tải lại trang để xem.")
            for name, value in {"status": to, **changes}.items():
                setattr(self, name, value)
            label: str = self.get_status_display()  # type: ignore[attr-defined]
            AuditEvent.objects.record(self, to, by=by, at=at, label=label, note=note)
