"""The documents of the store as the library asks for them: filtered, counted by facet, sorted, a page at a time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from extractor.finding.fold import fold
from extractor.store.store import Store

FACETS = {"grade": "g.grade", "year": "d.year", "type": "d.type", "issuer": "d.issuer", "place": "d.place"}
"""The facets, and the columns that they count."""
SORTS = {
    "newest": "d.issued_on IS NULL, d.issued_on DESC, d.id DESC",
    "oldest": "d.issued_on IS NULL, d.issued_on, d.id",
    "number": "d.number IS NULL, d.number, d.id",
    "title": "d.title IS NULL, d.title, d.id",
    "grade": "CASE g.grade WHEN 'poor' THEN 0 WHEN 'fair' THEN 1 ELSE 2 END, d.issued_on DESC, d.id",
    "added": "d.id DESC",
}
PAGE = 50
"""Documents of a page."""
NONE = "-"
"""A facet's value in an address that stands for documents without one."""
SHOWN = 8
"""Values of a facet that are shown unless all are asked for."""
MOST_SHOWN = 300
_FROM = "documents d LEFT JOIN grades g ON g.document = d.id"
_WORDS = "coalesce(d.title, '') || ' ' || coalesce(d.number, '') || ' ' || coalesce(d.issuer, '') || ' ' || d.source"


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
    values: tuple[tuple[str | int | None, int], ...]
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


def shelf(store: Store, asked: Asked, *, whole: str | None = None) -> Shelf:
    """The page that is asked for; `whole`: the facet of which all values are wanted."""
    store.database.create_function("folded", 1, fold, deterministic=True)
    words = [fold(word) for word in normalize("NFC", asked.words).split()]
    found = " AND ".join(["TRUE", *["instr(folded(" + _WORDS + "), ?)"] * len(words)])
    columns = ", ".join(FACETS.values())
    counted = store.rows(f"SELECT {columns}, count(*) FROM {_FROM} WHERE {found} GROUP BY {columns}", tuple(words))
    groups = counted.fetchall()
    names = list(FACETS)
    total, counts = _count(groups, {names.index(n): v for n, v in asked.chosen.items() if n in FACETS})
    where, values = [found], [*words]
    for name, value in asked.chosen.items():
        if name in FACETS:
            where.append(f"{FACETS[name]} IS NULL" if value == NONE else f"CAST({FACETS[name]} AS TEXT) = ?")
            values += [] if value == NONE else [value]
    order = SORTS.get(asked.sort, SORTS["newest"])
    rows = store.rows(
        f"SELECT d.id, d.title, d.number, d.type, d.issuer, d.issued_on, d.place, d.source, d.page_count, g.grade "
        f"FROM {_FROM} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, PAGE, (asked.page - 1) * PAGE),
    )  # fmt: skip
    (everything,) = store.rows("SELECT count(*) FROM documents").fetchone()
    facets = tuple(_facet(name, counts[at], name == whole) for at, name in enumerate(names))
    return Shelf(tuple(Row(*row) for row in rows), total, everything, facets)


def _count(groups: list[tuple[Any, ...]], chosen: Mapping[int, str]) -> tuple[int, list[Counter[Any]]]:
    """How many documents there are, and of each facet how many of each value if the others stay as they are chosen."""
    total = 0
    counts: list[Counter[Any]] = [Counter() for _ in FACETS]
    for *values, count in groups:
        wrong = [at for at, value in chosen.items() if (NONE if values[at] is None else str(values[at])) != value]
        if not wrong:
            total += count
        for at, counter in enumerate(counts):
            if not wrong or wrong == [at]:
                counter[values[at]] += count
    return total, counts


def _facet(name: str, counts: Counter[Any], whole: bool) -> Facet:
    def order(item: tuple[Any, int]) -> tuple[Any, ...]:
        value, count = item
        if name == "year":
            return value is None, -(value or 0)
        if name == "grade":
            return (["poor", "fair", "good"].index(value) if value else 3,)
        return value is None, -count, str(value)

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
