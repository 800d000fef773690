"""How many of a table's first rows are its head, by their form alone: merged cells, numbers, ordinals, index rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from extractor.pages import GridCell

MOST_HEADS = 6
"""No head has more rows."""

Rows = Sequence[Sequence[str]]


@lru_cache(maxsize=1)
def _number() -> regex.Pattern[str]:
    return regex.compile(r"[-–+(]?\s?\d[\d., \u00a0]*+(?:/\d[\d.,]*+)?\)?\s?%?")


@lru_cache(maxsize=1)
def _year() -> regex.Pattern[str]:
    return regex.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?")


@lru_cache(maxsize=1)
def _ordinal() -> regex.Pattern[str]:
    return regex.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*+|[IVXLC]{1,6}|[A-ZĐa-zđ])[.)]?|[-–+*•]")


@lru_cache(maxsize=1)
def _counting() -> regex.Pattern[str]:
    return regex.compile(r"(?i:tt|stt|số\s+tt|số\s+thứ\s+tự)\.?")


@lru_cache(maxsize=1)
def _index() -> regex.Pattern[str]:
    """A column's number or letter, with the sum that makes it: `(1)`, `A`, `4=2/1`, `(5)=(3)+(4)`."""
    return regex.compile(r"[(\[]?(?:(\d{1,2})|[A-ZĐa-zđ])[)\]]?(?:\s?=[\s\d()+\-–x*/:%=.,]*+)?")


def is_number(text: str) -> bool:
    """Whether a cell holds a number and nothing else, years aside."""
    return _number().fullmatch(text) is not None and _year().fullmatch(text) is None


def is_ordinal(text: str) -> bool:
    """Whether a cell holds a row's number: `1`, `1.2`, `IV`, `a)`, `-`."""
    return _ordinal().fullmatch(text) is not None


def is_counting_head(text: str) -> bool:
    """Whether a head stands over row numbers: `TT`, `STT`."""
    return _counting().fullmatch(text) is not None


def is_index_row(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), or A B 1 2 3."""
    held = [text for text in row if text]
    if len(held) < max(3, len(row) / 2):
        return False
    numbers = []
    for text in held:
        match = _index().fullmatch(text)
        if match is None:
            return False
        if match[1]:
            numbers.append(int(match[1]))
    return len(numbers) > 1 and numbers[0] <= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def header_rows(rows: Rows, cells: Sequence[GridCell], marked: Sequence[bool] = ()) -> int:
    """How many of the first rows are the head; 0 where the table begins with data. `marked`: rows that the file calls
    heads."""
    if not rows:
        return 0
    spans: dict[int, list[GridCell]] = {}
    for cell in cells:
        spans.setdefault(cell.row, []).append(cell)
    count = 0
    while count < len(rows) and count < MOST_HEADS and (sum(map(bool, rows[count])) <= 1 < len(rows[count])):
        count += 1  # a title or a unit across the table
    if count == len(rows) or count == MOST_HEADS:
        return 0
    if _is_data(rows[count]) and not (count < len(marked) and marked[count]):
        return count
    parted = False  # whether a cell of the head stands over several columns
    first = count
    while count < len(rows) and count < first + MOST_HEADS:
        if count > first and not (_goes_on(count, parted, spans, first, rows, marked) or is_index_row(rows[count])):
            break
        parted = any(1 < c.columns < len(rows[0]) for c in spans.get(count, ()))
        count += 1
    return count if count < len(rows) else first + 1


def _goes_on(
    at: int, parted: bool, spans: dict[int, list[GridCell]], first: int, rows: Rows, marked: Sequence[bool]
) -> bool:
    if at < len(marked) and marked[at]:
        return True
    into = any(c.row + c.rows > at and c.rows <= MOST_HEADS for row in range(first, at) for c in spans.get(row, ()))
    return (parted or into) and not (_is_data(rows[at]) and not is_index_row(rows[at]))


def _is_data(row: Sequence[str]) -> bool:
    """Whether a row holds values or is numbered."""
    if is_counting_head(row[0]):
        return False
    return any(map(is_number, row)) or (is_ordinal(row[0]) and any(row[1:]))
