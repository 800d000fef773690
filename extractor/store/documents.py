"""The reports in the store: each one's rows written in one transaction, from the JSON that a worker has finished."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Self

from extractor.store.database import NAME, guarded, open_database, transaction
from extractor.store.ledger import stored
from extractor.store.rows import rows_of

_WIDTHS = {
    "texts": 1, "pages": 7, "sections": 9, "figures": 31, "citations": 14, "places": 13, "tables": 6, "findings": 8,
    "grades": 2,
}  # fmt: skip
_INSERTS = {name: f"INSERT INTO {name} VALUES (?{', ?' * width})" for name, width in _WIDTHS.items()}
_INSERT = f"INSERT INTO documents VALUES (?{', ?' * 24})"

_WANTED = """
    SELECT json, json_sha256 FROM ledger_files f WHERE state = 'done' AND NOT EXISTS (
        SELECT 1 FROM documents d WHERE d.json = f.json AND d.json_sha256 = f.json_sha256) ORDER BY json"""
_ORPHANS = """
    SELECT id FROM documents d WHERE NOT EXISTS (
        SELECT 1 FROM ledger_files f WHERE f.state = 'done' AND f.json = d.json AND f.json_sha256 = d.json_sha256)"""


def put(database: sqlite3.Connection, json: str | bytes, data: bytes) -> None:
    """Write the report `data`, in place of the one that `json` held before, whose id it keeps, or nothing of it.

    Raises `NotAReport`.
    """
    document, tables = rows_of(data)
    with transaction(database):
        before = database.execute("DELETE FROM documents WHERE json = ? RETURNING id", (json,)).fetchone()
        values = (before and before[0], json, hashlib.sha256(data).hexdigest(), *document)
        key = database.execute(_INSERT, values).lastrowid
        for name, rows in tables.items():
            database.executemany(_INSERTS[name], [(key, *row) for row in rows])


class Documents:
    """The documents of OUT. Every method may raise DiskFull, StoreDamaged or StoreUnavailable."""

    def __init__(self, out: Path) -> None:
        self._out, self.path = out, out / NAME
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
        with guarded(self.path):
            put(self.database, stored(json), data)
        return True

    def sync(self) -> list[str]:
        """Bring the store to what the ledger says: after a kill, a move, or a run of a version without documents.

        Returns the JSONs that are not as the ledger knows them; their reports are not in the store.
        """
        with guarded(self.path):
            wanted = self.database.execute(_WANTED).fetchall()
            missing = [json for raw, sha256 in wanted if not self.put(json := os.fsdecode(raw), sha256)]
            orphans = self.database.execute(_ORPHANS).fetchall()
            with transaction(self.database):
                self.database.executemany("DELETE FROM documents WHERE id = ?", orphans)
        return missing
