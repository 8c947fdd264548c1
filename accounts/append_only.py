"""SQL that makes the database itself refuse to change or delete rows of the audit trail.

Tables that only grow (nhật ký chỉ ghi thêm): events and their seals. Used by a migration.
"""

TABLES = ("accounts_auditevent", "accounts_auditseal")

SENTENCE = "audit rows are never changed or deleted"


def statements(vendor: str) -> list[str]:
    """What creates the triggers on SQLite or PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for name, event, table in triggers()
        ]
    function = (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
        for name, event, table in triggers()
    ]


def removal(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name, _, _ in triggers()]
    return [f"DROP TRIGGER {name} ON {table}" for name, _, table in triggers()] + [
        "DROP FUNCTION audit_is_append_only()"
    ]


def triggers() -> list[tuple[str, str, str]]:
    """Name, event and table of each trigger."""
    return [
        (f"{table}_no_{event.lower()}", event, table)
        for table in TABLES
        for event in ("UPDATE", "DELETE")
    ]
