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
GRADES = r"(?:xuất sắc|tốt|giỏi|khá|trung bình|yếu kém|yếu|kém)"
STROKES = frozenset("/-–")
MOST_PAIRED = 6
"""Figures that strokes pair, at most; reports pair two or three."""
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
            or (list_shape.closes().match(text, spot.last) or _grade().match(text, spot.last)) is None
            or _year(surface)
            or surface in WHOLE_SPANS
        ):
            continue
        found = list_nouns.after_share(text, spot.last) or (_same_total(text, spots, index) if spot.of else None)
        found = found or list_nouns.rate_in_label(text, spot) or list_nouns.in_own_brackets(text, spot.last)
        found = found or _change_of_count(text, spots, index) or _graded(text, spots, index)
        changes = spot.words[-1:] and spot.words[-1] in CHANGES and spot.words[-2:] != ["thiểu", "số"]
        if (found is None and changes) or _is_mark(text, spots, index):
            continue
        if found is None and spot.words[-1:] == ["là"]:
            found = list_nouns.clause(text, spots, index)
        opened = list_shape.bracket(text, spots, index)
        colon = list_shape.colon(text, spot.start)
        if found is None and opened is not None:
            found = _in_brackets(text, spots, index, opened, habit)
        elif found is None and list_shape.is_label(text, spot, colon):
            found = (
                _sibling(text, spots, index, near=True)
                or _heading(text, spots, index, habit)
                or _sibling(text, spots, index)
                or list_nouns.announced(text, spots, index)
            )
            if found is not None and not colon and not _counts_names(text, spots, index, found):
                found = None
            if found is not None and _is_sum(text, spot, found):
                found = None
        if found is None and (colon or spot.words[-1:] in (["còn"], ["đạt"], ["có"])):
            found = list_nouns.clause(text, spots, index)
        if found is not None and not (found.whole and _percentage().fullmatch(text, spot.start, spot.end)):
            spot.unit, spot.inherited, spot.sure = replace(found, end=spot.last), True, 0.7


def _change_of_count(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the count directly before, whose change the number is: `41 điểm, giảm 12 so với năm 2016`."""
    before = spots[index - 1].unit if index else None
    if before is None or before.kind not in ("other", "household") or before.rate or not before.whole:
        return None
    between = text[before.end : spots[index].start]
    return before if _change().fullmatch(between) and _than().match(text, spots[index].last) else None


def _graded(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of the number before, where both are followed by a grade: `312 tổ tốt, 14 khá, 02 trung bình`."""
    before = spots[index - 1].unit if index else None
    if before is None or before.kind in ("percent", "money") or not _grade().match(text, spots[index].last):
        return None
    between = text[before.end : spots[index].start]
    return before if len(between) < 48 and _graded_before().fullmatch(between) is not None else None


@lru_cache(maxsize=1)
def _grade() -> regex.Pattern[str]:
    return regex.compile(rf"[ \xa0](?:loại[ \xa0])?{GRADES}(?=\s?[,;.)(]|\svà|\s?$)")


@lru_cache(maxsize=1)
def _graded_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[^;.\d]*\s)?{GRADES}\s?(?:\([^()]*\)\s?)?(?:[,;]|và|[,;]\svà)\s")


@lru_cache(maxsize=1)
def _change() -> regex.Pattern[str]:
    return regex.compile(r"\s?[,;(]?\s?(?:tăng|giảm|nhiều hơn|ít hơn)(?:\sthêm)?\s")


@lru_cache(maxsize=1)
def _than() -> regex.Pattern[str]:
    return regex.compile(r"\sso\s(?:với\s)?(?:cùng\skỳ|năm|tháng|quý|đầu|nhiệm\skỳ|kỳ)")


def _is_sum(text: str, spot: Spot, found: units.Unit) -> bool:
    """Whether the label says that the number is money, which no list of households or people can give its unit to."""
    if found.kind != "household" and found.group not in ("people", "staff, posts, ranks"):
        return False
    return _money_label().search(text, max(0, spot.start - 48), spot.start) is not None


