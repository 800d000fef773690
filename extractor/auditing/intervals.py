"""Exact interval arithmetic for printed numbers.

A number printed with d decimals stands for everything that rounds to it or is cut off to it: from half a unit of its
last digit below to a whole unit above, so that neither rounding nor truncation is taken for an error. Counts of whole
things stand for themselves. All bounds are exact Decimals and nothing is divided: shares are compared crosswise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from extractor.finding.lazy import lazy

HUNDRED = Decimal(100)
_HALF, _ONE = Decimal("0.5"), Decimal(1)
_WIDE = Context(prec=200)  # a share of numbers that nobody meant may have more digits than the usual 28
_NUMERAL = lazy(r"\d[\d.,\u00a0\u202f\u2009\u2007]*", re.ASCII)
_DIGIT = lazy(r"\D+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


ZERO = Interval(Decimal(0), Decimal(0))


def printed(value: Decimal, step: Decimal) -> Interval:
    """What a number with the last digit's weight `step` may stand for, rounded or cut off."""
    return Interval(value - step * _HALF, value + step)


def exact(value: Decimal) -> Interval:
    """A count, which stands for itself."""
    return Interval(value, value)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of independent values."""
    return sum(intervals, ZERO)


def is_share(part: Interval, whole: Interval, percent: Interval) -> bool:
    """Whether some part and whole have this percentage: 100 part = percent whole. All bounds are at least about 0."""
    return (
        HUNDRED * part.low <= percent.high * whole.high
        and HUNDRED * part.high >= max(percent.low, Decimal(0)) * whole.low
    )


def last_digit(text: str, value: Decimal) -> Decimal:
    """The weight of the last digit that is printed in `text`, whose value is `value`: "12,50" 0.01, "1,15 triệu" 10000.

    Of a mixed amount (3 tỷ 250 triệu) it is that of its last part.
    """
    plain = text.partition(" ")[0].replace(".", "")
    if plain.isdecimal() and value == int(plain):  # most numbers are whole ones
        return _ONE
    numerals = _NUMERAL.findall(text)
    if not numerals:
        return Decimal(1)
    digits = [Decimal(_DIGIT.sub("", n)) for n in numerals[:2]]
    if len(digits) == 2 and "/" not in text and digits[1]:
        rest = value - value.to_integral_value(rounding="ROUND_FLOOR")
        if rest and digits[0] == value - rest:
            return rest / digits[1]
    if digits[0] and value:
        weight = abs(value) / digits[0]
        return weight if weight.normalize().as_tuple().digits == (1,) else _of_value(value)
    tail = numerals[0].rstrip(".,")
    return Decimal(1).scaleb(-len(tail.rpartition(",")[2])) if "," in tail else Decimal(1)


def _of_value(value: Decimal) -> Decimal:
    """The weight of the last digit of a number that is not the printed one: a person has corrected it."""
    return Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))


def say(value: Decimal, decimals: int | None = None) -> str:
    """A number as Vietnamese reports print it (1.234,5), rounded to `decimals` or as exact as it is."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)
    else:
        value = value.normalize()
    return f"{value:,f}".translate({ord(","): ".", ord("."): ","})


def say_share(part: Decimal, whole: Decimal, step: Decimal) -> str:
    """The percentage that part is of whole, to at least two decimals and no fewer than `step` has; of 0 a dash."""
    if not whole:
        return "– %"
    decimals = max(2, -int(step.normalize().as_tuple().exponent))
    return say(HUNDRED * part / whole, decimals) + " %"
