"""A database as the migrations leave it, made once and copied until a migration changes.

Running every migration takes many times longer than most tests; the copy is a file among pytest's
own, named after what went into it.
"""

import hashlib
import os
import shutil
from pathlib import Path

from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"


def kept() -> Path:
    """Where the copy for today's migrations is, or would be."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    ours = [Path(app.path) for app in apps.get_app_configs() if ROOT in Path(app.path).parents]
    for folder in sorted(path for path in ours if ".venv" not in path.parts):
        # What a migration imports lies beside the models: triggers, defaults.
        for source in sorted([*folder.glob("migrations/*.py"), *folder.glob("*.py")]):
            digest.update(str(source.relative_to(ROOT)).encode() + source.read_bytes())
    return KEPT / f"{digest.hexdigest()[:32]}.sqlite3"


def begin(database: Path) -> None:
    """Start from the copy, where there is one."""
    if kept().exists():
        shutil.copyfile(kept(), database)


def keep() -> None:
    """Keep the database as it is now for later runs, and forget those of other migrations."""
    if kept().exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    # Each process writes a file of its own; the last one stays.
    written = KEPT / f"{os.getpid()}.new"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(written)])
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    written.replace(kept())
