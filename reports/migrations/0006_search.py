"""What a search looks through on PostgreSQL: names, by pieces of three letters.

The tables belong to the floors below; that they are searched is known up here only.
"""

from django.db import migrations

SEARCHED = (
    ("units_unit", "search_key"),
    ("campaign_activity", "title_key"),
    ("campaign_activity", "beneficiary_key"),
    ("awards_candidate", "name_key"),
)


def index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, column in SEARCHED:
        schema_editor.execute(
            f"CREATE INDEX {table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops)"
        )


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, column in SEARCHED:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_{column}_trgm")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_keep_issued_again"),
        ("units", "0001_initial"),
        ("campaign", "0003_readings_and_steps"),
        ("awards", "0001_initial"),
    ]
    operations = [migrations.RunPython(index, no_index)]
