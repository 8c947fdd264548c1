"""SQL by which the database itself keeps the tallies true (`campaign.models.tally`, ADR 0032).

What a tally is stands here once, as two queries over the rows themselves. Triggers answer every
change of those rows by asking the queries again for the units it touched, in the same transaction,
however the change came about; `faults` and `rebuilt` ask them for everybody. Used by migrations.
"""

UNITS, ITEMS = "campaign_unittally", "campaign_itemtally"
PROCEDURE = "campaign_tally_again"
STATES = ("registered", "planned", "running", "done", "postponed", "cancelled")
UNIT_COUNTS = (*STATES, "folded")

SENT = "{row}.submitted_at IS NOT NULL AND {row}.voided_at IS NULL AND {row}.status <> 'withdrawn'"
# As `SubPlan.objects.counted()`.
COUNTED = (
    f"{SENT.format(row='s')} AND NOT EXISTS (SELECT 1 FROM campaign_subplan n "
    "WHERE n.campaign_id = s.campaign_id AND n.unit_id = s.unit_id AND n.version > s.version "
    f"AND {SENT.format(row='n')})"
)
REGISTERED = (
    "FROM {keys} JOIN campaign_subplan s ON s.campaign_id = k.campaign_id AND s.unit_id = k.unit_id "
    "JOIN campaign_plannedactivity r ON r.sub_plan_id = s.id"
)
UNDER_WAY = (
    "FROM {keys} JOIN campaign_activity a "
    "ON a.campaign_id = k.campaign_id AND a.lead_unit_id = k.unit_id"
)
EVERYBODY = (
    "(SELECT m.id AS campaign_id, u.id AS unit_id FROM campaign_campaign m CROSS JOIN units_unit u) "
    "AS k"
)


def unit_counts(keys: str) -> str:
    """The query for the tally of the units named by `keys`, a relation `k(campaign_id, unit_id)`."""
    facts = (
        f"SELECT k.campaign_id, k.unit_id, 'registered' AS what {REGISTERED} WHERE {COUNTED} "
        "UNION ALL SELECT k.campaign_id, k.unit_id, "
        f"CASE WHEN a.same_as_id IS NULL THEN a.status ELSE 'folded' END {UNDER_WAY}"
    ).format(keys=keys)
    return (
        f"SELECT campaign_id, unit_id, {_each_counted(UNIT_COUNTS)} FROM ({facts}) AS facts "
        "GROUP BY campaign_id, unit_id"
    )


def item_counts(keys: str) -> str:
    """The same for each row of the plan; what was folded is counted where it went.

    An activity stands once under the rows it is tied to and once under what these are part of.
    """
    registered = (
        "SELECT k.campaign_id, k.unit_id, {item} AS item_id, 'registered' AS what, "
        f"r.id AS activity_id {REGISTERED} "
        "JOIN campaign_plannedactivity_plan_items l ON l.plannedactivity_id = r.id {parts}"
        f"WHERE {COUNTED}"
    )
    under_way = (
        f"SELECT k.campaign_id, k.unit_id, {{item}}, a.status, a.id {UNDER_WAY} "
        "JOIN campaign_activity_plan_items l ON l.activity_id = a.id {parts}"
        "WHERE a.same_as_id IS NULL"
    )
    facts = " UNION ".join(
        query.format(keys=keys, item=item, parts=parts)
        for query in (registered, under_way)
        for item, parts in (
            ("l.planitem_id", ""),
            (
                "p.parent_id",
                "JOIN campaign_planitem p ON p.id = l.planitem_id AND p.parent_id IS NOT NULL ",
            ),
        )
    )
    return (
        f"SELECT campaign_id, unit_id, item_id, {_each_counted(STATES)} FROM ({facts}) AS facts "
        "GROUP BY campaign_id, unit_id, item_id"
    )


def _each_counted(names: tuple[str, ...]) -> str:
    return ", ".join(f"COUNT(*) FILTER (WHERE what = '{name}') AS {name}" for name in names)


# --- from scratch --------------------------------------------------------------------------------

TABLES = (
    (UNITS, ("campaign_id", "unit_id", *UNIT_COUNTS), unit_counts(EVERYBODY)),
    (ITEMS, ("campaign_id", "unit_id", "item_id", *STATES), item_counts(EVERYBODY)),
)


def locked(vendor: str) -> list[str]:
    """What keeps everybody else from writing tallies until the transaction ends; on SQLite only
    one writes anyway."""
    return [] if vendor == "sqlite" else [f"LOCK TABLE {UNITS}, {ITEMS} IN EXCLUSIVE MODE"]


def rebuilt() -> list[str]:
    """Both tables written anew."""
    return [
        statement
        for table, columns, query in TABLES
        for statement in (
            f"DELETE FROM {table}",
            f"INSERT INTO {table} ({', '.join(columns)}) {query}",
        )
    ]


