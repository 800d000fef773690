"""The panel: one indicator over all years and reports of a store, with what speaks against each value."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from extractor import output
from extractor.compare.claims import Claim, docs_of, same_amount
from extractor.compare.kept_claims import Claims
from extractor.compare.places import Place
from extractor.compare.show import number
from extractor.compare.words import telling
from extractor.errors import UsageError
from extractor.gazetteer.names import fold
from extractor.linking.catalogue import catalogue, identify
from extractor.model import Kind
from extractor.store.store import Store, open_store

_DOUBTFUL = 0.8
_KINDS: tuple[Kind, ...] = ("household", "percent", "money", "criteria", "other")
COLUMNS = (
    "place", "place_level", "indicator", "words", "year", "value", "unit", "told_in", "role", "latest", "doubts",
    "document", "page", "figure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the panel. `year` is what it is of, `told_in` the year of the report; `latest`: no later report
    tells it otherwise; `words`: what the report calls it. `doubts`: findings of the audit that rest on it, another
    value told for the year, another standard."""

    place: str
    place_level: str | None
    place_code: str | None
    indicator: str
    words: str
    indicator_id: str | None
    year: int
    value: float
    unit: str
    measure: str
    told_in: int | None
    role: str | None
    is_change: bool
    latest: bool
    doubts: tuple[str, ...]
    definition: str | None
    text: str
    document: str
    json: str
    page: int | None
    figure: str


def panel(store: Store, indicator: str, places: Sequence[str] = ()) -> list[Cell]:
    """All values of `indicator` (an id of patterns/indicators.toml, or words) by place and year, then by report.

    places: names or codes; all where there are none. Plans and changes are told apart (`role`, `is_change`).
    """
    wanted = _wanted(indicator)
    asked = {fold(place) for place in places}
    found: dict[Any, list[tuple[Claim, Place]]] = defaultdict(list)
    said = Claims(store)
    for doc in docs_of(store):
        for claim in said.of(doc):
            if claim.year is None or not wanted(claim):
                continue
            for place in claim.places or ((doc.place or doc.issuer or doc.source, doc.place_level, doc.place_code),):
                if not asked or fold(place[0]) in asked or (place[2] or "") in asked:
                    key = (fold(place[0]), place[1], claim.measure.family, claim.measure.per, claim.change,
                           claim.fulfilment, claim.role == "plan", claim.indicator_id, claim.name)  # fmt: skip
                    found[key].append((claim, place))
    cells = [cell for series in found.values() for cell in _series(store, series)]
    cells.sort(
        key=lambda c: (c.place, c.place_level or "", c.indicator, c.is_change, c.role or "", c.year, c.told_in or 0)
    )
    return cells


def _wanted(indicator: str) -> Callable[[Claim], bool]:
    """Whether a claim is of the indicator: by its id where the words are those of a known one, else by the words."""
    share = re.search(r"t[ỷỉ] lệ", indicator.lower()) is not None
    kinds = [kind for kind in _KINDS if (kind == "percent") == share]
    ids = {id for kind in kinds if (id := identify(indicator, kind))}
    if indicator in catalogue():
        ids = {indicator}
    words = telling(indicator.replace("_", " ") if not ids else indicator)
    if not ids and not words:
        raise UsageError(f"--indicator {indicator!r} says nothing that could be looked for")
    return lambda claim: claim.indicator_id in ids if ids else words <= claim.name


def _series(store: Store, told: list[tuple[Claim, Place]]) -> Iterator[Cell]:
    by_year: dict[int, list[Claim]] = defaultdict(list)
    for claim, _ in told:
        by_year[claim.year or 0].append(claim)
    standards = {claim.definition for claim, _ in told if claim.definition}
    for claim, place in told:
        others = [
            c for c in by_year[claim.year or 0] if not same_amount(c, claim) and c.definition == claim.definition
        ]  # fmt: skip
        later = [c for c in others if (c.doc.when, c.doc.key) > (claim.doc.when, claim.doc.key)]
        doubts = [f"{c.doc.source} says {c.text}" for c in others]
        if len(standards) > 1 and claim.definition:
            doubts.append(claim.definition)
        if claim.confidence < _DOUBTFUL:
            doubts.append(f"read with confidence {claim.confidence:.2f}")
        doubts += _findings(store, claim)
        known = catalogue().get(claim.indicator_id or "")
        yield Cell(
            place[0], place[1], place[2], known.label if known else claim.indicator, claim.indicator,
            claim.indicator_id, claim.year or 0, claim.value, claim.unit,
            claim.measure.family, claim.doc.year, claim.role, claim.change, not later, tuple(doubts), claim.definition,
            claim.text, claim.doc.source, claim.doc.json, claim.page, claim.figure,
        )  # fmt: skip


def _findings(store: Store, claim: Claim) -> list[str]:
    """What the audit found in the report that rests on this figure."""
    ids = {claim.figure, *claim.also}
    rows = store.rows("SELECT message, evidence FROM findings WHERE document = ?", (claim.doc.key,))
    return [message for message, evidence in rows if ids & set(json.loads(evidence))]


def run_panel(
    out: str, indicator: str, places: str | None, format: Literal["table", "json", "csv"], warn: Callable[[Store], None]
) -> int:
    """`extractor panel`: prints the panel; exit code 0, 2 where JSONs could not be used."""
    with open_store(out) as store:
        warn(store)
        asked = [place.strip() for place in (places or "").split(",") if place.strip()]
        rows = [asdict(cell) for cell in panel(store, indicator, asked)]
        if format == "json":
            sys.stdout.write(output.as_json(rows))
        else:
            for row in rows:
                row["doubts"] = "; ".join(row["doubts"])
            if format == "table":
                rows = [
                    row | {
                        "value": number(row["value"]), "latest": "yes" if row["latest"] else "",
                        "year": str(row["year"]),
                        "told_in": str(row["told_in"] or ""), "words": row["words"][:50], "doubts": row["doubts"][:80],
                    }
                    for row in rows
                ]  # fmt: skip
            write = output.as_csv if format == "csv" else output.as_table
            sys.stdout.write(write(rows, COLUMNS))
        return 2 if store.failures or store.missing else 0
