"""What `extractor search` and `extractor cite` print."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict

from extractor import output
from extractor.search.citing import Cited
from extractor.search.export import COLUMNS, as_value
from extractor.search.query import Found, Hit

_SHOWN = 8


def print_found(found: Found, shown: output.Format) -> None:
    """Print the hits; as a table also the facets."""
    rows = [asdict(h) for h in found.hits]
    if shown == "json":
        value = {"hits": rows, "total": found.total, "ranked": found.ranked, "facets": found.facets}
        sys.stdout.write(output.as_json(value))
    elif shown == "csv":
        sys.stdout.write(output.as_csv(rows, tuple(Hit.__dataclass_fields__)))
    else:
        for hit in found.hits:
            sys.stdout.write(f"{_where(hit.document, hit.page, hit.section)}\n    {hit.snippet}\n")
        first = f", the best of the first {found.ranked:,}" if found.ranked < found.total else ""
        sys.stdout.write(f"{found.total:,} {'found' + first}\n")
        for name, counts in found.facets.items():
            if counts:
                said = ", ".join(f"{value} {n:,}" for value, n in list(counts.items())[:_SHOWN])
                sys.stdout.write(f"{name}: {said}{' …' if len(counts) > _SHOWN else ''}\n")


def print_cited(cited: Cited, shown: output.Format) -> None:
    """Print a cited document's record and its passages."""
    if shown == "json":
        sys.stdout.write(output.as_json(as_value(cited)))
    elif shown == "csv":
        sys.stdout.write(output.as_csv([asdict(p) for p in cited.passages], COLUMNS))
    else:
        sys.stdout.writelines(_lines(cited))


def _lines(cited: Cited) -> Iterator[str]:
    yield f"{cited.key}  {cited.type or ''}  {cited.issuer or ''}  {', '.join(cited.dates[:3])}\n"
    if cited.title:
        yield f"  {cited.title}\n"
    yield f"  written {'; '.join(cited.variants[:_SHOWN])}\n" if cited.variants else ""
    for change in cited.changes:
        by = f"{change.by or 'an unnamed document'} {change.date or ''}"
        yield f"  {change.relation}: by {by} (says {change.said_in or 'the list of editions'})\n"
    for conflict in cited.conflicts:
        yield f"  {conflict.kind}: {conflict.message} ({', '.join(conflict.documents[:3])})\n"
    for passage in cited.passages:
        pin = f", {passage.pinpoint}" if passage.pinpoint else ""
        late = ", outdated" if passage.outdated else ""
        where = _where(passage.document, passage.page, passage.section)
        yield f"{where}: {passage.relation}{pin}{late}\n    {passage.text}\n"
    years = ", ".join(f"{year} {n}" for year, n in cited.by_year.items())
    yield f"{len(cited.passages):,} passages in {len(cited.by_document):,} reports{': ' + years if years else ''}\n"
    if cited.cited_with:
        yield "cited with " + ", ".join(f"{c.key} ({c.count})" for c in cited.cited_with[:_SHOWN]) + "\n"


def _where(document: str, page: int | None, section: str | None) -> str:
    return document + (f", p. {page}" if page else "") + (f", {section}" if section else "")
