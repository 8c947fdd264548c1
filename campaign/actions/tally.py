"""Counting the tallies anew, for after somebody wrote past the database's own triggers."""

from django.db import connection, transaction

from campaign import tallied
from campaign.datasets.tally import tally_faults


@transaction.atomic
def recount_tallies() -> list[str]:
    """Says what had been wrong. Whoever writes meanwhile waits, and is counted afterwards."""
    with connection.cursor() as cursor:
        for statement in tallied.locked(connection.vendor):
            cursor.execute(statement)
        found = tally_faults()
        for statement in tallied.rebuilt():
            cursor.execute(statement)
    return found
