"""The corrections of one document: a file of JSON Lines that is only ever appended to.

A line is written at once and synced to the disk, under a lock that keeps a second writer out. Where a kill or a full
disk tore the last line, readers name it and the next writer sets it aside into `<journal>.torn`; nothing is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extractor.batch.writing import FULL, CannotWrite
from extractor.corrections.record import Correction
from extractor.errors import DiskFull, ExtractorError, NoPermission

if sys.platform != "win32":
    import fcntl

FOLDER = "corrections"
_LONGEST = 240  # bytes of a file's name; ".torn" has to fit behind it into the 255 that file systems allow


class WrongCorrection(ExtractorError):
    """A line of a journal is no correction; the others of the file are used."""

    remedy = "mend or remove that line of OUT/corrections; the message names it"


class TornCorrection(ExtractorError):
    """The last line of a journal is incomplete: whoever wrote it was killed, or the disk was full."""

    remedy = "make that correction again; what there is of it is set aside when the file is next written"


@dataclass(frozen=True, slots=True)
class Journal:
    """The corrections of one document in the order in which they were made, and the lines that are none."""

    corrections: tuple[Correction, ...] = ()
    failures: tuple[ExtractorError, ...] = ()


def journal_path(out: Path, json: str) -> Path:
    """Where the corrections of the report `json` (relative to OUT/reports) stand: OUT/corrections/<the same>.jsonl.

    A name that would be too long is cut and gets a hash.
    """
    path = out / FOLDER / f"{json}l"
    name = os.fsencode(path.name)
    if len(name) <= _LONGEST:
        return path
    cut = name[: _LONGEST - 40].decode("utf8", "ignore")
    return path.with_name(f"{cut}-{hashlib.sha256(name).hexdigest()[:16]}.jsonl")


def read(path: Path) -> Journal:
    """The journal at `path`; an empty one where there is none. Raises NoPermission."""
    try:
        with path.open("rb") as file, _locked(file, exclusive=False):
            data = file.read()
    except FileNotFoundError:
        return Journal()
    except OSError as error:
        raise NoPermission(error.strerror or str(error), path=path) from error
    made: dict[str, Correction] = {}
    failures: list[ExtractorError] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            correction = Correction.of(line)
            if made.setdefault(correction.id, correction) != correction:
                raise ValueError(f"its id {correction.id} is that of another line")
        except ValueError as error:
            torn = number == len(lines)
            kind = TornCorrection if torn else WrongCorrection
            failures.append(kind(f"line {number}: {'incomplete' if torn else error}", path=path))
    return Journal(tuple(made.values()), tuple(failures))


def append(path: Path, corrections: Sequence[Correction]) -> None:
    """Add `corrections` to the journal at `path`, all on the disk when this returns. Raises DiskFull or CannotWrite."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("a+b", buffering=0) as file, _locked(file, exclusive=True):
            _mend(file, path)
            _write(file, b"".join(c.line() for c in corrections))
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull("no space left", path=path) from error
        raise CannotWrite(error.strerror or str(error), path=path) from error


def _mend(file: BinaryIO, path: Path) -> None:
    """End the file with a whole line: one that lacks only its end gets it, a torn one is set aside."""
    file.seek(0)
    data = file.read()
    _, _, tail = data.rpartition(b"\n")
    if not tail:
        return
    try:
        Correction.of(tail)
    except ValueError:
        with path.with_name(path.name + ".torn").open("ab", buffering=0) as aside:
            _write(aside, tail + b"\n")
        file.truncate(len(data) - len(tail))
    else:
        _write(file, b"\n")


def _write(file: BinaryIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut, where the system lets folders be synced."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _locked(file: BinaryIO, *, exclusive: bool) -> Iterator[None]:
    """Hold the file against other writers (`exclusive`) or beside other readers; it is let go when it is closed."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a file system without locks: two writers at once are the user's own care
            fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
    yield
