"""The inputs of a run, files and folders of any depth, as jobs; and what is passed over, with the reason."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import ExtractorError, NoPermission, NotFound, UnknownFormat, UsageError

SUFFIXES = frozenset(
    ".pdf .docx .docm .doc .rtf .odt .txt .text .html .htm .xhtml .tif .tiff .png .jpg .jpeg".split()
)
"""Of files in a folder, the ones that are read; what a file really is, reading decides by its content."""

_LONGEST_NAME = 255  # bytes of a file name on the usual file systems


@dataclass(frozen=True, slots=True)
class Job:
    """One report to read. `source` is its name as the user gave it, `target` the JSON's path below OUT/reports."""

    path: Path
    source: str
    target: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that the inputs hold. `unreadable` are inputs and folders that could not even be listed."""

    jobs: list[Job] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unreadable: list[ExtractorError] = field(default_factory=list)


def discover(inputs: Sequence[Path], out: Path) -> Found:
    """The jobs of a run over `inputs`, in a stable order. `out` is left out where it lies inside an input.

    A file that is named is read whatever its extension; in folders, only files with an extension that is read.
    Raises `UsageError` where two different files would be written to the same JSON.
    """
    found = Found()
    by_file: dict[Path, Job] = {}
    by_target: dict[Path, Job] = {}
    for given in inputs:
        for job in _jobs_of(given, out, found):
            same = by_file.setdefault(job.path.resolve(), job)
            if same is not job:
                found.skipped.append(Skipped(job.source, f"already named as {same.source}"))
                continue
            other = by_target.setdefault(job.target, job)
            if other is not job:
                raise UsageError(
                    f"{other.source} and {job.source} would both be written to reports/{job.target}; "
                    "run them with different --out, or give the folder that holds both"
                )
            found.jobs.append(job)
    return found


def _jobs_of(given: Path, out: Path, found: Found) -> Iterator[Job]:
    if given.is_dir():
        yield from _jobs_below(given, out, found)
    elif given.is_file():
        yield _job(given, Path(given.name))
    elif given.exists():
        found.unreadable.append(UnknownFormat("not a file or folder", path=_shown(given)))
    else:
        found.unreadable.append(NotFound("no such file or folder", path=_shown(given)))


def _jobs_below(root: Path, out: Path, found: Found) -> Iterator[Job]:
    own = out.resolve()

    def unlisted(error: OSError) -> None:
        found.unreadable.append(NoPermission("the folder cannot be listed", path=_shown(Path(error.filename))))

    for folder, folders, names in os.walk(root, onerror=unlisted):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() != own)
        for name in sorted(names):
            path = here / name
            if reason := why_not(name) or _no_file(path):
                found.skipped.append(Skipped(_shown(path), reason))
            elif not path.exists():
                found.unreadable.append(NotFound("a link to a file that is not there", path=_shown(path)))
            else:
                yield _job(path, path.relative_to(root))


def why_not(name: str) -> str | None:
    """Why a file of that name is passed over in a folder, None where it is read."""
    if name.startswith("~$"):
        return "a lock file of Word"
    if name.startswith("."):
        return "hidden"
    suffix = Path(name).suffix
    return None if suffix.lower() in SUFFIXES else f"extension {suffix or '(none)'} is not read"


def _no_file(path: Path) -> str | None:
    return "not a regular file" if path.exists() and not path.is_file() else None


def _job(path: Path, below: Path) -> Job:
    return Job(path, _shown(path), below.with_name(_short(below.name + ".json")))


def _shown(path: Path) -> str:
    """The path as text; bytes that are not UTF-8 become U+FFFD, because JSON cannot hold them."""
    return os.fsencode(path.as_posix()).decode("utf8", "replace")


def _short(name: str) -> str:
    """`name`, or where it is longer than file systems allow, its beginning and a hash of the whole."""
    raw = os.fsencode(name)
    if len(raw) <= _LONGEST_NAME:
        return name
    suffixes = "".join(Path(name).suffixes[-2:])
    tail = f"~{hashlib.sha256(raw).hexdigest()[:8]}{suffixes}"
    return raw[: _LONGEST_NAME - len(os.fsencode(tail))].decode("utf8", "ignore") + tail
