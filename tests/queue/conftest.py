"""A portal of its own for tests that kill its worker: embedded, or on PostgreSQL and Redis.

In the run on PostgreSQL it has a database and a Redis of its own too, since a worker of another
portal there would help itself to the same jobs.
"""

import contextlib
import os
import signal
import subprocess
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.portal import Portal, free_port, is_open, opened_before, wait_for
from tests.queue.web import Visitor

DATABASE = "killed_workers"
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


def database_of_our_own():
    """The address of a fresh database on the server of DATABASE_URL."""
    url = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    return urlsplit(url)._replace(path=f"/{DATABASE}").geturl()


@pytest.fixture(scope="package")
def portal(request, tmp_path_factory, first_start):
    surroundings, data = dict(SHORT), tmp_path_factory.mktemp("killed")
    if os.environ.get("DATABASE_URL"):
        surroundings["DATABASE_URL"] = database_of_our_own()
    if os.environ.get("REDIS_URL"):
        surroundings["REDIS_URL"] = request.getfixturevalue("redis").url
    if first_start:
        opened_before(data, first_start)
    portal = Portal(data, port=free_port(), **surroundings)
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def board(portal):
    """The head of Ban Thi đua, signed in."""
    return Visitor(portal, "btdkt.truongban")
