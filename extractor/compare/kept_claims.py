"""The claims of a store's documents, kept in the store: finding out what each figure is about takes most of the time.

They are made from the store's own tables when they are first asked for, and go with their document's row when that is
read anew. Those that another state of the tool made are made anew. Columns: docs/store.md.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

import orjson

from extractor.code import code
from extractor.compare.claims import Claim, Doc, read_claims
from extractor.compare.units import Measure
from extractor.compare.words import Words
from extractor.store.store import Store

_TABLE = """CREATE TABLE IF NOT EXISTS claims (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, tool TEXT NOT NULL, data BLOB NOT NULL)"""
_FIELDS = Claim._fields[1:]  # all but its document
_WORDS = tuple(_FIELDS.index(name) for name in ("name", "around", "topic", "numbers"))
_MEASURE = _FIELDS.index("measure")
_TUPLES = tuple(_FIELDS.index(name) for name in ("also", "parts"))
_PLACES = _FIELDS.index("places")


class Claims:
    """What the documents of a store say. Of a store that is no file nothing is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tool = ""
        if store.out is not None:
            with contextlib.suppress(sqlite3.OperationalError):  # of a disk that may only be read: nothing is kept
                store.database.execute(_TABLE)
                self._tool = code()

    def of(self, doc: Doc) -> list[Claim]:
        """What `doc` says, in its order; what it says twice is one claim. Raises StoreDamaged, StoreUnavailable."""
        if not self._tool:
            return read_claims(self._store, doc)
        query = "SELECT data FROM claims WHERE document = ? AND tool = ?"
        if row := self._store.rows(query, (doc.key, self._tool)).fetchone():
            return list(_unpacked(doc, row[0]))
        made = read_claims(self._store, doc)
        with contextlib.suppress(sqlite3.OperationalError):  # a run holds the store, the disk is full: made anew then
            self._store.database.execute(
                "INSERT OR REPLACE INTO claims VALUES (?, ?, ?)", (doc.key, self._tool, _packed(made))
            )
        return made


def _packed(claims: Sequence[Claim]) -> bytes:
    """The claims as compressed JSON: what many of them share, words and measures, stands in it once."""
    words, measures = _Numbered(sorted), _Numbered(list)
    rows = []
    for claim in claims:
        row = [getattr(claim, name) for name in _FIELDS]
        for at in _WORDS:
            row[at] = words.number(row[at])
        row[_MEASURE] = measures.number(row[_MEASURE])
        rows.append(row)
    return zlib.compress(orjson.dumps([words.told, measures.told, rows]), 1)


def _unpacked(doc: Doc, data: bytes) -> Iterator[Claim]:
    told_words, told_measures, rows = orjson.loads(zlib.decompress(data))
    words: list[Words] = [frozenset(told) for told in told_words]
    measures = [Measure(family, tuple(per), scale, noun) for family, per, scale, noun in told_measures]
    for row in rows:
        for at in _WORDS:
            row[at] = words[row[at]]
        row[_MEASURE] = measures[row[_MEASURE]]
        row[_PLACES] = tuple(map(tuple, row[_PLACES]))
        for at in _TUPLES:
            row[at] = tuple(row[at])
        yield Claim(doc, *row)


class _Numbered:
    """Values numbered as they first come; `told` has them in that order, each as `tell` writes it."""

    def __init__(self, tell: Callable[[Any], Any]) -> None:
        self._tell = tell
        self._numbers: dict[Hashable, int] = {}
        self.told: list[Any] = []

    def number(self, value: Hashable) -> int:
        """The number of `value`."""
        if value not in self._numbers:
            self._numbers[value] = len(self.told)
            self.told.append(self._tell(value))
        return self._numbers[value]
