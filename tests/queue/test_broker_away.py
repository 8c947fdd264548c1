"""Redis hangs or is gone: pages answer all the same, and nothing that was asked for is lost."""

import os

import pytest

from tests.portal import wait_for

pytestmark = [
    pytest.mark.queue,
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="the queue of files cannot hang"),
]

PATIENCE = 5.0


def ask_without_broker(board, times=3):
    """Ask for some reports; the numbers of them and the slowest answer."""
    asked = [(board.ask_for_report("24/3/2024", f"1{n}:00"), board.seconds) for n in range(times)]
    return [pk for pk, _ in asked], max(seconds for _, seconds in asked)


@pytest.mark.usefixtures("portal")
def test_a_hung_redis_slows_no_page_and_loses_no_report(board, redis):
    redis.hang()
    try:
        asked, slowest = ask_without_broker(board)
    finally:
        redis.come_back()

    assert slowest < PATIENCE
    for pk in asked:
        wait_for(lambda pk=pk: board.is_ready(pk), seconds=120, what=f"report {pk}")


@pytest.mark.usefixtures("portal")
def test_a_dead_redis_slows_no_page_and_loses_no_report(board, redis):
    redis.kill()
    try:
        asked, slowest = ask_without_broker(board)
    finally:
        redis.start()

    assert slowest < PATIENCE
    for pk in asked:
        wait_for(lambda pk=pk: board.is_ready(pk), seconds=120, what=f"report {pk}")
