"""All that a run's reports say about one document: passages, counts, what is cited with it, what contradicts itself."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.finding.references import get_references
from extractor.linking.authorities.editions import law_of_number, number_of_law
from extractor.linking.authorities.keys import read_key
from extractor.model import Reference
from extractor.search.conflicts import Change, Conflict, changes_of, conflicts
from extractor.search.index import SHIFT, folded_key


@dataclass(frozen=True, slots=True)
class Passage:
    """One mention of the document: where, in which sentence, as what. `outdated`: it had been replaced by then."""

    document: str
    year: int | None
    section: str | None
    page: int | None
    start: int
    end: int
    text: str
    surface: str
    relation: str
    pinpoint: str | None
    date: str | None
    confidence: float
    outdated: bool


@dataclass(frozen=True, slots=True)
class CitedWith:
    """Another document: in how many of the same reports and of the same sentences it is cited."""

    key: str
    count: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Cited:
    """The canonical record of one document over all reports."""

    key: str
    type: str | None
    issuer: str | None
    title: str | None
    variants: tuple[str, ...]
    dates: tuple[str, ...]
    by_year: dict[str, int]
    by_document: dict[str, int]
    relations: dict[str, int]
    cited_with: tuple[CitedWith, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    passages: tuple[Passage, ...]


def find_key(database: sqlite3.Connection, said: str) -> str:
    """The key that `said`, any spelling of a symbol or law, stands for in the index; its own key if none is cited.

    Raises UsageError where it is no citation, or where several documents that are cited fit.
    """
    wanted = [r.resolved or r.key for r in _references(said)]
    key = wanted[0] if wanted else said.strip()
    key = law_of_number(key) or key
    names = {folded_key(key), folded_key(said)}
    marks = ", ".join("?" * len(names))
    known = [
        k for (k,) in database.execute(f"SELECT DISTINCT key FROM search_citations WHERE folded IN ({marks})", [*names])
    ]
    if key in known or len(known) == 1:
        return key if key in known else known[0]
    parts = read_key(key)
    if parts.whole:
        return key
    if parts.number is None and parts.law is None:
        raise UsageError(
            f"{said!r} is no document's symbol or name: write it as in 116/2018/NĐ-CP or Luật Đất đai 2013"
        )
    kind = next((r.type for r in _references(said)), None)
    fitting = sorted(
        {
            k
            for k, t in database.execute("SELECT DISTINCT key, type FROM search_citations")
            if _fits(k, key) and (kind is None or t is None or t == kind) and read_key(k).whole
        }
    )
    if len(fitting) > 1:
        raise UsageError(f"{said!r} can be {', '.join(fitting[:12])}: say which")
    return fitting[0] if fitting else key


def _references(said: str) -> list[Reference]:
    """The citation that `said` is, in small letters too; a symbol that only a type word proves (`64/CP`) gets one."""
    for form in (said, said.upper(), f"Văn bản số {said.strip()}", f"Văn bản số {said.strip().upper()}"):
        if found := get_references(form):
            return found
    return []


def _fits(whole: str, bare: str) -> bool:
    parts, said = read_key(whole), read_key(bare)
    if said.law is not None:
        return parts.law == said.law
    return parts.number == said.number and said.year in (None, parts.year)


def cite(database: sqlite3.Connection, said: str) -> Cited:
    """The record of the document that `said` stands for; without passages where no report cites it."""
    key = find_key(database, said)
    rows = database.execute(
        "SELECT d.source, d.year, d.issued_on, c.section, c.page, c.start, c.end, p.text, c.surface, c.relation,"
        " c.pinpoint, c.date, c.confidence, c.type, c.issuer, c.title FROM search_citations c"
        " JOIN search_documents d ON d.id = c.document"
        f" JOIN search_passages p ON p.id = (c.document << {SHIFT}) + c.passage"
        " WHERE c.key = ? ORDER BY d.year, d.source, c.start",
        (key,),
    ).fetchall()
    changes = changes_of(database, key)
    ended = min((c.date for c in changes if c.relation in ("replaces", "repeals") and c.date), default=None)
    passages = tuple(
        Passage(
            source, year, section, page, start, end, text, surface, relation, pinpoint, date, confidence,
            outdated=bool(ended and issued and issued > ended and relation in ("basis", "implements", "under")),
        )
        for source, year, issued, section, page, start, end, text, surface, relation, pinpoint, date, confidence, *_
        in rows
    )  # fmt: skip
    return Cited(
        key=key,
        type=_commonest(row[13] for row in rows),
        issuer=_commonest(row[14] for row in rows),
        title=_commonest(row[15] for row in rows),
        variants=tuple(v for v, _ in Counter(p.surface for p in passages).most_common()) + _number(key),
        dates=tuple(d for d, _ in Counter(p.date for p in passages if p.date).most_common()),
        by_year=dict(sorted(Counter(str(p.year) for p in passages if p.year).items())),
        by_document=dict(Counter(p.document for p in passages).most_common()),
        relations=dict(Counter(p.relation for p in passages).most_common()),
        cited_with=tuple(_cited_with(database, key)),
        changes=changes,
        conflicts=conflicts(key, [(row[0], row[11], row[15]) for row in rows], _used_after(passages), changes),
        passages=passages,
    )


def _used_after(passages: Sequence[Passage]) -> list[str]:
    """The reports that use the document after it was replaced or repealed."""
    return list(dict.fromkeys(p.document for p in passages if p.outdated))


def _number(key: str) -> tuple[str, ...]:
    number = number_of_law(key) if read_key(key).law else None
    return (number,) if number else ()


def _commonest(values: Iterable[str | None]) -> str | None:
    counted = Counter(v for v in values if v)
    return counted.most_common(1)[0][0] if counted else None


def _cited_with(database: sqlite3.Connection, key: str) -> list[CitedWith]:
    found = database.execute(
        "SELECT o.key, count(DISTINCT o.document), count(DISTINCT CASE WHEN c.passage = o.passage"
        f" THEN (o.document << {SHIFT}) + o.passage END) FROM search_citations c JOIN search_citations o"
        " ON o.document = c.document AND o.key != c.key WHERE c.key = ? GROUP BY o.key ORDER BY 2 DESC, 3 DESC, 1",
        (key,),
    )
    return [CitedWith(*row) for row in found if read_key(row[0]).whole]
