"""The ledger: one row a file and one a page, what became of each. Written by one process, the run's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from extractor.store.database import NAME, guarded, open_database, transaction

State = Literal["waiting", "reading", "done", "failed"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `path` is absolute; `json` is relative to OUT/reports; `tool` the fingerprint of code and patterns that
    made it; `counts` what its JSON holds, as JSON; `seconds` of all tries of the last run."""

    path: Path
    source: str
    state: State
    sha256: str | None = None
    tries: int = 0
    seconds: float = 0.0
    error: str | None = None
    message: str = ""
    json: str | None = None
    json_sha256: str | None = None
    tool: str | None = None
    counts: str | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of a file that is done. `tries`: 2 or more where reading it failed before; `error` names the failure.
    `seconds` is None where pages are not read one by one (DOCX, HTML, text)."""

    page: int
    state: Literal["read", "unreadable"]
    source: Literal["text", "ocr"]
    confidence: float
    seconds: float | None = None
    tries: int = 1
    error: str | None = None


_COLUMNS = "path, source, state, sha256, tries, seconds, error, message, json, json_sha256, tool, counts"
_UPDATED = [column for column in _COLUMNS.split(", ") if column != "path"]
_UPSERT = (
    f"INSERT INTO ledger_files ({_COLUMNS}) VALUES ({', '.join('?' * 12)}) ON CONFLICT (path) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in _UPDATED)
    + " RETURNING id"
)


class Ledger:
    """The ledger of OUT. Every method may raise DiskFull, StoreDamaged or StoreUnavailable."""

    def __init__(self, out: Path) -> None:
        self.path = out / NAME
        self._database = open_database(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with guarded(self.path):
            self._database.close()

    def put(self, row: FileRow, pages: Sequence[PageRow] | None = None) -> None:
        """Write the row of `row.path`, and where `pages` are given all of its pages' rows, in place of the old ones."""
        message = os.fsencode(row.message).decode("utf8", "replace")
        json = None if row.json is None else stored(row.json)
        values = (stored(row.path), row.source, row.state, row.sha256, row.tries, row.seconds, row.error, message,
                  json, row.json_sha256, row.tool, row.counts)  # fmt: skip
        with guarded(self.path), transaction(self._database):
            (key,) = self._database.execute(_UPSERT, values).fetchone()
            if pages is not None:
                self._database.execute("DELETE FROM ledger_pages WHERE file = ?", (key,))
                self._database.executemany(
                    "INSERT INTO ledger_pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [(key, p.page, p.state, p.source, p.confidence, p.seconds, p.tries, p.error) for p in pages],
                )

    def file(self, path: Path) -> FileRow | None:
        """The row of the file at `path` (absolute)."""
        return next(self._files("path = ?", stored(path)), None)

    def files(self) -> list[FileRow]:
        """All files, by path."""
        return list(self._files("TRUE ORDER BY path"))

    def failed(self) -> list[FileRow]:
        """The files that could not be read, by their names as the user gave them."""
        return list(self._files("state = 'failed' ORDER BY source"))

    def done(self, sha256: str, tool: str) -> list[FileRow]:
        """The files with these bytes that this tool has read."""
        return list(self._files("sha256 = ? AND tool = ? AND state = 'done' ORDER BY id", sha256, tool))

    def twins(self) -> list[FileRow]:
        """The files that are done and whose bytes another file has that is done too."""
        same = "SELECT sha256 FROM ledger_files WHERE state = 'done' GROUP BY sha256 HAVING count(*) > 1"
        return list(self._files(f"state = 'done' AND sha256 IN ({same}) ORDER BY id"))

    def claims(self, json: str) -> int:
        """How many files that are done say that `json` is theirs."""
        with guarded(self.path):
            query = "SELECT count(*) FROM ledger_files WHERE json = ? AND state = 'done'"
            return int(self._database.execute(query, (stored(json),)).fetchone()[0])

    def pages(self, path: Path) -> list[PageRow]:
        """The pages of the file at `path`, in order."""
        with guarded(self.path):
            found = self._database.execute(
                "SELECT page, p.state, p.source, confidence, p.seconds, p.tries, p.error FROM ledger_pages p "
                "JOIN ledger_files f ON f.id = file WHERE path = ? ORDER BY page",
                (stored(path),),
            )
            return [PageRow(*values) for values in found]

    def skip(self, reasons: Mapping[str, str]) -> None:
        """Note the files that a run passed over, by their names as the user gave them, and why."""
        with guarded(self.path), transaction(self._database):
            rows = [(os.fsencode(source).decode("utf8", "replace"), reason) for source, reason in reasons.items()]
            self._database.executemany("INSERT OR REPLACE INTO ledger_skipped VALUES (?, ?)", rows)

    def forget(self, path: Path) -> None:
        """Remove the file's row and its pages'."""
        with guarded(self.path):
            self._database.execute("DELETE FROM ledger_files WHERE path = ?", (stored(path),))

    def _files(self, where: str, *parameters: str | bytes) -> Iterator[FileRow]:
        with guarded(self.path):
            found = self._database.execute(f"SELECT {_COLUMNS} FROM ledger_files WHERE {where}", parameters)
            for values in found.fetchall():
                row = FileRow(*values)
                json = None if row.json is None else os.fsdecode(row.json)
                yield replace(row, path=Path(os.fsdecode(row.path)), json=json)


def stored(path: Path | str) -> str | bytes:
    """A path as the store keeps it: text, or bytes where it is not UTF-8, which text in SQLite has to be."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError:
        return raw
