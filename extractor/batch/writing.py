"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from extractor.errors import DiskFull, ReportError, UsageError

if sys.platform != "win32":
    import fcntl

FULL = {errno.ENOSPC, errno.EDQUOT}
"""The error numbers of a disk, or of a quota, that is full."""
_PARTS = ".*.part"


class CannotWrite(ReportError):
    """One report's JSON cannot be written."""

    remedy = "check the permissions and names below --out"


def write_whole(target: Path, data: bytes, *, parts: Path) -> None:
    """Write `data` to `target`, which at every moment holds its old content or the new, never a part.

    `parts` is a folder on the same file system for the file while it is incomplete. Raises DiskFull or CannotWrite.
    Not synced to the disk: a killed process loses nothing, and a JSON that a power cut tore is read again (`previous`).
    """
    write_whole_by(target, lambda file: file.write(data), parts=parts)


def write_whole_by(target: Path, write: Callable[[BinaryIO], object], *, parts: Path) -> None:
    """As `write_whole`, of what `write` writes into the file that it is given."""
    part = parts / f".{uuid.uuid4().hex}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            write(file)
        os.replace(part, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if error.errno in FULL:
            raise DiskFull("no space left", path=target) from error
        raise CannotWrite(error.strerror or str(error), path=target) from error
    except BaseException:  # Ctrl-C in the middle leaves no litter
        part.unlink(missing_ok=True)
        raise


def append(target: Path, text: str) -> None:
    """Add `text` to the log `target`. Raises DiskFull or CannotWrite."""
    try:
        with target.open("a", encoding="utf8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        kind = DiskFull if error.errno in FULL else CannotWrite
        raise kind(error.strerror or str(error), path=target) from error


@contextlib.contextmanager
def locked(out: Path) -> Iterator[TextIO]:
    """Make `out` where it is missing and keep other runs from it, sweeping what a killed run left half-written.

    Yields the lock, for a forked child to close: it holds as long as any process has it open. Raises `UsageError` where
    another run holds it or `out` cannot be a folder.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / ".lock").open("w")
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull("no space left", path=out) from error
        raise UsageError(f"--out cannot be written: {error.strerror}", path=out) from error
    with lock:
        _hold(lock, out)
        for part in out.glob(_PARTS):
            part.unlink(missing_ok=True)
        yield lock


def _hold(lock: TextIO, out: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError("another run is writing there; wait for it or choose another --out", path=out) from error
    except OSError:  # a file system without locks: two runs at once are then the user's own care
        return
