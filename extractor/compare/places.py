"""Places through time: which unit a name meant on a day, what became of it, and figures brought to one map.

What the gazetteer knows and where its sources disagree: docs/gazetteer.md.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.compare.claims import Claim, Doc, scale_of
from extractor.compare.reasons import Reason, reason
from extractor.errors import UsageError
from extractor.gazetteer import current, gazetteer, units
from extractor.gazetteer.names import fold
from extractor.gazetteer.units import MERGER, Unit
from extractor.linking.catalogue import catalogue
from extractor.model import Level

Place = tuple[str, str | None, str | None]  # name, level, code

_SHARES = {
    "poverty_rate": ("poor_households", "households"),
    "near_poverty_rate": ("near_poor_households", "households"),
    "schools_at_standard_rate": ("schools_at_standard", "schools"),
}
"""Rates whose counts reports give too: rate, what is counted, of what."""


@dataclass(frozen=True, slots=True)
class Map:
    """The day whose units places are told in. None: those of each report's own day."""

    day: datetime.date | None = None

    @staticmethod
    def named(text: str) -> Map:
        """`as-told`, `today`, or `as-of YEAR` (the last day of that year). Raises UsageError."""
        if text == "as-told":
            return Map()
        if text == "today":
            return Map(datetime.date.max)
        year = text.removeprefix("as-of").strip(" -=")
        if text.startswith("as-of") and year.isdigit() and 1976 <= int(year) <= 9998:
            day = datetime.date(int(year), 12, 31)
            return Map(datetime.date.max if day >= MERGER else day)  # nothing later is known
        raise UsageError(f"--places {text!r}: it is as-told, today, or as-of YEAR")


def day_of(doc: Doc) -> datetime.date:
    """The day of a document's places."""
    return _day(doc.when)


