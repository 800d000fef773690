"""How far a report can be trusted: every page and the whole graded good, fair or poor, with the reasons.

A document is as good as its worst page, as in Docling's confidence report: one unreadable page of forty is the one that
has to be found. Grades come from what the report's JSON holds: how sure recognition was, which part of the words are
valid Vietnamese syllables, numbers that were read in two ways, what the reader warned of, and what the audit found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractor.model import Page, Report
from extractor.reading.trust import TRUSTED_VALID, valid_share

Grade = Literal["good", "fair", "poor"]
WORST_FIRST: tuple[Grade, ...] = ("poor", "fair", "good")

SURE = 0.94
"""Least mean confidence of recognised words on a good page. Measured on pages of corpus/ made worse step by step (blur,
noise, 56 to 200 dpi, fax): of the words of pages at 0.955 and more, 8 % and less differed from what was printed, of
those at 0.935 and less 11 % and more."""
UNSURE = 0.85
"""Below it a page is poor. In the same measurement a fifth to a quarter of the words of pages at 0.85 to 0.87 was
wrong, a third and more of those at 0.80 and less."""
UNREADABLE_VALID = 0.72
"""The valid share of pages that a program without Vietnamese had recognised was this or less (`reading.trust`)."""
DOUBTFUL_NUMBERS = 0.15
"""A page of whose numbers more than this share were mended or read in two ways is poor. In the same measurement such
pages had 6 and more of some 80 numbers wrong, pages with fewer at most 5."""
FEWEST_DOUBTFUL = 3  # fewer are no share of anything
_NOTES = ("PDF/A: ", "searchable PDF: a copy with ")  # of the copy beside the report, no doubt of what was read
_OF_PAGE = re.compile(r"(?:searchable PDF: )?page (\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's or a document's grade and what speaks against it, the gravest first. `number`: 0 for the document."""

    number: int
    grade: Grade
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """A document with the grades of its pages; `whole` is what concerns no single page."""

    report: Report
    pages: tuple[Judged, ...]
    whole: Judged

    @property
    def grade(self) -> Grade:
        """The worst of all."""
        return min((j.grade for j in (*self.pages, self.whole)), key=WORST_FIRST.index)

    @property
    def bad(self) -> list[Judged]:
        """What is not good, worst first, in the order of the pages."""
        told = [j for j in (self.whole, *self.pages) if j.grade != "good"]
        return sorted(told, key=lambda j: (WORST_FIRST.index(j.grade), j.number))

    def row(self) -> dict[str, Any]:
        """The contract's keys."""
        return {
            "document": self.report.document.source,
            "grade": self.grade,
            "pages": sorted(j.number for j in self.bad if j.number),
            "reasons": [f"page {j.number}: {r}" if j.number else r for j in self.bad for r in j.reasons],
        }


def grade(report: Report) -> Graded:
    """The grades of a report's pages and of what concerns it as a whole."""
    doubts: dict[int, list[str]] = defaultdict(list)
    for warning in report.warnings:
        if warning.startswith(_NOTES):
            continue
        of_page = _OF_PAGE.match(warning)
        doubts[int(of_page[1]) if of_page else 0].append(of_page[2] if of_page else warning)
    readings: dict[int, int] = defaultdict(int)
    for reading in report.readings:
        readings[reading.page or 0] += 1
    findings: dict[int, list[str]] = defaultdict(list)
    for finding in report.findings:
        if finding.severity == "error":
            findings[finding.page or 0].append(f"audit: {finding.message}")
    pages = tuple(
        _page(report.text[page.start : page.end], page, doubts.pop(page.number, []), readings.pop(page.number, 0),
              findings.pop(page.number, []))
        for page in report.pages
    )  # fmt: skip
    left = [
        f"page {page}: {r}" if page else r for told in (doubts, findings) for page in sorted(told) for r in told[page]
    ]
    return Graded(report, pages, Judged(0, "fair" if left else "good", tuple(left)))


def _page(text: str, page: Page, doubts: Sequence[str], readings: int, findings: Sequence[str]) -> Judged:
    poor: list[str] = []
    fair: list[str] = []
    share = valid_share(text.split())
    words = "" if share is None else f"only {share:.0%} of its words are valid Vietnamese syllables"
    sure = f"{'recognised' if page.source == 'ocr' else 'its text is trusted'} with confidence {page.confidence:.2f}"
    twice = f"{readings} number{'s' if readings > 1 else ''} or symbols were mended or read in two ways"
    if page.confidence < UNSURE:
        poor += doubts or [sure]
    else:
        fair += doubts
        if page.source == "ocr" and page.confidence < SURE:
            fair.append(sure)
    if share is not None and share < TRUSTED_VALID and not any("valid" in d for d in doubts):
        (poor if share <= UNREADABLE_VALID else fair).append(words)
    if readings:
        numbers = sum(any(c.isdigit() for c in word) for word in text.split())
        many = readings >= FEWEST_DOUBTFUL and readings > DOUBTFUL_NUMBERS * numbers
        (poor if many else fair).append(twice)
    fair += findings
    return Judged(page.number, "poor" if poor else "fair" if fair else "good", (*poor, *fair))
