"""What is being read while the pages are served: uploads and folders that are watched, one reader process at a time."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor.batch.discover import why_not

UPLOADS = "uploads"
LOOK_EVERY = 2.0
"""Seconds between two looks at the watched folders. A file is read when it is the same at two of them."""
_AGAIN = 5.0  # seconds until what could not begin, because another run is writing, is tried again
_MOST_DEATHS = 3  # of the process that reads a batch, before it is given up
_TOLD = 30  # outcomes that are remembered


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a file."""

    source: str
    status: str
    json: str
    error: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is. `stopped`: why it does not go on (it is tried again); `told`: the last outcomes, the
    newest first; `watching`: the folders that are watched."""

    active: bool = False
    files: int = 0
    all: int = 0
    pages: int = 0
    stopped: str | None = None
    told: tuple[Told, ...] = ()
    watching: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Batch:
    root: Path
    paths: list[Path] = field(default_factory=list)
    deaths: int = 0


class Reading:
    """Reads what it is given into `out`. Safe for threads."""

    def __init__(self, out: Path, watch: Sequence[Path] = ()) -> None:
        self._out, self._watch = out, [path.resolve() for path in watch]
        self._queue: deque[_Batch] = deque()
        self._progress = Progress(watching=tuple(self._watch))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._watcher: threading.Thread | None = None

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return self._progress

    def start(self) -> None:
        """Begin to watch the folders, if there are any."""
        if self._watch:
            self._watcher = threading.Thread(target=self._look, name="watch", daemon=True)
            self._watcher.start()

    def add(self, root: Path, paths: Sequence[Path]) -> None:
        """Read `paths`, which lie below `root`."""
        with self._lock:
            self._queue.append(_Batch(root, list(paths)))
            self._progress = replace(self._progress, active=True)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End it; what is half read is read by the next run."""
        self._stop.set()
        if (process := self._process) is not None:
            process.send_signal(signal.SIGINT)  # it ends before the next page; what is done stays done
        for thread in (self._watcher, self._thread):
            if thread is not None:
                thread.join(10)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue or self._stop.is_set():
                    self._thread = None
                    self._progress = replace(self._progress, active=False)
                    return
                batch = self._queue.popleft()
            stopped = self._read(batch)
            self._progress = replace(self._progress, stopped=stopped)
            if stopped and batch.deaths < _MOST_DEATHS and not self._stop.wait(_AGAIN):
                self._queue.append(batch)

    def _read(self, batch: _Batch) -> str | None:
        """Read one batch; returns why it could not be read to its end."""
        # Below OUT a file is named from there: the names of other folders of this machine are nobody's business.
        root = batch.root.relative_to(self._out) if batch.root.is_relative_to(self._out) else batch.root
        process = subprocess.Popen(
            [sys.executable, "-m", "extractor.web.reader", str(self._out), str(root)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._out, text=True, encoding="utf8",
        )  # fmt: skip
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it has died at once, which is told below
            process.stdin.write(json.dumps([str(path) for path in batch.paths]))
            process.stdin.close()
        end: dict[str, Any] = {}
        for line in process.stdout:
            said = json.loads(line)
            end = said.get("end", end)
            self._note(said)
        process.wait()
        self._process = None
        if not end:
            batch.deaths += 1
            return "the reading process died; its files are read by 'extractor run'"
        return str(end["stopped"]) if end["stopped"] else None

    def _note(self, said: dict[str, Any]) -> None:
        if state := said.get("state"):
            self._progress = replace(self._progress, files=state["files"], all=state["all"], pages=state["pages"])
        if outcome := said.get("outcome"):
            told = (Told(**outcome), *self._progress.told)[:_TOLD]
            self._progress = replace(self._progress, told=told)

    def _look(self) -> None:
        """Read what is new or changed in the folders, once it is no longer being written."""
        known: dict[Path, tuple[int, int]] = {}
        last: dict[Path, tuple[int, int]] = {}
        while not self._stop.wait(LOOK_EVERY):
            for root in self._watch:
                now = _files(root, self._out)
                ready = [path for path, stamp in now.items() if last.get(path) == stamp != known.get(path)]
                known |= {path: now[path] for path in ready}
                last |= now
                if ready:
                    self.add(root, ready)


def _files(root: Path, out: Path) -> dict[Path, tuple[int, int]]:
    """The files below `root` that are read, with size and time; `out` is left out."""
    found: dict[Path, tuple[int, int]] = {}
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".") and here / name != out]
        for name in names:
            if why_not(name) is None:
                try:
                    status = (here / name).stat()
                except OSError:
                    continue  # gone, or not to be looked at; a run names it
                found[here / name] = status.st_size, status.st_mtime_ns
    return found
