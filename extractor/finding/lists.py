"""Bare numbers that take the unit of their list, its head, or the noun that their clause counts (annotation guide).

A list runs in brackets after a figure (`47 trường (MN 14, TH 22)`), after a colon, over bullets, or through the items
of one sentence (`khỏi bệnh 5.104, tử vong 57`). A number whose list cannot be told stays bare.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from extractor.finding import numbers, units
from extractor.finding.numbers import Habit
from extractor.finding.spots import Spot

REACH = 220
"""How far, in characters, a list's unit carries from one item to the next."""
CHANGES = frozenset("tăng giảm thêm vượt hơn kém bằng gấp so lên xuống thứ số tới khoảng trên dưới cả".split())
"""Words before a bare number that make it a change or an ordinal, not an item of a list."""
WHOLE_SPANS = frozenset({"12/12", "24/24", "24/7", "7/7", "9/12", "10/12", "11/12"})
"""Ratios that are names: grades of schooling, hours of the day."""
STROKES = frozenset("/-–")
PLANS = frozenset({"KH", "CK", "MT", "NQ", "DT", "CT"})
"""Labels of a plan's or an earlier year's number beside an outcome: `9,12 (KH 9)`."""
COUNTED_GROUPS = frozenset({"households", "people", "staff, posts, ranks", "schools", "communes", "villages"})


@lru_cache(maxsize=1)
def _closes() -> regex.Pattern[str]:
    """What stands after a bare number that is a list item of its own."""
    follows = r"(?:đạt|chiếm|=|bằng|tăng|giảm|thuộc|tạm|do)\s"
    return regex.compile(rf"[ \xa0]*+(?:[;:,)\n(+]|và\s|\.(?!\d)|$|{follows})")


@lru_cache(maxsize=1)
def _breaks() -> regex.Pattern[str]:
    """The end of a sentence or paragraph; a line that goes on with a bullet, or that only a wrap began, is no end."""
    wrapped = r"(?<=\p{L}\n)[0-9][0-9.,/]*+[ \xa0](?:\p{Ll}|\p{Lu}{2})"
    goes_on = r"[ \t]*(?:[-+*•–]|\p{Ll}(?!\))|" + wrapped + ")"
    return regex.compile(r"(?<![:,(])\n(?!" + goes_on + r")|(?<!\p{Lu})\.\s+(?=\p{Lu})")


@lru_cache(maxsize=1)
def _head() -> regex.Pattern[str]:
    return regex.compile(r"\(|:|trong đó|gồm|cụ thể|chia ra|lần lượt|như sau|tương ứng")


@lru_cache(maxsize=1)
def _counted() -> regex.Pattern[str]:
    """The noun that a clause counts: `Tổng số hộ nghèo`, `số lớp`, `Tỷ lệ thu hút học sinh`."""
    return regex.compile(r"(?:^|(?<!\w))(?:tổng\s)?số\s(?:lượng\s)?(?=\p{L})", regex.IGNORECASE)


