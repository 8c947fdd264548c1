"""What the database says, so that two moments can be compared."""

from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session

from accounts.models import AuditEvent, AuditSeal

# What a look at a page may leave behind: that somebody was there.
UNCOUNTED = {Session, AuditEvent, AuditSeal}


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
