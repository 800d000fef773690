"""The period that a report is about, and the periods that its headings name."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date

from extractor.finding.dates import DateSpan
from extractor.finding.lazy import lazy
from extractor.linking.time_spans import VERSUS, governs, period_of
from extractor.model import Figure, Section

_MEETING = lazy(r"(?:họp|làm\s+việc|hội\s+nghị|phiên|kết\s+luận)[^\n.]{0,90}$", 2)
HEADING = 1600
"""How far, in characters, the heading of a report is looked at for its period."""




def default_period(period: str | None, dates: Sequence[DateSpan], text: str, on: date | None = None) -> str | None:
    """The report's own period; else the months that its heading names; else the year of its date; else the most named.

    A report dated in January or February tells of the year before.
    A report on some months of a year (`9 tháng đầu năm 2023` in its heading) holds for those months.
    """
    for span in dates:
        if span.start > HEADING:
            break
        value = span.period
        words = text[span.start : span.end].lower()
        if value is None and period and len(period) == 4:
            value = period_of(span, text, period) if "tháng đầu năm" in words else None
        if not value or len(value) == 10 or (period and not (len(value) == 7 and value[:4] == period)):
            continue
        counted = "quý" in words or (" tháng" in words and "năm" in words) or ("tháng" in words and span.start < 400)
        if counted and governs(span, text[max(0, span.start - 90) : span.start], text):
            return value
    if period and len(period) == 10 and _meeting(period, dates, text):
        return period[:4]
    if period and not (len(period) == 9 and period[4] == "-" and _in_office(period, dates, text)):
        return period
    if on is not None:
        return str(on.year if on.month > 2 else on.year - 1)
    years = Counter(d.period[:4] for d in dates if d.period and len(d.period) != len("2021-2025"))
    return years.most_common(1)[0][0] if years else None


def _in_office(period: str, dates: Sequence[DateSpan], text: str) -> bool:
    """Whether the years in the heading are a term of office, which says when nobody's figures hold."""
    for span in dates:
        if span.start > HEADING:
            break
        if span.period == period and "nhiệm kỳ" in text[max(0, span.start - 24) : span.end].lower():
            return True
    return False


def _meeting(period: str, dates: Sequence[DateSpan], text: str) -> bool:
    """Whether the day in the heading is the day of a meeting, which says nothing about the figures."""
    for span in dates:
        if span.start > HEADING:
            break
        if span.period == period and _MEETING.search(text, max(0, span.start - 120), span.start) is not None:
            return True
    return False


class Headings:
    """The period that the nearest heading above names; `base` is the report's own, `year` its year."""

    def __init__(
        self,
        sections: Sequence[Section],
        dates: Sequence[DateSpan],
        figures: Sequence[Figure],
        text: str,
        base: str | None,
    ) -> None:
        self.base, self.year = base, base[:4] if base else None
        self.starts = [d.start for d in dates]
        self._figures = [f.start for f in figures]
        self._sections, self._dates, self._text = sections, dates, text
        self._by_id = {s.id: k for k, s in enumerate(sections)}
        self._known: dict[int, str | None] = {}

    def __call__(self, index: int) -> str | None:
        if index < 0:
            return None
        if index not in self._known:
            self._known[index] = None
            section = self._sections[index]
            parent = self._by_id.get(section.parent) if section.parent else None
            above = self(parent) if parent is not None and parent != index else None
            self._known[index] = self._own(section, above[:4] if above and len(above) != 9 else self.year) or above
        return self._known[index]

    def _own(self, section: Section, year: str | None) -> str | None:
        start = section.start
        end = min(section.end, start + len(section.title) + len(section.number) + 4)
        first = bisect_left(self._figures, start)
        if first < len(self._figures):  # a run-in heading holds figures: only what stands before them heads the rest
            end = min(end, self._figures[first])
        for k in range(bisect_left(self.starts, start), len(self._dates)):
            span = self._dates[k]
            if span.start >= end:
                break
            lead = self._text[max(start, span.start - 90) : span.start]
            words = self._text[span.start : span.end].lower()
            if "cuối năm" in words and span.period is None:
                return year
            value = period_of(span, self._text, year)
            if value and governs(span, lead, self._text) and not VERSUS.search(lead.lower()):
                return value
        return None
