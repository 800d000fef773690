"""What a worker and its supervisor tell each other without messages, so that it is known after a crash too."""

from __future__ import annotations

import ctypes
import mmap


class _Fields(ctypes.Structure):
    _fields_ = (
        ("page", ctypes.c_int64),
        ("since", ctypes.c_double),
        ("pages", ctypes.c_int64),
        ("stop", ctypes.c_int64),
    )


class Board:
    """A few numbers in memory that a forked worker shares with its supervisor.

    page: the page that is being read, 0 between pages; since: when it was begun (time.monotonic); pages: how many the
    worker has read; stop: not 0 where the supervisor wants the worker to stop before the next page.
    """

    def __init__(self) -> None:
        self._fields = _Fields.from_buffer(mmap.mmap(-1, ctypes.sizeof(_Fields)))

    @property
    def page(self) -> int:
        """The page in work, 0 for none."""
        return int(self._fields.page)

    @property
    def since(self) -> float:
        """When the page in work was begun."""
        return float(self._fields.since)

    @property
    def pages(self) -> int:
        """How many pages were read."""
        return int(self._fields.pages)

    @property
    def stop(self) -> bool:
        """Whether the worker shall stop before the next page."""
        return bool(self._fields.stop)

    def enter(self, page: int, now: float) -> None:
        """The worker begins a page."""
        self._fields.since = now  # first: a page must never be seen with the time of an earlier one
        self._fields.page = page

    def leave(self, read: int) -> None:
        """The worker is between pages, and has read so many more."""
        self._fields.page = 0
        self._fields.pages += read

    def ask_to_stop(self) -> None:
        """The supervisor wants the worker to stop."""
        self._fields.stop = 1
