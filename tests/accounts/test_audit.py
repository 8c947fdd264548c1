import pytest
from django.db import DatabaseError, connection, transaction

from accounts.jobs import seal_audit
from accounts.models import AuditEvent, AuditSeal
from accounts.seal import broken_seals
from lib import clock
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def record(label="Đã nộp"):
    user = UserFactory()
    return AuditEvent.objects.record(user, "submitted", by=user, at=clock.now(), label=label)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_alter_the_trail(change):
    event = record()
    rows = AuditEvent.objects.filter(pk=event.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(label="khác") if change == "update" else rows._raw_delete(rows.db)

    event.refresh_from_db()
    assert event.label == "Đã nộp"


def test_sealing_chains_every_event_once():
    first, second = record(), record()

    assert seal_audit(at=clock.now()) == 2
    assert seal_audit(at=clock.now()) == 0
    assert list(AuditSeal.objects.order_by("pk").values_list("event", flat=True)) == [
        first.pk,
        second.pk,
    ]
    assert broken_seals() == []


def test_a_falsified_event_breaks_its_seal():
    event = record()
    record()
    seal_audit(at=clock.now())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER accounts_auditevent_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table may not be altered
            cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE accounts_auditevent SET label = 'khác' WHERE id = %s", [event.pk])

    assert broken_seals() == [event.pk]
