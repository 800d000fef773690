"""The report's own area as an administrative unit: `document.place`."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from extractor.gazetteer import key, units
from extractor.model import Level, Place, PlaceName

_LEVELS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("commune", ("xã ", "phường ", "thị trấn ", "đặc khu ")),
    ("district", ("huyện ", "quận ", "thị xã ")),
    ("province", ("tỉnh ",)),
)
"""The unit words of an issuer's name. A bare `thành phố` may be of either level and decides nothing."""


def own_place(
    name: str | None, issuer: str | None, places: Sequence[Place], *, on: datetime.date | None
) -> PlaceName | None:
    """The unit called `name` that the report is about.

    Its level is the one that the issuer's name says (`UBND huyện Bắc Hà`); among units of one name the one that the
    report itself mentions most, else the only one there is. Without a decision the name stays without a code.
    """
    if not name:
        return None
    level = _level(name, issuer)
    same = key(name)
    named = Counter(
        PlaceName(p.name, p.level, p.code)
        for p in places
        if p.code and key(p.name) == same and (level is None or p.level == level)
    )
    if named:
        return named.most_common(1)[0][0]
    known = units(name, level, on)
    if level is None:  # a province or a city is its own namesake's better guess than any commune
        known = next((found for lv in ("province", "district") if (found := units(name, lv, on))), ())
    if not known:
        return PlaceName(name, level) if level else None
    return PlaceName(known[0].name, known[0].level, known[0].code if len({u.code for u in known}) == 1 else None)


def _level(name: str, issuer: str | None) -> Level | None:
    before = (issuer or "").lower().partition(name.lower())[0]
    for level, words in _LEVELS:
        if before.endswith(words):
            return level
    return None
