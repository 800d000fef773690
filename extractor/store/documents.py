"""The reports in the store: each one's rows written in one transaction, from the JSON that a worker has finished and
from what people have corrected (`extractor.corrections`).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Self

from extractor.corrections.apply import Corrected
from extractor.corrections.folder import follow_moves, journals, of_report, stamp, stamps
from extractor.corrections.journal import journal_path
from extractor.errors import ExtractorError
from extractor.serial import from_json, to_bytes
from extractor.store.database import NAME, guarded, open_database, transaction
from extractor.store.ledger import stored
from extractor.store.rows import rows_of

_WIDTHS = {
    "texts": 1, "pages": 7, "sections": 9, "figures": 32, "citations": 14, "places": 13, "tables": 6, "findings": 8,
    "grades": 2,
}  # fmt: skip
_INSERTS = {name: f"INSERT INTO {name} VALUES (?{', ?' * width})" for name, width in _WIDTHS.items()}
_INSERT = f"INSERT INTO documents VALUES (?{', ?' * 26})"

_WANTED = """
    SELECT json, json_sha256 FROM ledger_files f WHERE state = 'done' AND NOT EXISTS (
        SELECT 1 FROM documents d WHERE d.json = f.json AND d.json_sha256 = f.json_sha256) ORDER BY json"""
_ORPHANS = """
    SELECT id FROM documents d WHERE NOT EXISTS (
        SELECT 1 FROM ledger_files f WHERE f.state = 'done' AND f.json = d.json AND f.json_sha256 = d.json_sha256)"""

_UNSOUND = "unsound"
"""The state of a journal that has lines which are no corrections: it is read, and they are named, every time."""


def put(
    database: sqlite3.Connection, json: str | bytes, data: bytes,
    corrected: Corrected | None = None, state: str | None = None,
) -> None:
    """Write the report `data`, in place of the one that `json` held before, whose id it keeps, or nothing of it.

    `corrected`: the report with what people have corrected, `state` that of their journal. Raises `NotAReport`.
    """  # fmt: skip
    document, tables = rows_of(to_bytes(corrected.report) if corrected else data)
    marks = corrected.marks if corrected else {}
    tables["figures"] = [(*row, ("figure", row[1]) in marks) for row in tables["figures"]]
    with transaction(database):
        before = database.execute("DELETE FROM documents WHERE json = ? RETURNING id", (json,)).fetchone()
        applied = corrected.applied if corrected else 0
        values = (before and before[0], json, hashlib.sha256(data).hexdigest(), *document, state, applied)
        key = database.execute(_INSERT, values).lastrowid
        for name, rows in tables.items():
            database.executemany(_INSERTS[name], [(key, *row) for row in rows])


class Documents:
    """The documents of OUT. Every method may raise DiskFull, StoreDamaged or StoreUnavailable."""

    def __init__(self, out: Path) -> None:
        self._out, self.path = out, out / NAME
        self.failures: list[ExtractorError] = []
        self.database = open_database(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with guarded(self.path):
            self.database.close()

    def put(self, json: str, sha256: str | None) -> bool:
        """Write the report whose JSON is `json` below OUT/reports; False where that is gone or not the one of `sha256`.

        Such a JSON is made again by the next run, and written then.
        """
        try:
            data = (self._out / "reports" / json).read_bytes()
        except OSError:
            return False
        if hashlib.sha256(data).hexdigest() != sha256:
            return False
        path = journal_path(self._out, json)
        state, corrected = stamp(path), None  # the state first: what is added meanwhile is loaded the next time
        if state is not None:
            loaded = of_report(self._out, json, from_json(data))
            corrected = loaded.corrected
            if loaded.failures:
                self.failures += loaded.failures
                state = _UNSOUND
        with guarded(self.path):
            put(self.database, stored(json), data, corrected, state)
        return True

    def sync(self) -> list[str]:
        """Bring the store to what the ledger says and people have corrected: after a kill, a move, a correction, or a
        run of a version without documents.

        Returns the JSONs that are not as the ledger knows them; their reports are not in the store, or as they were.
        `failures` are the lines of journals that are no corrections.
        """
        self.failures = []
        with guarded(self.path):
            wanted = self.database.execute(_WANTED).fetchall()
            missing = [json for raw, sha256 in wanted if not self.put(json := os.fsdecode(raw), sha256)]
            orphans = self.database.execute(_ORPHANS).fetchall()
            with transaction(self.database):
                self.database.executemany("DELETE FROM documents WHERE id = ?", orphans)
        return missing + [json for json, sha256 in self._corrected() if not self.put(json, sha256)]

    def _corrected(self) -> list[tuple[str, str]]:
        """The JSONs whose corrections are not those that the store has, with their sha256."""
        chosen = "TRUE" if journals(self._out) else "corrections IS NOT NULL"
        query = f"SELECT json, document, corrections, json_sha256 FROM documents WHERE {chosen}"
        with guarded(self.path):
            rows = self.database.execute(query).fetchall()
        known = {os.fsdecode(json): (document, state, sha256) for json, document, state, sha256 in rows}
        follow_moves(self._out, {json: document for json, (document, *_) in known.items()})
        states = stamps(self._out, known)
        return [(json, sha256) for json, (_, state, sha256) in known.items() if states.get(json) != state]