def faults() -> list[tuple[str, str]]:
    """Of each table the query that counts the rows which stand on one side only: as they are, or
    as they should be."""
    asked = []
    for table, columns, query in TABLES:
        names, counts = ", ".join(columns), UNIT_COUNTS if table == UNITS else STATES
        # PostgreSQL keeps the row of a unit which has nothing any more.
        kept = f"SELECT {names} FROM {table} WHERE {' + '.join(counts)} > 0"
        unlike = (
            f"SELECT {names} FROM ({query} UNION ALL {kept}) AS sides "
            f"GROUP BY {names} HAVING COUNT(*) = 1"
        )
        asked.append((table, f"SELECT COUNT(*) FROM ({unlike}) AS unlike"))
    return asked


# --- triggers ------------------------------------------------------------------------------------

# Whose tally a changed row touches: its table, the columns that matter, and the query that names
# the units, where `{rows}` is a relation with the changed rows and `c` one of them.
TOUCHED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "campaign_activity",
        ("campaign_id", "lead_unit_id", "status", "same_as_id"),
        "SELECT c.campaign_id, c.lead_unit_id FROM {rows}",
    ),
    (
        "campaign_activity_plan_items",
        ("activity_id", "planitem_id"),
        (
            "SELECT a.campaign_id, a.lead_unit_id FROM {rows} "
            "JOIN campaign_activity a ON a.id = c.activity_id"
        ),
    ),
    (
        "campaign_subplan",
        ("campaign_id", "unit_id", "version", "status", "submitted_at", "voided_at"),
        "SELECT c.campaign_id, c.unit_id FROM {rows} WHERE c.submitted_at IS NOT NULL",
    ),
    (
        "campaign_plannedactivity",
        ("sub_plan_id",),
        (
            "SELECT s.campaign_id, s.unit_id FROM {rows} "
            "JOIN campaign_subplan s ON s.id = c.sub_plan_id WHERE s.submitted_at IS NOT NULL"
        ),
    ),
    (
        "campaign_plannedactivity_plan_items",
        ("plannedactivity_id", "planitem_id"),
        (
            "SELECT s.campaign_id, s.unit_id FROM {rows} "
            "JOIN campaign_plannedactivity r ON r.id = c.plannedactivity_id "
            "JOIN campaign_subplan s ON s.id = r.sub_plan_id WHERE s.submitted_at IS NOT NULL"
        ),
    ),
    (
        "campaign_planitem",
        ("parent_id",),
        f"SELECT t.campaign_id, t.unit_id FROM {{rows}} JOIN {ITEMS} t ON t.item_id = c.id",
    ),
)
EVENTS = ("INSERT", "UPDATE", "DELETE")


def statements(vendor: str) -> list[str]:
    """What creates the triggers on SQLite or PostgreSQL."""
    return _on_sqlite() if vendor == "sqlite" else _on_postgresql()


def removal(vendor: str) -> list[str]:
    """What takes them away. SQLite remakes a table no trigger may name meanwhile, so a migration
    that alters one of the tables above begins with this and ends with `statements`."""
    if vendor == "sqlite":
        gone = [f"DROP TRIGGER IF EXISTS {name}" for name, *_ in triggers()]
        return [*gone, f"DROP VIEW IF EXISTS {PROCEDURE}"]
    return [
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table, *_ in triggers()),
        *(f"DROP FUNCTION IF EXISTS {name}()" for name, *_ in triggers()),
        f"DROP FUNCTION IF EXISTS {PROCEDURE}(bigint[], bigint[])",
    ]


def triggers() -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """Name, table, event, columns that matter and the query for the units of each trigger."""
    return [
        (f"{table}_tally_{event.lower()}", table, event, columns, query)
        for table, columns, query in TOUCHED
        for event in EVENTS
    ]


def _on_sqlite() -> list[str]:
    """SQLite has no procedures, but a view may say what happens when somebody writes into it."""
    key = "campaign_id = NEW.campaign_id AND unit_id = NEW.unit_id"
    keys = "(SELECT NEW.campaign_id AS campaign_id, NEW.unit_id AS unit_id) AS k"
    again = "; ".join(
        [
            f"DELETE FROM {UNITS} WHERE {key}",
            f"INSERT INTO {UNITS} (campaign_id, unit_id, {', '.join(UNIT_COUNTS)}) "
            + unit_counts(keys),
            f"DELETE FROM {ITEMS} WHERE {key}",
            f"INSERT INTO {ITEMS} (campaign_id, unit_id, item_id, {', '.join(STATES)}) "
            + item_counts(keys),
        ]
    )
    placed = []
    for name, table, event, columns, query in triggers():
        told = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
        of = f" OF {', '.join(columns)}" if event == "UPDATE" else ""
        asked = " UNION ".join(query.format(rows=_as_relation(row, columns)) for row in told)
        placed.append(
            f"CREATE TRIGGER {name} AFTER {event}{of} ON {table} BEGIN "
            f"INSERT INTO {PROCEDURE} (campaign_id, unit_id) {asked}; END"
        )
    return [
        f"CREATE VIEW {PROCEDURE} AS SELECT 0 AS campaign_id, 0 AS unit_id",
        f"CREATE TRIGGER {PROCEDURE}_now INSTEAD OF INSERT ON {PROCEDURE} BEGIN {again}; END",
        *placed,
    ]


