"""Bare numbers that take the unit of their list, its head, or the noun that their clause counts (annotation guide).

A list runs in brackets after a figure (`47 trường (MN 14, TH 22)`), after a colon, over bullets, or through the items
of one sentence (`khỏi bệnh 5.104, tử vong 57`). A number whose list cannot be told stays bare.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from extractor.finding import list_nouns, list_shape, numbers, units
from extractor.finding.lexicon import PLACE_GROUPS
from extractor.finding.numbers import Habit
from extractor.finding.spots import Spot

CHANGES = frozenset("tăng giảm thêm vượt hơn kém bằng gấp so lên xuống thứ số tới khoảng trên dưới cả".split())
"""Words before a bare number that make it a change or an ordinal, not an item of a list."""
WHOLE_SPANS = frozenset({"12/12", "24/24", "24/7", "7/7", "9/12", "10/12", "11/12"})
"""Ratios that are names: grades of schooling, hours of the day."""
STROKES = frozenset("/-–")
PLANS = frozenset({"KH", "CK", "MT", "NQ", "DT", "CT"})
"""Labels of a plan's or an earlier year's number beside an outcome: `9,12 (KH 9)`."""


@lru_cache(maxsize=1)
def _head() -> regex.Pattern[str]:
    return regex.compile(r"\(|:|trong đó|gồm|cụ thể|chia ra|lần lượt|như sau|tương ứng")


def inherit(text: str, spots: list[Spot], habit: Habit) -> None:
    """Set the unit of each bare spot that its list or clause gives one; the others stay bare."""
    for index, spot in enumerate(spots):
        surface = text[spot.start : spot.last]
        if (
            spot.unit is not None
            or list_shape.closes().match(text, spot.last) is None
            or _year(surface)
            or surface in WHOLE_SPANS
        ):
            continue
        found = list_nouns.after_share(text, spot.last) or (_same_total(text, spots, index) if spot.of else None)
        found = found or list_nouns.rate_in_label(text, spot)
        if (found is None and (spot.words[-1:] and spot.words[-1] in CHANGES)) or _is_mark(text, spots, index):
            continue
        if found is None and spot.words[-1:] == ["là"]:
            found = list_nouns.clause(text, spots, index)
        opened = list_shape.bracket(text, spots, index)
        colon = list_shape.colon(text, spot.start)
        if found is None and opened is not None:
            found = _in_brackets(text, spots, index, opened, habit)
        elif found is None and list_shape.is_label(text, spot, colon):
            found = (
                _sibling(text, spots, index) or _heading(text, spots, index) or list_nouns.announced(text, spots, index)
            )
            if found is not None and not colon and not _counts_names(text, spots, index, found):
                found = None
        if found is None and (colon or spot.words[-1:] in (["còn"], ["đạt"], ["có"])):
            found = list_nouns.clause(text, spots, index)
        if found is not None and not (found.whole and _percentage().fullmatch(text, spot.start, spot.end)):
            spot.unit, spot.inherited, spot.sure = replace(found, end=spot.last), True, 0.7


def _is_mark(text: str, spots: list[Spot], index: int) -> bool:
    """Whether the number goes on another (`0218 3909 192`, `ha/253`) or is a small mark behind a unit (`8 người 1`)."""
    start = spots[index].start
    goes_on = text[start - 2 : start - 1].isdigit() and text[start : spots[index].last].isdigit()
    if goes_on or (start and text[start - 1] == "/"):
        return True
    before = spots[index - 1].unit if index else None
    return before is not None and spots[index].last - start < 3 and text[before.end : start].isspace()


def _year(surface: str) -> bool:
    return len(surface) == 4 and surface.isdigit() and surface[:2] in ("19", "20")


def _counts_names(text: str, spots: list[Spot], index: int, unit: units.Unit) -> bool:
    """Whether names with numbers are a list of counts (`Yên Bái 2, Hòa Bình 7`), not numbered names (`Phú Hòa 1`)."""
    name = list_shape.label_name(text, spots[index].start)
    if not name:
        return True
    if unit.group in PLACE_GROUPS:
        return False
    beside = [s for s in spots[max(0, index - 1) : index + 2] if s is not spots[index]]
    return all(list_shape.label_name(text, s.start) != name for s in beside)


def _in_brackets(text: str, spots: list[Spot], index: int, opened: int, habit: Habit) -> units.Unit | None:
    """The unit of the items beside in the same brackets, or of the figure before them, whose part the number is."""
    spot = spots[index]
    alone = opened == spot.start - 1
    label = text[opened + 1 : spot.start].strip()
    named = label.isupper() and label.isalpha() and label not in PLANS
    if named and len(text[spot.start : spot.last]) == 1 and text[spot.last] == ")":
        return None  # a name: (JICA 3)
    inside = None if alone else _sibling(text, spots, index, opened)
    if inside is not None:
        return inside if _counts_names(text, spots, index, inside) else None
    for at in range(index - 1, max(-1, index - 7), -1):
        other = _lead(text, spots, at)
        if other.start > opened:
            continue
        if list_shape.apart(text, other.last, opened) or other.unit is None:
            break
        if other.unit.kind == "percent":
            continue
        alike = alone and text[other.start - 1 : other.start] == "("
        alike = alike or (other.unit.rate and bool(spot.words) and not text[other.unit.end : opened].strip())
        if not _counts_names(text, spots, index, other.unit) or not (alike or _is_part(text, spot, other, habit)):
            return None
        return other.unit
    return list_nouns.announced(text, spots, index) if alone and list_shape.label_name(text, opened) else None


def _is_part(text: str, spot: Spot, whole: Spot, habit: Habit) -> bool:
    """Whether a number can be a part of the figure before it: no larger, and not a lone small mark."""
    assert whole.unit is not None
    part = numbers.parse(text[spot.start : spot.end], habit, whole=whole.unit.whole)
    total = numbers.parse(text[whole.start : whole.end], habit, whole=whole.unit.whole)
    return part is not None and total is not None and part[0] <= total[0]


def _same_total(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of an earlier figure with the same total: `179/195 người … 183/195`, `64 trường hợp … 19/64`."""
    spot = spots[index]
    assert spot.of is not None
    total = text[spot.of[0] : spot.of[1]]
    for other in reversed(spots[max(0, index - 6) : index]):
        own = text[other.of[0] : other.of[1]] if other.of is not None else text[other.start : other.end]
        if other.unit is not None and other.unit.kind != "percent" and own == total:
            return None if "\n" in text[other.last : spot.start] else other.unit
    return None


