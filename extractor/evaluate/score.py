"""One report against its gold: what was hit, missed, made up, and the attributes of the hits.

Gold offsets count code points of the raw text, the report's offsets those of its own text; the two are aligned on their
non-space characters, so that a report may rewrap lines, drop page furniture or move footnotes. Gold that lies in
dropped text counts as missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from rapidfuzz import fuzz

from extractor.evaluate.agree import figures_agree, label, metadata_agrees, places_agree, references_agree
from extractor.evaluate.align import Alignment, Span, overlap
from extractor.evaluate.gold import Annotation, Gold
from extractor.model import Figure, Place, Reference, Report, Section

CORE = ("household", "percent", "money", "criteria")
_LABEL_WIDTH = 12  # characters at a section's start in which its label must stand
_SAME_INDICATOR = 75  # token-set similarity of 100

Item = TypeVar("Item", Figure, Reference, Place, Section)


@dataclass(slots=True)
class Count:
    """Hits, misses and spurious items of one kind."""

    hit: int = 0
    miss: int = 0
    spurious: int = 0


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is not as gold says. `gold` and `found` are what stands there, as text ('' for nothing)."""

    kind: str
    what: Literal["missed", "spurious", "wrong"]
    text: str
    gold: str
    found: str


@dataclass(slots=True)
class Scores:
    """The counts of one or many reports by kind, and the errors behind them."""

    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    def count(self, kind: str) -> Count:
        """The count of `kind`, made where there is none."""
        return self.counts.setdefault(kind, Count())

    def attribute(self, name: str, surface: str, gold: object, found: object, good: bool) -> None:
        """Note an attribute of a hit."""
        count = self.count(name)
        if good:
            count.hit += 1
        else:
            count.miss += 1
            self.errors.append(Error(name, "wrong", surface, str(gold or ""), str(found or "")))


@dataclass(frozen=True, slots=True)
class _Marks:
    """The gold of one tag with the spans in the report's text (None where that text is gone)."""

    spans: list[Span | None]
    annotations: list[Annotation]


def score(gold: Gold, raw: str, report: Report) -> Scores:
    """Score one report. `raw` is the text that the gold's offsets count."""
    alignment = Alignment.of(raw, report.text)

    def marks(keep: Callable[[Annotation], bool]) -> _Marks:
        kept = [a for a in gold.annotations if keep(a)]
        return _Marks([alignment.moved(a.start, a.end) for a in kept], kept)

    scores = Scores()
    optional = [s for s in marks(lambda a: a.tag == "O").spans if s]
    spans = [(f.start, f.end) for f in report.figures]
    hits = _pair(scores, "figure", marks(lambda a: a.tag == "F"), spans, report.figures, figures_agree, optional)
    for kind in CORE:
        mine = marks(lambda a, kind=kind: a.tag == "F" and a.kind == kind)  # type: ignore[misc]
        others = marks(lambda a, kind=kind: a.tag == "F" and a.kind != kind)  # type: ignore[misc]
        found = [f for f in report.figures if f.kind == kind]
        allowed = optional + [s for s in others.spans if s]
        _pair(scores, f"figure.{kind}", mine, [(f.start, f.end) for f in found], found, figures_agree, allowed)
    cited = _pair(
        scores,
        "reference",
        marks(lambda a: a.tag == "R"),
        [(r.start, r.end) for r in report.references],
        report.references,
        references_agree,
        optional,
    )
    spans = [(p.start, p.end) for p in report.places]
    _pair(scores, "place", marks(lambda a: a.tag == "P"), spans, report.places, places_agree, optional)
    _sections(scores, marks(lambda a: a.tag == "S"), report, optional)
    _figure_attributes(scores, hits, report)
    for mark, reference in cited:
        if mark.date:
            scores.attribute("attr.reference.date", mark.text, mark.date, reference.date, mark.date == reference.date)
    for name, want in gold.document.items():
        stated: Any = getattr(report.document, name, None)
        scores.attribute(f"document.{name}", name, want, stated, metadata_agrees(want, stated))
    return scores


