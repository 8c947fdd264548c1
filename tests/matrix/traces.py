"""What the database says, so that two moments can be compared."""

import re
from collections.abc import Iterator
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
    """Whether any statement wrote to a table that counts. Only then are the tables read and
    compared: what was written may have been taken back."""

    def __init__(self) -> None:
        self.wrote = False
        self.uncounted = {model._meta.db_table for model in UNCOUNTED}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written = WRITING.match(sql)
        self.wrote = self.wrote or bool(written and written[1] not in self.uncounted)
        return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[Pen]:
    pen = Pen()
    with connection.execute_wrapper(pen):
        yield pen


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but sessions and the audit trail."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
        if model not in UNCOUNTED
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {label for label in before if before[label] != after[label]}
