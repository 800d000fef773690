"""Dates that no calendar has (31/11/2012, 28/0/2023), and estimates "up to" a date years before the report's own."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator

from extractor.auditing.context import Check, Context
from extractor.finding.lazy import lazy

IMPOSSIBLE, OUT_OF_RANGE = "impossible_date", "date_out_of_range"

_SLASHED = lazy(r"/(\d{1,2})/((?:19|20)\d\d)(?![\d/]|[.,]\d)")
_DAY_BEFORE = lazy(r"(?<![\d/.,-])\d{1,2}$")
_WORDS = lazy(
    r"gày\s{1,3}(\d{1,2})(?:\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})(?!\d)"
    r"|([.-])(\d{1,2})\4((?:19|20)\d\d)(?!\d)|/(\d{1,2})(?![\d/]|[.,-]\d))"
)
_ESTIMATE_TO = lazy(r"(?:ước|dự\s+kiến|phấn\s+đấu)(?:\s+\w+){0,3}\s+đến(?:\s+hết)?(?:\s+ngày)?\s*$", re.I)
_YEAR = lazy(r"20\d\d(?!\d)")
_LEAP_YEAR = 2000
_MONTHS = 12


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
    for match in _SLASHED.finditer(text):
        day = _DAY_BEFORE.search(text, max(0, match.start() - 3), match.start())
        if day is not None:
            yield day.start(), match.end(), int(day[0]), int(match[1]), int(match[2])
    for match in _WORDS.finditer(text):
        month, year = match[2] or match[5] or match[7], match[3] or match[6]
        yield max(0, match.start() - 1), match.end(), int(match[1]), int(month), int(year) if year else None


def _exists(day: int, month: int, year: int) -> bool:
    if not 1 <= month <= _MONTHS:
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


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
