"""The secret address under which a person's calendar can be subscribed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User


class CalendarKey(models.Model):
    """Whoever knows the key reads the person's calendar; only its SHA-256 is kept.

    Revoking ends the address at once; a new key is another row.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_keys")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField("đọc lần cuối", null=True)

    class Meta:
        verbose_name = "địa chỉ lịch"
        verbose_name_plural = "địa chỉ lịch"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_calendar_address_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Lịch của {self.user}"
