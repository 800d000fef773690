"""The stages in their order: one report from a file, or from a text, to a `Report`.

    file → reading → layout → segmenting → finding → linking → auditing → Report
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from extractor.auditing import audit
from extractor.finding.dates import find_dates
from extractor.finding.figures import find_figures
from extractor.finding.metadata import Metadata, find_metadata
from extractor.finding.places import find_mentions
from extractor.finding.references import find_references
from extractor.layout import lay_out
from extractor.linking.authorities import resolve_references
from extractor.linking.figures import link_figures
from extractor.linking.mentions import with_mentions
from extractor.linking.own_place import own_place
from extractor.linking.places import link_places
from extractor.linking.table_places import table_places
from extractor.linking.tables import read_tables, table_figures
from extractor.model import Document, Figure, Place, PlaceName, Reference, Report, Section, ShortForm
from extractor.pages import LaidTable, LaidText, Note
from extractor.reading import Recognition, open_source
from extractor.reading.signatures import read_signatures
from extractor.reading.text import text_pages
from extractor.reading.watching import Watch, unwatched
from extractor.segmenting import segment
from extractor.word_boxes import encoded


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one text, with offsets into it; pages and boxes are not set yet, ids only of citations."""

    metadata: Metadata
    place: PlaceName | None
    sections: list[Section]
    figures: list[Figure]
    references: list[Reference]
    short_forms: list[ShortForm]
    places: list[Place]


def extract(
    path: str | Path, *, source: str | None = None, ocr: Recognition = "auto", watch: Watch = unwatched
) -> Report:
    """Read one report file (PDF, DOCX, DOC, TXT, HTML, TIFF, PNG, JPEG) and extract everything the contract names.

    `source` is the name that the document carries in the output (default: the path as given). `ocr`: "auto" recognises
    the pages without a text layer that can be trusted, "force" every page of a PDF, "off" none. `watch` is asked for
    each page that is read on its own.
    Raises a subclass of `extractor.errors.ReportError` that names the file and the remedy, or `MissingProgram`.
    """
    path = Path(path)
    opened = open_source(path, ocr, watch)
    laid = lay_out(opened.pages)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    report = _report(laid, opened.warnings, sha256, source or str(path), opened.media_type, opened.page_count)
    return _signed(report, path) if opened.media_type == "application/pdf" else report


def _signed(report: Report, path: Path) -> Report:
    """The report with the digital signatures of its file."""
    signatures, warnings = read_signatures(path)
    document = replace(report.document, signatures=signatures)
    return replace(report, document=document, warnings=(*report.warnings, *warnings))


def extract_text(text: str, *, report_date: date | None = None) -> Report:
    """Extract from a text, wrapped or not. `report_date` decides the units of its time where the text gives no date."""
    laid = lay_out(text_pages(text))
    sha256 = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()
    return _report(laid, (), sha256, "text", "text/plain", len(laid.pages), report_date)


