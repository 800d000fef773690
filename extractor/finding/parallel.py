"""Items that repeat the pair of the first one: `136 Tổ/201 triệu đồng; … 108/161`, `61 tỷ (1.803 hộ); … 104 (3.012)`.

The units pass on position by position: what the first full item counts in each place, the later items count there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.finding import list_shape
from extractor.finding.spots import Spot
from extractor.finding.units import Unit


@dataclass(frozen=True, slots=True)
class Pair:
    """The two units of an item, how they are written (`/` or `(`), its first number, where the row's last item ends."""

    first: Unit
    second: Unit
    mark: str
    total: str
    end: int


@lru_cache(maxsize=1)
def _between() -> regex.Pattern[str]:
    return regex.compile(r"[ \xa0]?([/(])[ \xa0]?(?=[0-9])")


@lru_cache(maxsize=1)
def _shut() -> regex.Pattern[str]:
    return regex.compile(r"[ \xa0]?\)")


def settle(text: str, spots: list[Spot]) -> list[Spot]:
    """`spots` with the units that a row of pairs gives; a bare `108/161.022` of such a row becomes two spots."""
    settled: list[Spot] = []
    pair: Pair | None = None
    for at, spot in enumerate(spots):
        if pair is not None and (_interrupts(spots, at, pair) or list_shape.apart(text, pair.end, spot.start)):
            pair = None
        if pair is not None and pair.mark == "/" and _is_bare_pair(text, spot, pair):
            assert spot.of is not None
            first = Spot(spot.start, spot.end, None, _at(pair.first, spot.end), spot.words, inherited=True, sure=0.7)
            second = Spot(*spot.of, None, _at(pair.second, spot.last), [], inherited=True, sure=0.7)
            settled += [first, second]
            pair = replace(pair, end=spot.last)
            continue
        before = settled[-1] if settled else None
        settled.append(spot)
        mark = _mark(text, before, spot)
        if before is None or mark is None:
            continue
        if before.unit is not None and spot.unit is not None:
            pair = _opened(before.unit, spot.unit, mark, text[before.start : before.end]) or pair
        elif pair is not None and spot.unit is None and pair.mark == mark:
            if before.unit is None and _labelled(text, before):
                _give(before, pair.first)
            if before.unit is not None and before.unit.name == pair.first.name:
                _give(spot, pair.second)
                pair = replace(pair, end=spot.last)
    return settled


def _is_bare_pair(text: str, spot: Spot, pair: Pair) -> bool:
    """Whether a bare `a/b` is two counts; one whose total opened the row is a part: `64 vụ/31 ha, xử lý 19/64`."""
    if spot.of is None or spot.unit is not None or not _labelled(text, spot):
        return False
    return text[spot.of[0] : spot.of[1]] != pair.total


def _interrupts(spots: list[Spot], at: int, pair: Pair) -> bool:
    """Whether another count stood between a row of strokes and this number: `124 lượt/156 người; 45 đơn, xử lý 45/45`.

    The first half of an item that names its unit again is none: `37 tổ/54.821`.
    """
    between = spots[at - 1]
    if pair.mark != "/" or between.start < pair.end or (between.unit is not None and between.unit.kind == "percent"):
        return False
    return between.unit is None or between.unit.end + 1 != spots[at].start


def _mark(text: str, before: Spot | None, spot: Spot) -> str | None:
    """The mark that pairs two numbers: a stroke, or a bracket that holds the second alone."""
    if before is None or spot.of is not None or before.of is not None:
        return None
    link = _between().match(text, before.unit.end if before.unit is not None else before.last)
    if link is None or link.end() != spot.start:
        return None
    end = spot.unit.end if spot.unit is not None else spot.last
    return link[1] if link[1] == "/" or _shut().match(text, end) is not None else None


def _opened(first: Unit, second: Unit, mark: str, total: str) -> Pair | None:
    """The pair that an item with two different counts opens; a share beside a count opens none."""
    if "percent" in (first.kind, second.kind) or first.name == second.name or first.rate or second.rate:
        return None
    return Pair(first, second, mark, total, second.end)


def _labelled(text: str, spot: Spot) -> bool:
    return bool(spot.words) or list_shape.colon(text, spot.start)


def _at(unit: Unit, end: int) -> Unit:
    return replace(unit, end=end)


def _give(spot: Spot, unit: Unit) -> None:
    spot.unit, spot.inherited, spot.sure = _at(unit, spot.last), True, 0.7
