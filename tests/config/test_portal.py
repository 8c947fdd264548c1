import json
import os
import signal
from pathlib import Path

import pytest

from tests.portal import Portal, wait_for

pytestmark = pytest.mark.queue


def is_alive(pid):
    """Running, and not only waiting for its parent to notice its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_a_killed_process_is_started_again(live_portal, name):
    killed = live_portal.pid(name)
    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: live_portal.pid(name) != killed, seconds=10, what=f"another {name}")

    wait_for(live_portal.is_answering, seconds=20, what="the portal")
    assert all(is_alive(pid) for pid in live_portal.pids().values())


def test_a_second_start_says_that_the_portal_is_running(live_portal):
    second = live_portal.manage("portal")

    assert second.returncode == 1
    assert second.stderr == (
        f"CommandError: Cổng đang chạy rồi với thư mục dữ liệu {live_portal.data} "
        f"(tiến trình {live_portal.process.pid}, {live_portal.url.replace('127.0.0.1', 'localhost')}/).\n"
    )


def test_a_port_in_use_is_said_in_words(live_portal, tmp_path):
    other = Portal(tmp_path, port=live_portal.port).manage("portal")

    assert other.returncode == 1
    assert other.stderr.startswith(
        f"CommandError: Không mở được 127.0.0.1, cổng {live_portal.port} "
    )


def test_nobody_is_left_when_the_supervisor_is_killed_and_the_next_start_works(live_portal):
    orphans = live_portal.pids()
    live_portal.process.kill()
    live_portal.process.wait()

    wait_for(
        lambda: not any(is_alive(pid) for pid in orphans.values()), seconds=20, what="their end"
    )
    live_portal.start()  # over the stale files that name the dead

    again = live_portal.pids()
    assert set(orphans.values()) & set(again.values()) == set()
    assert all(is_alive(pid) for pid in again.values())


def test_a_stop_leaves_no_process_and_no_process_id(live_portal):
    running = live_portal.pids()

    live_portal.stop()

    assert live_portal.process.returncode == 0
    assert [pid for pid in running.values() if is_alive(pid)] == []
    assert live_portal.pids() == {"web": None, "worker": None, "scheduler": None}
    live_portal.start()


def test_health_and_readiness_answer_on_this_machine(live_portal):
    status, text = live_portal.get("/readyz")

    answer = json.loads(text)
    assert status == 200
    assert answer.pop("oldest_job_seconds") < 60
    assert answer == {"database": True, "migrations": True, "files": True}
