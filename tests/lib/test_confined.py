import subprocess
import sys

import pytest

from lib import confined

CHILD = "from lib.confined import confine; confine(); "


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        ("bytearray(2 * 1024**3)", "MemoryError"),
        ("import tempfile; tempfile.TemporaryFile()", "No usable temporary directory"),
        ("[open('/dev/null') for _ in range(100)]", "Too many open files"),
    ],
)
def test_a_confined_process_cannot_take_much(act, complaint):
    done = subprocess.run(
        [sys.executable, "-c", CHILD + act], capture_output=True, text=True, check=False
    )

    assert (done.returncode, complaint in done.stderr) == (1, True)


def test_a_child_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "khong-duoc-lo")

    environment = confined.run("tests.lib.show_environment").decode().split()

    assert [name for name in environment if name in {"SECRET_KEY", "DATABASE_URL"}] == []


def test_a_child_that_breaks_has_failed():
    with pytest.raises(confined.Failed):
        confined.run("lib.no_such_module")


def test_a_child_that_takes_too_long_has_failed(monkeypatch):
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.01)

    with pytest.raises(confined.Failed):
        confined.run("tests.lib.show_environment")
