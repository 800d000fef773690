"""The noun that the words around a bare number say it counts: before a colon, in its label, behind its share."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.finding import list_shape, units
from extractor.finding.lexicon import NOT_A_UNIT, lexicon, longest
from extractor.finding.spots import Spot

COUNTED_GROUPS = frozenset({"households", "people", "staff, posts, ranks", "schools", "communes", "villages"})


@lru_cache(maxsize=1)
def _share() -> regex.Pattern[str]:
    return regex.compile(r"\s?\((?:\p{L}{1,6}\s)?[0-9.,]{1,8}\s?%\)(?=\s\p{L})")


def after_share(text: str, at: int) -> units.Unit | None:
    """The unit that stands behind the share in brackets: `16/19 (84,2%) tiêu chí`."""
    share = _share().match(text, at)
    return units.read_unit(text, share.end()) if share is not None else None


def in_own_brackets(text: str, at: int) -> units.Unit | None:
    """The unit that brackets directly behind the number hold alone: `3.915/31.200 (triệu đồng)`."""
    opened = _own_bracket().match(text, at)
    unit = units.read_unit(text, opened.end()) if opened is not None else None
    return unit if unit is not None and _shuts().match(text, unit.end) is not None else None


@lru_cache(maxsize=1)
def _own_bracket() -> regex.Pattern[str]:
    return regex.compile(r"[ \xa0]?\((?:(?:ĐVT|đơn vị(?: tính)?)\s?:\s?)?(?=[\p{L}%])")


@lru_cache(maxsize=1)
def _shuts() -> regex.Pattern[str]:
    return regex.compile(r"[ \xa0]?\)")


@lru_cache(maxsize=1)
def _rate_label() -> regex.Pattern[str]:
    return regex.compile(
        r"(\p{L}[\p{L} ]{1,24}?)\s?/\s?(\p{L}[\p{L} ]{0,14}?)\s?[:≥≤=]?\s?(?:là\s|đạt\s|\p{Lu}{2,5}\s)?[≥≤]?\s?$"
    )


def rate_in_label(text: str, spot: Spot) -> units.Unit | None:
    """The rate that the label names: `Bác sĩ/vạn dân: 9,12`."""
    label = _rate_label().search(text, max(0, spot.start - 48), spot.start)
    if label is None:
        return None
    lex = lexicon()
    words = label[1].lower().split()
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        hit = longest(phrase, 0, lex.words, lex.openings)
        if hit is not None and label[2].lower() in lex.rates and lex.words[hit[1]].group != NOT_A_UNIT:
            entry = lex.words[hit[1]]
            noun = f"{entry.unit or phrase}/{label[2].lower()}"
            return units.Unit(spot.last, noun, entry.kind, entry.group, False, rate=True)
    return None


def announced(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The noun that opens a list without a number: `ca bệnh như sau: Hà Nội (2.981)`, `Số trường: mầm non 12; …`."""
    spot = spots[index]
    floor = max(0, spot.start - list_shape.REACH, spots[index - 1].last if index else 0)
    colon = text.rfind(":", floor, spot.start)
    if colon < 0 or list_shape.apart(text, colon, spot.start):
        return None
    counted = clause(text, spots, index) if _counted().search(text, floor, colon) else None
    if counted is not None:
        return counted
    words = _opener_end().sub("", text[max(floor, colon - 60) : colon]).split()
    lex = lexicon()
    for size in (3, 2, 1):
        noun = " ".join(words[-size:]).lower()
        if len(words) > size and noun in lex.words and not lex.words[noun].measured:
            return counted_unit(spot, noun) if lex.words[noun].kind in ("other", "household") else None
    return None


@lru_cache(maxsize=1)
def _opener_end() -> regex.Pattern[str]:
    return regex.compile(r"\s*(?:như\ssau|sau\sđây|cụ\sthể|gồm\scó|gồm|là)\s*$")


@lru_cache(maxsize=1)
def _counted() -> regex.Pattern[str]:
    """The noun that a clause counts: `Tổng số hộ nghèo`, `số lớp`, `Tỷ lệ thu hút học sinh`."""
    return regex.compile(r"(?:^|(?<!\w))(?:tổng\s)?số\s(?:lượng\s)?(?=\p{L})", regex.IGNORECASE)


def clause(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The noun that the words before the number count: `Tổng số hộ nghèo: 120`, `số lớp là 45`."""
    spot = spots[index]
    floor = max(0, spot.start - list_shape.REACH, spots[index - 1].last if index else 0)
    for cut in list_shape.breaks().finditer(text, floor, spot.start):
        floor = cut.end()
    lex = lexicon()
    for match in _counted().finditer(text, floor, spot.start):
        hit = longest(text, match.end(), lex.words, lex.openings)
        if hit is not None and hit[0] <= spot.start and lex.words[hit[1]].kind in ("other", "household", "criteria"):
            return counted_unit(spot, hit[1])
    if spot.of is None:
        return None
    for word in _word().finditer(text, floor, spot.start):
        hit = longest(text, word.start(), lex.words, lex.openings)
        if hit is not None and hit[0] <= spot.start and lex.words[hit[1]].group in COUNTED_GROUPS:
            return counted_unit(spot, hit[1])
    return None


@lru_cache(maxsize=1)
def _word() -> regex.Pattern[str]:
    return regex.compile(r"\p{L}++")


def counted_unit(spot: Spot, noun: str) -> units.Unit | None:
    entry = lexicon().words[noun]
    if entry.group == NOT_A_UNIT:
        return None
    return units.Unit(spot.last, entry.unit or noun, entry.kind, entry.group, not entry.measured)
