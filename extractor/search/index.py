"""The index in OUT/extractor.sqlite: made from OUT/reports, and brought up to date before it is asked.

A report is read again only when its JSON's size or time has changed and its bytes with it, or its corrections have.
The tables are dropped and made anew when `VERSION` is another; the store's own schema is not touched.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from extractor.corrections.folder import report_of, reports_folder, stamps
from extractor.errors import ExtractorError, NoPermission
from extractor.finding.fold import fold
from extractor.model import Report
from extractor.search.rows import Citation, Item, rows
from extractor.serial import NotAReport, from_json
from extractor.store.database import NAME, guarded, open_database, transaction
from extractor.store.rows import last_year

VERSION = "2"
SHIFT = 20
"""Bits of an item's id that number it within its document; the others are the document's id."""

_AT_ONCE = 1.0
"""Seconds a transaction: an interrupted update goes on behind the last one, and others who write wait no longer;
shorter ones make the index slow."""

KINDS = ("passages", "figures", "references")

_TABLES = [
    "CREATE TABLE search_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE search_documents (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stat TEXT NOT NULL, sha256 TEXT NOT NULL,
        source TEXT NOT NULL,
        year INTEGER, place TEXT, issuer TEXT, type TEXT, number TEXT, title TEXT, issued_on TEXT)""",
    """CREATE TABLE search_citations (
        document INTEGER NOT NULL, mention TEXT, key TEXT NOT NULL, surface TEXT, type TEXT, issuer TEXT, date TEXT,
        title TEXT, relation TEXT, pinpoint TEXT, by TEXT, passage INTEGER, section TEXT, page INTEGER, start INTEGER,
        end INTEGER, confidence REAL, folded TEXT)""",
    "CREATE INDEX search_citations_key ON search_citations (key, document)",
    "CREATE INDEX search_citations_document ON search_citations (document)",
    "CREATE INDEX search_citations_folded ON search_citations (folded)",
    *(
        statement
        for kind in KINDS
        for statement in (
            f"""CREATE TABLE search_{kind} (
                id INTEGER PRIMARY KEY, passage INTEGER, section TEXT, page INTEGER, start INTEGER, end INTEGER,
                text TEXT, words TEXT)""",
            f"""CREATE VIRTUAL TABLE search_{kind}_words USING fts5 (
                exact, plain, content='', tokenize="unicode61 remove_diacritics 0")""",
            f"INSERT INTO search_{kind}_words (search_{kind}_words, rank) VALUES ('hashsize', {64 << 20})",
            f"INSERT INTO search_{kind}_words (search_{kind}_words, rank) VALUES ('automerge', 16)",
        )
    ),
]  # fmt: skip


@dataclass(slots=True)
class Index:
    """An open index, up to date; `failures` are the JSON files that could not be read."""

    database: sqlite3.Connection
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all reports are in it, 2 some, 3 none."""
        if not self.failures:
            return 0
        return 2 if self.database.execute("SELECT 1 FROM search_documents LIMIT 1").fetchone() else 3


@contextmanager
def indexed(out: Path) -> Iterator[Index]:
    """The index of the folder `out` that `extractor run` wrote, brought up to date with its reports.

    Raises UsageError where there are no reports, and the store's errors, also for what is asked inside.
    """
    folder = reports_folder(out)
    path = out / NAME
    database = open_database(path)
    try:
        with guarded(path):
            index = Index(database)
            make_tables(database)
            _update(index, folder)
            yield index
    finally:
        database.close()


def wanting(database: sqlite3.Connection) -> int:
    """How many of the store's documents are not in the index as they are now. The tables must be there."""
    query = """SELECT count(*) FROM documents d WHERE NOT EXISTS (
        SELECT 1 FROM search_documents s WHERE s.path = d.json AND substr(s.sha256, 1, 64) = d.json_sha256
        AND (substr(s.sha256, 66) = coalesce(d.corrections, '') OR d.corrections = 'unsound'))"""
    (count,) = database.execute(query).fetchone()
    return int(count)


def is_made(database: sqlite3.Connection) -> bool:
    """Whether the tables of this version are there."""
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_meta'").fetchone():
        return False
    row = database.execute("SELECT value FROM search_meta WHERE name = 'version'").fetchone()
    return bool(row == (VERSION,))


def make_tables(database: sqlite3.Connection) -> None:
    """The tables of this version, empty where there were none or those of another version."""
    if is_made(database):
        return
    with transaction(database):
        for name in [f"search_{k}_words" for k in KINDS] + [
            "search_meta", "search_documents", "search_citations", *(f"search_{k}" for k in KINDS)
        ]:  # fmt: skip
            database.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES:
            database.execute(statement)
        database.execute("INSERT INTO search_meta VALUES ('version', ?)", (VERSION,))