def _pair(
    scores: Scores,
    name: str,
    marks: _Marks,
    spans: Sequence[Span],
    items: Sequence[Item],
    agree: Callable[[Annotation, Item], bool],
    optional: Sequence[Span],
) -> list[tuple[Annotation, Item]]:
    """Match each mark to the first overlapping item that agrees; count, and return the matched pairs."""
    count = scores.count(name)
    used: set[int] = set()
    hits: list[tuple[Annotation, Item]] = []
    for span, mark in zip(marks.spans, marks.annotations, strict=True):
        near = (k for k, other in enumerate(spans) if span and overlap(span, other))
        best = next((k for k in near if agree(mark, items[k])), None)
        if best is None:
            scores.errors.append(Error(name, "missed", mark.text, _said(mark), ""))
        else:
            used.add(best)
            hits.append((mark, items[best]))
    spurious = [k for k in range(len(items)) if k not in used and not any(overlap(spans[k], q) for q in optional)]
    for k in spurious:
        scores.errors.append(Error(name, "spurious", _surface(items[k]), "", _stated(items[k])))
    count.hit += len(hits)
    count.miss += len(marks.annotations) - len(hits)
    count.spurious += len(spurious)
    return hits


def _sections(scores: Scores, marks: _Marks, report: Report, optional: Sequence[Span]) -> None:
    """Labels at the start of their sections, and for those that are there the label of the parent."""
    found = [s for s in report.sections if s.number]
    spans = [(s.start, s.start + _LABEL_WIDTH) for s in found]
    hits = _pair(scores, "section", marks, spans, found, lambda g, s: label(g.number) == label(s.number), optional)
    parents = _parents(marks.annotations)
    by_id = {s.id: s for s in report.sections}
    scores.count("section.parent")
    for mark, section in hits:
        parent = by_id.get(section.parent or "")
        want, got = parents[mark], parent.number if parent else None
        scores.attribute("section.parent", mark.number, want, got, label(want) == label(got))


def _parents(sections: Iterable[Annotation]) -> dict[Annotation, str | None]:
    """The number of the section that each stands in."""
    parents: dict[Annotation, str | None] = {}
    stack: list[Annotation] = []
    for section in sections:
        while stack and stack[-1].depth >= section.depth:
            stack.pop()
        parents[section] = stack[-1].number if stack else None
        stack.append(section)
    return parents


def _figure_attributes(scores: Scores, hits: Iterable[tuple[Annotation, Figure]], report: Report) -> None:
    """Of the core figures that were hit: the attributes that gold states or, for direction and role, either claims."""
    own = report.document.place
    for gold, out in hits:
        if gold.kind not in CORE:
            continue
        if gold.indicator:
            alike = fuzz.token_set_ratio(gold.indicator.lower(), (out.indicator or "").lower())
            scores.attribute("attr.indicator", gold.text, gold.indicator, out.indicator, alike >= _SAME_INDICATOR)
        if gold.direction or out.direction:
            good = gold.direction == out.direction
            scores.attribute("attr.direction", gold.text, gold.direction, out.direction, good)
        if gold.role or out.role:
            scores.attribute("attr.role", gold.text, gold.role, out.role, gold.role == out.role)
        if gold.period:
            quarter = len(gold.period) == 4 and (out.period or "").startswith(gold.period + "-Q")
            good = gold.period == (out.period or "") or quarter
            scores.attribute("attr.period", gold.text, gold.period, out.period, good)
        if gold.place:
            want = {p.strip().lower() for p in gold.place.split(";")}
            got = {p.name.lower() for p in out.places or ((own,) if own else ())}
            scores.attribute("attr.place", gold.text, gold.place, "; ".join(sorted(got)), want == got)


def _said(mark: Annotation) -> str:
    if mark.tag == "F":
        ratio = "" if mark.of is None else f"/{mark.of:g}"
        return f"{mark.value:.12g}{ratio} {mark.unit}"
    return mark.key or mark.name or mark.number


def _stated(item: Figure | Reference | Place | Section) -> str:
    if isinstance(item, Figure):
        ratio = "" if item.of is None else f"/{item.of:f}"
        return f"{item.value:f}{ratio} {item.unit}"
    if isinstance(item, Reference):
        return item.key
    return item.number if isinstance(item, Section) else item.name


def _surface(item: Figure | Reference | Place | Section) -> str:
    return item.title if isinstance(item, Section) else item.text
