"""SQL that makes the database itself refuse to change or delete rows that only grow.

By default the audit trail (nhật ký chỉ ghi thêm): events and their seals. The marks of a score
sheet are kept the same way, under a function of their own. Used by migrations.
"""

TABLES = ("accounts_auditevent", "accounts_auditseal")
FUNCTION = "audit_is_append_only"

SENTENCE = "rows of this table are never changed or deleted"


def statements(
    vendor: str, tables: tuple[str, ...] = TABLES, function: str = FUNCTION
) -> list[str]:
    """What creates the triggers on SQLite or PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for name, event, table in triggers(tables)
        ]
    refusal = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    return [refusal] + [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        for name, event, table in triggers(tables)
    ]


def removal(vendor: str, tables: tuple[str, ...] = TABLES, function: str = FUNCTION) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name, _, _ in triggers(tables)]
    return [f"DROP TRIGGER {name} ON {table}" for name, _, table in triggers(tables)] + [
        f"DROP FUNCTION {function}()"
    ]


def triggers(tables: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Name, event and table of each trigger."""
    return [
        (f"{table}_no_{event.lower()}", event, table)
        for table in tables
        for event in ("UPDATE", "DELETE")
    ]
