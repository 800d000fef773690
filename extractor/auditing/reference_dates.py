"""One document under two dates, a number whose year is not that of its date, and a document dated after the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from extractor.auditing.context import Check, Context, passed
from extractor.finding.lazy import lazy
from extractor.model import Reference

RULE, YEAR, FUTURE = "reference_dates", "reference_year", "reference_after_report"

_KEY_YEAR = lazy(r"^\d+[a-zđ]*/((?:19|20)\d\d)/")
# Bodies of which there is one: their numbers without a year say which document is meant, given the year.
_CENTRAL = lazy(r"(?:-|/)(?:TTg|CP|QH\d*|UBTVQH\d*|CTN|TW|B[A-ZĐ]{2,}|NHNN|VPCP)$")


def check(context: Context) -> Iterator[Check]:
    """One check for every document cited with a date more than once, and for every number that holds its year."""
    groups: dict[str, list[Reference]] = defaultdict(list)
    for reference in context.report.references:
        if reference.date is None or not _own_date(context, reference):
            continue
        groups[reference.key].append(reference)
        year = _KEY_YEAR.match(reference.key)
        if year is not None:
            yield _year(context, reference, year[1])
        issued = context.report.document.issued_on
        if issued is not None and date.fromisoformat(reference.date) > date.fromisoformat(issued):
            message = f"{reference.text} is dated {_say(reference.date)}, the report {_say(issued)}"
            yield context.found(FUTURE, "warning", message, *_span(reference), (reference.id,))
    for group in groups.values():
        yield from _agree(context, group)


def _own_date(context: Context, reference: Reference) -> bool:
    """Whether the date is written behind this very citation and not shared by a list or read before it."""
    assert reference.date is not None
    year, month, day = (int(p) for p in reference.date.split("-"))
    behind = context.text[reference.end : reference.end + 60]
    found = re.match(r"[\s,(]*(?:ký\s|ban\shành\s)?ngày\s+(\d{1,2})\D{1,9}(\d{1,2})\D{1,7}(\d{4})", behind)
    return found is not None and (int(found[1]), int(found[2]), int(found[3])) == (day, month, year)


def _year(context: Context, reference: Reference, year: str) -> Check:
    assert reference.date is not None
    if reference.date[:4] == year:
        return passed((reference.id,))
    message = f"{reference.text} is of {year} by its number, the report dates it {_say(reference.date)}"
    return context.found(YEAR, "error", message, *_span(reference), (reference.id,))


def _agree(context: Context, group: Sequence[Reference]) -> Iterator[Check]:
    """Whether all citations of one number have one date, as far as they must be one document."""
    first = group[0]
    for other in group[1:]:
        ids = (first.id, other.id)
        if other.date == first.date:
            yield passed(ids)
        elif _one_document(first, other):
            assert first.date is not None
            assert other.date is not None
            message = f"{first.text} is dated {_say(first.date)} and {_say(other.date)}"
            yield context.found(RULE, "error", message, *_span(other), ids)
            return


def _one_document(a: Reference, b: Reference) -> bool:
    """Numbers without a year begin anew every year and with every body: the same only within a year, or where day and
    month agree; and of the same body."""
    assert a.date is not None
    assert b.date is not None
    if _KEY_YEAR.match(a.key) or not re.match(r"\d", a.key):
        return bool(_KEY_YEAR.match(a.key))
    if a.issuer and b.issuer and a.issuer != b.issuer:
        return False
    if not _CENTRAL.search(a.key) and a.issuer != b.issuer:
        return False
    return a.date[:4] == b.date[:4] or a.date[5:] == b.date[5:]


def _span(reference: Reference) -> tuple[int, int]:
    return reference.start, reference.end


def _say(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"
