"""A portal of its own for tests that kill its worker: embedded, or on PostgreSQL and Redis.

In the run on PostgreSQL it has a database and a Redis of its own too, since a worker of another
portal there would help itself to the same jobs.
"""

import os
import signal
import subprocess

import pytest

from tests.portal import Portal, free_port, is_open, opened_before, wait_for
from tests.queue.web import Visitor

# Short, or each test would wait a minute; longer than any step of a report on a busy machine.
SHORT = {"JOB_LEASE_SECONDS": "20", "SWEEP_SECONDS": "3"}


class Redis:
    """A Redis that can be stopped, killed and started again at the same address."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        self.process = subprocess.Popen(
            [
                *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        wait_for(lambda: is_open(self.port), seconds=10, what="redis-server")

    def hang(self):
        """Connections are still taken, nothing is answered."""
        self.process.send_signal(signal.SIGSTOP)

    def come_back(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="package")
def redis(tmp_path_factory):
    server = Redis(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="package")
def portal(request, tmp_path_factory, first_start):
    data = tmp_path_factory.mktemp("killed")
    around = {**SHORT, **opened_before(data, first_start, "killed_workers")}
    if os.environ.get("REDIS_URL"):
        around["REDIS_URL"] = request.getfixturevalue("redis").url
    portal = Portal(data, port=free_port(), **around)
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def board(portal):
    """The head of Ban Thi đua, signed in."""
    return Visitor(portal, "btdkt.truongban")
