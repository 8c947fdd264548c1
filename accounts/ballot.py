"""The base of every secret vote: one sealed box in the row of the ballot (ADR 0016).

A subclass says what is voted on and who has voted; who voted what stands nowhere. Nothing of a
slip goes into the audit trail, into a row of its own or into the key of a form
(`accounts.once.UNKEPT`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.workflow import Refused
from lib.ballot_box import BadSlip, BallotBox, BoxSpoiled, Count

SPOILED = (
    "Hòm phiếu không khớp với danh sách đã bỏ phiếu nên không kiểm phiếu được. "
    "Hãy hủy lần bỏ phiếu này và bỏ phiếu lại; quản trị viên cần xem lại máy chủ."
)
CLOSED = "Việc bỏ phiếu đã kết thúc nên không nhận thêm phiếu."


class SealedBallot(models.Model):
    """A secret vote (bỏ phiếu kín) over `options`; counted once, when the vote is over."""

    box_name = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    options = models.JSONField(default=list)
    box = models.TextField(blank=True)
    slips = models.PositiveIntegerField("số phiếu", null=True)
    votes = models.JSONField("kết quả", null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(box="") | Q(slips=None, votes=None),
                name="%(class)s_is_counted_only_when_empty",
            ),
            models.CheckConstraint(
                condition=Q(slips=None, votes=None) | Q(slips__isnull=False, votes__isnull=False),
                name="%(class)s_slips_and_votes_go_together",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False, slips=None)
                    & ~Q(cancel_reason="")
                ),
                name="%(class)s_cancelled_when_by_whom_and_why",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.cancelled_at is None

    def seal(self, options: Sequence[str]) -> None:
        """Begin: an empty box over these options; they cannot change any more."""
        self.options = list(options)
        self.box = self._ballot_box().empty()

    def drop(self, slip: Collection[str]) -> None:
        """One slip into the box. The caller writes the voter's row in the same transaction."""
        self._put_in(lambda box, sealed: box.cast(sealed, slip))

    def drop_counted(self, slips: int, votes: Mapping[str, int]) -> None:
        """Slips of paper that people counted: their sum goes in, nothing of it stays outside."""
        self._put_in(lambda box, sealed: box.pour(sealed, Count(slips, votes)))

    def _put_in(self, put: Callable[[BallotBox, str], str]) -> None:
        rows = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        sealed: str = rows.values_list("box", flat=True).get()
        if not sealed:
            raise Refused(CLOSED)
        try:
            self.box = put(self._ballot_box(), sealed)
        except BadSlip:
            raise Refused("Phiếu có lựa chọn không thuộc danh sách bỏ phiếu.") from None
        except BoxSpoiled:
            raise Refused(SPOILED) from None
        self.save(update_fields=["box"])

    def open_box(self, *, voters: int) -> None:
        """Count, once: keep the sums, empty the box. Refused unless each voter has one slip."""
        rows = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        sealed: str = rows.values_list("box", flat=True).get()
        if not sealed:
            raise Refused(CLOSED)
        try:
            count = self._ballot_box().count(sealed, voters=voters)
        except BoxSpoiled:
            raise Refused(SPOILED) from None
        self.box, self.slips, self.votes = "", count.slips, dict(count.votes)
        self.save(update_fields=["box", "slips", "votes"])

    def cancel(self, *, by: User, at: datetime, reason: str) -> None:
        """Called off: nobody learns what lay in the box. A vote that was counted stays."""
        if not self.is_open:
            raise Refused("Lần bỏ phiếu này đã kết thúc.")
        self.box = ""
        self.cancelled_at, self.cancelled_by, self.cancel_reason = at, by, reason
        self.save(update_fields=["box", "cancelled_at", "cancelled_by", "cancel_reason"])

    def _ballot_box(self) -> BallotBox:
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return BallotBox(str(self.box_name), self.options, secrets=secrets)
