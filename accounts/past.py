"""How records stood at a moment that has passed, read back from the trace they left.

What has not moved since stands as it stood; what has is set back to its last move before that
moment. So reading yesterday costs what happened since, not the whole history (ADR 0031).
"""

from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import AuditEvent
from accounts.workflow import Workflow


def events_of(model: type[Model], verbs: Any) -> QuerySet[AuditEvent]:
    """What happened to the records of a kind; `verbs` are the events that are meant."""
    return AuditEvent.objects.filter(subject_type=model._meta.label, verb__in=list(verbs))


def touched_since(model: type[Model], verbs: Any, by: datetime) -> QuerySet[Any]:
    """The keys of the records to which one of these happened after a moment; for `pk__in`."""
    later = events_of(model, verbs).filter(at__gt=by)
    return later.annotate(subject=Cast("subject_id", BigIntegerField())).values("subject")


def touched_between(
    model: type[Model], verbs: Any, first: datetime, last: datetime
) -> QuerySet[Any]:
    """The same, after one moment and by another."""
    return touched_since(model, verbs, first).filter(at__lte=last)


def status_then(model: type[Workflow], by: datetime, *, initial: str = "") -> Case:
    """The status each row had at a moment, as an expression over a queryset of the model;
    `initial` is that of a row before its first move, where it is not the model's own."""
    field = model._meta.get_field("status")
    statuses = [value for value, _ in field.choices or ()]
    own = events_of(model, statuses).filter(
        subject_id=Cast(OuterRef("pk"), CharField(max_length=40)), at__lte=by
    )
    last = Subquery(own.order_by("-at", "-pk").values("verb")[:1])
    return Case(
        When(
            pk__in=touched_since(model, statuses, by),
            then=Coalesce(last, Value(initial or field.get_default()), output_field=CharField()),
        ),
        default=F("status"),
        output_field=CharField(),
    )
