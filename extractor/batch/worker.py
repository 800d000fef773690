"""A worker: a process that reads one task after the other until it is told to end, or is ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from extractor.batch.board import Board
from extractor.batch.settings import Settings
from extractor.batch.work import Done, Task

Serve = Callable[[Task, Board], Done]
"""What a worker does with a task."""

_PR_SET_PDEATHSIG = 1


def work(inbox: Connection, board: Board, serve: Serve, settings: Settings, parent: int) -> None:
    """The worker's whole life: tasks from `inbox`, what became of them back, None before it ends for being worn."""
    _alone(parent)
    for count in range(1, settings.worker_files + 1):
        try:
            task: Task | None = inbox.recv()
        except EOFError:
            return
        if task is None:
            return
        done = serve(task, board)
        worn = done.tired or count == settings.worker_files or memory() > settings.worker_bytes
        inbox.send((done, worn))
        if worn:
            return


def _alone(parent: int) -> None:
    """A group of its own, so that Ctrl-C reaches the supervisor alone; an end with the supervisor, however that ends;
    and where memory runs out, the kernel shall choose a worker and not the supervisor."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("500")


def end_with(parent: int) -> None:
    """End this process at once when its parent ends, however that ends. Where the system cannot (it is not Linux), a
    worker ends when it asks for its next task."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)


def memory(pid: int | str = "self") -> int:
    """Bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
