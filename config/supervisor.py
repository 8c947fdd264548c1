"""Keep the web server, the worker and the scheduler running as children of one process.

Each child hears of the end of its parent from the kernel, even when the parent is killed, so
that no orphan keeps a port or a queue. A child that dies is started again after a second.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

RESTART_SECONDS = 1.0
STOP_SECONDS = 20.0
TICK_SECONDS = 0.2
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


def die_with_parent() -> None:
    """Runs in the child before its program: ask the kernel for TERM when the parent is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program that has to run; `pid_file` always names the process that runs it now."""

    name: str
    command: Sequence[str]
    pid_file: Path
    process: subprocess.Popen[bytes] | None = None
    start_at: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which stops all in order.
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has no other thread
        )
        fresh = self.pid_file.with_suffix(".new")
        fresh.write_text(f"{self.process.pid}\n")
        fresh.replace(self.pid_file)

    def send(self, number: int) -> None:
        """Signal the program and everything it started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


@dataclass
class Supervisor:
    children: Sequence[Child]
    environment: Mapping[str, str]
    say: Say
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        """Until somebody says TERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_soon)
        try:
            while not self.stopping:
                for child in self.children:
                    self._look_after(child)
                time.sleep(TICK_SECONDS)
        finally:
            self._stop_all()

    def _stop_soon(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _look_after(self, child: Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.start_at:
                child.start(self.environment)
            return
        code = child.process.poll()
        if code is None:
            return
        self.say(f"{child.name} đã dừng (mã {code}), khởi động lại.")
        child.send(signal.SIGKILL)  # what it left behind, e.g. a web worker that holds the port
        child.process = None
        child.start_at = time.monotonic() + RESTART_SECONDS

    def _stop_all(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()  # the program itself: it ends its own helpers in order
        patience = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.0, patience - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.say(f"{child.name} không chịu dừng, buộc dừng.")
            child.send(signal.SIGKILL)
            child.pid_file.unlink(missing_ok=True)
