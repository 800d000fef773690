"""A run on a Ray cluster: parts of the inputs to its machines, from any file system to Parquet files on any.

What is done with a part is `extractor.batch.part`; here is only which files are in which, and what is done already.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.batch.discover import Skipped, why_not
from extractor.batch.interrupt import Interrupt
from extractor.batch.part import FOLDER, CannotFetch, PartFailed, RemoteFile, make_part, name_of, url_to_fs, write_part
from extractor.batch.settings import Settings
from extractor.batch.summary import Observer, State, Summary
from extractor.batch.tool import fingerprint
from extractor.batch.work import Counts, Outcome, Status, failed
from extractor.errors import ExtractorError, MissingProgram, NotFound, UsageError

FILES, BYTES = 200, 256 * 1024 * 1024
"""A part has at most so many files, and ends with the one that makes it so large."""
AHEAD = 2
"""Parts handed out for each core, so that none is idle."""
_VERSION = ("ETag", "etag", "md5Hash", "generation", "mtime", "LastModified", "last_modified", "created", "size")
"""What the file systems of fsspec tell of a file that changes with its bytes."""


def run_on_ray(
    inputs: Sequence[str],
    out: str,
    *,
    address: str | None = None,
    settings: Settings | None = None,
    observer: Observer | None = None,
) -> Summary:
    """Read all reports of `inputs` on a Ray cluster into Parquet files, OUT/parts/part-….parquet, a row a report.

    inputs, out: addresses that fsspec knows (s3://…, gs://…, file://…), or paths that all machines see. address: that
    of the cluster, "auto" for the one that this machine is part of; None starts one here. A file whose version (entity
    tag, time, size) and tool are those of its row is not read again. Raises UsageError, MissingProgram.
    """
    ray = _ray()
    if not inputs:
        raise UsageError("no input is named")
    began = time.perf_counter()
    going = _ClusterRun(ray, out, settings or Settings(), observer or Observer())
    with Interrupt() as interrupt:
        try:
            waiting = going.look(inputs)
            if waiting:
                _connect(ray, address)
                going.drive(waiting, interrupt)
        except KeyboardInterrupt:  # the second one
            interrupt.asked = True
    summary = going.summary
    if interrupt.asked and summary.waiting:
        summary.interrupted, summary.stopped = True, "interrupted; run the same command again to go on"
    summary.seconds = time.perf_counter() - began
    return summary


def _connect(ray: Any, address: str | None) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of each run
    own: dict[str, Any] = {} if address else {"include_dashboard": False}
    ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, logging_level="error", **own)


def _ray() -> Any:
    try:
        import pyarrow  # noqa: F401
        import ray
    except ImportError as error:
        raise MissingProgram(f"{error.name} is not installed: pip install 'extractor[ray]'") from error
    return ray


class _ClusterRun:
    """One run: what its parts hold already, which are in work."""

    def __init__(self, ray: Any, out: str, settings: Settings, observer: Observer) -> None:
        self._ray, self._out, self._settings, self._observer = ray, out, settings, observer
        self._tool = fingerprint(settings.ocr)
        self.summary = Summary(out)
        self._total = self._read = self._left = self._pages = 0
        self._written: dict[str, set[str]] = {}  # the addresses in each part that was written now

    def look(self, inputs: Sequence[str]) -> list[RemoteFile]:
        """The files that have to be read; of the others the outcomes are noted."""
        files: dict[str, RemoteFile] = {}
        for given in inputs:
            for found in _found(given, self._out):
                if isinstance(found, Skipped):
                    self.summary.skipped.append(found)
                elif isinstance(found, ExtractorError):
                    self._note(failed(found.path or "", found, 0.0, Path()))
                else:
                    files.setdefault(found.url, found)
        self._total = len(files) + len(self.summary.outcomes)
        waiting = []
        known = {row["url"]: row for _, rows in _parts_of(self._out) for row in rows if self._is_good(row, files)}
        for file in files.values():
            if file.url in known:
                self._note(_outcome(known[file.url], "unchanged"))
            else:
                waiting.append(file)
        self.summary.waiting = len(waiting)
        self._left = sum(file.size for file in waiting)
        return waiting

    def drive(self, waiting: list[RemoteFile], interrupt: Interrupt) -> None:
        """Have all files read, as far as `interrupt` lets them."""
        most = AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        remote = self._ray.remote(num_cpus=1, max_retries=3)(make_part)
        parts = _parts(waiting)
        working: dict[Any, list[RemoteFile]] = {}
        try:
            while True:
                while len(working) < most and not interrupt.asked and (part := next(parts, None)):
                    working[remote.remote(part, self._out, self._tool, self._settings)] = part
                if not working:
                    break
                for done in self._ray.wait(list(working), timeout=0.5)[0]:
                    self._received(done, working.pop(done))
                self._observer.state(
                    State(len(self.summary.outcomes), self._total, self._pages, len(self.summary.failures),
                          self._read, self._left)
                )  # fmt: skip
        finally:
            for still in working:
                self._ray.cancel(still, force=True)
            self._prune()

    def _received(self, done: Any, part: list[RemoteFile]) -> None:
        size = sum(file.size for file in part)
        self._read, self._left = self._read + size, self._left - size
        try:
            rows = self._ray.get(done)
            outcomes = [_outcome(row, "read") for row in rows]
            self._written[name_of(part, self._tool)] = {row["url"] for row in rows}
        except UsageError as error:  # Ray has put its own traceback before the message
            raise UsageError(str(error).strip().rpartition("UsageError: ")[2]) from error
        except Exception as error:  # the machine was lost four times, or its disk is full
            why = str(error).strip().splitlines()[-1]
            outcomes = [failed(f.source, PartFailed(why, path=f.url), 0.0, Path()) for f in part]
        for outcome in outcomes:
            self.summary.waiting -= 1
            self._pages += outcome.counts.pages if outcome.counts else 0
            self._note(outcome)
        if len(outcomes) < len(part):
            self.summary.stopped = "a machine's disk is full; make room and run the same command again"

    def _note(self, outcome: Outcome) -> None:
        self.summary.outcomes.append(outcome)
        self._observer.outcome(outcome)

    def _is_good(self, row: dict[str, Any], files: dict[str, RemoteFile]) -> bool:
        file = files.get(row["url"])
        return file is not None and (row["version"], row["tool"], row["state"]) == (file.version, self._tool, "done")

    def _prune(self) -> None:
        """Take out of older parts the rows of files that were read now, so that each file has one row."""
        read = set().union(*self._written.values())
        for name, rows in _parts_of(self._out):
            if name not in self._written and (stale := {row["url"] for row in rows} & read):
                _rewrite(self._out, name, stale)


def _found(given: str, out: str) -> Iterator[RemoteFile | Skipped | ExtractorError]:
    """What an input holds: a file as it is, of a folder those with an extension that is read; OUT is left out."""
    try:
        fs, root = url_to_fs(given)
        own = url_to_fs(out)[1].rstrip("/") + "/"
        found = {root: fs.info(root)} if fs.isfile(root) else fs.find(root, detail=True)
    except Exception as error:  # every file system has its own
        yield CannotFetch(f"{type(error).__name__}: {error}", path=given)
        return
    if not found:
        yield NotFound("no such file or folder, or nothing in it", path=given)
    for path, info in sorted(found.items()):
        below = path[len(root) :].lstrip("/")
        source = f"{given.rstrip('/')}/{below}" if below else given
        if f"{path}/".startswith(own) or any(part.startswith(".") for part in below.split("/")[:-1]):
            continue
        if below and (reason := why_not(path.rpartition("/")[2])):
            yield Skipped(source, reason)
        else:
            told = repr([(key, str(info[key])) for key in _VERSION if key in info])
            version = hashlib.sha256(told.encode("utf8", "replace")).hexdigest()[:20]
            yield RemoteFile(str(fs.unstrip_protocol(path)), source, version, int(info.get("size") or 0))


def _parts(files: list[RemoteFile]) -> Iterator[list[RemoteFile]]:
    part: list[RemoteFile] = []
    for file in files:
        part.append(file)
        if len(part) == FILES or sum(f.size for f in part) >= BYTES:
            yield part
            part = []
    if part:
        yield part


def _parts_of(out: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The parts that OUT has by name, with their rows (no JSON, no pages)."""
    import pyarrow.parquet as parquet

    fs, root = url_to_fs(f"{out.rstrip('/')}/{FOLDER}")
    if not fs.exists(root):
        return
    columns = ["source", "url", "version", "tool", "state", "seconds", "error", "message", "counts"]
    for path in sorted(p for p in fs.find(root) if p.endswith(".parquet")):
        with fs.open(path, "rb") as file:
            yield path.rpartition("/")[2], parquet.read_table(file, columns=columns).to_pylist()


def _rewrite(out: str, name: str, without: set[str]) -> None:
    import pyarrow.parquet as parquet

    fs, path = url_to_fs(f"{out.rstrip('/')}/{FOLDER}/{name}")
    with fs.open(path, "rb") as file:
        rows = [row for row in parquet.read_table(file).to_pylist() if row["url"] not in without]
    if not rows:
        fs.rm(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        write_part(rows, out, name, Path(folder))


def _outcome(row: dict[str, Any], status: Status) -> Outcome:
    if row["state"] == "done":
        counts = Counts.from_json(row["counts"])
        return Outcome(row["source"], Path(), status, row["seconds"], counts)
    code = MissingProgram.exit_code if row["error"] == MissingProgram.__name__ else ExtractorError.exit_code
    return Outcome(row["source"], Path(), "failed", row["seconds"], None, row["error"], row["message"], code)
