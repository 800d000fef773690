"""A search in the index: words, phrases and prefixes, ranked, with marked snippets and facets.

A word with diacritics finds itself; one without finds every spelling. `"…"` is a phrase, `…*` a prefix; all must be
found.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.finding.fold import fold
from extractor.finding.lazy import lazy
from extractor.search.index import KINDS, SHIFT

RANKED = 1_000
"""Matches that are ranked; of a query that finds more, those of the reports that came first."""

SNIPPET = 260
"""Characters of a snippet."""

FACETS = ("year", "place", "issuer", "type")
_OF_YEARS = "(year BETWEEN ? AND ? OR ?)"
_OF_TYPE = "(? IS NULL OR type = ?)"
_TERM = lazy(r'"(?P<phrase>[^"]+)"(?P<open>\*)?|(?P<word>[^\s"*]+)(?P<prefix>\*)?')
_WORD = lazy(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """What must be found: words in a row; `exact` with their diacritics, `prefix`: the last may go on."""

    words: tuple[str, ...]
    exact: bool
    prefix: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, best first. `json`: its report below OUT/reports."""

    kind: str
    document: str
    json: str
    year: int | None
    section: str | None
    page: int | None
    start: int
    end: int
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """`hits`: the best, those asked for. `total`: how many things match; `ranked`: how many of them were ranked.
    `facets`: the matches by their report's year, place, issuer and type, the most first."""

    hits: list[Hit]
    total: int
    ranked: int
    facets: dict[str, dict[str, int]]


def parse(query: str) -> list[Term]:
    """The terms of a query. Raises UsageError where it holds no word."""
    terms = []
    for found in _TERM.finditer(query):
        words = tuple(w.lower() for w in _WORD.findall(found["phrase"] or found["word"]))
        if words:
            exact = any(fold(w) != w for w in words)
            terms.append(Term(words, exact, bool(found["open"] or found["prefix"])))
    if not terms:
        raise UsageError(f'nothing to look for in {query!r}: give words, "a phrase" or a prefix*')
    return terms


def search(
    database: sqlite3.Connection,
    query: str,
    *,
    kind: str = "passages",
    years: tuple[int, int] | None = None,
    type: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """What `query` finds among the passages, figures or references of the reports (of the years from … to, of a type).

    `years`: from … to, both of them meant. `offset`: how many of the best are passed over; none is shown beyond the
    RANKED best. Raises UsageError where the query holds no word or `kind` is none of KINDS.
    """
    if kind not in KINDS:
        raise UsageError(f"kind {kind!r}: one of {', '.join(KINDS)}")
    terms = parse(query)
    match = " AND ".join(_match(t) for t in terms)
    table = f"search_{kind}_words"
    only, bounds = "", tuple[int | str | None, ...]()
    if years is not None or type is not None:
        first, last = years or (0, 9999)
        only = f"AND rowid >> {SHIFT} IN (SELECT id FROM search_documents WHERE {_OF_YEARS} AND {_OF_TYPE})"
        bounds = (first, last, years is None, type, type)
    scored = database.execute(
        f"SELECT rowid, bm25({table}) FROM {table} WHERE {table} MATCH ? {only} LIMIT {RANKED + 1}", (match, *bounds)
    ).fetchall()
    if len(scored) <= RANKED:
        counts = Counter(i >> SHIFT for i, _ in scored)
    else:
        scored.pop()
        counts = _counts(database, table, match, only, bounds)
    best = sorted(scored, key=lambda row: (row[1], row[0]))[offset : offset + limit]
    hits = [_hit(database, kind, i, -score, terms) for i, score in best]
    return Found(hits, sum(counts.values()), len(scored), _facets(database, counts))


def _match(term: Term) -> str:
    column = "exact" if term.exact else "plain"
    return f'{column} : "{" ".join(term.words)}"' + ("*" if term.prefix else "")


def _counts(
    database: sqlite3.Connection, table: str, match: str, only: str, bounds: Sequence[int | str | None]
) -> Counter[int]:
    """How many things match in each document."""
    query = f"SELECT rowid >> {SHIFT}, count(*) FROM {table} WHERE {table} MATCH ? {only} GROUP BY 1"
    return Counter(dict(database.execute(query, (match, *bounds))))


def _facets(database: sqlite3.Connection, counts: Counter[int]) -> dict[str, dict[str, int]]:
    """The matches by their report's year, place, issuer and type, the most first."""
    facets: list[Counter[str]] = [Counter() for _ in FACETS]
    names = ", ".join(f"d.{name}" for name in FACETS)  # json_each has a `type` too
    grouped = database.execute(
        f"SELECT {names}, sum(value) FROM json_each(?) JOIN search_documents d ON d.id = CAST(key AS INTEGER)"
        f" GROUP BY {names}",
        (json.dumps(counts),),
    )
    for *values, count in grouped:
        for counter, value in zip(facets, values, strict=True):
            if value is not None:
                counter[str(value)] += count
    return {name: dict(counter.most_common()) for name, counter in zip(FACETS, facets, strict=True)}


def _hit(
    database: sqlite3.Connection,
    kind: str,
    item: int,
    score: float,
    terms: Sequence[Term],
) -> Hit:
    row = database.execute(f"SELECT passage, section, page, start, end, text FROM search_{kind} WHERE id = ?", (item,))
    passage, section, page, start, end, text = row.fetchone()
    about = database.execute("SELECT source, path, year FROM search_documents WHERE id = ?", (item >> SHIFT,))
    source, path, year = about.fetchone()
    if kind != "passages":
        (sentence,) = database.execute("SELECT text FROM search_passages WHERE id = ?", (passage,)).fetchone()
        text = f"{text} — {sentence}"
    return Hit(
        kind.removesuffix("s"), source, path, year, section, page, start, end, snippet(text, terms),
        round(score, 3),
    )  # fmt: skip


def snippet(text: str, terms: Sequence[Term]) -> str:
    """`text`, cut to SNIPPET characters around the first match, what was found in ⟦ ⟧."""
    spans = sorted(_spans(text, terms))
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= SNIPPET else max(0, min(first - SNIPPET // 4, len(text) - SNIPPET))
    end = min(len(text), start + SNIPPET)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    parts, done = ["…" if start else ""], start
    for left, right in spans:
        if left >= done and right <= end:
            parts += [text[done:left], "⟦", text[left:right], "⟧"]
            done = right
    return "".join([*parts, text[done:end], "…" if end < len(text) else ""])


def _spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    words = list(_WORD.finditer(text))
    exact = [w[0].lower() for w in words]
    plain = [fold(w) for w in exact] if not all(t.exact for t in terms) else exact
    found = []
    for term in terms:
        here = exact if term.exact else plain
        *before, last = term.words
        for i, word in enumerate(here):
            fits = word.startswith(last) if term.prefix else word == last
            if fits and i >= len(before) and here[i - len(before) : i] == before:
                found.append((words[i - len(before)].start(), words[i].end()))
    return found


def years_of(said: str | None) -> tuple[int, int] | None:
    """`2023` or `2021-2023` as bounds; None for None. Raises UsageError."""
    if said is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said.strip())
    if not found:
        raise UsageError(f"year {said!r}: give one, or two as 2021-2023")
    return int(found[1]), int(found[2] or found[1])
