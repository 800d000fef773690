"""The documents of the store as the library asks for them: filtered, counted by facet, sorted, a page at a time.

What is filtered, counted and sorted by is held in memory (some 300 bytes a document) until the store changes: SQL would
read ten thousand rows for each facet of each page. What a page shows is asked of the store.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from unicodedata import normalize

from extractor.finding.fold import fold
from extractor.store.store import Store

FACETS = ("grade", "year", "type", "issuer", "place")
PAGE = 50
"""Documents of a page."""
NONE = "-"
"""A facet's value in an address that stands for documents without one."""
SHOWN = 8
"""Values of a facet that are shown unless all are asked for."""
MOST_SHOWN = 300
_GRADES = ("poor", "fair", "good", None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it is looked for: `words` without marks, `values` of the facets."""

    id: int
    words: str
    values: tuple[str | None, ...]
    issued_on: str
    number: str
    title: str


_Key = Callable[[Entry], Any]
_LAST = "\U0010ffff"  # behind everything: what has no such field
SORTS: Mapping[str, tuple[_Key, bool]] = {
    "newest": (lambda e: (e.issued_on, e.id), True),
    "oldest": (lambda e: (e.issued_on or _LAST, e.id), False),
    "number": (lambda e: (e.number or _LAST, e.id), False),
    "title": (lambda e: (e.title or _LAST, e.id), False),
    "grade": (lambda e: (_GRADES.index(e.values[0]), -e.id), False),
    "added": (lambda e: e.id, True),
}
"""By name: what is sorted by, and whether from the largest down."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: words that must all stand in title, number, issuer or file name (with or without marks), the
    value of each facet, the order and the page (from 1)."""

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = "newest"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the list."""

    id: int
    title: str | None
    number: str | None
    type: str | None
    issuer: str | None
    issued_on: str | None
    place: str | None
    source: str
    pages: int
    grade: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet with their counts, the most frequent first; `left` more are not given."""

    name: str
    values: tuple[tuple[str | None, int], ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the library: `total` documents were found of `all`."""

    rows: tuple[Row, ...]
    total: int
    all: int
    facets: tuple[Facet, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class OtherYears:
    """A document's issuer and year, and the other years of that issuer."""

    issuer: str
    year: int
    others: tuple[int, ...]


class Entries:
    """All documents of a store as it was at one moment."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._sorted: dict[str, list[Entry]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def by(self, sort: str) -> list[Entry]:
        """All of them in that order, the newest first where there is no such order."""
        name = sort if sort in SORTS else "newest"
        if name not in self._sorted:
            key, down = SORTS[name]
            self._sorted[name] = sorted(self._entries, key=key, reverse=down)
        return self._sorted[name]

    @cached_property
    def counts(self) -> tuple[Counter[str | None], ...]:
        """Of each facet, how many documents have each value."""
        return tuple(Counter(e.values[at] for e in self._entries) for at in range(len(FACETS)))


    @cached_property
    def _years(self) -> dict[str, set[int]]:
        """The years of each issuer's documents."""
        found: dict[str, set[int]] = {}
        for _, year, _, issuer, _ in (e.values for e in self._entries):
            if issuer and year:
                found.setdefault(issuer, set()).add(int(year))
        return found

    def other_years(self, document: int) -> OtherYears | None:
        """The other years of which the store has documents of this one's issuer, the nearest first; None where there
        are none."""
        at = bisect_left(self._entries, document, key=lambda e: e.id)
        if at == len(self._entries) or self._entries[at].id != document:
            return None
        _, said, _, issuer, _ = self._entries[at].values
        if not issuer or not said:
            return None
        year = int(said)
        others = sorted(self._years[issuer] - {year}, key=lambda other: (abs(other - year), other))
        return OtherYears(issuer, year, tuple(others)) if others else None


class Catalogue:
    """The entries of one store, read again when its file has changed. Safe for threads: what is held is replaced as a
    whole."""

    def __init__(self) -> None:
        self._held: tuple[object, Entries] = (None, Entries([]))

    def entries(self, store: Store) -> Entries:
        """The documents as they are now."""
        stamp = _stamp(store.path)
        held, entries = self._held
        if held != stamp:
            entries = Entries([_entry(*row) for row in store.rows(_ENTRIES)])
            self._held = stamp, entries
        return entries


_ENTRIES = """
    SELECT d.id, d.title, d.number, d.issuer, d.source, d.issued_on, g.grade, CAST(d.year AS TEXT), d.type, d.place
    FROM documents d LEFT JOIN grades g ON g.document = d.id ORDER BY d.id"""


def _entry(
    id: int, title: str | None, number: str | None, issuer: str | None, source: str, issued_on: str | None,
    grade: str | None, year: str | None, type: str | None, place: str | None,
) -> Entry:  # fmt: skip
    words = fold(" ".join(filter(None, (title, number, issuer, source))))
    return Entry(id, words, (grade, year, type, issuer, place), issued_on or "", number or "", title or "")


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """What changes when something was written: size and time of the file and of its log."""
    found = []
    for one in (path, path.with_name(path.name + "-wal")):
        try:
            status = one.stat()
        except OSError:
            continue  # there is no log just now
        if status.st_size:  # readers make and remove an empty log
            found.append((status.st_size, status.st_mtime_ns))
    return tuple(found)


def shelf(store: Store, catalogue: Catalogue, asked: Asked, *, whole: str | None = None) -> Shelf:
    """The page that is asked for; `whole`: the facet of which all values are wanted."""
    entries = catalogue.entries(store)
    found, words = entries.by(asked.sort), [fold(word) for word in normalize("NFC", asked.words).split()]
    if words:
        found = [e for e in found if all(word in e.words for word in words)]
    chosen = {at: None if asked.chosen[name] == NONE else asked.chosen[name]
              for at, name in enumerate(FACETS) if name in asked.chosen}  # fmt: skip
    matching = _matching(found, chosen)
    if words or chosen:
        counts = [
            Counter(e.values[at] for e in _matching(found, {o: v for o, v in chosen.items() if o != at}))
            for at in range(len(FACETS))
        ]
    else:
        counts = list(entries.counts)
    facets = tuple(_facet(name, counts[at], name == whole) for at, name in enumerate(FACETS))
    first = (asked.page - 1) * PAGE
    ids = [e.id for e in matching[first : first + PAGE]]
    return Shelf(_rows(store, ids), len(matching), len(entries), facets)


def _matching(entries: list[Entry], chosen: Mapping[int, str | None]) -> list[Entry]:
    for at, value in chosen.items():
        entries = [e for e in entries if e.values[at] == value]
    return entries


def _rows(store: Store, ids: Iterable[int]) -> tuple[Row, ...]:
    wanted = list(ids)
    query = (
        "SELECT d.id, d.title, d.number, d.type, d.issuer, d.issued_on, d.place, d.source, d.page_count, g.grade "
        f"FROM documents d LEFT JOIN grades g ON g.document = d.id WHERE d.id IN ({', '.join('?' * len(wanted))})"
    )
    found = {row[0]: Row(*row) for row in store.rows(query, tuple(wanted))}
    return tuple(found[id] for id in wanted if id in found)


def _facet(name: str, counts: Counter[str | None], whole: bool) -> Facet:
    def order(item: tuple[str | None, int]) -> tuple[Any, ...]:
        value, count = item
        if name == "year":
            return value is None, -int(value or 0)
        return (_GRADES.index(value),) if name == "grade" else (value is None, -count, value)

    most = MOST_SHOWN if whole else SHOWN
    return Facet(name, tuple(sorted(counts.items(), key=order)[:most]), max(0, len(counts) - most))


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: its failure's name, and the message with the remedy."""

    source: str
    error: str
    message: str
    tries: int


def failures(store: Store, page: int, most: int = PAGE) -> tuple[int, list[Failure]]:
    """How many files failed, and those of the page (from 1)."""
    (total,) = store.rows("SELECT count(*) FROM ledger_files WHERE state = 'failed'").fetchone()
    rows = store.rows(
        "SELECT source, error, message, tries FROM ledger_files WHERE state = 'failed' ORDER BY id DESC "
        "LIMIT ? OFFSET ?", (most, (page - 1) * most),
    )  # fmt: skip
    return total, [Failure(_text(s), error or "", message, tries) for s, error, message, tries in rows]


def skipped(store: Store, page: int) -> tuple[int, list[tuple[str, str]]]:
    """How many files were passed over, and those of the page (from 1), each with the reason."""
    (total,) = store.rows("SELECT count(*) FROM ledger_skipped").fetchone()
    query = "SELECT source, reason FROM ledger_skipped ORDER BY source LIMIT ? OFFSET ?"
    return total, store.rows(query, (PAGE, (page - 1) * PAGE)).fetchall()


def _text(value: str | bytes) -> str:
    return os.fsdecode(value) if isinstance(value, bytes) else value
