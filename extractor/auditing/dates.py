"""Dates that no calendar has (31/11/2012, 28/0/2023), and estimates "up to" a date years before the report's own."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator

from extractor.auditing.context import Check, Context
from extractor.finding.lazy import lazy

IMPOSSIBLE, OUT_OF_RANGE = "impossible_date", "date_out_of_range"

_NUMERIC = lazy(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/]|[.,]\d)")
_WORDS = lazy(
    r"gày\s{1,3}(\d{1,2})(?:\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})(?!\d)|/(\d{1,2})(?![\d/]|[.,-]\d))"
)
_ESTIMATE_TO = lazy(r"(?:ước|dự\s+kiến|phấn\s+đấu)(?:\s+\w+){0,3}\s+đến(?:\s+hết)?(?:\s+ngày)?\s*$", re.I)
_YEAR = lazy(r"(?<![\d/])20\d\d(?![\d/])")
_LEAP_YEAR = 2000
_MONTHS = 12
_JOINED = frozenset("0123456789/.,-")


def check(context: Context) -> Iterator[Check]:
    """Every full date, and every `ngày d/m` without a year; a date is no figure, so nothing counts as covered."""
    year = _report_year(context)
    for start, end, day, month, written in _dates(context.text):
        shown = " ".join(context.text[start:end].split())
        if not _exists(day, month, written or _LEAP_YEAR):
            ids = _references(context, start)
            yield context.found(IMPOSSIBLE, "error", f"{shown}: there is no such day", start, end, ids)
        if year and written and written < year - 1 and _ESTIMATE_TO.search(context.text, max(0, start - 40), start):
            message = f"{shown}: an estimate for a day years before the report's own year, {year}"
            yield context.found(OUT_OF_RANGE, "error", message, start, end, ())


def _dates(text: str) -> Iterator[tuple[int, int, int, int, int | None]]:
    """(start, end, day, month, year or None) of every complete date and every `ngày d/m`."""
    for match in _NUMERIC.finditer(text):
        start = match.start()
        if text[start - 1 : start] in _JOINED and start:
            continue
        if match[2] == "/" or _is_dated(text, start):
            yield start, match.end(), int(match[1]), int(match[3]), int(match[4])
    for match in _WORDS.finditer(text):
        month, year = match[2] or match[4], match[3]
        yield max(0, match.start() - 1), match.end(), int(match[1]), int(month), int(year) if year else None


def _exists(day: int, month: int, year: int) -> bool:
    if not 1 <= month <= _MONTHS:
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _is_dated(text: str, start: int) -> bool:
    """Whether `ngày` stands before a date that could also be a section's number or a sum (12.5.2020)."""
    return text[max(0, start - 8) : start].rstrip().lower().endswith(("ngày", "đến", "từ"))


def _references(context: Context, start: int) -> list[str]:
    """The cited document that a date is written behind."""
    return [r.id for r in context.report.references if 0 <= start - r.end <= 12]


def _report_year(context: Context) -> int | None:
    """The year in which the report was written, as far as it says."""
    document = context.report.document
    for said in (document.issued_on, document.period):
        if said:
            return int(said[-4:]) if said[-4:].isdigit() else int(said[:4])
    years = Counter(_YEAR.findall(context.text))
    return max((int(y) for y in years), key=lambda y: (years[str(y)], y), default=None)
