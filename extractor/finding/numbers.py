"""The grammar of printed numbers, and the separator habit of a report.

Vietnamese prints `.` between thousands and `,` before decimals, but reports also hold English style (`87.7%`,
`1,788 hộ`) and both at once. A number whose form alone decides (`1.234.567`, `108.937,00`, `6.2`, `0,125`) is read by
its form; one separator before exactly three digits is decided by what is counted, then by the report's own habit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

SPACES = "\u00a0\u202f\u2009\u2007"
"""Spaces that print inside one number: no-break, narrow no-break, thin, figure space."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a report prints each form that decides by itself: decimals and thousands by separator."""

    comma_decimals: int = 0
    dot_decimals: int = 0
    comma_thousands: int = 0
    dot_thousands: int = 0

    @property
    def english(self) -> bool:
        """Whether the report as a whole writes `1,234.5`: commas between thousands are more than a slip."""
        return self.comma_thousands > self.comma_decimals + self.dot_thousands

    @property
    def mixed(self) -> bool:
        """Whether both styles occur."""
        return bool(self.comma_decimals + self.dot_thousands) and bool(self.comma_thousands + self.dot_decimals)


@lru_cache(maxsize=1)
def _numeral() -> re.Pattern[str]:
    thousands = rf"(?:[{SPACES}][0-9]{{3}})++(?![0-9])|(?:\x20[0-9]{{3}}){{2,4}}+(?![0-9])"
    return re.compile(rf"[0-9]{{1,3}}(?:{thousands})|[0-9]++(?:[.,][0-9]++)*+")


def numerals(text: str) -> Iterator[tuple[int, int]]:
    """The span of every printed number, in order. Linear in the length of `text`."""
    for match in _numeral().finditer(text):
        yield match.span()


def read_habit(surfaces: Iterable[str]) -> Habit:
    """The habit that a report's printed numbers show; each form counts once a number."""
    counts = {"comma_decimals": 0, "dot_decimals": 0, "comma_thousands": 0, "dot_thousands": 0}
    for surface in surfaces:
        dots, commas = surface.count("."), surface.count(",")
        if not dots and not commas:
            continue
        tail = len(surface) - max(surface.rfind("."), surface.rfind(",")) - 1
        if dots and commas:
            comma_last = surface.rfind(",") > surface.rfind(".")
            counts["comma_decimals" if comma_last else "dot_decimals"] += 1
            counts["dot_thousands" if comma_last else "comma_thousands"] += 1
        elif dots > 1 or commas > 1:
            if tail == 3:
                counts["dot_thousands" if dots else "comma_thousands"] += 1
        elif tail < 3:
            counts["dot_decimals" if dots else "comma_decimals"] += 1
    return Habit(**counts)


def _groups(digits: list[str]) -> bool:
    """Whether the parts are groups of thousands: one to three digits, then threes."""
    return 1 <= len(digits[0]) <= 3 and all(len(d) == 3 for d in digits[1:]) and digits[0] != "0"


def parse(
    surface: str, habit: Habit, *, whole: bool | None = None, percent: bool = False
) -> tuple[Decimal, float] | None:
    """The exact value of a printed number and how sure its separators are (1.0 = the form alone decides).

    `whole`: the thing counted comes in whole numbers (hộ, người), or False where it is measured or an average; None
    where unknown. Returns None where the digits are no number (`3.8.1`, `20.11.2023`).
    """
    if surface.isdecimal():
        return Decimal(surface), 1.0
    plain = "".join(surface.split())
    dots, commas = plain.count("."), plain.count(",")
    if not dots and not commas:
        return Decimal(plain), 1.0
    if dots and commas:
        last = "," if plain.rfind(",") > plain.rfind(".") else "."
        head, _, tail = plain.rpartition(last)
        other = "." if last == "," else ","
        if last in head or not _groups(head.split(other)):
            return None
        return Decimal(head.replace(other, "") + "." + tail), 1.0
    separator = "." if dots else ","
    parts = plain.split(separator)
    if len(parts) > 2:
        return (Decimal("".join(parts)), 1.0) if _groups(parts) else None
    if whole and len(parts[1]) > 3 and len(parts[1]) % 3 == 0 and _groups([parts[0], parts[1][:3]]):
        return Decimal(parts[0] + parts[1]), 0.7  # 27.500000đ: a separator was forgotten
    as_decimal, as_thousands = Decimal(parts[0] + "." + parts[1]), Decimal(parts[0] + parts[1])
    if len(parts[1]) != 3 or not _groups(parts):
        return as_decimal, 1.0
    if percent:
        return as_decimal, 0.9
    decimal, confidence = _three_digits(separator, habit, whole, round_tail=parts[1].endswith("00"))
    return (as_decimal if decimal else as_thousands), confidence


def _three_digits(separator: str, habit: Habit, whole: bool | None, *, round_tail: bool) -> tuple[bool, float]:
    """Whether one `separator` before exactly three digits opens decimals, and how sure that is."""
    if whole:
        return False, 1.0 if separator == "." else 0.9
    if separator == "," and round_tail and habit.comma_thousands:
        return False, 0.7  # 5,100m: a measure has no three decimals that end in 00
    if separator == ".":
        return (True, 0.7) if habit.english and whole is not None else (False, 0.9 if habit.mixed else 1.0)
    return (False, 0.7) if habit.english else (True, 0.9 if habit.mixed else 1.0)
