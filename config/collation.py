"""One Vietnamese order on both databases.

PostgreSQL brings the collation `vi-x-icu`; an SQLite connection is taught it, so that
`order_by(Collate("name", "vi-x-icu"))` means the same everywhere. For sorting only: a column
declared with it could not be read by other SQLite programs.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lib.vietnamese import compare


def teach_vietnamese(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation("vi-x-icu", compare)
