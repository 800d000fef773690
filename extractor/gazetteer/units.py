"""Administrative units and their history, read from `extractor/data/gazetteer.tsv.gz` on first use.

The file is made by `scripts/build_gazetteer.py` (columns and sources: docs/gazetteer.md).
"""

from __future__ import annotations

import datetime
import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.gazetteer.names import fold, key
from extractor.model import Level

DATA = Path(__file__).resolve().parent.parent / "data" / "gazetteer.tsv.gz"
MERGER = datetime.date(2025, 7, 1)
"""Since this day there are 34 provinces, 3,321 communes and no districts."""

_LEVELS: dict[str, Level] = {"p": "province", "d": "district", "c": "commune"}


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One administrative unit as it was between `since` and `until` (None: not known or still so; both days included).

    A code alone does not identify a unit (codes were used again after mergers): unit = level + code + name + dates.
    `type` is "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố" or "tỉnh".
    `current_codes` are the communes (for a province: the province) of today that hold it or a part of it.
    """

    level: Level
    code: str
    name: str
    type: str
    district_code: str
    province_code: str
    since: datetime.date | None
    until: datetime.date | None
    current_codes: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def today(self) -> bool:
        """Whether the unit exists today, after the mergers of July 2025."""
        return self.until is None

    def existed(self, on: datetime.date) -> bool:
        """Whether the unit existed on that day, as far as the sources say."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units with the indexes that look-up needs."""

    units: tuple[Unit, ...]
    by_key: dict[str, tuple[Unit, ...]]
    by_code: dict[tuple[str, str], tuple[Unit, ...]]
    dissolved: tuple[Unit, ...]  # provinces that lost their districts to others; `district_code` lists them

    def province_of(self, unit: Unit, on: datetime.date | None = None) -> Unit | None:
        """The province that a commune or district belonged to (on that day, where the unit existed then)."""
        if unit.level == "province":
            return unit
        district = unit.code if unit.level == "district" else unit.district_code
        for province in self.dissolved if on and district else ():
            if on and province.existed(on) and district in province.district_code.split():
                return province
        return self._parent("province", unit.province_code, unit, on)

    def district_of(self, unit: Unit, on: datetime.date | None = None) -> Unit | None:
        """The district that a commune belonged to; None for communes of today."""
        return self._parent("district", unit.district_code, unit, on) if unit.district_code else None

    def _parent(self, level: Level, code: str, unit: Unit, on: datetime.date | None) -> Unit | None:
        day = on or unit.until or datetime.date.max
        day = min(max(day, unit.since or datetime.date.min), unit.until or datetime.date.max)
        same_code = [u for u in self.by_code.get((level, code), ()) if u.today == unit.today]
        return next((u for u in same_code if u.existed(day)), same_code[0] if same_code else None)

    def current(self, unit: Unit) -> tuple[Unit, ...]:
        """The unit(s) of today that hold a former unit or a part of it; the unit itself where it still exists."""
        if unit.today:
            return (unit,)
        level = "province" if unit.level == "province" else "commune"
        found = (u for code in unit.current_codes for u in self.by_code.get((level, code), ()) if u.today)
        return tuple(found)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once (about 0.1 s)."""
    dates = lru_cache(maxsize=64)(_date)
    units: list[Unit] = []
    by_key: dict[str, list[Unit]] = defaultdict(list)
    by_code: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    with gzip.open(DATA, "rt", encoding="utf8") as lines:
        for line in lines:
            level, code, name, type_, district, province, since, until, current, aliases = line.rstrip("\n").split("\t")
            unit = Unit(
                _LEVELS[level], code, name, type_, district, province, dates(since), dates(until),
                tuple(current.split()), tuple(aliases.split("|")) if aliases else (),
            )  # fmt: skip
            units.append(unit)
            by_code[unit.level, code].append(unit)
            for written in {key(n) for n in (name, *unit.aliases)}:
                by_key[written].append(unit)
    return Gazetteer(
        tuple(units),
        {k: tuple(v) for k, v in by_key.items()},
        {k: tuple(v) for k, v in by_code.items()},
        tuple(u for u in units if u.level == "province" and u.district_code),
    )


@lru_cache(maxsize=1)
def folded_index() -> dict[str, tuple[str, ...]]:
    """Every name key by its folded form: the shortlist of approximate look-up."""
    index: dict[str, list[str]] = defaultdict(list)
    for written in gazetteer().by_key:
        index[fold(written)].append(written)
    return {k: tuple(v) for k, v in index.items()}
