"""Reports were remade when kinds came, and SQLite lost what keeps the issued ones."""

from django.db import migrations

from reports.sealed import restored


def keep(apps, schema_editor):
    for statement in restored(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_kind")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
