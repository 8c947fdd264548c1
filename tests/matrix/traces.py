"""What the database says, so that two moments can be compared."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
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
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
        if model not in UNCOUNTED and (names is None or model._meta.db_table in names)
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {label for label in after if before[label] != after[label]}
