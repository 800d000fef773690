"""Segmenting: the section tree of a laid-out text, from its numbering alone.

`segment` takes the text (a paragraph a line) and the footnotes' spans and returns the numbered headings and items in
order. What the sections say is not looked at, only how they are numbered; bullets, footnotes and the signature block
are not sections.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex

from extractor import patterns
from extractor.model import Section
from extractor.pages import Note
from extractor.segmenting import markers
from extractor.segmenting.quotes import closings
from extractor.segmenting.titles import title
from extractor.segmenting.tree import RESTARTS, Before, Node, Tree

ENDED = ".;:!?…”\"/)"


@lru_cache(maxsize=1)
def _closing() -> regex.Pattern[str]:
    return regex.compile(r"\s*+(?i:nơi\s+nhận)\s*(?::|$)")


@lru_cache(maxsize=1)
def _restart() -> regex.Pattern[str]:
    """The line under the title of an attached document: (Ban hành kèm theo Quyết định số …)."""
    return regex.compile(r"\s*+\(?(?i:(?:ban\s+hành\s+)?kèm\s+theo)\s+\p{Lu}\p{Ll}+\s+\p{Ll}+(?:\s+\p{L}+)?\s+số\b")


def segment(text: str, notes: Sequence[Note] = ()) -> list[Section]:
    """The sections of `text` in order, with ids "s1" …, level = depth in this document's own hierarchy."""
    return [section for section, _, _ in marked_sections(text, notes)]


def marked_sections(text: str, notes: Sequence[Note] = ()) -> Iterator[tuple[Section, str, tuple[int, int]]]:
    """Each section with the name of its numbering style and the span of its marker."""
    paragraphs = _paragraphs(text)
    nodes, ends = _nodes(text, paragraphs, notes)
    ids = {id(node): f"s{n}" for n, node in enumerate(nodes, 1)}
    for n, node in enumerate(nodes):
        m = node.marker
        section = Section(
            id=ids[id(node)], number=m.label, title=title(text, m.end, paragraphs[node.paragraph][1]), level=node.level,
            parent=ids[id(node.parent)] if node.parent else None, start=m.start, end=ends[n],
        )
        yield section, m.style, (m.start, m.end)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _nodes(text: str, paragraphs: Sequence[tuple[int, int]], notes: Sequence[Note]) -> tuple[list[Node], list[int]]:
    """The sections' nodes in order, and the offset at which each ends."""
    tree, nodes, closers = Tree(), [], closings(text, paragraphs)
    noted = sorted((n.start, n.end) for n in notes)
    quotes: list[tuple[int, int]] = []  # (paragraph that closes it, depth of the stack that quotes)
    stops: list[int] = []  # where everything open ends: the signature block, an annex
    quiet, before = False, -1
    for i, (start, end) in enumerate(paragraphs):
        if text[start:end].isspace() or start == end or _in_note(noted, start):
            continue
        if _closing().match(text, start, end):
            quiet = True
            stops.append(start)
            tree.reset()
        elif _opens_annex(text, start, end, quiet) or _restart().match(text, start, end):
            quiet = False
            stops.append(start)
            tree.reset()
        readings = markers.read(text, start, end)
        if readings and quiet and readings[0].rank <= RESTARTS and readings[0].value == 1:
            quiet = False
        if readings and not quiet:
            if readings[0].quoted:
                quotes.append((closers[i], tree.floor))
                tree.floor = len(tree.stack)
            node = _place(text, paragraphs, tree, readings, i, before)
            if node:
                nodes.append(node)
        while quotes and quotes[-1][0] <= i:
            floor = tree.floor
            del tree.stack[floor:]
            tree.floor = min(quotes.pop()[1], len(tree.stack))
        before = i
    return nodes, _ends(nodes, stops, len(text))


def _opens_annex(text: str, start: int, end: int, quiet: bool) -> bool:
    """Whether an annex starts here: after the signature block any of its headings tells, before it (`Biểu số 1: …` over
    a table in the text) only one in capitals or alone on its line."""
    marker = markers.boundary_marker(text, start, end)
    if not marker or quiet:
        return bool(marker)
    line = text[start:end].strip()
    return line == marker or (line.isupper() and marker[:3].upper() == "PHỤ")


def _place(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    tree: Tree,
    readings: tuple[markers.Marker, ...],
    i: int,
    before: int,
) -> Node | None:
    last = text[slice(*paragraphs[before])].rstrip()[-1:] if before >= 0 else ""
    adjacent = bool(tree.stack) and tree.stack[-1].paragraph == before
    return tree.place(readings, i, Before(adjacent, last == ":", not last or last in ENDED or adjacent))


def _in_note(noted: Sequence[tuple[int, int]], offset: int) -> bool:
    k = bisect_right(noted, (offset, 1 << 62)) - 1
    return k >= 0 and offset < noted[k][1]


def _ends(nodes: Sequence[Node], stops: Sequence[int], length: int) -> list[int]:
    """A section ends where the next of the same or a higher level starts, or at a stop, or with the text."""
    ends = [length] * len(nodes)
    open_nodes: list[int] = []
    s = 0
    for n, node in enumerate(nodes):
        at = node.marker.start
        while s < len(stops) and stops[s] <= at:
            for k in open_nodes:
                ends[k] = stops[s]
            open_nodes.clear()
            s += 1
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            ends[open_nodes.pop()] = at
        open_nodes.append(n)
    if s < len(stops):
        for k in open_nodes:
            ends[k] = stops[s]
    return ends


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """The markers in `text` that belong to the style or boundary `entry` of patterns/headings.toml."""
    if entry in patterns.load("headings")["boundary"]:
        return [s for s in (markers.boundary_marker(text, *p) for p in _paragraphs(text)) if s]
    return [text[slice(*span)] for _, style, span in marked_sections(text) if style == entry["name"]]
