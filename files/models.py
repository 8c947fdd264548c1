"""What people hand in: each content once, the words in it, and the files that wait beside an
unsent form."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from accounts.job import Job, JobQuerySet
from accounts.models import User
from files.checks import LONGEST_NAME, Kind
from lib.search import pairs_asked


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


class Says(models.Lookup[str]):
    """Whether a text has these words in a row (`lib.search.pairs_of`): on PostgreSQL by the index
    of its full text search, elsewhere by looking."""

    lookup_name = "says"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        pairs, params = self.process_lhs(compiler, connection)
        *whole, begun = self.rhs
        # Letters, digits and one space: there is nothing in a pair that LIKE would read as a sign.
        patterns = [*(f"%\n{pair}\n%" for pair in whole), f"%\n{begun}%"]
        return " AND ".join(f"{pairs} LIKE %s" for _ in patterns), (*params, *patterns)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """By a column and a function that only PostgreSQL has (migration 0003)."""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        asked = " & ".join(f"'{pair}'" for pair in self.rhs) + ":*"
        return f"file_words({table}.says) @@ %s::tsquery", (asked,)


class FileTextQuerySet(JobQuerySet["FileText"]):
    def saying(self, words: Sequence[str]) -> FileTextQuerySet:
        """Those in which the words stand in a row, the last perhaps only begun."""
        asked = pairs_asked(words)
        return self.filter(Says(models.F("pairs"), asked)) if asked else self.none()


FileTextManager = models.Manager.from_queryset(FileTextQuerySet)


class FileText(Job):
    """The words of a content (chữ trong tệp), read once by a worker so that they can be found.

    The row is the job. `failed` means that the content cannot be read and is not tried again; a
    scan that has no words is `done` with none. Nobody sees a text but by the record that refers
    to its content, where they see that.
    """

    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="text")
    text = models.TextField(blank=True)
    pairs = models.TextField(blank=True)

    objects = FileTextManager()

    class Meta(Job.Meta):
        constraints = [*Job.Meta.constraints]

    def __str__(self) -> str:
        return f"Chữ trong tệp {self.stored_id}"


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
