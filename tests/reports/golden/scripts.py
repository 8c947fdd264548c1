"""Runs the scripts of this folder on the bare connection of either database."""

import re
from datetime import date
from pathlib import Path

from django.db import connection

from lib import clock

HERE = Path(__file__).parent
# The two things about days that SQLite and PostgreSQL spell differently.
SPELLED = {
    "sqlite": {
        r"LOCAL_DAY\((COALESCE\(.*?\))\)": r"date(\1, '+7 hours')",
        r"DAYS_BETWEEN\((.*?), (.*?)\)": r"CAST(julianday(\2) - julianday(\1) AS INTEGER)",
    },
    "postgresql": {
        r"LOCAL_DAY\((COALESCE\(.*?\))\)": r"CAST(\1 AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)",
        r"DAYS_BETWEEN\((.*?), (.*?)\)": r"(\2 - \1)",
    },
}


def told(name, campaign, cut_off, asked):
    """The lines of one script. `asked`: the window, and a period or a block where there is one."""
    script = (HERE / "counted.sql").read_text() + (HERE / f"{name}.sql").read_text()
    for ours, theirs in SPELLED[connection.vendor].items():
        script = re.sub(ours, theirs, script)
    known = {"period": 0, "block": 0, **asked, "campaign": campaign.pk, "year": campaign.year}
    adapt = connection.ops
    for day in ("first", "last"):
        known[day] = adapt.adapt_datefield_value(known[day])
    known["as_of"] = adapt.adapt_datetimefield_value(cut_off)
    known["as_of_day"] = adapt.adapt_datefield_value(clock.local_day(cut_off))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL jit = off")  # it takes longer to compile than to run
        cursor.execute(script, known)
        return cursor.fetchall()


def as_day(value):
    """A computed day is a text in SQLite."""
    return date.fromisoformat(value) if isinstance(value, str) else value
