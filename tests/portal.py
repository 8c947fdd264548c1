"""A portal that runs beside the tests, started and stopped as an operator would."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import server

ROOT = Path(__file__).resolve().parent.parent
# The database of the portal that was opened once.
OPENED = "opened_once"
# What lives only while a portal runs.
RUNNING = shutil.ignore_patterns("run", "portal.log")
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition, *, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain for {what}"
        time.sleep(0.1)


class Portal:
    """`manage.py portal` with a data folder and a port of its own."""

    def __init__(self, data, *, port, **environment):
        self.data = data
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.environment = environment
        self.log = data / "portal.log"
        self.process = None

    def command(self, *words):
        return [sys.executable, str(ROOT / "manage.py"), *words]

    def surroundings(self):
        ours = {"DATA": str(self.data), "PORT": str(self.port), "HOST": "127.0.0.1"}
        return {**os.environ, **ours, **self.environment}

    def manage(self, *words):
        """Run another command on the same data and give back what it printed."""
        return subprocess.run(
            self.command(*words),
            env=self.surroundings(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def start(self, *, seconds=600):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command("portal"),
                env=self.surroundings(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            wait_for(self.is_answering, seconds=seconds, what=f"the portal, see {self.log}")
        except AssertionError:
            self.stop()
            raise

    def is_answering(self):
        assert self.process.poll() is None, self.log.read_text()
        return self.get("/healthz") == (200, "ok\n")

    def get(self, path):
        """Status and text of a page, or nothing while nobody answers."""
        try:
            with OPENER.open(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()
        except OSError:
            return None

    def pid(self, name):
        """The process that is the web server, the worker or the scheduler now."""
        path = self.data / "run" / f"{name}.pid"
        return int(path.read_text()) if path.exists() else None

    def pids(self):
        return {name: self.pid(name) for name in ("web", "worker", "scheduler")}

    def stop(self, *, seconds=25):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def opened_before(folder, shared, name):
    """Make `folder` the data of a portal that was opened once and closed again; what such a portal
    needs around it: on PostgreSQL, a database of that name.

    The first start, with its demonstration, takes a minute; it happens once for all processes that
    name the same shared folder, and each gets a copy.
    """
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first, done = shared / "first", shared / "done"
        if not done.exists():
            shutil.rmtree(first, ignore_errors=True)
            first.mkdir()
            around = {"DATABASE_URL": server.database(OPENED)} if server.is_there() else {}
            portal = Portal(first, port=free_port(), **around)
            portal.start()
            portal.stop()
            done.touch()
    shutil.copytree(first, folder, ignore=RUNNING, dirs_exist_ok=True)
    return {"DATABASE_URL": server.database(name, like=OPENED)} if server.is_there() else {}
