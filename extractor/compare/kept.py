"""A comparison kept in a file of its own, which can be read while it grows: of a large archive it takes minutes.

The file is an SQLite database beside nothing else: removing it loses nothing. It is written under the name that the
caller gives, and says itself whether it is done.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.compare.claims import Doc
from extractor.compare.diff import Selection, Summary, diff
from extractor.compare.judge import Status
from extractor.compare.places import Map
from extractor.compare.rows import Row, Side
from extractor.errors import ExtractorError
from extractor.gazetteer.names import fold
from extractor.store.database import guarded
from extractor.store.store import Store

FORMAT = 2
"""Raised where the rows, or the rules by which they are made, are others."""

_AT_ONCE = 0.3  # seconds a transaction: what a page that is looked at meanwhile lags behind
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, status INTEGER NOT NULL, place TEXT NOT NULL, indicator TEXT NOT NULL,
    folded TEXT NOT NULL, confidence REAL NOT NULL, data TEXT NOT NULL
);
CREATE INDEX rows_shown ON rows (status, place, indicator);
"""
ORDER: tuple[Status, ...] = (
    "suspect", "restated", "not_comparable", "changed", "plan_outcome", "same", "vanished", "added",
)  # fmt: skip
"""The doubtful and the restated first, as in `rows_of`; a row's `status` is its place in this."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a comparison is. `failed`: why it ended early; `told_again`, `alone`: as in `Summary`, when done."""

    done: bool
    failed: str | None
    documents: int
    of: int
    told_again: int
    alone: int
    statuses: dict[str, int]


def digest(store: Store, a: Sequence[Doc], b: Sequence[Doc], least: float, places: str) -> str:
    """A name for what a comparison of these documents, as they are now, will say."""
    rows = store.rows("SELECT id, json_sha256, corrections FROM documents")
    states = {key: (sha256, corrections) for key, sha256, corrections in rows}
    sides = [[(doc.key, states.get(doc.key)) for doc in side] for side in (a, b)]
    said = [FORMAT, least, places, *sides]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def make(store: Store, a: Sequence[Doc], b: Sequence[Doc], least: float, places: str, path: Path) -> None:
    """Compare the documents of `store` and keep the rows at `path`, which must not exist.

    An `ExtractorError` on the way is kept in the file as `failed`, and raised.
    """
    target, summary = Map.named(places), Summary()
    with _open(path) as database:
        database.executescript(_SCHEMA)
        _say(database, documents=0, of=len(a) + len(b))
        sides = Selection(store, [*a], "a"), Selection(store, [*b], "b")
        seen: set[int] = set()
        rows = diff(*sides, least=least, places=target, summary=summary)
        try:
            row = next(rows, None)
            while row is not None:
                began = time.monotonic()
                database.execute("BEGIN")
                while row is not None and time.monotonic() - began < _AT_ONCE:
                    seen.update(side.claim.doc.key for side in (row.a, row.b) if side)
                    _keep(database, row)
                    row = next(rows, None)
                _say(database, documents=len(seen))
                database.execute("COMMIT")
        except ExtractorError as error:
            if database.in_transaction:
                database.execute("ROLLBACK")
            _say(database, failed=str(error))
            raise
        counted = json.dumps(summary.status)  # counting half a million rows takes longer than a page may
        _say(database, told_again=summary.told_again, alone=len(summary.alone), statuses=counted, done=1)


def _keep(database: sqlite3.Connection, row: Row) -> None:
    data = {
        "indicator_id": row.indicator_id, "level": row.place_level, "unit": row.unit, "role": row.role,
        "a": _side(row.a), "b": _side(row.b), "change": row.change, "percent": row.change_percent,
        "reason": [row.reason.key, *row.reason.facts] if row.reason else None, "is_change": row.is_change,
        "topic": row.topic,
    }  # fmt: skip
    values = (ORDER.index(row.status), row.place, row.indicator, fold(f"{row.place} {row.indicator}"), row.confidence,
              json.dumps(data, ensure_ascii=False))  # fmt: skip
    database.execute("INSERT INTO rows VALUES (NULL, ?, ?, ?, ?, ?, ?)", values)


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    claim = side.claim
    return {
        "document": claim.doc.key, "figure": claim.figure, "text": claim.text,
        "value": claim.value, "unit": claim.unit, "year": claim.year, "page": claim.page, "start": claim.start,
        "stop": claim.stop,
        "also": len(claim.also), "parts": list(claim.parts), "definition": claim.definition,
    }  # fmt: skip


def progress(path: Path) -> Progress | None:
    """How far the comparison at `path` is; None where there is none, or nothing of it yet."""
    if not path.exists():
        return None
    with _open(path) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'rows_shown'").fetchone():
            return None
        said = dict(database.execute("SELECT name, value FROM about").fetchall())
        if "statuses" in said:
            statuses = json.loads(said["statuses"])
        else:
            counted = database.execute("SELECT status, count(*) FROM rows GROUP BY status")
            statuses = {ORDER[status]: count for status, count in counted}
    return Progress(
        "done" in said, said.get("failed"), int(said.get("documents", 0)), int(said.get("of", 0)),
        int(said.get("told_again", 0)), int(said.get("alone", 0)), statuses,
    )  # fmt: skip


def count(path: Path, statuses: Sequence[str], said: str) -> int:
    """How many rows have one of `statuses` (any where there are none) and the words `said` in place or indicator."""
    where, values = _where(statuses, said)
    with _open(path) as database:
        (total,) = database.execute(f"SELECT count(*) FROM rows WHERE {where}", values).fetchone()
    return int(total)


def page(path: Path, statuses: Sequence[str], said: str, limit: int, offset: int) -> list[dict[str, Any]]:
    """The rows that `count` counts, in their order."""
    where, values = _where(statuses, said)
    with _open(path) as database:
        found = database.execute(
            f"SELECT id, status, place, indicator, confidence, data FROM rows WHERE {where} "
            "ORDER BY status, place, indicator, id LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return [
            {"id": id, "status": ORDER[status], "place": place, "indicator": indicator, "confidence": sure}
            | json.loads(data)
            for id, status, place, indicator, sure, data in found
        ]


def _where(statuses: Sequence[str], said: str) -> tuple[str, list[int | str]]:
    words, numbers = fold(said).split(), [ORDER.index(status) for status in statuses]
    conditions = [f"status IN ({', '.join('?' * len(numbers))})"] if numbers else []
    return " AND ".join([*conditions, *["instr(folded, ?)"] * len(words)]) or "TRUE", [*numbers, *words]


def row_of(path: Path, id: int) -> dict[str, Any] | None:
    """One row by its id."""
    with _open(path) as database:
        found = database.execute("SELECT data FROM rows WHERE id = ?", (id,)).fetchone()
    return json.loads(found[0]) if found else None


def _say(database: sqlite3.Connection, **facts: object) -> None:
    values = [(name, str(value)) for name, value in facts.items()]
    database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with guarded(path):
        database = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            # What is lost can be made again; a journal that a kill leaves behind would spoil the file made anew.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = MEMORY")
            yield database
        finally:
            database.close()
