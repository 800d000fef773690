"""The claims of a store's documents, kept in the store: finding out what each figure is about takes most of the time.

They are made from the store's own tables when they are first asked for, and go with their document's row when that is
read anew. Those that another state of the tool made are made anew. Columns: docs/store.md.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple, Self

import orjson

from extractor.code import code
from extractor.compare.claims import Claim, Doc, read_claims
from extractor.compare.units import Measure
from extractor.compare.words import Words
from extractor.store.store import Store

_TABLE = """CREATE TABLE IF NOT EXISTS claims (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, tool TEXT NOT NULL, data BLOB NOT NULL)"""
_FIELDS = Claim._fields[1:]  # all but its document


@lru_cache(maxsize=65536)
def _words(told: str) -> Words:
    """One object for the same words of all documents: equal sets are then found to be so at once."""
    return frozenset(told.split())


class _Shared(NamedTuple):
    """Fields whose values many claims share: each stands in the JSON once, as `tell` writes it and `read` reads it."""

    fields: tuple[str, ...]
    tell: Callable[[Any], Any]
    read: Callable[[Any], Any]

    @property
    def columns(self) -> list[int]:
        """Where the fields stand."""
        return [_FIELDS.index(name) for name in self.fields]


_SHARED = (
    _Shared(("name", "around", "topic", "numbers"), lambda words: " ".join(sorted(words)), _words),
    _Shared(("measure",), list, lambda told: Measure(told[0], tuple(told[1]), *told[2:])),
    _Shared(("places",), list, lambda told: tuple(map(tuple, told))),
    _Shared(("also", "parts"), list, tuple),
)


class Claims:
    """What the documents of a store say. Of a store that is no file nothing is kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._tool = ""
        if store.out is not None:
            with contextlib.suppress(sqlite3.OperationalError):  # of a disk that may only be read: nothing is kept
                store.database.execute(_TABLE)
                self._tool = code()

    @classmethod
    def of_both(cls, a: Store, b: Store) -> tuple[Self, Self]:
        """What two stores say, which may be one."""
        said = cls(a)
        return said, said if b is a else cls(b)

    def of(self, doc: Doc) -> list[Claim]:
        """What `doc` says, in its order; what it says twice is one claim. Raises StoreDamaged, StoreUnavailable."""
        if not self._tool:
            return read_claims(self.store, doc)
        query = "SELECT data FROM claims WHERE document = ? AND tool = ?"
        if row := self.store.rows(query, (doc.key, self._tool)).fetchone():
            return _unpacked(doc, row[0])
        made = read_claims(self.store, doc)
        with contextlib.suppress(sqlite3.OperationalError):  # a run holds the store, the disk is full: made anew then
            self.store.database.execute(
                "INSERT OR REPLACE INTO claims VALUES (?, ?, ?)", (doc.key, self._tool, _packed(made))
            )
        return made


def _packed(claims: Sequence[Claim]) -> bytes:
    """The claims as compressed JSON, column by column; of a column that says one thing only, its first value."""
    columns = [[getattr(claim, name) for claim in claims] for name in _FIELDS]
    told = []
    for shared in _SHARED:
        values = _Numbered(shared.tell)
        for at in shared.columns:
            columns[at] = [values.number(value) for value in columns[at]]
        told.append(values.told)
    columns = [column[:1] if column == column[:1] * len(column) else column for column in columns]
    return zlib.compress(orjson.dumps([told, columns, len(claims)]), 1)


def _unpacked(doc: Doc, data: bytes) -> list[Claim]:
    told, columns, count = orjson.loads(zlib.decompress(data))
    for shared, values in zip(_SHARED, told, strict=True):
        read = [shared.read(value) for value in values]
        for at in shared.columns:
            columns[at] = [read[number] for number in columns[at]]
    every = [column if len(column) == count else repeat(column[0], count) for column in columns]
    return list(map(_claim, zip(repeat(doc, count), *every, strict=True)))


_claim = partial(tuple.__new__, Claim)
"""`Claim._make` without its check of the number of fields, which `zip` makes."""


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
