"""One part of a cluster's run: some files from anywhere in, one Parquet file out.

The files are fetched to this machine and read by the same supervisor as `extractor run` has, in a process of its own:
a page that breaks the reader costs that page here too, and the cluster's worker, which has threads, is never forked.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from extractor.batch.discover import Found, Job
from extractor.batch.settings import Settings
from extractor.batch.tool import fingerprint
from extractor.batch.worker import end_with
from extractor.errors import ExtractorError, NotFound, ReportError, UsageError
from extractor.store.ledger import Ledger

FOLDER = "parts"
"""Below OUT: where the Parquet files are."""


class CannotFetch(ReportError):
    """The file cannot be fetched from where it is."""

    remedy = "check its address and the rights of the cluster's machines there"


class PartFailed(ExtractorError):
    """A part of a cluster's run could not be made."""

    remedy = "run the same command again; the parts that are written are kept"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of any file system that fsspec knows. `source`: its name in the report; `version`: what changes with its
    bytes, as its file system tells (an entity tag, a time and a size)."""

    url: str
    source: str
    version: str
    size: int


def make_part(files: Sequence[RemoteFile], out: str, tool: str, settings: Settings) -> list[dict[str, Any]]:
    """Read `files` and write one Parquet file to `out`/parts, a row a file (docs/scale.md names the columns).

    Returns the rows without their JSON and pages; a file whose turn did not come has none. The part's name is that of
    its files and of the tool, so that a second try takes the first one's place. Raises UsageError where this machine
    has another state of the tool than `tool`, PartFailed.
    """
    if fingerprint(settings.ocr) != tool:
        raise UsageError(f"another version of extractor or its patterns is on {socket.gethostname()}; install the same")
    with tempfile.TemporaryDirectory(prefix="extractor-") as name:
        folder = Path(name)
        fetched = [(file, _fetched(file, folder / str(at))) for at, file in enumerate(files)]
        paths = [(file, path) for file, path in fetched if isinstance(path, Path)]
        _read(paths, folder, settings)
        rows = [_refused(file, error, tool) for file, error in fetched if isinstance(error, ExtractorError)]
        with Ledger(folder / "out") as ledger:
            rows += [row for file, path in paths if (row := _row(file, path, folder, ledger, tool))]
        if rows:
            write_part(rows, out, name_of(files, tool), folder)
        return [{key: row[key] for key in row if key not in ("json", "pages")} for row in rows]


def _fetched(file: RemoteFile, folder: Path) -> Path | ExtractorError:
    """The file's copy in `folder`, under its own name."""
    folder.mkdir()
    path = folder / file.url.rpartition("/")[2]
    try:
        fs, there = url_to_fs(file.url)
        fs.get_file(there, str(path))
    except FileNotFoundError:
        return NotFound("no such file", path=file.url)
    except Exception as error:  # every file system has its own
        return CannotFetch(f"{type(error).__name__}: {error}", path=file.url)
    return path


def _read(paths: list[tuple[RemoteFile, Path]], folder: Path, settings: Settings) -> None:
    """Run the supervisor over the copies, into `folder`/out."""
    jobs = [[str(path), file.source] for file, path in paths]
    (folder / "jobs.json").write_text(json.dumps({"jobs": jobs, "settings": asdict(settings)}), encoding="utf8")
    command = [sys.executable, "-m", "extractor.batch.part", str(folder), str(os.getpid())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PartFailed(f"on {socket.gethostname()}: {done.stderr[-2000:]}")


def _row(file: RemoteFile, path: Path, folder: Path, ledger: Ledger, tool: str) -> dict[str, Any] | None:
    found = ledger.file(path)
    if found is None or found.state not in ("done", "failed"):
        return None
    made = (folder / "out/reports" / found.json).read_text(encoding="utf8") if found.json else None
    return _base(file, tool) | {
        "sha256": found.sha256,
        "state": found.state,
        "tries": found.tries,
        "seconds": found.seconds,
        "error": found.error,
        "message": found.message.replace(str(path), file.url),
        "counts": found.counts,
        "json": made,
        "pages": [asdict(page) for page in ledger.pages(path)],
    }


def _refused(file: RemoteFile, error: ExtractorError, tool: str) -> dict[str, Any]:
    return _base(file, tool) | {"state": "failed", "error": error.name, "message": str(error)}


def _base(file: RemoteFile, tool: str) -> dict[str, Any]:
    return {
        "source": file.source, "url": file.url, "version": file.version, "sha256": None, "tool": tool,
        "state": "failed", "tries": 1, "seconds": 0.0, "error": None, "message": "", "counts": None,
        "json": None, "pages": [],
    }  # fmt: skip


def name_of(files: Sequence[RemoteFile], tool: str) -> str:
    """The name of the part that holds these files."""
    named = "\n".join([tool, *(f"{file.url} {file.version}" for file in files)])
    return f"part-{hashlib.sha256(named.encode('utf8', 'replace')).hexdigest()[:20]}.parquet"


def write_part(rows: list[dict[str, Any]], out: str, name: str, folder: Path) -> None:
    """Write the rows to OUT/parts/`name`, whole or not at all. `folder`: for the file while it is made."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    text, number = pa.string(), pa.float64()
    page = pa.struct({
        "page": pa.int32(), "state": text, "source": text, "confidence": number, "seconds": number,
        "tries": pa.int32(), "error": text,
    })  # fmt: skip
    schema = pa.schema({
        "source": text, "url": text, "version": text, "sha256": text, "tool": text, "state": text,
        "tries": pa.int32(), "seconds": number, "error": text, "message": text, "counts": text,
        "json": pa.large_string(), "pages": pa.list_(page),
    })  # fmt: skip
    parquet.write_table(pa.Table.from_pylist(rows, schema), folder / name, compression="zstd")
    fs, root = url_to_fs(f"{out.rstrip('/')}/{FOLDER}")
    fs.makedirs(root, exist_ok=True)
    fs.put_file(str(folder / name), f"{root}/{name}.partial")
    fs.mv(f"{root}/{name}.partial", f"{root}/{name}")


def url_to_fs(url: str) -> tuple[Any, str]:
    """The file system of an address and the path in it; an address without a scheme is a path of this machine."""
    from fsspec.core import url_to_fs as find

    return find(url)  # type: ignore[no-any-return]


def main(folder: Path, parent: int) -> int:
    """What the process of `make_part` does: the supervisor, with one worker, over FOLDER/jobs.json into FOLDER/out."""
    from extractor.batch.run import run_jobs

    end_with(parent)
    asked = json.loads((folder / "jobs.json").read_text(encoding="utf8"))
    jobs = [Job(Path(path), source, Path(f"{at}.json")) for at, (path, source) in enumerate(asked["jobs"])]
    run_jobs(Found(jobs), folder / "out", workers=1, settings=Settings(**asked["settings"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
