"""Administrative units as a person names them: suggestions while they type, and the unit that they chose."""

from __future__ import annotations

import datetime
from typing import Any

from extractor.finding.lazy import lazy
from extractor.gazetteer import Unit, current, fold, folded_index, gazetteer, key, unit, units

_CODED = lazy(r"\((\d{2,5})\)\s*$")
_TYPE = lazy(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|tp\.?)\s+", 2)  # 2: re.IGNORECASE


def suggested(typed: str, on: datetime.date | None, *, most: int = 12) -> list[str]:
    """Up to `most` units of that day whose name begins as `typed` does, as `chosen` reads them.

    Marks may be left out; what is written with those that were typed comes first, then shorter names.
    """
    name = key(_TYPE.sub("", typed.strip()))
    wanted = fold(name)
    if len(wanted) < 2:
        return []
    found = {
        called(one, on): (not key(one.name).startswith(name), len(one.name), one.code)
        for folded, names in folded_index().items()
        if folded.startswith(wanted)
        for written in names
        for one in gazetteer().by_key[written]
        if on is None or one.existed(on)
    }
    return sorted(found, key=found.__getitem__)[:most]


def called(one: Unit, on: datetime.date | None) -> str:
    """`xã Nậm Mả, huyện Văn Bàn, tỉnh Lào Cai (02965)`."""
    around = [] if one.level == "province" else [gazetteer().district_of(one, on), gazetteer().province_of(one, on)]
    told = [f"{u.type} {u.name}" for u in (one, *around) if u is not None and (u is one or u.level != one.level)]
    return f"{', '.join(told)} ({one.code})"


def chosen(typed: str, on: datetime.date | None) -> Unit | None:
    """The unit that `typed` names by its code in brackets at the end, or by a name that one unit alone has that day."""
    coded = _CODED.search(typed)
    if coded:
        return unit(coded[1], on) or unit(coded[1])
    found = {u.code: u for u in units(_TYPE.sub("", typed.strip()), on=on)}
    return next(iter(found.values())) if len(found) == 1 else None


def named(one: Unit) -> dict[str, Any]:
    """The unit as a place of a figure: `PlaceName` as parsed JSON."""
    return {"name": one.name, "level": one.level, "code": one.code}


def described(one: Unit, on: datetime.date | None) -> dict[str, Any]:
    """The unit as a place of the report: what `Place` says of it, as parsed JSON."""
    district, province = gazetteer().district_of(one, on), gazetteer().province_of(one, on)
    today = [
        {"name": u.name, "code": u.code, "province": p.name if (p := gazetteer().province_of(u)) else None}
        for u in current(one)
    ]
    return named(one) | {
        "district": district.name if district and one.level == "commune" else None,
        "province": province.name if province and one.level != "province" else None,
        "current": today,
    }