def _as_relation(row: str, columns: tuple[str, ...]) -> str:
    fields = ", ".join(f"{row}.{name} AS {name}" for name in ("id", *columns))
    return f"(SELECT {fields}) AS c"


def _on_postgresql() -> list[str]:
    """One call for a statement, however many rows it wrote: loading in bulk stays cheap."""
    placed = []
    for name, table, event, columns, query in triggers():
        placed += [
            (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"PERFORM {PROCEDURE}(array_agg(campaign_id), array_agg(unit_id)) FROM ("
                f"{_changed(event, columns, query)}) AS touched(campaign_id, unit_id); "
                "RETURN NULL; END $$"
            ),
            (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} {_seen(event)} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ]
    return [_procedure(), *placed]


def _seen(event: str) -> str:
    tables = {"INSERT": "NEW TABLE AS fresh", "DELETE": "OLD TABLE AS gone"}
    return "REFERENCING " + tables.get(event, "OLD TABLE AS gone NEW TABLE AS fresh")


def _changed(event: str, columns: tuple[str, ...], query: str) -> str:
    if event != "UPDATE":
        rows = "fresh" if event == "INSERT" else "gone"
        return f"SELECT DISTINCT * FROM ({query.format(rows=f'{rows} AS c')}) AS one"
    was, now = (", ".join(f"{row}.{name}" for name in columns) for row in ("gone", "fresh"))
    return " UNION ".join(
        query.format(
            rows=f"(SELECT {row}.* FROM gone JOIN fresh USING (id) "
            f"WHERE ({was}) IS DISTINCT FROM ({now})) AS c"
        )
        for row in ("gone", "fresh")
    )


def _procedure() -> str:
    """Each unit's row is locked before its rows are read: of two who change the same unit at once
    the second waits, and then counts what the first has written as well.

    One unit after another, each found through the indexes by the same plan: a plan for thousands
    at once, made while a table is still small, may take minutes later; one made anew for every
    unit takes longer than its answer.
    """
    keys = "unnest(campaigns, units) AS k(campaign_id, unit_id)"
    one = "(SELECT whose.campaign_id AS campaign_id, whose.unit_id AS unit_id) AS k"
    zeros = ", ".join("0" for _ in UNIT_COUNTS)
    return f"""
CREATE FUNCTION {PROCEDURE}(campaigns bigint[], units bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode TO force_generic_plan AS $$
DECLARE whose record;
BEGIN
  IF campaigns IS NULL THEN RETURN; END IF;
  INSERT INTO {UNITS} (campaign_id, unit_id, {", ".join(UNIT_COUNTS)})
    SELECT k.campaign_id, k.unit_id, {zeros} FROM {keys} ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  FOR whose IN SELECT k.campaign_id, k.unit_id FROM {keys} ORDER BY 1, 2 LOOP
    PERFORM 1 FROM {UNITS} t
      WHERE t.campaign_id = whose.campaign_id AND t.unit_id = whose.unit_id FOR UPDATE;
    UPDATE {UNITS} t SET {_taken("n", UNIT_COUNTS)}
      FROM (SELECT {_or_zero(UNIT_COUNTS)}
            FROM {one} LEFT JOIN ({unit_counts(one)}) AS f USING (campaign_id, unit_id)) AS n
      WHERE t.campaign_id = whose.campaign_id AND t.unit_id = whose.unit_id
        AND {_differs("n", UNIT_COUNTS)};
    WITH now AS MATERIALIZED ({item_counts(one)}),
      gone AS (DELETE FROM {ITEMS} t
               WHERE t.campaign_id = whose.campaign_id AND t.unit_id = whose.unit_id
                 AND t.item_id NOT IN (SELECT now.item_id FROM now))
    INSERT INTO {ITEMS} AS t (campaign_id, unit_id, item_id, {", ".join(STATES)})
      SELECT * FROM now ON CONFLICT (item_id, unit_id)
      DO UPDATE SET {_taken("excluded", STATES)} WHERE {_differs("excluded", STATES)};
  END LOOP;
END $$"""


def _taken(row: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = {row}.{name}" for name in names)


def _or_zero(names: tuple[str, ...]) -> str:
    return ", ".join(f"COALESCE(f.{name}, 0) AS {name}" for name in names)


def _differs(row: str, names: tuple[str, ...]) -> str:
    kept, now = (", ".join(f"{side}.{name}" for name in names) for side in ("t", row))
    return f"({kept}) IS DISTINCT FROM ({now})"