@lru_cache(maxsize=1)
def _money_label() -> regex.Pattern[str]:
    nouns = "thu (?:phí|thuế|khác)|thuế|phí|lệ phí|học phí|kinh phí|vốn|doanh thu|doanh số|dư nợ|số tiền|tiền|trị giá"
    return regex.compile(rf"[;:,.\n(-]\s?(?:tổng )?(?:{nouns})(?: \p{{L}}+){{0,4}}+\s?:?\s?$", regex.IGNORECASE)


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
    if alone and text[max(0, opened - 2) : opened].strip()[-1:].isdigit():
        return None  # 104.558 (3.012): another count, of which only a row of pairs can tell the unit
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
        if (divided := _divided(text, spots, at, opened, habit)) is not None:
            return divided
        alike = alone and text[other.start - 1 : other.start] == "("
        alike = alike or (other.unit.rate and bool(spot.words) and not text[other.unit.end : opened].strip())
        if not _counts_names(text, spots, index, other.unit) or not (alike or _is_part(text, spot, other, habit)):
            return None
        return other.unit
    return list_nouns.announced(text, spots, index) if alone and list_shape.label_name(text, opened) else None


def _divided(text: str, spots: list[Spot], at: int, opened: int, habit: Habit) -> units.Unit | None:
    """Of figures paired by a stroke before the bracket, the one whose value its bare numbers add up to.

    `6.000 con/20 hộ (Biên Sơn 12, Kiên Thành 08)`; None where no pair stands there or neither is the sum.
    """
    first, lead = at, _lead(text, spots, at)
    while spots[first] is not lead:
        first -= 1
    if first == at or spots[at].unit is None:
        return None
    shut = text.find(")", opened, opened + list_shape.REACH)
    parts = [s for s in spots[at + 1 : at + 17] if s.start < shut and (s.unit is None or s.inherited)]
    for whole in spots[first : at + 1]:
        total, *shares = (numbers.parse(text[s.start : s.end], habit, whole=True) for s in (whole, *parts))
        if total is not None and len(shares) > 1 and sum(s[0] for s in shares if s is not None) == total[0]:
            return whole.unit
    return None


def _is_part(text: str, spot: Spot, whole: Spot, habit: Habit) -> bool:
    """Whether a number can be a part of the figure before it: no larger, and not a lone small mark."""
    assert whole.unit is not None
    part = numbers.parse(text[spot.start : spot.end], habit, whole=whole.unit.whole)
    total = numbers.parse(text[whole.start : whole.end], habit, whole=whole.unit.whole)
    return part is not None and total is not None and part[0] <= total[0]


def _same_total(text: str, spots: list[Spot], index: int) -> units.Unit | None:
    """The unit of an earlier figure with the same total: `168/182 người … 171/182`, `64 trường hợp … 19/64`."""
    spot = spots[index]
    assert spot.of is not None
    total = text[spot.of[0] : spot.of[1]]
    for other in reversed(spots[max(0, index - 6) : index]):
        own = text[other.of[0] : other.of[1]] if other.of is not None else text[other.start : other.end]
        if other.unit is not None and other.unit.kind != "percent" and own == total:
            return None if "\n" in text[other.last : spot.start] else other.unit
    return None


