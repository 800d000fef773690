"""The text of a part as a stream of pieces for a template: text, marks that hide, and spans that nest.

Every character of the part is in one piece, in order, so that offsets can be told from what a browser shows.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.model import Section
from extractor.web.items import Item
from extractor.web.visible import MARKS, name_of

_RANK = {"reference": 0, "figure": 1, "place": 2, "reading": 3}
"""Of items that overlap, the one that is marked: links may not nest. The others stand in the lists all the same."""

_TITLE = 110  # characters: a longer line is a paragraph that begins with a number


@dataclass(frozen=True, slots=True)
class Piece:
    """what: "text" (`text`), "mark" (a character that hides or turns text, `text` its code), "open" and "close" of a
    span. span: "item" (`item`), "finding" (`item`), "heading" (`section`), "grid", "row", "cell" (`item` where it is
    one of a table), "passage". `again`: a span that something else has torn goes on. `holds`: a cell with other items
    in it; `skipped`: how many empty ones before it the text leaves out."""

    what: Literal["text", "mark", "open", "close"]
    text: str = ""
    span: str = ""
    item: Item | None = None
    section: Section | None = None
    again: bool = False
    holds: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    rank: int
    piece: Piece


def pieces(
    text: str, start: int, end: int, items: Iterable[Item], sections: Iterable[Section],
    passage: tuple[int, int] | None = None,
) -> Iterator[Piece]:  # fmt: skip
    """The pieces of `text[start:end]`. `items`, `sections`: those that begin there; `passage`: what was asked for."""
    found = list(items)
    marks = list(_items(found))
    cells = {item.start: item for item in found if item.kind == "cell"}
    held = sorted(mark.start for mark in marks if mark.piece.span == "item")
    spans = [*_lines(text, start, end, cells, held), *_headings(text, end, sections), *marks]
    if passage:
        spans.append(_Span(*passage, 4, Piece("open", span="passage")))
    return _nested(text, start, end, [s for s in spans if start <= s.start < min(s.end, end)])


def _lines(text: str, start: int, end: int, cells: Mapping[int, Item], held: Sequence[int]) -> Iterator[_Span]:
    """Tables: lines one after the other whose cells are parted by tabs, or that are one cell. A row holds its line's
    end and a cell its tab, so that nothing stands between. `cells`: those of tables by where they begin, `held`: where
    other items begin."""
    starts = sorted(cells)
    grid: list[re.Match[str]] = []
    for line in [*re.compile(r"[^\n]*\n|[^\n]+").finditer(text, start, end), None]:
        if line and ("\t" in line[0] or bisect_left(starts, line.end()) > bisect_left(starts, line.start())):
            grid.append(line)
            continue
        if grid:
            yield _Span(grid[0].start(), grid[-1].end(), 0, Piece("open", span="grid"))
        for row in grid:
            yield _Span(row.start(), row.end(), 1, Piece("open", span="row"))
            yield from _cells(row, cells, held)
        grid = []


def _cells(row: re.Match[str], cells: Mapping[int, Item], held: Sequence[int]) -> Iterator[_Span]:
    for found in re.finditer(r"[^\t]*\t|[^\t]+$", row[0]):
        first, last = row.start() + found.start(), row.start() + found.end()
        words = found[0].rstrip()
        item = cells.get(first + len(words) - len(words.lstrip())) if words else None
        holds = bisect_left(held, last) > bisect_left(held, first)
        skipped = item.value.column if item and item.value and first == row.start() else 0
        yield _Span(first, last, 2, Piece("open", span="cell", item=item, holds=holds, skipped=skipped))


def _headings(text: str, end: int, sections: Iterable[Section]) -> Iterator[_Span]:
    """A section's first line where it is a title alone; where text follows, its number alone."""
    for section in sections:
        stop = text.find("\n", section.start, end)
        stop = stop if stop >= 0 else end
        if stop - section.start > _TITLE:
            number = text.find(section.number, section.start, stop)
            stop = number + len(section.number) if number >= 0 else section.start + 1
        yield _Span(section.start, stop, 3, Piece("open", span="heading", section=section))


def _items(items: Iterable[Item]) -> Iterator[_Span]:
    links: list[Item] = []
    for item in items:
        if item.kind == "finding" and item.end > item.start:
            yield _Span(item.start, item.end, 5, Piece("open", span="finding", item=item))
        elif item.kind in _RANK and item.end > item.start:
            links.append(item)
    ends: list[int] = []
    starts: list[int] = []
    for item in sorted(links, key=lambda i: (_RANK[i.kind], i.start)):
        at = bisect_left(starts, item.end)
        if at and ends[at - 1] > item.start:
            continue
        starts.insert(at, item.start)
        ends.insert(at, item.end)
        yield _Span(item.start, item.end, 6, Piece("open", span="item", item=item))


def _nested(text: str, start: int, end: int, spans: list[_Span]) -> Iterator[Piece]:
    """Spans opened and closed as elements are: one that crosses another's end is torn there and goes on."""
    waiting = [(s.start, -s.end, s.rank, at, s) for at, s in enumerate(spans)]
    heapq.heapify(waiting)
    count, at, stack = len(spans), start, list[int]()
    while waiting:
        _, _, _, _, span = heapq.heappop(waiting)
        while stack and stack[-1] <= span.start:
            yield from _plain(text, at, stack[-1])
            at = max(at, stack.pop())
            yield Piece("close")
        yield from _plain(text, at, span.start)
        at = max(at, span.start)
        stop = min(span.end, end, *stack[-1:])
        if stop < min(span.end, end):
            piece = replace(span.piece, again=True)
            rest = _Span(stop, span.end, span.rank, piece)
            heapq.heappush(waiting, (rest.start, -rest.end, rest.rank, count, rest))
            count += 1
        stack.append(stop)
        yield span.piece
    while stack:
        yield from _plain(text, at, stack[-1])
        at = max(at, stack.pop())
        yield Piece("close")
    yield from _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> Iterator[Piece]:
    for found in MARKS.finditer(text, start, end):
        if found.start() > start:
            yield Piece("text", text[start : found.start()])
        yield Piece("mark", name_of(found[0]))
        start = found.end()
    if end > start:
        yield Piece("text", text[start:end])
