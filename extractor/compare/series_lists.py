"""What series a store holds: which indicators, in which variants, for which places and years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extractor.gazetteer.names import fold
from extractor.store.store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator that the reports tell of: how many values of how many places, from which year to which."""

    id: str
    values: int
    places: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a series; `key` is how the store's rows name it."""

    key: str
    name: str
    level: str | None


def indicators(store: Store) -> list[Listed]:
    """All indicators with values, those of the most values first."""
    rows = store.rows(
        """SELECT indicator_id, count(*), count(DISTINCT place_key), min(year), max(year)
           FROM series GROUP BY indicator_id ORDER BY 2 DESC, 1"""
    )
    return [Listed(*row) for row in rows]


def variants(store: Store, indicator_id: str) -> dict[str, tuple[int, int]]:
    """The variants of an indicator: how many values there are, and of how many the words say no more than its name.
    Levels before changes and plans, then the most values first."""
    found: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    query = "SELECT variant, bare, count(*) FROM series WHERE indicator_id = ? GROUP BY 1, 2"
    for variant, is_bare, count in store.rows(query, (indicator_id,)):
        found[variant] += count
        bare[variant] += count * is_bare
    ordered = sorted(found, key=lambda v: (len(v.split()), -found[v], v))
    return {variant: (found[variant], bare[variant]) for variant in ordered}


def spots(
    store: Store, indicator_id: str, variant: str, *, bare: bool, since: int, said: str, limit: int, offset: int
) -> tuple[list[Spot], int]:
    """The places that the variant is told of for the year `since` or later, by name, and how many there are.
    `said`: words that their names hold."""
    where = "indicator_id = ? AND variant = ? AND bare >= ? AND year >= ?"
    values: list[str | int] = [indicator_id, variant, int(bare), since]
    for word in fold(said).split():
        where += " AND instr(place_key, ?)"
        values.append(word)
    grouped = f"SELECT place_key, min(place), min(place_level) FROM series WHERE {where} GROUP BY place_key"
    (total,) = store.rows(f"SELECT count(DISTINCT place_key) FROM series WHERE {where}", tuple(values)).fetchone()
    rows = store.rows(f"{grouped} ORDER BY 3 DESC, 1 LIMIT ? OFFSET ?", (*values, limit, offset))
    return [Spot(*row) for row in rows], int(total)


def years(store: Store, indicator_id: str, variant: str, *, bare: bool) -> list[int]:
    """The years that the variant is told of."""
    query = "SELECT DISTINCT year FROM series WHERE indicator_id = ? AND variant = ? AND bare >= ? ORDER BY 1"
    return [year for (year,) in store.rows(query, (indicator_id, variant, int(bare)))]