def _update(index: Index, folder: Path) -> None:
    database, out = index.database, folder.parent
    known = {
        p: (i, stat, sha) for i, p, stat, sha in database.execute("SELECT id, path, stat, sha256 FROM search_documents")
    }
    waiting = []
    names = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.json"))}
    corrections = stamps(out, names)
    for name, path in names.items():
        status = path.stat()
        stat = f"{status.st_size} {status.st_mtime_ns} {corrections.get(name, '')}".rstrip()
        if name not in known or known[name][1] != stat:
            waiting.append((name, stat))
    gone = [known[name][0] for name in known.keys() - names.keys()]
    if not waiting and not gone:
        return
    with transaction(database):
        for document in gone:
            remove(database, document)
    waiting.reverse()
    while waiting:
        began = time.monotonic()
        with transaction(database):
            while waiting and time.monotonic() - began < _AT_ONCE:
                name, stat = waiting.pop()
                _refresh(index, out, name, stat, known.get(name))


def _refresh(index: Index, out: Path, name: str, stat: str, known: tuple[int, str, str] | None) -> None:
    path = out / "reports" / name
    report = None
    try:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest() + "".join(f" {part}" for part in stat.split()[2:])
        if known and known[2] == sha256:
            index.database.execute("UPDATE search_documents SET stat = ? WHERE id = ?", (stat, known[0]))
            return
        report, failures = report_of(out, name, from_json(data))
        index.failures += failures
    except NotAReport as error:
        index.failures.append(NotAReport(str(error), path=path))
    except OSError as error:
        index.failures.append(NoPermission(error.strerror or str(error), path=path))
    if known:
        remove(index.database, known[0])
    if report is not None:
        add(index.database, report, name, stat, sha256)


def add(database: sqlite3.Connection, report: Report, path: str, stat: str = "", sha256: str = "") -> int:
    """Put one report in; returns its document's id. The caller holds a transaction."""
    about = report.document
    cursor = database.execute(
        "INSERT INTO search_documents (path, stat, sha256, source, year, place, issuer, type, number, title, issued_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            path, stat, sha256, about.source, _year(report), about.place.name if about.place else None, about.issuer,
            about.type, about.number, about.title, about.issued_on,
        ),
    )  # fmt: skip
    document = cursor.lastrowid
    assert document is not None
    found = rows(report)
    for kind, items in zip(KINDS, (found.passages, found.figures, found.references), strict=True):
        add_items(database, kind, document, items)
    database.executemany(
        f"INSERT INTO search_citations VALUES (?, {', '.join('?' * len(fields(Citation)))}, ?)",
        [(document, *astuple(c), folded_key(c.key)) for c in found.citations],
    )
    return document


def add_items(database: sqlite3.Connection, kind: str, document: int, items: Sequence[Item]) -> None:
    """Put the passages, figures or references of one document in."""
    first = document << SHIFT
    database.executemany(
        f"INSERT INTO search_{kind} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                first + i,
                first + x.passage,
                x.section,
                x.page,
                x.start,
                x.end,
                x.text,
                x.words if x.words != x.text else None,
            )
            for i, x in enumerate(items)
        ],
    )
    database.executemany(
        f"INSERT INTO search_{kind}_words (rowid, exact, plain) VALUES (?, ?, ?)",
        [(first + i, x.words, fold(x.words)) for i, x in enumerate(items)],
    )


def remove(database: sqlite3.Connection, document: int) -> None:
    """Take one document out. The caller holds a transaction."""
    span = document << SHIFT, (document + 1) << SHIFT
    for kind in KINDS:
        old = list(_words(database, kind, span))
        database.executemany(
            f"INSERT INTO search_{kind}_words (search_{kind}_words, rowid, exact, plain) VALUES ('delete', ?, ?, ?)",
            old,
        )
        database.execute(f"DELETE FROM search_{kind} WHERE id >= ? AND id < ?", span)
    database.execute("DELETE FROM search_citations WHERE document = ?", (document,))
    database.execute("DELETE FROM search_documents WHERE id = ?", (document,))


def _words(database: sqlite3.Connection, kind: str, span: tuple[int, int]) -> Iterator[tuple[int, str, str]]:
    query = f"SELECT id, coalesce(words, text) FROM search_{kind} WHERE id >= ? AND id < ?"
    for i, words in database.execute(query, span):
        yield i, words, fold(words)


def folded_key(key: str) -> str:
    """A key's letters and digits alone, without marks: every spelling of a symbol has one."""
    return "".join(c for c in fold(key) if c.isalnum())


def _year(report: Report) -> int | None:
    return last_year(report.document.period) or last_year(report.document.issued_on)
