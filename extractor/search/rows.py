"""A report as rows of the index: its sentences, its figures and its citations, each with section, page and offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.finding.document_titles import title_after
from extractor.finding.sentences import sentences
from extractor.linking.authorities.records import meant
from extractor.model import Reference, Report, Section, ShortForm
from extractor.serial import plain


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is found: `words` is what is searched, `passage` the number of its sentence in the report."""

    passage: int
    section: str | None
    page: int | None
    start: int
    end: int
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of one document."""

    mention: str
    key: str
    surface: str
    type: str | None
    issuer: str | None
    date: str | None
    title: str | None
    relation: str
    pinpoint: str | None
    by: str | None
    passage: int
    section: str | None
    page: int | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Rows:
    """All that the index holds of one report."""

    passages: list[Item]
    figures: list[Item]
    references: list[Item]
    citations: list[Citation]


def rows(report: Report) -> Rows:
    """The rows of one report."""
    spans = list(sentences(report.text))
    starts = [start for start, _ in spans]
    numbers = {s.id: s.number for s in report.sections}

    def passage(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    places = _Sections(report.sections)
    pages = [(p.start, p.number) for p in report.pages]
    page_starts = [start for start, _ in pages]
    passages = []
    for i, (start, end) in enumerate(spans):
        text = " ".join(report.text[start:end].split())
        at = bisect_right(page_starts, start) - 1
        passages.append(Item(i, places.number(start), pages[at][1] if at >= 0 else None, start, end, text, text))
    figures = [
        Item(
            passage(f.start), numbers.get(f.section or ""), f.page, f.start, f.end,
            " · ".join(filter(None, [f.indicator, f.text, f.period, ", ".join(p.name for p in f.places)])),
            " ".join(
                filter(None, [f.indicator, f.text, f.unit, f.period, plain(f.value), *(p.name for p in f.places)])
            ),
        )
        for f in report.figures
    ]  # fmt: skip
    references = [
        Item(
            passage(r.start), numbers.get(r.section or ""), r.page, r.start, r.end, " ".join(r.text.split()),
            " ".join(filter(None, [r.text, r.resolved, r.issuer, r.type, title_after(report.text, r.end)])),
        )
        for r in report.references
    ]  # fmt: skip
    mentions: list[Reference | ShortForm] = [*report.references, *report.short_forms]
    citations = [
        _citation(report, mention, key, passage(mention.start), numbers.get(mention.section or ""))
        for mention in mentions
        for key in _keys(mention)
    ]
    return Rows(passages, figures, references, citations)


def _keys(mention: Reference | ShortForm) -> Iterator[str]:
    """The keys that a mention is found under; an open reference under what it says, unless it is the report itself."""
    keys = meant(mention)
    if keys:
        yield from keys
    elif isinstance(mention, Reference) and mention.reason != "the report itself":
        yield mention.key


def _citation(report: Report, mention: Reference | ShortForm, key: str, passage: int, section: str | None) -> Citation:
    full = mention if isinstance(mention, Reference) else None
    return Citation(
        mention=mention.id, key=key, surface=" ".join(mention.text.split()), type=mention.type,
        issuer=full.issuer if full else None, date=full.date if full else None,
        title=title_after(report.text, mention.end) if full else None, relation=mention.relation,
        pinpoint=mention.pinpoint, by=full.by if full else None, passage=passage, section=section, page=mention.page,
        start=mention.start, end=mention.end, confidence=mention.confidence,
    )  # fmt: skip


class _Sections:
    """The number of the innermost section at an offset; offsets are asked for in order."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._starts = [s.start for s in sections]
        self._sections = sections

    def number(self, offset: int) -> str | None:
        at = bisect_right(self._starts, offset) - 1
        while at >= 0 and offset >= self._sections[at].end:
            at -= 1
        return self._sections[at].number if at >= 0 else None
