"""The values of known indicators by place and year, kept in the store: what takes minutes to make of a large archive.

Made from the store's own tables, document by document, and made anew for a document that is read anew (its rows go
with it). Where the rules by which claims are read change, VERSION is raised.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.compare.claims import Claim, docs_of
from extractor.compare.kept_claims import Claims
from extractor.compare.places import Place
from extractor.compare.words import telling
from extractor.gazetteer.names import fold
from extractor.linking.catalogue import catalogue
from extractor.store.database import guarded, transaction
from extractor.store.store import Store

VERSION = 2

_AT_ONCE = 0.5
"""Seconds a transaction lasts: others who write, such as a person who corrects, wait no longer."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value of an indicator for one place, as one report tells it.

    `variant`: what is compared with what: `count`, `money/người`, … with `change` (a change, not a level), `plan`,
    `fulfilment` behind it; `bare`: the words say no more than the indicator's own name. `base`, `half`: as in `Claim`.
    `told_in`, `when`: the report's year and date.
    """

    document: int
    source: str
    json: str
    told_in: int | None
    when: str
    indicator_id: str | None
    variant: str
    bare: bool
    place_key: str
    place: str
    place_level: str | None
    place_code: str | None
    year: int
    name: str
    words: str
    value: float
    unit: str
    base: float
    half: float
    role: str | None
    definition: str | None
    text: str
    figure: str
    also: tuple[str, ...]
    start: int
    stop: int
    page: int | None
    confidence: float

    @property
    def family(self) -> str:
        """The kind of unit: money, percent, count, mass, …"""
        return self.variant.partition(" ")[0].partition("/")[0]

    @property
    def is_change(self) -> bool:
        """Whether it is a change and no level."""
        return "change" in self.variant.split()


def places_of(claim: Claim) -> Sequence[Place]:
    """The places that a claim is of: the document's own where none is said, else whoever issued it."""
    doc = claim.doc
    return claim.places or ((doc.place or doc.issuer or doc.source, doc.place_level, doc.place_code),)


def told_of(claim: Claim, place: Place, year: int) -> Told:
    """The claim as a value of `place` and `year`."""
    doc, known = claim.doc, catalogue().get(claim.indicator_id or "")
    variant = ["/".join((claim.measure.family, *claim.measure.per))]
    variant += ["change"] * claim.change + ["plan"] * (claim.role == "plan") + ["fulfilment"] * claim.fulfilment
    return Told(
        doc.key, doc.source, doc.json, doc.year, doc.when, claim.indicator_id, " ".join(variant),
        known is not None and claim.name <= telling(known.label), f"{place[1] or ''} {fold(place[0])}", *place, year,
        " ".join(sorted(claim.name)), claim.indicator, claim.value, claim.unit, claim.base, claim.half, claim.role,
        claim.definition, claim.text, claim.figure, claim.also, claim.start, claim.stop, claim.page, claim.confidence,
    )  # fmt: skip


_MADE = (
    "indicator_id", "variant", "bare", "place_key", "place", "place_level", "place_code", "year", "name", "words",
    "value", "unit", "base", "half", "role", "definition", "text", "figure", "also", "start", "stop", "page",
    "confidence",
)  # fmt: skip
_TOLD = f"""SELECT s.document, d.source, d.json, d.year, coalesce(d.issued_on, d.year || '-12-31', '9999-12-31'),
                   {", ".join(f"s.{column}" for column in _MADE)} FROM series s JOIN documents d ON d.id = s.document"""
_WANTING = """FROM documents d WHERE NOT EXISTS (
    SELECT 1 FROM series_documents s WHERE s.document = d.id AND s.version = ?)"""


def wanting(store: Store) -> int:
    """How many documents have no series yet."""
    (count,) = store.rows(f"SELECT count(*) {_WANTING}", (VERSION,)).fetchone()
    return int(count)


def make_series(store: Store) -> None:
    """Make what is wanting, in short transactions; what is done stays done when it is interrupted."""
    ids = {id for (id,) in store.rows(f"SELECT d.id {_WANTING}", (VERSION,))}
    said = Claims(store)
    docs = iter([doc for doc in docs_of(store) if doc.key in ids])
    doc = next(docs, None)
    while doc is not None:
        began = time.monotonic()
        with guarded(store.path), transaction(store.database):
            while doc is not None and time.monotonic() - began < _AT_ONCE:
                _keep(store, doc.key, [
                    told_of(claim, place, claim.year) for claim in said.of(doc)
                    if claim.indicator_id is not None and claim.year is not None for place in places_of(claim)
                ])  # fmt: skip
                doc = next(docs, None)


def _keep(store: Store, document: int, told: Sequence[Told]) -> None:
    database = store.database
    database.execute("DELETE FROM series WHERE document = ?", (document,))
    database.executemany(
        f"INSERT INTO series VALUES (?, ?{', ?' * len(_MADE)})",
        [(document, row, *(json.dumps(t.also) if c == "also" else getattr(t, c) for c in _MADE))
         for row, t in enumerate(told)],
    )  # fmt: skip
    database.execute("INSERT OR REPLACE INTO series_documents VALUES (?, ?)", (document, VERSION))


def told(store: Store, indicator_id: str, variant: str, places: Sequence[str], *, bare: bool) -> Iterator[Told]:
    """What is kept of an indicator's variant for the places with these keys; `bare`: of nothing more than it."""
    query = f"""{_TOLD} WHERE s.indicator_id = ? AND s.variant = ? AND s.bare IN (?, 1)
                AND s.place_key IN ({", ".join("?" * len(places))}) ORDER BY s.place_key, s.year, 5"""
    for row in store.rows(query, (indicator_id, variant, int(bare), *places)):
        values = dict(zip(_COLUMNS, row, strict=True))
        values["also"] = tuple(json.loads(values["also"]))
        values["bare"] = bool(values["bare"])
        yield Told(**values)


_COLUMNS = ("document", "source", "json", "told_in", "when", *_MADE)
