"""The finders as a spaCy component: `nlp.add_pipe("vn_report")`.

    import spacy
    nlp = spacy.blank("xx")
    nlp.add_pipe("vn_report")
    doc = nlp("Đã giảm 630 hộ nghèo theo Nghị quyết số 20-NQ/TU.")
    doc.spans["figures"][0]._.record.value      # Decimal('630')

The spans stand in `doc.spans` under "figures", "references", "places" and "sections"; a span's label is the figure's
kind, the reference's type, the place's level, the section's number, and `span._.record` is the record of
`extractor.model`. The text is taken as it stands (no layout). Needs the extra `nlp`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline import analyse


@Language.factory("vn_report")
def create(nlp: Language, name: str) -> VnReport:
    """Called by spaCy for `nlp.add_pipe("vn_report")`; any tokenizer will do, spans grow to whole tokens."""
    return VnReport()


class VnReport:
    """Runs the finders over a Doc's text and keeps what they find as span groups."""

    def __init__(self) -> None:
        if not Span.has_extension("record"):
            Span.set_extension("record", default=None)

    def __call__(self, doc: Doc) -> Doc:
        found = analyse(doc.text)
        _group(doc, "figures", ((f.start, f.end, f.kind, f) for f in found.figures))
        _group(doc, "references", ((r.start, r.end, r.type or "", r) for r in found.references))
        _group(doc, "places", ((p.start, p.end, p.level, p) for p in found.places))
        _group(doc, "sections", ((s.start, s.end, s.number, s) for s in found.sections))
        return doc


def _group(doc: Doc, name: str, rows: Iterable[tuple[int, int, str, Any]]) -> None:
    spans = []
    for start, end, label, record in rows:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            span._.record = record
            spans.append(span)
    doc.spans[name] = spans
