"""When a figure is true: the year that its words mean, where the extractor's period alone does not say it."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.finding.lazy import lazy

_START = lazy(r"đầu (?:năm|kỳ)", re.IGNORECASE)
_SINCE_START = lazy(r"so (?:với )?(?:đầu|cùng) (?:năm|kỳ)[^.;\n(]{0,12}\(", re.IGNORECASE)
_BREAK = lazy(r"[.;\n]\s|cuối (?:năm|kỳ)|trong (?:năm|kỳ)|đến nay|hiện|giảm|tăng|so với|còn", re.IGNORECASE)
_FROM = lazy(r"\btừ\s+(?:mức\s+)?$", re.IGNORECASE)
_TO = lazy(r"\b(?:xuống|lên)\b", re.IGNORECASE)
_REACH = 90


def said_of_start(text: str, start: int, heading: str | None) -> bool:
    """Whether the figure is one of the year's beginning, that is of the end of the year before."""
    if heading is not None:
        head = heading.lower()
        return ("đầu năm" in head or "đầu kỳ" in head) and "so với" not in head and "so đầu" not in head
    before = text[max(0, start - _REACH) : start]
    if "đầu" not in (said := before.lower()) and "cùng" not in said:
        return False
    if since := list(_SINCE_START.finditer(before)):
        return ")" not in before[since[-1].end() :]
    starts = list(_START.finditer(before))
    if not starts or before[: starts[-1].start()].rstrip().lower().endswith(("so với", "so")):
        return False
    return _BREAK.search(before[starts[-1].end() :]) is None


def said_as_from(text: str, start: int, stop: int) -> bool:
    """Whether it is the first of `giảm từ 47,32% xuống còn 39,15%`: what was, before what is."""
    return bool(_FROM.search(text[max(0, start - 10) : start]) and _TO.search(text[stop : stop + 60].split("\n")[0]))


def span_of(period: str | None) -> str | None:
    """The period where it is one of several years (`2021-2025`)."""
    return period if period and len(period) == 9 and period[4] == "-" else None


@lru_cache(maxsize=4096)
def length_of(period: str | None) -> str:
    """What part of a year a document's period is: year, half, quarter, month, months or years."""
    if not period:
        return "year"
    if span_of(period):
        return "years"
    if len(period) == 4:
        return "year"
    if "Q" in period:
        return "quarter"
    if "H" in period:
        return "half"
    return "month" if len(period) == 7 else "day"