@lru_cache(maxsize=1)
def _name() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){0,3}+|[A-ZĐƯ&]{2,9}+)[ \xa0]\(?$")


@lru_cache(maxsize=1)
def _share() -> regex.Pattern[str]:
    return regex.compile(r"\s?\((?:\p{L}{1,6}\s)?[0-9.,]{1,8}\s?%\)(?=\s\p{L})")


@lru_cache(maxsize=1)
def _rate_label() -> regex.Pattern[str]:
    return regex.compile(
        r"(\p{L}[\p{L} ]{1,24}?)\s?/\s?(\p{L}[\p{L} ]{0,14}?)\s?[:≥≤=]?\s?(?:là\s|đạt\s|\p{Lu}{2,5}\s)?[≥≤]?\s?$"
    )


def inherit(text: str, spots: list[Spot], habit: Habit) -> None:
    """Set the unit of each bare spot that its list or clause gives one; the others stay bare."""
    for index, spot in enumerate(spots):
        surface = text[spot.start : spot.last]
        if (
            spot.unit is not None
            or _closes().match(text, spot.last) is None
            or _year(surface)
            or surface in WHOLE_SPANS
        ):
            continue
        found = _after_share(text, spot.last) or (_same_total(text, spots, index) if spot.of else None)
        found = found or _rate_in_label(text, spot)
        if (found is None and (spot.words[-1:] and spot.words[-1] in CHANGES)) or _is_mark(text, spots, index):
            continue
        if found is None and spot.words[-1:] == ["là"]:
            found = _clause(text, spots, index)
        opened = _bracket(text, spots, index)
        colon = _colon(text, spot.start)
        if found is None and opened is not None:
            found = _in_brackets(text, spots, index, opened, habit)
        elif found is None and _is_label(text, spot, colon):
            found = _sibling(text, spots, index) or _heading(text, spots, index) or _announced(text, spots, index)
            if found is not None and not colon and not _counts_names(text, spots, index, found):
                found = None
        if found is None and (colon or spot.words[-1:] in (["còn"], ["đạt"], ["có"])):
            found = _clause(text, spots, index)
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


def _after_share(text: str, at: int) -> units.Unit | None:
    """The unit that stands behind the share in brackets: `16/19 (84,2%) tiêu chí`."""
    share = _share().match(text, at)
    return units.read_unit(text, share.end()) if share is not None else None


def _rate_in_label(text: str, spot: Spot) -> units.Unit | None:
    """The rate that the label names: `Bác sĩ/vạn dân: 9,12`."""
    label = _rate_label().search(text, max(0, spot.start - 48), spot.start)
    if label is None:
        return None
    lex = units.lexicon()
    words = label[1].lower().split()
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        hit = units.longest(phrase, 0, lex.words, lex.openings)
        if hit is not None and label[2].lower() in lex.rates and lex.words[hit[1]].group != units.NOT_A_UNIT:
            entry = lex.words[hit[1]]
            noun = f"{entry.unit or phrase}/{label[2].lower()}"
            return units.Unit(spot.last, noun, entry.kind, entry.group, False, rate=True)
    return None


def _colon(text: str, start: int) -> bool:
    """Whether a colon or an equals sign stands before the number."""
    return text[max(0, start - 3) : start].rstrip()[-1:] in (":", "=") and start > 0


def _label_name(text: str, start: int) -> str:
    """The capitalised words directly before the number, as in a place's name (`Yên Bái 20`); empty where none."""
    match = _name().search(text, max(0, start - 28), start)
    return match[1] if match is not None else ""


def _is_label(text: str, spot: Spot, colon: bool) -> bool:
    """Whether a label of a count stands before the number: a colon, a name, or, for a large number, any word."""
    if colon:
        return True
    surface = text[spot.start : spot.last]
    if _label_name(text, spot.start):
        return len(surface) > 1 or _parent_follows().match(text, spot.last) is None
    told = surface[0] == "0" or len(surface) > 2 or spot.words[-1:] == ["là"]
    if not spot.words:
        return told and text[max(0, spot.start - 2) : spot.start].strip() == ")"
    return told or _share_follows().match(text, spot.last) is not None or _item(text, spot)


def _item(text: str, spot: Spot) -> bool:
    """Whether the number ends an item of a list, a few words between two marks: `; đình chỉ 51; xét xử 51.`"""
    label = _item_label().search(text, max(0, spot.start - 48), spot.start)
    return label is not None and _item_end().match(text, spot.last) is not None


@lru_cache(maxsize=1)
def _item_label() -> regex.Pattern[str]:
    return regex.compile(r"[;:,(]\s(?:\p{L}{1,12}\s){1,6}$|(?<=\()(?:\p{L}{1,12}\s){1,6}$")


@lru_cache(maxsize=1)
def _item_end() -> regex.Pattern[str]:
    return regex.compile(r"\s?(?:[;)]|,\s|\.(?=\s|$)|$)")


@lru_cache(maxsize=1)
def _parent_follows() -> regex.Pattern[str]:
    """The class of place that follows a numbered name: `cầu Phú Hải 2, xã …`."""
    return regex.compile(
        r",?\s(?:xã|phường|thị|huyện|quận|thành\sphố|tỉnh|thôn|bản|ấp|TP|TX|TT)[\s.]"
        r"(?!(?:\p{Lu}\p{L}*+\s){1,4}\(?[0-9])"
    )


def _announced(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The noun that opens a list without a number: `ca bệnh như sau: Hà Nội (2.981)`, `Số trường: mầm non 12; …`."""
    spot = spots[index]
    floor = max(0, spot.start - REACH, spots[index - 1].last if index else 0)
    colon = text.rfind(":", floor, spot.start)
    if colon < 0 or _apart(text, colon, spot.start):
        return None
    counted = _clause(text, spots, index) if _counted().search(text, floor, colon) else None
    if counted is not None:
        return counted
    words = _opener_end().sub("", text[max(floor, colon - 60) : colon]).split()
    lex = units.lexicon()
    for size in (3, 2, 1):
        noun = " ".join(words[-size:]).lower()
        if len(words) > size and noun in lex.words and not lex.words[noun].measured:
            return _counted_unit(spot, noun) if lex.words[noun].kind in ("other", "household") else None
    return None


@lru_cache(maxsize=1)
def _opener_end() -> regex.Pattern[str]:
    return regex.compile(r"\s*(?:như\ssau|sau\sđây|cụ\sthể|gồm\scó|gồm|là)\s*$")


@lru_cache(maxsize=1)
def _share_follows() -> regex.Pattern[str]:
    return regex.compile(r"\s?\((?:\p{L}{1,6}\s)?[0-9.,]{1,8}\s?%\)")


def _counts_names(text: str, spots: list[Spot], index: int, unit: units.Unit) -> bool:
    """Whether names with numbers are a list of counts (`Yên Bái 2, Hòa Bình 7`), not numbered names (`Phú Hòa 1`)."""
    name = _label_name(text, spots[index].start)
    if not name:
        return True
    if unit.group in units.PLACE_GROUPS:
        return False
    beside = [s for s in spots[max(0, index - 1) : index + 2] if s is not spots[index]]
    return all(_label_name(text, s.start) != name for s in beside)


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a sentence or paragraph ends between two places, or they lie too far apart."""
    if end - start > REACH:
        return True
    cut = _breaks().search(text, start, end + 12)
    return cut is not None and cut.start() < end


def _depth(text: str, start: int, end: int) -> int | None:
    """How many brackets open between two places and stay open; None where one closes that opened before."""
    between = text[start:end]
    if "(" not in between and ")" not in between:
        return 0
    depth = 0
    for char in between:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return None
    return depth


def _bracket(text: str, spots: list[Spot], index: int) -> int | None:
    """Where the innermost bracket around the number opens, within reach; None outside brackets."""
    depth, start = 0, spots[index].start
    if text.find("(", max(0, start - REACH), start) < 0:
        return None
    for at in range(start - 1, max(-1, start - REACH), -1):
        char = text[at]
        if char == "\n":
            return None
        depth += (char == ")") - (char == "(")
        if depth < 0:
            return at
    return None


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
        if _apart(text, other.last, opened) or other.unit is None:
            break
        if other.unit.kind == "percent":
            continue
        alike = alone and text[other.start - 1 : other.start] == "("
        alike = alike or (other.unit.rate and bool(spot.words) and not text[other.unit.end : opened].strip())
        if not _counts_names(text, spots, index, other.unit) or not (alike or _is_part(text, spot, other, habit)):
            return None
        return other.unit
    return _announced(text, spots, index) if alone and _label_name(text, opened) else None


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
        if other.start < floor or _apart(text, other.last, spot.start):
            break
        lead = _lead(text, spots, at)
        if lead.unit is None or not _is_item(text, other) or _depth(text, other.last, spot.start) != 0:
            continue
        if lead.unit.kind == "percent":
            share = share or lead.unit
        elif not (small and lead.unit.whole is False):
            if share is not None and decimal:
                return share
            if not _other_bullet(text, other.last, spot.start):
                return lead.unit
            far = lead.unit
            break
    before = spot
    for other in spots[index + 1 : index + 16]:
        if _apart(text, before.last, other.start) or _depth(text, spot.last, other.start) is None:
            break
        before = other
        if other.unit is None or not _is_item(text, other) or _depth(text, spot.last, other.start) != 0:
            continue
        if far is not None and _other_bullet(text, spot.last, other.start):
            break
        if (other.unit.kind != "percent" or decimal) and not (small and other.unit.whole is False):
            return other.unit
    return far or (share if decimal else None)


def _other_bullet(text: str, start: int, end: int) -> bool:
    """Whether a new bullet begins between two items: a list on one line is closer kin than the line before."""
    return _bullet().search(text, start, end) is not None


@lru_cache(maxsize=1)
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"\n[ \t]*[-+*•–]")


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
    return _colon(text, spot.start) or bool(_label_name(text, spot.start)) or bool(spot.words)


def _heading(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the figure that opens the list: `14 hội nghị (Mường Khương: 10; Bát Xát: 02)`."""
    spot = spots[index]
    for at in range(index - 1, max(-1, index - 5), -1):
        other, lead = spots[at], _lead(text, spots, at)
        if _apart(text, other.last, spot.start):
            break
        if other.unit is None or lead.unit is None or other.inherited or other.unit.kind == "percent":
            continue
        if _depth(text, other.unit.end, spot.start) is not None:
            return lead.unit if _head().search(text, other.unit.end, spot.start) else None
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
            return _counted_unit(spot, hit[1])
    if spot.of is None:
        return None
    for word in _word().finditer(text, floor, spot.start):
        hit = units.longest(text, word.start(), lex.words, lex.openings)
        if hit is not None and hit[0] <= spot.start and lex.words[hit[1]].group in COUNTED_GROUPS:
            return _counted_unit(spot, hit[1])
    return None


@lru_cache(maxsize=1)
def _word() -> regex.Pattern[str]:
    return regex.compile(r"\p{L}++")


def _counted_unit(spot: Spot, noun: str) -> units.Unit | None:
    entry = units.lexicon().words[noun]
    if entry.group == units.NOT_A_UNIT:
        return None
    return units.Unit(spot.last, entry.unit or noun, entry.kind, entry.group, not entry.measured)