def _sibling(text: str, spots: list[Spot], index: int, floor: int = 0) -> units.Unit | None:
    """The unit of the nearest item of the same list (at or after `floor`), before or after the number.

    Shares in percent give their unit only to a number with decimals; a small whole number takes none that has decimals.
    """
    spot = spots[index]
    surface = text[spot.start : spot.end]
    decimal = spot.of is None and _percentage().fullmatch(surface) is not None
    small = surface.isdigit() and (surface[0] == "0" or len(surface) < 3)
    share: units.Unit | None = None
    far: units.Unit | None = None
    for at in range(index - 1, max(-1, index - 6), -1):
        other = spots[at]
        if other.start < floor or list_shape.apart(text, other.last, spot.start):
            break
        lead = _lead(text, spots, at)
        if lead.unit is None or not _is_item(text, other) or list_shape.depth(text, other.last, spot.start) != 0:
            continue
        if lead.unit.kind == "percent":
            share = share or lead.unit
        elif not (small and lead.unit.whole is False):
            if share is not None and decimal:
                return share
            if not list_shape.other_bullet(text, other.last, spot.start):
                return lead.unit
            far = lead.unit
            break
    before = spot
    for other in spots[index + 1 : index + 16]:
        if list_shape.apart(text, before.last, other.start) or list_shape.depth(text, spot.last, other.start) is None:
            break
        before = other
        if other.unit is None or not _is_item(text, other) or list_shape.depth(text, spot.last, other.start) != 0:
            continue
        if far is not None and list_shape.other_bullet(text, spot.last, other.start):
            break
        if (other.unit.kind != "percent" or decimal) and not (small and other.unit.whole is False):
            return other.unit
    return far or (share if decimal else None)


@lru_cache(maxsize=1)
def _percentage() -> regex.Pattern[str]:
    return regex.compile(r"[0-9]{1,2}[.,][0-9]{1,2}")


def _lead(text: str, spots: list[Spot], at: int) -> Spot:
    """The first of figures paired by a stroke: of `142 con/12 hộ` the 142 con, which a list then divides."""
    while at and (before := spots[at - 1].unit) is not None and text[before.end : spots[at].start].strip() in STROKES:
        at -= 1
    return spots[at]


def _is_item(text: str, spot: Spot) -> bool:
    """Whether the number has a unit to give and a label before it, as the items of a list have."""
    if spot.unit is None or (spot.unit.rate and not spot.inherited):
        return False
    return list_shape.colon(text, spot.start) or bool(list_shape.label_name(text, spot.start)) or bool(spot.words)


def _heading(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the figure that opens the list: `14 hội nghị (Mường Khương: 10; Bát Xát: 02)`."""
    spot = spots[index]
    for at in range(index - 1, max(-1, index - 5), -1):
        other, lead = spots[at], _lead(text, spots, at)
        if list_shape.apart(text, other.last, spot.start):
            break
        if other.unit is None or lead.unit is None or other.inherited or other.unit.kind == "percent":
            continue
        if list_shape.depth(text, other.unit.end, spot.start) is not None:
            return lead.unit if _head().search(text, other.unit.end, spot.start) else None
    return None