def _sibling(text: str, spots: list[Spot], index: int, floor: int = 0, *, near: bool = False) -> units.Unit | None:
    """The unit of the nearest item of the same list (at or after `floor`), before or after the number.

    Shares in percent give their unit only to a number with decimals; a small whole number takes none that has decimals.
    `near`: none from another bullet.
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
        item = _is_item(text, other) or (at == index - 1 and _goes_on(text, spots, at))
        if lead.unit is None or not item or list_shape.depth(text, other.last, spot.start) != 0:
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
        elif at == index - 1 and _paired_names(text, lead, spot):
            return lead.unit
    if share is not None and decimal and far is None:
        return share
    before = spot
    for other in spots[index + 1 : index + 16]:
        if list_shape.apart(text, before.last, other.start) or list_shape.depth(text, spot.last, other.start) is None:
            break
        before = other
        if other.unit is None or not _is_item(text, other) or list_shape.depth(text, spot.last, other.start) != 0:
            continue
        if (near or far is not None) and list_shape.other_bullet(text, spot.last, other.start):
            break
        if (other.unit.kind != "percent" or decimal) and not (small and other.unit.whole is False):
            return other.unit
    return None if near else far or (share if decimal else None)


def _paired_names(text: str, before: Spot, spot: Spot) -> bool:
    """Whether two items name two places in one breath: `sang Mỹ 11,2 tấn, Úc 27`."""
    assert before.unit is not None
    if not list_shape.label_name(text, before.start) or not (name := list_shape.label_name(text, spot.start)):
        return False
    return text[before.unit.end : spot.start].strip(" \xa0,;") == name


@lru_cache(maxsize=1)
def _percentage() -> regex.Pattern[str]:
    return regex.compile(r"[0-9]{1,2}[.,][0-9]{1,2}")


def _lead(text: str, spots: list[Spot], at: int) -> Spot:
    """The first of figures paired by a stroke: of `142 con/12 hộ` the 142 con, which a list then divides."""
    for _ in range(MOST_PAIRED):
        before = spots[at - 1].unit if at else None
        if before is None or text[before.end : spots[at].start].strip() not in STROKES:
            break
        at -= 1
    return spots[at]


def _goes_on(text: str, spots: list[Spot], at: int) -> bool:
    """Whether a count ends a row of things of one kind, and the next item follows: `11 THT` in `03 HTX, 11 THT; …`."""
    before, own = spots[at - 1].unit if at else None, spots[at].unit
    if before is None or own is None or before.group != own.group or before.rate or own.rate:
        return False
    return text[before.end : spots[at].start].strip() == "," and text[own.end : own.end + 2].lstrip().startswith(";")


def _is_item(text: str, spot: Spot) -> bool:
    """Whether the number has a unit to give and a label before it, as the items of a list have."""
    if spot.unit is None or (spot.unit.rate and not spot.inherited):
        return False
    return list_shape.colon(text, spot.start) or bool(list_shape.label_name(text, spot.start)) or bool(spot.words)


def _heading(text: str, spots: list[Spot], index: int, habit: Habit) -> units.Unit | None:
    """The unit of the figure that opens the list: `14 lớp (Tân Lập: 9; Phú Thịnh: 05)`.

    Of several the one that the label names again or whose value the list adds up to, else the nearest that can be the
    whole: `38 dự án, vốn 12.450 tỷ đồng. Cụ thể: FDI 11; trong nước 27`.
    """
    spot = spots[index]
    wholes: list[Spot] = []
    for at in range(index - 1, max(-1, index - 9), -1):
        other, lead = spots[at], _lead(text, spots, at)
        if list_shape.apart(text, other.last, spot.start, below=True):
            break
        if other.unit is None or lead.unit is None or other.inherited or other.unit.kind == "percent":
            continue
        if list_shape.depth(text, other.unit.end, spot.start) is not None:
            if not _head().search(text, other.unit.end, spot.start):
                break
            if lead.unit.rate or _is_part(text, spot, lead, habit):
                wholes.append(lead)
    for whole in wholes if len(wholes) > 1 else ():
        if _named_again(text, whole, spot) or _adds_up(text, spots, index, whole, habit):
            return whole.unit
    return wholes[0].unit if wholes else None


def _named_again(text: str, whole: Spot, spot: Spot) -> bool:
    """Whether the label of an item holds the noun that the whole counts: `38 dự án …: dự án trong nước 27`."""
    assert whole.unit is not None
    label = text[max(whole.last, spot.start - 40) : spot.start].lower().replace(":", ";").rstrip("; \xa0")
    return whole.unit.name in label.rpartition(";")[2]


def _adds_up(text: str, spots: list[Spot], index: int, whole: Spot, habit: Habit) -> bool:
    """Whether the bare numbers of the list around `index` add up to the whole."""
    first = last = index
    while first > max(0, index - 8) and spots[first - 1].inherited and spots[first - 1].start > whole.start:
        first -= 1
    while last + 1 < min(len(spots), index + 9) and spots[last + 1].unit is None:
        last += 1
    total = numbers.parse(text[whole.start : whole.end], habit, whole=True)
    parts = [numbers.parse(text[s.start : s.end], habit, whole=True) for s in spots[first : last + 1]]
    return total is not None and len(parts) > 1 and sum(part[0] for part in parts if part is not None) == total[0]
