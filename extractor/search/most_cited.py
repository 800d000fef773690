"""The documents that a run's reports cite, the most cited first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from extractor.search.index import folded_key


@dataclass(frozen=True, slots=True)
class Often:
    """A cited document: in how many reports, how often, what it is called in most of them."""

    key: str
    reports: int
    mentions: int
    type: str | None
    issuer: str | None
    title: str | None


def most_cited(database: sqlite3.Connection, said: str, limit: int, offset: int) -> tuple[list[Often], int]:
    """The documents whose symbol, type, or a title that a report gives them hold the words `said` (all where it is
    empty), and how many there are. Symbols are compared by letters and digits alone, without marks."""
    words = said.split()
    wanted = " AND ".join([_HOLDS] * len(words))
    values = [v for word in words for v in (folded_key(word) or word, word, word)]
    chosen = f"WHERE key IN (SELECT key FROM search_citations WHERE {wanted})" if words else ""
    grouped = f"SELECT key, count(DISTINCT document), count(*) FROM search_citations {chosen} GROUP BY key"
    (total,) = database.execute(f"SELECT count(*) FROM ({grouped})", values).fetchone()
    rows = database.execute(f"{grouped} ORDER BY 2 DESC, 3 DESC, 1 LIMIT ? OFFSET ?", [*values, limit, offset])
    return [
        Often(key, reports, mentions, *(_commonest(database, key, c) for c in ("type", "issuer", "title")))
        for key, reports, mentions in rows.fetchall()
    ], total


_HOLDS = "(instr(folded, ?) OR instr(lower(type), lower(?)) OR instr(lower(title), lower(?)))"
_SAMPLE = 500
"""Mentions that are looked at for what a document is called: of one that ten thousand reports cite these say enough."""


def _commonest(database: sqlite3.Connection, key: str, column: str) -> str | None:
    query = f"""SELECT {column} FROM (SELECT {column} FROM search_citations WHERE key = ? LIMIT {_SAMPLE})
                WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"""
    row = database.execute(query, (key,)).fetchone()
    return row[0] if row else None