@lru_cache(maxsize=4096)
def _day(when: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(when)
    except ValueError:
        return datetime.date.max


@lru_cache(maxsize=65536)
def unit_of(place: Place, day: datetime.date) -> Unit | None:
    """The unit that a place of a report was on `day`; None where it has no code or the gazetteer does not know it."""
    name, level, code = place
    if level is None or code is None:
        return None
    found = gazetteer().by_code.get((level, code), ())
    then = [u for u in found if u.existed(min(day, _LAST))] or list(found)
    same = [u for u in then if fold(name) in {fold(u.name), *map(fold, u.aliases)}]
    return next(iter(same or then), None)


_LAST = datetime.date(9999, 12, 30)


def identity(place: Place) -> tuple[str | None, str]:
    """What two reports must share for a place to be called the same."""
    name, level, _ = place
    return level, fold(name)


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a unit, as far as the open packages know: `after` holds it or a part of it since `day`."""

    unit: Unit
    day: datetime.date | None
    after: tuple[Unit, ...]
    resolution: str | None

    @property
    def divided(self) -> bool:
        """Whether several units hold its parts."""
        return len(self.after) > 1


_RESOLUTIONS = {
    "province": "Nghị quyết 202/2025/QH15",
    "commune": "các nghị quyết 1654 đến 1687/NQ-UBTVQH15 năm 2025",
}
"""Those of the mergers of 1 July 2025; those of earlier ones stand in none of the packages."""


def history(name: str, level: Level | None = None) -> list[Event]:
    """What became of every unit that has or had this name, the oldest first."""
    found = sorted(units(name, level), key=lambda u: (u.until or datetime.date.max, u.code))
    made = []
    for u in found:
        after = () if u.today else current(u)
        merged = u.until is not None and u.until == MERGER - datetime.timedelta(days=1)
        day = None if u.until is None else u.until + datetime.timedelta(days=1)
        made.append(Event(u, day, after, _RESOLUTIONS.get(u.level) if merged else None))
    return made


@lru_cache(maxsize=8192)
def predecessors(unit: Unit) -> tuple[Unit, ...]:
    """The units of June 2025 that a unit of today holds, or a part of which it holds."""
    return _by_heir().get((unit.level, unit.code), ()) if unit.today else ()


@lru_cache(maxsize=1)
def _by_heir() -> dict[tuple[str, str], tuple[Unit, ...]]:
    found: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    last = MERGER - datetime.timedelta(days=1)
    for u in gazetteer().units:
        if u.level != "district" and u.until == last:
            for code in u.current_codes:
                found[u.level, code].append(u)
    return {key: tuple(value) for key, value in found.items()}


def changed(a: Place, on: datetime.date, b: Place, then: datetime.date) -> Reason | None:
    """Why a place of one report is not that of another of the same name; None where nothing is known against it."""
    first, second = unit_of(a, on), unit_of(b, then)
    if first is None or second is None or first is second:
        return None
    if first.level == "district" or second.level == "district":
        return None
    older, newer = sorted((first, second), key=lambda u: u.until or datetime.date.max)
    heirs = current(older)
    if len(heirs) > 1:
        return reason("divided", _called(older), _listed(heirs))
    if newer.today and len(former := predecessors(newer)) > 1:
        return reason("holds", _called(newer), _listed(former))
    same = newer in heirs or first.code == second.code
    return None if same else reason("another", _called(older), _called(newer))


def _called(unit: Unit) -> str:
    return f"{unit.type} {unit.name}"


def _listed(found: Sequence[Unit]) -> str:
    return ", ".join(_called(u) for u in found)


def on_map(claims: Sequence[Claim], target: Map, others: Sequence[Claim] = ()) -> tuple[list[Claim], dict[Any, Reason]]:
    """The claims with their places as those of the target's day, those of merged units put together.

    Counts and amounts are summed where every part is told; rates are made anew from their counts. What cannot be put
    together keeps its place and gets a reason, by (document, row). `others`: the claims that these will be compared
    with; a unit of theirs that is younger than the target's day makes its parts one.
    """
    if target.day is None:
        return list(claims), {}
    wholes = _wholes([*claims, *others], target.day)
    kept: list[Claim] = []
    reasons: dict[Any, Reason] = {}
    moved: dict[Any, dict[Unit, Claim]] = defaultdict(dict)
    for claim in claims:
        unit = unit_of(_place_of(claim), day_of(claim.doc)) if len(claim.places) < 2 else None
        heirs = _heirs(unit, target.day, wholes) if unit else ()
        if unit is None or heirs == (unit,):
            kept.append(claim)
        elif len(heirs) != 1:
            kept.append(claim)
            reasons[claim.doc.key, claim.row] = (
                reason("divided", _called(unit), _listed(heirs)) if heirs else reason("lost", _called(unit))
            )
        else:
            moved[heirs[0], _thing(claim)].setdefault(unit, claim)
    for (heir, _), parts in moved.items():
        made, why = _together(heir, parts, moved, target.day)
        kept.append(made)
        if why:
            reasons[made.doc.key, made.row] = why
    kept.sort(key=lambda c: (c.doc.key, c.row))
    return kept, reasons


def _place_of(claim: Claim) -> Place:
    doc = claim.doc
    return claim.places[0] if claim.places else (doc.place or "", doc.place_level, doc.place_code)


def _wholes(claims: Sequence[Claim], day: datetime.date) -> set[Unit]:
    """The units younger than `day` that the claims speak of: their parts can only be told together."""
    found = {unit_of(_place_of(c), day_of(c.doc)) for c in claims if len(c.places) < 2}
    return {u for u in found if u is not None and u.since is not None and u.since > day}


def _heirs(unit: Unit, day: datetime.date, wholes: set[Unit]) -> tuple[Unit, ...]:
    """What holds `unit` on the map of `day`."""
    if day == datetime.date.max:
        return current(unit)
    if unit in wholes:
        return (unit,)
    above = tuple(w for w in wholes if unit in predecessors(w))
    if above:
        return above
    if unit.existed(day) or unit.level == "district":
        return (unit,)
    codes = set(unit.current_codes)
    return tuple(
        u
        for u in gazetteer().by_code.get((unit.level, unit.code), ())
        if u.existed(day) and codes & {*u.current_codes, u.code}
    )


def _thing(claim: Claim) -> Any:
    """What has to be the same for two claims to be summed."""
    what = (claim.indicator_id, claim.numbers) if claim.indicator_id else (claim.name, claim.numbers)
    return (what, claim.measure.family, claim.measure.per, claim.change, claim.fulfilment, claim.role, claim.lag,
            claim.definition, claim.doc.year)  # fmt: skip


def _together(
    heir: Unit, parts: dict[Unit, Claim], moved: dict[Any, dict[Unit, Claim]], day: datetime.date
) -> tuple[Claim, Reason | None]:
    first = next(iter(parts.values()))
    own = all(not c.places for c in parts.values())  # of the reports' own areas: it is the other side's own, too
    place = () if own else ((heir.name, heir.level, heir.code),)
    names = " + ".join(u.name for u in parts)
    needed = [u for u in predecessors(heir) if len(current(u)) == 1] if day == datetime.date.max or heir.today else []
    lacking = [u for u in needed if u not in parts and not _older(u, parts)]
    divided = [u for u in predecessors(heir) if len(current(u)) > 1]
    ids = tuple(c.figure for c in parts.values())
    if len(parts) == 1 and not lacking and not divided:
        return first._replace(places=place, parts=ids), None  # renamed, or all that it is made of
    made = first._replace(places=place, parts=ids, text=f"{first.text} ({names})")
    if lacking or divided:
        return made, reason("incomplete", _called(heir), _listed([*lacking, *divided]))
    if _additive(first):
        scale = scale_of(first)
        base = sum(c.base for c in parts.values())
        text = " + ".join(f"{c.text} ({u.name})" for u, c in parts.items())
        return made._replace(
            base=base, value=abs(base) / scale, half=sum(c.half for c in parts.values()), text=text
        ), None
    if share := _share(heir, first, parts, moved):
        return made._replace(base=share, value=share, half=0.005, text=f"{share:.2f}% ({names}, tính lại)"), None
    return made, reason("not_summed", names)


def _older(unit: Unit, parts: dict[Unit, Claim]) -> bool:
    """Whether a part told is what the unit was before."""
    return any(u.code == unit.code for u in parts)


def _additive(claim: Claim) -> bool:
    known = catalogue().get(claim.indicator_id or "")
    if claim.measure.family == "percent" or claim.measure.per or claim.fulfilment or claim.out_of is not None:
        return False
    return known.additive if known else "bình quân" not in claim.indicator.lower()


def _share(heir: Unit, first: Claim, parts: dict[Unit, Claim], moved: dict[Any, dict[Unit, Claim]]) -> float | None:
    """The rate of the whole from the counts of its parts, in percent."""
    if first.indicator_id not in _SHARES or first.change or first.measure.family != "percent":
        return None
    sums = []
    for id in _SHARES[first.indicator_id]:
        counts = [
            by_unit
            for (where, what), by_unit in moved.items()
            if where is heir and what[0][0] == id and what[1] == "count" and not what[3]
            and what[6] == first.lag and what[5] == first.role and set(by_unit) >= set(parts)
        ]  # fmt: skip
        if not counts:
            return None
        sums.append(sum(counts[0][unit].base for unit in parts))
    return 100 * sums[0] / sums[1] if sums[1] else None
