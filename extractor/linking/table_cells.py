"""Numbers in table cells: what a cell holds where a number, with its sign and unit, is all that stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractor.finding import numbers
from extractor.finding.comparators import SIGNS
from extractor.finding.lazy import lazy
from extractor.finding.units import Unit, read_unit
from extractor.linking.table_units import unit_of
from extractor.model import Comparator

_NUMERAL = r"\d{1,3}(?:[ \u00a0]\d{3})++(?!\d)|\d++(?:[.,]\d++)*+"
_CELL = lazy(
    rf"(?P<open>\()?\s?(?P<sign>[-–−+])?\s?(?P<bound>[<>≤≥~≈]=?)?\s?(?P<number>{_NUMERAL})"
    rf"(?:(?P<slash>\s?/\s?)(?P<of>{_NUMERAL})(?!\s?/))?(?:\s?[-–÷]\s?(?P<to>{_NUMERAL}))?(?P<rest>[^\n]*)"
)
_MONTH = lazy(r"(?:0?[1-9]|1[0-2])")
_YEAR = lazy(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number as it stands in a cell: `start`, `end` in the cell's text, what was printed, and its own unit if any."""

    start: int
    end: int
    number: str
    of: str | None = None
    to: str | None = None
    negative: bool = False
    signed: bool = False
    comparator: Comparator | None = None
    unit: Unit | None = None

    @property
    def surfaces(self) -> list[str]:
        """The printed numbers."""
        return [s for s in (self.number, self.of, self.to) if s]


def read_cell(text: str) -> CellNumber | None:
    """The number that the cell is; None where it holds other words, a date, a month, or nothing."""
    if not any(map(str.isdigit, text[:12])):
        return None
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    rest, closed = match["rest"].strip(), False
    if match["open"]:
        closed = rest.endswith(")") and "(" not in rest
        if not closed:
            return None
        rest = rest[:-1].strip()
    unit, end = None, match.start("rest")
    if rest.strip(".*"):
        unit = unit_of("%") if rest == "%" else _whole_unit(text, end, len(text) - closed)
        if unit is None:
            return None
        end = len(text) - closed
    if match["of"] and _YEAR.fullmatch(match["of"]) and _MONTH.fullmatch(match["number"]) and unit is None:
        return None
    start = match.start("number")
    if match["sign"]:
        start = match.start("sign")
    negative = match["sign"] in ("-", "–", "−") or bool(match["open"] and not match["sign"] and unit is None)
    bound = (match["bound"] or "").replace(">=", "≥").replace("<=", "≤")
    return CellNumber(
        start, end, match["number"], match["of"], match["to"], negative, bool(match["sign"]), SIGNS.get(bound), unit
    )


def _whole_unit(text: str, at: int, stop: int) -> Unit | None:
    """The unit from `at`, where it takes the rest of the cell."""
    unit = read_unit(text[:stop], at)
    return unit if unit is not None and not text[unit.end : stop].strip(" .") else None


def is_year(number: CellNumber) -> bool:
    """Whether the number may be a year."""
    return _YEAR.fullmatch(number.number) is not None and not number.of and not number.signed and number.unit is None


def habit_of(found: Iterable[CellNumber], fallback: numbers.Habit) -> numbers.Habit:
    """How these cells print numbers; `fallback` where none of them decides by its form."""
    habit = numbers.read_habit(s for cell in found for s in cell.surfaces)
    return fallback if habit == numbers.Habit() else habit


def value_of(
    cell: CellNumber, unit: Unit | None, habit: numbers.Habit
) -> tuple[Decimal, Decimal | None, Decimal | None, float] | None:
    """Value, whole (a/b), upper end and confidence; None where the digits are no number. A minus is kept."""
    whole, percent = (unit.whole, unit.kind == "percent") if unit is not None else (None, False)
    printed = (cell.number, cell.of, cell.to)
    read = [numbers.parse(s, habit, whole=whole, percent=percent) if s else None for s in printed]
    first, of, to = read
    if first is None or (cell.of and of is None) or (cell.to and to is None):
        return None
    sure = min(r[1] for r in read if r is not None)
    return (-first[0] if cell.negative else first[0]), of and of[0], to and to[0], sure
