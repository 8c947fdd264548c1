"""What the database says, so that two moments can be compared."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.models import AuditEvent, AuditSeal

# What a look at a page may leave behind: that somebody was there.
UNCOUNTED = {Session, AuditEvent, AuditSeal}

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


class Pen:
    """Which tables that count were written to. Only those are read and compared afterwards: what
    was written may have been taken back."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if written := WRITING.match(sql):
            self.tables.add(written[1])
        return execute(sql, params, many, context)

    def traces(self, before: dict[str, Any]) -> set[str]:
        """The tables that say something else than before."""
        return changes(before, tables(self.tables)) if self.tables else set()


@contextmanager
def watched() -> Iterator[Pen]:
    pen = Pen()
    with connection.execute_wrapper(pen):
        yield pen


def tables(names: Collection[str] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but sessions and the audit trail; of those named, where some are."""
    said = {}
    with connection.cursor() as cursor:
        for label, table, sql in _readings():
            if names is None or table in names:
                cursor.execute(sql)
                said[label] = cursor.fetchall()
    return said


@cache
def _readings() -> list[tuple[str, str, str]]:
    """Label, table and query of each model: written once, for they are asked thousands of times."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    quote = connection.ops.quote_name
    found = []
    for model in models:
        if model not in UNCOUNTED:
            table, key = model._meta.db_table, model._meta.pk.column
            columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
            sql = f"SELECT {columns} FROM {quote(table)} ORDER BY {quote(key)}"
            found.append((model._meta.label, table, sql))
    return found


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {label for label in after if before[label] != after[label]}
