"""The store's file: opened, brought to the newest schema, its failures named."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import DiskFull, ExtractorError
from extractor.store.documents_schema import CORRECTED, DOCUMENTS
from extractor.store.grades_schema import GRADES
from extractor.store.series_schema import SERIES

NAME = "extractor.sqlite"

MIGRATIONS = (
    """
    CREATE TABLE ledger_files (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL,
        sha256 TEXT,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'failed')),
        tries INTEGER NOT NULL DEFAULT 0,
        seconds REAL NOT NULL DEFAULT 0,
        error TEXT,
        message TEXT NOT NULL DEFAULT '',
        json TEXT,
        json_sha256 TEXT,
        tool TEXT,
        counts TEXT
    );
    CREATE INDEX ledger_files_sha256 ON ledger_files (sha256);
    CREATE TABLE ledger_pages (
        file INTEGER NOT NULL REFERENCES ledger_files (id) ON DELETE CASCADE,
        page INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('read', 'unreadable')),
        source TEXT NOT NULL CHECK (source IN ('text', 'ocr')),
        confidence REAL NOT NULL,
        seconds REAL,
        tries INTEGER NOT NULL,
        error TEXT,
        PRIMARY KEY (file, page)
    ) WITHOUT ROWID;
    """,
    DOCUMENTS,
    GRADES,
    CORRECTED,
    SERIES,
)
"""The schema's history, one script a version (PRAGMA user_version). Never change one that was released: add one."""

_PATIENCE = 30.0  # seconds to wait for a program that holds the file, such as a viewer's export
_SMALLEST = 64 * 1024  # bytes: the log and its index need as much


class StoreDamaged(ExtractorError):
    """The store's file is no SQLite database, or a broken one."""

    remedy = "remove OUT/extractor.sqlite and run again: the reports are then read anew"


class StoreUnavailable(ExtractorError):
    """The store's file cannot be opened, written or waited for."""

    remedy = "check the disk and the permissions of --out, and close what else has the file open"


class StoreTooNew(ExtractorError):
    """A newer version of the tool has written the store."""

    exit_code = 1
    remedy = "use that version, or choose another --out"


def open_database(path: Path) -> sqlite3.Connection:
    """The database at `path`, made where it is missing, at the newest schema.

    Write-ahead log, so that others may read while a run writes. Not synced at each commit: a power cut may lose the
    last commits but not the file, and what the ledger has lost is read again. Raises StoreDamaged, StoreUnavailable,
    StoreTooNew, DiskFull.
    """
    with guarded(path):
        database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("PRAGMA foreign_keys = ON")
            _migrate(database, path)
        except BaseException:
            database.close()
            raise
        return database


def open_memory() -> sqlite3.Connection:
    """An empty store that no file holds."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("PRAGMA foreign_keys = ON")
    _migrate(database, Path(":memory:"))
    return database


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreTooNew(f"its schema is {version}, this tool knows {len(MIGRATIONS)}", path=path)
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        database.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")


@contextlib.contextmanager
def guarded(path: Path) -> Iterator[None]:
    """What SQLite raises inside, as one of our errors that names `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(error, path) from error


def _named(error: sqlite3.Error, path: Path) -> ExtractorError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the family of an extended code
    trouble = code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)  # a full disk, as the log sees it
    if code == sqlite3.SQLITE_FULL or (trouble and _no_space(path.parent)):
        return DiskFull("no space left", path=path)
    kind = StoreDamaged if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else StoreUnavailable
    return kind(str(error), path=path)


def _no_space(folder: Path) -> bool:
    try:
        free = os.statvfs(folder)
    except OSError:
        return False
    return free.f_bavail * free.f_frsize < _SMALLEST


@contextlib.contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside, or nothing of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # a full disk has ended the transaction already
            database.execute("ROLLBACK")
        raise
