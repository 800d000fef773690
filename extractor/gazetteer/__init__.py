"""Administrative units of Việt Nam with their official names, General Statistics Office codes and history.

    from extractor.gazetteer import units, unit, current
    units("Nậm Mòn", level="commune")            # every commune that has or had this name
    unit("02881", on=datetime.date(2023, 1, 1))  # the unit with this code on that day
    current(units("Nậm Mòn")[0])               # today's unit(s)

Loading is lazy: nothing is read before the first call.
"""

from __future__ import annotations

import datetime

from extractor.gazetteer.names import fold, key, variants
from extractor.gazetteer.units import MERGER, Gazetteer, Unit, folded_index, gazetteer
from extractor.model import Level

__all__ = ["MERGER", "Gazetteer", "Unit", "current", "fold", "folded_index", "gazetteer", "key", "unit", "units"]

_BY_DIGITS: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}


def units(name: str, level: Level | None = None, on: datetime.date | None = None) -> tuple[Unit, ...]:
    """Every unit that has or had this name (any known spelling), of one level or existing on one day where asked."""
    wanted = key(name)
    found = (u for k in sorted({wanted, *variants(wanted)}) for u in gazetteer().by_key.get(k, ()))
    return tuple(u for u in found if (level is None or u.level == level) and (on is None or u.existed(on)))


def unit(code: str, on: datetime.date | None = None) -> Unit | None:
    """The unit with this code (2 digits province, 3 district, 5 commune) on that day; without a day the latest one."""
    level = _BY_DIGITS.get(len(code))
    found = gazetteer().by_code.get((level, code), ()) if level else ()
    if on is not None:
        return next((u for u in found if u.existed(on)), None)
    return max(found, key=lambda u: u.until or datetime.date.max, default=None)


def current(unit: Unit) -> tuple[Unit, ...]:
    """The unit(s) of today that hold a former unit or a part of it; several where it was divided."""
    return gazetteer().current(unit)
