"""Bare numbers that take the unit of their list, its head, or the noun that their clause counts (annotation guide)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from extractor.finding import units
from extractor.finding.spots import Spot

REACH = 200
"""How far, in characters, a list's unit carries."""


@lru_cache(maxsize=1)
def _closes() -> regex.Pattern[str]:
    """What stands after a bare number that is a list item of its own."""
    follows = r"\(|(?:đạt|chiếm|=|bằng|tăng|giảm)\s"
    return regex.compile(rf"[ \xa0]*+(?:[;,)\n]|và\s|\.(?!\d)|$|{follows})")


@lru_cache(maxsize=1)
def _breaks() -> regex.Pattern[str]:
    """The end of a sentence or paragraph."""
    return regex.compile(r"\n|\.\s+(?=\p{Lu})")


@lru_cache(maxsize=1)
def _head() -> regex.Pattern[str]:
    return regex.compile(r"\(|trong đó|gồm|cụ thể|chia ra|lần lượt|như sau|tương ứng")


@lru_cache(maxsize=1)
def _counted() -> regex.Pattern[str]:
    """The noun that a clause counts: `Tổng số hộ nghèo`, `số lớp`, `Tỷ lệ thu hút học sinh`."""
    return regex.compile(r"(?:^|(?<!\w))(?:tổng\s)?số\s(?:lượng\s)?(?=\p{L})", regex.IGNORECASE)


def inherit(text: str, spots: list[Spot]) -> None:
    """Set the unit of each bare spot that its list or clause gives one; the others stay bare."""
    for index, spot in enumerate(spots):
        if spot.unit is not None or _closes().match(text, spot.last) is None:
            continue
        found = _after_share(text, spot.last) or (_same_total(text, spots, index) if spot.of else None)
        colon = _colon(text, spot.start)
        if found is None and (colon or _label_name(text, spot.start)):
            found = _sibling(text, spots, index) or _heading(text, spots, index)
            if found is not None and not colon and not _counts_names(text, spots, index, found):
                found = None
        if found is None and (colon or spot.words[-1:] in (["là"], ["còn"], ["đạt"], ["có"])):
            found = _clause(text, spots, index)
        if found is not None:
            spot.unit, spot.inherited, spot.sure = replace(found, end=spot.last), True, 0.7


@lru_cache(maxsize=1)
def _share() -> regex.Pattern[str]:
    return regex.compile(r"\s?\((?:\p{L}{1,6}\s)?[0-9.,]{1,8}\s?%\)(?=\s\p{L})")


def _after_share(text: str, at: int) -> units.Unit | None:
    """The unit that stands behind the share in brackets: `16/19 (84,2%) tiêu chí`."""
    share = _share().match(text, at)
    return units.read_unit(text, share.end()) if share is not None else None


def _colon(text: str, start: int) -> bool:
    """Whether a colon or an equals sign stands before the number."""
    return text[max(0, start - 3) : start].rstrip()[-1:] in (":", "=") and start > 0


def _label_name(text: str, start: int) -> str:
    """The capitalised words directly before the number, as in a place's name (`Yên Bái 20`); empty where none."""
    match = _name().search(text, max(0, start - 28), start)
    return match[1] if match is not None else ""


@lru_cache(maxsize=1)
def _name() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){0,3}+)[ \xa0]$")


def _counts_names(text: str, spots: list[Spot], index: int, unit: units.Unit) -> bool:
    """Whether names with numbers are a list of counts (`Yên Bái 2, Hòa Bình 7`), not numbered names (`Phú Hòa 1`)."""
    if unit.group in units.PLACE_GROUPS:
        return False
    name = _label_name(text, spots[index].start)
    beside = [s for s in spots[max(0, index - 1) : index + 2] if s is not spots[index]]
    return all(_label_name(text, s.start) != name for s in beside)


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a sentence or paragraph ends between two places, or they lie too far apart."""
    return end - start > REACH or _breaks().search(text, start, end) is not None


def _depth(text: str, start: int, end: int) -> int | None:
    """How many brackets open between two places and stay open; None where one closes that opened before."""
    depth = 0
    for char in text[start:end]:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return None
    return depth


def _same_total(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of an earlier ratio with the same total: `179/195 người … 183/195`."""
    spot = spots[index]
    assert spot.of is not None
    total = text[spot.of[0] : spot.of[1]]
    for other in reversed(spots[max(0, index - 6) : index]):
        if other.unit is not None and other.of is not None and text[other.of[0] : other.of[1]] == total:
            return None if "\n" in text[other.last : spot.start] else other.unit
    return None


def _sibling(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the nearest item of the same list, before or after, percentages passed over."""
    spot = spots[index]
    for other in reversed(spots[max(0, index - 5) : index]):
        if _apart(text, other.last, spot.start):
            break
        if _is_item(text, other) and _depth(text, other.last, spot.start) == 0:
            return other.unit
    for other in spots[index + 1 : index + 5]:
        if _apart(text, spot.last, other.start):
            break
        if _is_item(text, other) and _depth(text, spot.last, other.start) == 0:
            return other.unit
    return None


def _is_item(text: str, spot: Spot) -> bool:
    """Whether the number has a unit to give and a label before it, as the items of a list have."""
    if spot.unit is None or spot.unit.kind == "percent":
        return False
    return _colon(text, spot.start) or bool(_label_name(text, spot.start))


def _heading(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the figure that opens the list: `14 hội nghị (Mường Khương: 10; Bát Xát: 02)`."""
    spot = spots[index]
    for other in reversed(spots[max(0, index - 4) : index]):
        if _apart(text, other.last, spot.start):
            break
        if other.unit is None or other.inherited or other.unit.kind in ("percent", "money"):
            continue
        if _depth(text, other.unit.end, spot.start) is not None:
            return other.unit if _head().search(text, other.unit.end, spot.start) else None
    return None


def _clause(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The noun that the words before the number count: `Tổng số hộ nghèo: 120`, `số lớp là 45`."""
    spot = spots[index]
    floor = max(0, spot.start - REACH, spots[index - 1].last if index else 0)
    for cut in _breaks().finditer(text, floor, spot.start):
        floor = cut.end()
    lex = units.lexicon()
    for match in _counted().finditer(text, floor, spot.start):
        hit = units.longest(text, match.end(), lex.words, lex.openings)
        if hit is not None and hit[0] <= spot.start and lex.words[hit[1]].kind in ("other", "household", "criteria"):
            entry = lex.words[hit[1]]
            return units.Unit(spot.last, entry.unit or hit[1], entry.kind, entry.group, not entry.measured)
    if spot.of is None:
        return None
    word = regex.compile(r"\p{L}++")
    for match in word.finditer(text, floor, spot.start):
        hit = units.longest(text, match.start(), lex.words, lex.openings)
        if hit is not None and hit[0] <= spot.start and lex.words[hit[1]].group in COUNTED_GROUPS:
            entry = lex.words[hit[1]]
            return units.Unit(spot.last, entry.unit or hit[1], entry.kind, entry.group, not entry.measured)
    return None


COUNTED_GROUPS = frozenset({"households", "people", "staff, posts, ranks", "schools", "communes", "villages"})
