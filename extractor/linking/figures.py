"""Linking: what every figure is about. See `link_figures`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.finding.dates import DateSpan
from extractor.linking import directions, indicators
from extractor.linking.clauses import blank, clauses
from extractor.model import Figure, Place, PlaceName, Section
from extractor.pages import Note


def link_figures(
    text: str,
    figures: Sequence[Figure],
    *,
    sections: Sequence[Section],
    places: Sequence[Place],
    dates: Sequence[DateSpan],
    notes: Sequence[Note] = (),
    period: str | None = None,
    own: PlaceName | None = None,
    on: date | None = None,
) -> list[Figure]:
    """`figures` with what they are about: indicator, indicator_id, direction, role, period and places.

    `sections`, `places`, `dates`, `notes`: what was found in `text`, in order. `period`: the report's own period;
    `own`: its own area (a figure about it carries no place); `on`: its date.
    """
    if not figures:
        return []
    masked = blank(text, dates, places)
    found = clauses(masked, figures)
    changes = directions.read(figures, found, masked)
    titles = _titles(figures, sections)
    names = indicators.read(figures, found, changes, titles, text)
    return [
        replace(f, indicator=name, direction=change.direction)
        for f, name, change in zip(figures, names, changes, strict=True)
    ]


def _titles(figures: Sequence[Figure], sections: Sequence[Section]) -> list[str]:
    starts = [s.start for s in sections]
    out = []
    for figure in figures:
        at = bisect_right(starts, figure.start) - 1
        out.append(sections[at].title if at >= 0 else "")
    return out
