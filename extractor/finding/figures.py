"""Figures: every number of a report with the unit that it counts or measures.

One scan finds the printed numbers; each is then read in its own neighbourhood: what forbids it (`guards`), the unit
after it (`units`, `nouns`), its partners in a ratio, a range or a mixed amount of money, and, where it stands bare, the
unit of its list (`lists`). Values follow the report's own separator habit (`numbers`). Time is linear in the length of
the text.
Source of what counts as a figure: the annotation guide of the project's gold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from extractor.finding import comparators, guards, lists, nouns, numbers, parallel, units
from extractor.finding.lexicon import PLACE_GROUPS
from extractor.finding.spots import Spot
from extractor.model import Figure

DASHES = frozenset("-‐‑‒–—−÷~")
OPENS_ROW = frozenset("là đạt lượt ứng".split())
"""Words after which numbers between semicolons are a row of one unit: `lần lượt 12; 15; 18 hộ`."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over a text decided: its figures with the lexicon group of each, and the numbers refused, why."""

    figures: list[tuple[Figure, str]]
    refused: list[tuple[int, int, str]]


def find_figures(text: str, blocked: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of `text` (NFC) in order, ids empty. `blocked`: sorted spans in which no figure can stand."""
    return [figure for figure, _ in scan(text, blocked).figures]


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/units.toml`: the surfaces in `text` whose unit comes from `entry`."""
    return [figure.text for figure, group in scan(text).figures if _comes_from(entry, figure.unit, group)]


def _comes_from(entry: dict[str, Any], unit: str, group: str) -> bool:
    if "of_counts" in entry:
        return "/" in unit
    if "factors" in entry:
        return unit.split(" ")[0] in entry["factors"]
    parts = re.split(", | và | hoặc |/", unit)
    return group == entry["name"] or (len(parts) > 1 and set(parts) <= set(entry.get("words", ())))


def check_refusals(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/not_figures.toml`: the numbers in `text` that `entry` refuses."""
    return [text[start:end] for start, end, why in scan(text).refused if why == entry["name"]]


@lru_cache(maxsize=1)
def _ratio() -> re.Pattern[str]:
    return re.compile(r"[ \xa0]?/[ \xa0]?(?=[0-9])")


@lru_cache(maxsize=1)
def _chain() -> re.Pattern[str]:
    """What links a bare number to the next one of the same unit: `1-1,5%`, `từ 12 lên 15 xã`, `2, 3 và 4 hộ`."""
    return re.compile(
        r"[^\S\n]*+(?:[-‐‑‒–—−÷~]|đến|tới|và|hoặc|hay|;|lên(?:\sđến|\stới|\sthành)?|xuống(?:\scòn)?|/\s?KH|,)"
        r"\s*+(?:(?:dưới|trên|gần|khoảng|hơn|còn|tối\sđa|không\squá)\s)?",
        re.IGNORECASE,
    )


def scan(text: str, blocked: Sequence[tuple[int, int]] = ()) -> Scan:
    """Find figures and record every refused number."""
    spans = list(numbers.numerals(text))
    habit = numbers.read_habit(text[s:e] for s, e in spans)
    forbidden = sorted([*blocked, *guards.address_spans(text)])
    spots: list[Spot] = []
    refused: list[tuple[int, int, str]] = []
    index = 0
    while index < len(spans):
        start, end = spans[index]
        index += 1
        if spots and spots[-1].unit is not None and start < spots[-1].unit.end:
            continue  # the number of a denominator: tiêu chí/ 01 xã
        if _inside(forbidden, start, end):
            refused.append((start, end, "blocked"))
            continue
        of = None
        link = _ratio().match(text, end)
        if (
            link is not None
            and index < len(spans)
            and spans[index][0] == link.end()
            and not _slash_label(text, start, link)
        ):
            of = spans[index]
            index += 1
            if text.startswith("/", of[1]) and text[of[1] + 1 : of[1] + 2].isdigit():
                refused.append((start, of[1], "date or code"))
                while index < len(spans) and spans[index][0] == spans[index - 1][1] + 1:
                    index += 1
                continue
        last = of[1] if of else end
        spot = _read(text, start, end, of, last, spots, refused)
        if spot is not None:
            spots.append(spot)
    spots = _merge_money(text, spots, habit)
    _chain_units(text, spots)
    spots = parallel.settle(text, spots)
    lists.inherit(text, spots, habit)
    figures = [made for spot in spots if spot.unit is not None and (made := _figure(text, spot, habit)) is not None]
    return Scan(figures, refused)


def _slash_label(text: str, start: int, link: re.Match[str]) -> bool:
    """Whether the slash closes a label at the start of a line: `3/ 95/95 xã`."""
    return (
        link[0] in ("/ ", "/\xa0")
        and not text[text.rfind("\n", max(0, start - 8), start) + 1 : start].strip()
        and (start < 8 or "\n" in text[start - 8 : start])
    )


def _inside(forbidden: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(forbidden, (end, 0)) - 1
    return at >= 0 and forbidden[at][1] > start and forbidden[at][0] < end


def _read(
    text: str,
    start: int,
    end: int,
    of: tuple[int, int] | None,
    last: int,
    spots: list[Spot],
    refused: list[tuple[int, int, str]],
) -> Spot | None:
    """One number with its unit, or None where it is no figure (and why goes to `refused`)."""
    why = guards.refuse_form(text, start, last)
    if why is not None:
        refused.append((start, last, why))
        return None
    words = guards.words_before(text, start)
    surface = text[start:last]
    unit = units.read_unit(text, last, start)
    at = units.skip_gap(text, last)
    if at is not None:
        why = guards.refuse_after(text, at, unit.end if unit else 0)
    after_unit = bool(spots) and spots[-1].unit is not None and text[spots[-1].unit.end : start].isspace()
    if not after_unit:  # the word before is what the number before counts: 02 lớp 60 học viên
        why = why or guards.refuse_before(text, start, words, surface, unit)
    if why is None and guards.refuse_year(words, surface, unit):
        why = "year"
    if why is None and of is None and _continues_name(text, start, surface, unit, refused):
        why = "name"
    if why is not None:
        refused.append((start, last, why))
        return None
    if unit is None and not (after_unit and len(surface) < 3) and not _name_before(text, start, surface):
        unit = nouns.read_noun(text, last, counted=surface[0] == "0" and surface.isdigit())
    elif unit is not None and unit.group in PLACE_GROUPS and _is_place_name(text, start, surface, unit):
        refused.append((start, last, "name"))
        return None
    if unit is not None and text[start - 1 : start] in ("“", '"') and unit.kind == "other" and start:
        refused.append((start, last, "slogan"))
        return None
    return Spot(start, end, of, unit, words)


def _name_before(text: str, start: int, surface: str) -> bool:
    """Whether a capitalised word stands before a small number (`A Lưới 1 ngân sách`), not one that only opens a
    sentence (`Còn 2 huyện Đình Lập và Bình Gia`)."""
    left = text[max(0, start - 20) : start].split(" ")
    if surface[0] == "0" or len(surface) > 2 or len(left) < 2 or left[-1]:
        return False
    before, line_break, word = left[-2].rpartition("\n")
    before = before or (left[-3] if len(left) > 2 else "")
    opens = bool(line_break) or not before or before[-1] in ".:;!-–+*•"
    return word[:1].isupper() and not word.isupper() and not opens


def _is_place_name(text: str, start: int, surface: str, unit: units.Unit) -> bool:
    """Whether the number ends one name and the next begins: `Hòa Bình 2 huyện Bắc Hà`."""
    after = text[unit.end : unit.end + 2]
    return _name_before(text, start, surface) and after[:1] == " " and after[1:].isupper()


def _continues_name(
    text: str, start: int, surface: str, unit: units.Unit | None, refused: list[tuple[int, int, str]]
) -> bool:
    """Whether the number goes on a list of numbered names: `Tiêu chí 5, 6 và 17`."""
    if not refused or not 0 < start - refused[-1][1] < 6 or refused[-1][2] in ("blocked", "label", "list mark", "year"):
        return False
    if unit is not None and (unit.group not in PLACE_GROUPS or surface[0] == "0"):
        return False
    return text[refused[-1][1] : start].strip(" \xa0") in (",", "và", ";", "-", "–", "đến") and len(surface) < 3


def _merge_money(text: str, spots: list[Spot], habit: numbers.Habit) -> list[Spot]:
    """Join `825 tỷ 776 triệu đồng` into one amount."""
    merged: list[Spot] = []
    for spot in spots:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.unit is not None
            and spot.unit is not None
            and before.unit.amounts is not None
            and spot.unit.amounts is not None
            and before.of is None
            and spot.of is None
            and before.unit.amounts > spot.unit.amounts
            and not before.unit.rate
            and text[before.unit.end : spot.start].isspace()
        ):
            own, more = _value(text, before, habit), _value(text, spot, habit)
            if own is not None and more is not None and more[0] * spot.unit.amounts < before.unit.amounts:
                before.value = own[0] + more[0] * spot.unit.amounts / Decimal(before.unit.amounts)
                suffix = spot.unit.name.partition("/")[2]
                name = before.unit.name + (f"/{suffix}" if suffix else "")
                before.unit = replace(before.unit, end=spot.unit.end, name=name)
                continue
        merged.append(spot)
    return merged


def _chain_units(text: str, spots: list[Spot]) -> None:
    """Give a bare number the unit of the number that it is linked to."""
    for before, after in zip(reversed(spots[:-1]), reversed(spots[1:]), strict=True):
        if before.unit is not None or after.unit is None or after.start - before.last > 24:
            continue
        link = _chain().match(text, before.last)
        if link is None or link.end() != after.start:
            continue
        if link[0].strip() in (",", ";") and " " not in link[0]:
            continue
        if link[0].strip() == ";" and not after.inherited and before.words and before.words[-1] not in OPENS_ROW:
            continue  # sơ cấp 01; 03 trạm: the next item counts something else
        if after.inherited and link[0].strip() in DASHES:
            continue  # 1-2-5 is a code, no range
        before.unit, before.inherited = replace(after.unit, end=before.last), True
        before.sure = min(after.sure, 0.95)
        if link[0].strip() in DASHES or link[0].strip() in ("đến", "tới"):
            _share_thousands(text, before, after)


def _share_thousands(text: str, before: Spot, after: Spot) -> None:
    """`62 - 64.000 đồng/kg`: the first end of a range leaves out the thousands that the second end prints."""
    assert before.unit is not None
    whole, _, rest = text[after.start : after.end].replace(",", ".").partition(".")
    low, unit = text[before.start : before.end], before.unit
    if before.of or after.of or len(rest) != 3 or not (low + whole + rest).isdigit():
        return
    if not int(whole) / 4 < int(low) <= int(whole) or (unit.name.partition("/")[0] != "đồng" and not unit.whole):
        return
    amounts = unit.amounts * 1000 if unit.amounts is not None else None
    before.unit = replace(unit, name=f"nghìn {unit.name}", amounts=amounts, whole=False)
    before.sure = 0.8


def _value(text: str, spot: Spot, habit: numbers.Habit) -> tuple[Decimal, float] | None:
    if spot.value is not None:
        return spot.value, 1.0
    assert spot.unit is not None
    percent = spot.unit.kind == "percent"
    return numbers.parse(text[spot.start : spot.end], habit, whole=spot.unit.whole, percent=percent)


def _figure(text: str, spot: Spot, habit: numbers.Habit) -> tuple[Figure, str] | None:
    unit = spot.unit
    assert unit is not None
    read = _value(text, spot, habit)
    if read is None:
        return None
    value, sure = read
    of = None
    if spot.of is not None:
        total = numbers.parse(text[spot.of[0] : spot.of[1]], habit, whole=unit.whole, percent=unit.kind == "percent")
        if total is None:
            return None
        of, sure = total[0], min(sure, total[1])
    end = max(spot.last, unit.end)
    amount = None
    if unit.kind == "money" and unit.amounts is not None:
        exact = value * unit.amounts
        amount = int(exact) if exact == exact.to_integral_value() else None
    if unit.group == "by part of speech":
        sure = min(sure, 0.8)
    figure = Figure(
        id="",
        start=spot.start,
        end=end,
        text=text[spot.start : end],
        kind=unit.kind,
        value=value,
        of=of,
        unit=unit.name,
        amount=amount,
        comparator=comparators.read_comparator(text, spot.start, end, spot.words),
        confidence=min(sure, spot.sure),
    )
    return figure, unit.group
