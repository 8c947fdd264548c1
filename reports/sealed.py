"""SQL that makes the database itself keep an issued report as it was issued.

From the moment a paper is issued (ban hành) its row may only be superseded, its words, its report
with the frozen figures and its files never change. Signed copies, versions of templates and past
wordings only grow (`accounts.append_only`). Used by migrations.
"""

SENTENCE = "an issued report is never changed"
ISSUED = "('issued', 'superseded')"

# What says whether a row belongs to an issued paper, by table; `{row}` is OLD or NEW.
OF_AN_ISSUED_PAPER = {
    "reports_papersection": (
        "EXISTS (SELECT 1 FROM reports_paper p WHERE p.id = {row}.paper_id "
        "AND p.status IN ('issued', 'superseded'))"
    ),
    "reports_passage": (
        "EXISTS (SELECT 1 FROM reports_papersection s JOIN reports_paper p ON p.id = s.paper_id "
        "WHERE s.id = {row}.section_id AND p.status IN ('issued', 'superseded'))"
    ),
    "reports_report": (
        "EXISTS (SELECT 1 FROM reports_paper p WHERE p.report_id = {row}.id "
        "AND p.status IN ('issued', 'superseded'))"
    ),
}
# The columns of an issued paper that stay; `status` and `superseded_by_id` are the other two.
KEPT_COLUMNS = (
    "id", "report_id", "template_id", "code", "subject", "addressees", "bases", "opening",
    "closing", "recipients", "authority", "position", "signer", "revision", "saved_at",
    "saved_by_id", "edition", "approved_at", "approved_by_id", "number", "symbol", "issued_on",
    "year", "issued_at", "issued_by_id", "docx_id", "pdf_id", "xlsx_id", "hashes",
)  # fmt: skip


def statements(vendor: str) -> list[str]:
    """What creates the triggers on SQLite or PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for name, event, table, condition in triggers(vendor)
        ]
    drafted = [
        # A condition of PostgreSQL's triggers may not ask other tables, a function may.
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{SENTENCE}'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
        for name, event, _, condition in triggers(vendor)
    ]
    placed = [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        for name, event, table, _ in triggers(vendor)
    ]
    return [*drafted, *placed]


def removal(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name, *_ in triggers(vendor)]
    return [
        *(f"DROP TRIGGER {name} ON {table}" for name, _, table, _ in triggers(vendor)),
        *(f"DROP FUNCTION {name}()" for name, *_ in triggers(vendor)),
    ]


def triggers(vendor: str) -> list[tuple[str, str, str, str]]:
    """Name, event, table and condition of each trigger."""
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in KEPT_COLUMNS)
    moved_on = f"OLD.status = 'issued' AND NEW.status = 'superseded' AND {kept}"
    paper = "reports_paper"
    found = [
        (f"{paper}_issued_no_update", "UPDATE", paper,
         f"OLD.status IN {ISSUED} AND NOT ({moved_on})"),
        (f"{paper}_issued_no_delete", "DELETE", paper, f"OLD.status IN {ISSUED}"),
    ]  # fmt: skip
    for table, condition in OF_AN_ISSUED_PAPER.items():
        found += [
            (f"{table}_issued_no_update", "UPDATE", table, condition.format(row="OLD")),
            (f"{table}_issued_no_delete", "DELETE", table, condition.format(row="OLD")),
        ]
        if table != "reports_report":
            found.append(
                (f"{table}_issued_no_insert", "INSERT", table, condition.format(row="NEW"))
            )
    return found


def restored(vendor: str) -> list[str]:
    """The triggers put in place again: SQLite loses those of a table that a migration remakes, so
    a migration that alters one of these tables ends with this."""
    gone = [
        f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
        for name, _, table, _ in triggers(vendor)
    ]
    return [*gone, *statements(vendor)]
