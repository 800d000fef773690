"""Places that a table names without a cue: under a head `Tên xã` the rows are communes, whatever they are called."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.finding.lazy import lazy
from extractor.finding.places import find_mentions
from extractor.linking.places import link_places
from extractor.linking.table_columns import columns_of, subject_columns
from extractor.model import Place, PlaceName
from extractor.pages import LaidTable

_LEVEL = lazy(
    r"(?i:(?:tên\s+)?(?:các\s+)?(?:(?P<commune>xã|phường|thị\s+trấn)|(?P<district>huyện|quận|thị\s+xã)|(?P<lower>địa\s+phương|đơn\s+vị|địa\s+bàn))(?!\w))"
)
_NAME = lazy(r"[A-ZĐÀ-Ỹ][^\d,;:()]{1,40}")


def table_places(
    text: str,
    tables: Sequence[LaidTable],
    places: Sequence[Place],
    *,
    own: PlaceName | None,
    on: date | None,
    home: Sequence[str] = (),
) -> list[Place]:
    """The places that rows name and `places` (sorted) lacks, with their spans in `text`; only those whose code is sure.

    A head that says `đơn vị` or `địa phương` means the level below the report's own area.
    """
    found: list[Place] = []
    for table in tables:
        found += _of_table(text, table, places, own, on, home)
    return found


def _of_table(
    text: str, laid: LaidTable, places: Sequence[Place], own: PlaceName | None, on: date | None, home: Sequence[str]
) -> list[Place]:
    columns = columns_of(laid.table)
    lines: list[tuple[int, str]] = []
    for k in subject_columns(laid.table, columns):
        cue = _cue(columns[k].path, own)
        if cue is None:
            continue
        for cell in laid.cells:
            if cell.column != k or cell.row < laid.table.header_rows:
                continue
            at = bisect_left(places, cell.start, key=lambda p: p.start)
            if at < len(places) and places[at].start < cell.end:
                continue
            name = text[cell.start : cell.end]
            if _NAME.fullmatch(name) is not None and not name.isupper():
                lines.append((cell.start, f"{cue} {name}"))
    if not lines:
        return []
    listed = "\n".join(line for _, line in lines)
    linked = link_places(listed, find_mentions(listed), on=on, home=home)
    return _back(linked, lines)


def _cue(path: Sequence[str], own: PlaceName | None) -> str | None:
    match = _LEVEL.match(path[-1]) if path else None
    if match is None:
        return None
    if match["lower"]:
        return {"province": "huyện", "district": "xã"}.get(own.level) if own is not None else None
    return "xã" if match["commune"] else "huyện"


def _back(linked: Sequence[Place], lines: Sequence[tuple[int, str]]) -> list[Place]:
    """The places whose name is all that stands behind the cue of its line, at their spans in the text."""
    found, start = [], 0
    by_start = {place.start: place for place in linked}
    for at, line in lines:
        cue = line.index(" ") + 1
        place = by_start.get(start + cue)
        if place is not None and place.code and place.end == start + len(line):
            found.append(replace(place, start=at, end=at + len(line) - cue))
        start += len(line) + 1
    return found
