"""The panel: one indicator over all years and reports of a store, with what speaks against each value."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from extractor import output
from extractor.compare.claims import Claim, docs_of, same_amount
from extractor.compare.kept_claims import Claims
from extractor.compare.reasons import Language, reason
from extractor.compare.series import Told, places_of, told_of
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
    "place", "place_level", "indicator", "words", "year", "value", "unit", "told_in", "role", "is_change", "latest",
    "doubts", "document", "page", "figure",
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


@dataclass(frozen=True, slots=True)
class Judged:
    """What was told, and what speaks against it; `latest`, `doubts`: as in `Cell`."""

    told: Told
    latest: bool
    doubts: tuple[str, ...]


def panel(store: Store, indicator: str, places: Sequence[str] = ()) -> list[Cell]:
    """All values of `indicator` (an id of patterns/indicators.toml, or words) by place and year, then by report.

    places: names or codes; all where there are none. Plans and changes are told apart (`role`, `is_change`).
    """
    wanted = _wanted(indicator)
    asked = {fold(place) for place in places}
    said = Claims(store)
    found = [
        told_of(claim, place, claim.year)
        for doc in docs_of(store)
        for claim in said.of(doc)
        if claim.year is not None and wanted(claim)
        for place in places_of(claim)
        if not asked or fold(place[0]) in asked or (place[2] or "") in asked
    ]
    return cells(store, found)


def cells(store: Store, found: Iterable[Told]) -> list[Cell]:
    """The panel of what was told, with what speaks against each value; by place, indicator and year."""
    made = [_cell(one) for one in judged(store, found)]
    made.sort(
        key=lambda c: (c.place, c.place_level or "", c.indicator, c.is_change, c.role or "", c.year, c.told_in or 0)
    )
    return made


def judged(store: Store, found: Iterable[Told], language: Language = "en") -> list[Judged]:
    """What was told, series by series, with what speaks against each value."""
    series: dict[Hashable, list[Told]] = defaultdict(list)
    for told in found:
        series[told.place_key, told.variant, told.indicator_id, told.name].append(told)
    return [one for told in series.values() for one in _series(store, told, language)]


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


def _series(store: Store, told: list[Told], language: Language) -> Iterator[Judged]:
    by_year: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_year[one.year].append(one)
    standards = {one.definition for one in told if one.definition}
    for one in told:
        others = [c for c in by_year[one.year] if not same_amount(c, one) and c.definition == one.definition]
        later = [c for c in others if (c.when, c.document) > (one.when, one.document)]
        doubts = [reason("says", c.source, c.text).say(language) for c in others]
        if len(standards) > 1 and one.definition:
            doubts.append(one.definition)
        if one.confidence < _DOUBTFUL:
            doubts.append(reason("unsure", f"{one.confidence:.2f}").say(language))
        doubts += _findings(store, one)
        yield Judged(one, not later, tuple(doubts))


def _cell(one: Judged) -> Cell:
    told, known = one.told, catalogue().get(one.told.indicator_id or "")
    return Cell(
        told.place, told.place_level, told.place_code, known.label if known else told.words, told.words,
        told.indicator_id, told.year, told.value, told.unit, told.family, told.told_in, told.role, told.is_change,
        one.latest, one.doubts, told.definition, told.text, told.source, told.json, told.page, told.figure,
    )  # fmt: skip


def _findings(store: Store, told: Told) -> list[str]:
    """What the audit found in the report that rests on this figure."""
    ids = {told.figure, *told.also}
    rows = store.rows("SELECT message, evidence FROM findings WHERE document = ?", (told.document,))
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
                        "is_change": "yes" if row["is_change"] else "", "year": str(row["year"]),
                        "told_in": str(row["told_in"] or ""), "words": row["words"][:50], "doubts": row["doubts"][:80],
                    }
                    for row in rows
                ]  # fmt: skip
            write = output.as_csv if format == "csv" else output.as_table
            sys.stdout.write(write(rows, COLUMNS))
        return 2 if store.failures or store.missing else 0
