"""A run told on stderr while it goes: failures at once, and on a terminal how far it is."""

from __future__ import annotations

import shutil
import sys
import time

from extractor.batch.summary import Observer, State
from extractor.batch.work import Outcome

_BAR = 20
_PAUSE = 0.2  # seconds between two lines


class Progress(Observer):
    """Names each failure; where stderr is a terminal keeps one line: bar, files, pages a second, time left, failures.

    The time left is told by bytes: those that wait, at the rate of those that were read.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._live = not quiet and sys.stderr.isatty()
        self._began: float | None = None
        self._shown = 0.0

    def outcome(self, outcome: Outcome) -> None:
        """Name it where it failed."""
        if outcome.status == "failed":
            self.close()
            print(f"extractor: {outcome.error}: {outcome.message}", file=sys.stderr)

    def state(self, state: State) -> None:
        """Draw the line anew."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
        if self._live and now - self._shown >= _PAUSE:
            self._shown = now
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{line(state, now - self._began)[:width]}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Clear the line."""
        if self._live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def line(state: State, seconds: float) -> str:
    """The line for a run that has been reading for so many seconds."""
    full = round(_BAR * state.files / state.all_files) if state.all_files else _BAR
    parts = [f"[{'#' * full}{'.' * (_BAR - full)}] {state.files:,}/{state.all_files:,} files"]
    if state.pages and seconds > 0:
        parts.append(f"{state.pages:,} pages, {state.pages / seconds:.1f}/s")
    if state.bytes_read and state.bytes_waiting:
        parts.append(f"{_clock(seconds * state.bytes_waiting / state.bytes_read)} left")
    if state.failed:
        parts.append(f"{state.failed:,} failed")
    return " · ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
