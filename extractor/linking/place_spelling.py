"""Approximate look-up of unit names: a shortlist without diacritics, then ranked with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from extractor.gazetteer import Unit, fold, gazetteer, key
from extractor.model import Level

_HOME_CUTOFF = 84.0
# Nationwide there are 7,000 names of communes and 700 of districts: the more there are, the more alike a name must be.
_COUNTRY_CUTOFF: dict[Level, float] = {"commune": 93.0, "district": 88.0, "province": 85.0}
_SHORT = 5  # letters up to which a name must be more alike
_SHORT_CUTOFF = 90.0
_COUNTRY_LETTERS = 6
_COUNTRY_LIKENESS = 80.0  # diacritics counted

_Area = tuple[str, bool] | None  # a province (code, of today); None: the country


@dataclass(frozen=True, slots=True)
class Spelled:
    """The units whose name is closest to a surface. score < 1: how alike the spellings are, diacritics counted."""

    units: tuple[Unit, ...]
    score: float


_SOUNDS = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("r", "d"),
    ("x", "s"),
    ("k", "c"),
    ("q", "c"),
    ("y", "i"),
)


@lru_cache(maxsize=65536)
def _sound(folded: str) -> str:
    """Letters that are said alike in a part of the country, and so confused in writing, made one."""
    for letters, one in _SOUNDS:
        folded = folded.replace(letters, one)
    return folded


@lru_cache(maxsize=256)
def _names(area: _Area, level: Level) -> dict[str, tuple[str, ...]]:
    """Folded name -> keys, of the units of one level in an area."""
    found: dict[str, set[str]] = {}
    for unit in gazetteer().units:
        province = unit.code if unit.level == "province" else unit.province_code
        if unit.level == level and (area is None or area == (province, unit.today)):
            for name in (unit.name, *unit.aliases):
                found.setdefault(fold(name), set()).add(key(name))
    return {k: tuple(sorted(v)) for k, v in found.items()}


@lru_cache(maxsize=256)
def _sounds(area: _Area, level: Level) -> dict[str, tuple[str, ...]]:
    """The same by sound."""
    found: dict[str, set[str]] = {}
    for folded, keys in _names(area, level).items():
        found.setdefault(_sound(folded), set()).update(keys)
    return {k: tuple(sorted(v)) for k, v in found.items()}


def closest(surface: str, levels: Collection[Level], home: Collection[tuple[str, bool]]) -> Spelled | None:
    """The known name most like `surface`: in the report's own provinces (code, of today) first, then in the country.

    `surface` may go on beyond the name (`Nậm Chầy Năm`): its first words are tried too, longest first.
    """
    words = surface.split()
    for count in range(min(len(words), 6), 0, -1):
        written = " ".join(words[:count])
        if count < len(words) and count < 2:
            break
        found = _closest(written, tuple(levels), tuple(sorted(home)), whole=count == len(words))
        if found is not None:
            return found
    return None


def at_home(surface: str, levels: Collection[Level], home: Collection[tuple[str, bool]]) -> Spelled | None:
    """The unit of the report's own provinces whose name differs from `surface` in diacritics only."""
    folded = fold(surface)
    near = {k for area in home for lv in levels for k in _names(area, lv).get(folded, ())}
    return _ranked(surface, near, tuple(levels))


@lru_cache(maxsize=4096)
def _closest(
    written: str, levels: tuple[Level, ...], home: tuple[tuple[str, bool], ...], whole: bool
) -> Spelled | None:
    folded = fold(written)
    if len(folded) < 3:
        return None
    near: set[str] = set()
    for level in levels:
        for area in home:
            near |= _alike_names(folded, area, level, _HOME_CUTOFF if whole else None)
    if not near:
        far = whole and len(folded) >= _COUNTRY_LETTERS
        for level in levels:
            near |= _alike_names(folded, None, level, _COUNTRY_CUTOFF[level] if far else None)
        near = {k for k in near if _alike(key(written), k) >= _COUNTRY_LIKENESS}
    return _ranked(written, near, levels)


def _alike_names(folded: str, area: _Area, level: Level, cutoff: float | None) -> set[str]:
    """Keys of the names that are the same without diacritics, else (with a cutoff) of those that sound alike."""
    names = _names(area, level)
    if folded in names or cutoff is None:
        return set(names.get(folded, ()))
    sounds = _sounds(area, level)
    cutoff = max(cutoff, _SHORT_CUTOFF) if len(folded) <= _SHORT else cutoff
    hits = process.extract(_sound(folded), sounds.keys(), scorer=fuzz.ratio, score_cutoff=cutoff, limit=5)
    return {k for sound, _, _ in hits for k in sounds[sound]}


def _ranked(written: str, near: set[str], levels: tuple[Level, ...]) -> Spelled | None:
    """The units of those keys that are written most like `written`, diacritics counted."""
    by_key = gazetteer().by_key
    near = {k for k in near if any(u.level in levels for u in by_key[k])}
    if not near:
        return None
    wanted = key(written)
    ranked = sorted(near, key=lambda k: (-_alike(wanted, k), k))
    best = [k for k in ranked if _alike(wanted, k) >= _alike(wanted, ranked[0]) - 1e-9]
    units = tuple(u for k in best for u in by_key[k] if u.level in levels)
    return Spelled(units, round(min(0.97, 0.97 * _alike(wanted, ranked[0]) / 100), 3))


def _alike(one: str, other: str) -> float:
    """0-100: mean of the likeness with and without diacritics."""
    return (fuzz.ratio(one, other) + fuzz.ratio(fold(one), fold(other))) / 2