def analyse(
    text: str, notes: Sequence[Note] = (), tables: Sequence[LaidTable] = (), *, report_date: date | None = None
) -> Analysis:
    """Find everything in a text as it stands. `notes` are the spans of its footnotes, `tables` its tables."""
    metadata = find_metadata(text)
    on = date.fromisoformat(metadata.issued_on) if metadata.issued_on else report_date
    home = [name for name in (metadata.place_name, metadata.issuer, metadata.issued_at) if name]
    rows = [span for table in tables for span in table.lines]
    sections = segment(text, [*notes, *(Note(start, end, "") for start, end in rows)])
    dates = find_dates(text)
    references = find_references(text, dates)
    places = link_places(text, find_mentions(text), on=on, home=home)
    own = own_place(metadata.place_name, metadata.issuer, places, on=on)
    places = sorted([*places, *table_places(text, tables, places, own=own, on=on, home=home)], key=lambda p: p.start)
    blocked = [(d.start, d.end) for d in dates]
    blocked += [(r.start, r.end) for r in references]
    blocked += [(p.start, p.end) for p in places]
    blocked += [_label(text, s) for s in sections]
    blocked += [(n.anchor, n.anchor + len(n.mark)) for n in notes if n.anchor is not None]
    figures = find_figures(text, _merged(blocked + rows))
    figures = link_figures(
        text,
        figures,
        sections=sections,
        places=places,
        dates=dates,
        notes=notes,
        period=metadata.period,
        own=own,
        on=on,
    )
    figures += table_figures(
        text, tables, places=places, blocked=_merged(blocked), period=metadata.period, own=own
    )
    figures.sort(key=lambda f: f.start)
    cited = resolve_references(
        text, [replace(r, id=f"r{i}") for i, r in enumerate(references, 1)],
        on=on, own_number=metadata.number, own_type=metadata.type,
    )  # fmt: skip
    return Analysis(metadata, own, sections, figures, list(cited.references), list(cited.short_forms), places)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans sorted, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _label(text: str, section: Section) -> tuple[int, int]:
    """The span of a section's number, which is no figure."""
    at = text.find(section.number, section.start, section.end)
    return section.start, (at if at >= 0 else section.start) + len(section.number)


def _report(
    laid: LaidText,
    warnings: Sequence[str],
    sha256: str,
    source: str,
    media_type: str,
    page_count: int,
    report_date: date | None = None,
) -> Report:
    found = analyse(laid.text, laid.notes, laid.tables, report_date=report_date)
    meta = found.metadata
    page, boxes = laid.page_at, laid.boxes
    section = _SectionFinder(found.sections)

    def printed(item: Figure | Reference) -> dict[str, Any]:
        sure = min(item.confidence, laid.confidence(item.start, item.end))
        return {"page": page(item.start), "boxes": boxes(item.start, item.end), "confidence": sure}

    report = Report(
        document=Document(
            id="d" + sha256[:16],
            source=source,
            sha256=sha256,
            media_type=media_type,
            page_count=page_count,
            type=meta.type,
            type_code=meta.type_code,
            number=meta.number,
            title=meta.title,
            issuer=meta.issuer,
            issued_on=meta.issued_on,
            issued_at=meta.issued_at,
            signer=meta.signer,
            signer_role=meta.signer_role,
            recipients=meta.recipients,
            period=meta.period,
            place=found.place,
        ),
        text=laid.text,
        pages=laid.pages,
        sections=tuple(replace(s, page=page(s.start)) for s in found.sections),
        figures=tuple(
            replace(f, id=f"f{i}", section=section(f.start), **printed(f))
            for i, f in enumerate(found.figures, 1)
        ),
        references=tuple(
            replace(r, section=section(r.start), **printed(r)) for r in found.references
        ),
        short_forms=tuple(
            replace(s, section=section(s.start), page=page(s.start), boxes=boxes(s.start, s.end))
            for s in found.short_forms
        ),
        places=tuple(replace(p, page=page(p.start), boxes=boxes(p.start, p.end)) for p in found.places),
        tables=tuple(
            replace(t, mentions=tuple(replace(m, page=page(m.start)) for m in t.mentions))
            for t in with_mentions(
                laid.text, [t for t, _ in read_tables(laid.text, laid.tables)], laid.tables, found.references
            )
        ),
        furniture=laid.furniture,
        readings=laid.readings,
        warnings=(*warnings, *laid.warnings),
        word_boxes=encoded(laid),
    )
    return replace(report, findings=tuple(audit(report)[0]))


class _SectionFinder:
    """The innermost section that an offset lies in."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._starts = [s.start for s in sections]
        self._sections = sections
        self._by_id = {s.id: s for s in sections}

    def __call__(self, offset: int) -> str | None:
        at = bisect_right(self._starts, offset) - 1
        inner = self._sections[at] if at >= 0 else None
        while inner is not None and offset >= inner.end:
            inner = self._by_id[inner.parent] if inner.parent else None
        return inner.id if inner else None



