"""What people hand in: each content once, and the files that wait beside an unsent form."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from accounts.models import User
from files.checks import LONGEST_NAME, Kind


class StoredFile(models.Model):
    """One content, named by its SHA-256, however many records refer to it (tệp lưu trữ).

    The name a person gave the file belongs to the record that refers to it: two units may hand
    in the same bytes, and neither learns of the other.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in Kind])
    # From our own table (`CONTENT_TYPES`), never what a browser claimed.
    content_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]),
                name="stored_file_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class StagedFileQuerySet(models.QuerySet["StagedFile"]):
    def of(self, user: User) -> StagedFileQuerySet:
        return self.filter(owner=user)

    def unexpired(self, at: datetime) -> StagedFileQuerySet:
        return self.filter(expires_at__gt=at)

    def expired(self, at: datetime) -> StagedFileQuerySet:
        return self.filter(expires_at__lte=at)

    def staged_since(self, moment: datetime) -> StagedFileQuerySet:
        return self.filter(created_at__gt=moment)


StagedFileManager = models.Manager.from_queryset(StagedFileQuerySet)


class StagedFile(models.Model):
    """A file sent ahead of its form (tệp tạm): it survives a lost session or a refused form."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = StagedFileManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="staged_file_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name
