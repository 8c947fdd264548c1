"""Run one of our own modules in a process of its own, where a hostile file can do little.

A spreadsheet of two kilobytes can ask its reader for gigabytes. So whoever parses what people
send is a child that may not take more memory, time or files than an honest document needs, that
writes nothing to disk and inherits no secret. When it dies, only the file is refused.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

MEMORY: Final = 1024**3
CPU_SECONDS: Final = 20
WALL_SECONDS: Final = 30
OPEN_FILES: Final = 64

_ROOT = Path(__file__).resolve().parent.parent


class Failed(Exception):
    """The child ended without an answer: out of memory, out of time, or broken by its input."""


def confine() -> None:
    """Called first thing in the child, before it looks at its input."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def run(
    module: str, *arguments: str, content: bytes | None = None, seconds: float | None = None
) -> bytes:
    """What `python -m module arguments…` prints, given `content` on its standard input.

    `seconds` allows for a child that waits for others; its own work stays within `CPU_SECONDS`.
    """
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module, no shell
            [sys.executable, "-s", "-B", "-m", module, *arguments],
            input=content or b"",
            capture_output=True,
            timeout=WALL_SECONDS if seconds is None else seconds,
            check=True,
            cwd=_ROOT,
            # Nothing of ours: no database address, no secret key.
            env={"LANG": "C.UTF-8", "PATH": os.defpath, "PYTHONUTF8": "1"},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as ended:
        raise Failed(module) from ended
    return done.stdout
