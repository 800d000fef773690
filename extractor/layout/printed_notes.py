"""Footnotes of printed pages: small lines at the foot that open with a mark; they go behind the paragraph noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from extractor.layout.footnotes import SUPERSCRIPTS, marks, set_apart
from extractor.layout.lines import Line, WordTable

ALONE = 0.7
"""A mark is at most this large beside the body; a page number or a table's number is larger."""

SMALL = 0.94
"""Footnotes are set at most this large beside the body (10 to 12 pt beside 13 to 14)."""


@dataclass(slots=True)
class PrintedNote:
    """A footnote's label, the page that it stands on, its lines."""

    label: str
    page: int
    lines: list[Line]


@lru_cache(maxsize=1)
def _opener() -> regex.Pattern[str]:
    return regex.compile(r"\[?(\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|†)\]?(?:(?P<listed>[.)])(?=\s)|(?![.)/,:%\d-]))\s?(?=\S)")


def body_size(lines: Sequence[Line]) -> float:
    """The largest font size that much of the text is set in (long footnotes may outweigh a short body)."""
    weights: dict[float, int] = {}
    for line in lines:
        if line.last > line.first:
            size = round(line.size * 2) / 2
            weights[size] = weights.get(size, 0) + len(line.text)
    usual = 0.4 * max(weights.values(), default=0)
    return max((size for size, weight in weights.items() if weight >= usual), default=0.0)


def take_notes(lines: Sequence[Line], table: WordTable) -> tuple[list[Line], list[PrintedNote]]:
    """The lines without footnotes, and the footnotes in order."""
    size = body_size(lines)
    if not size:
        return list(lines), []
    _mark_alone(lines)
    kept: list[Line] = []
    notes: list[PrintedNote] = []
    waiting: set[str] = set()  # labels of marks that no note has followed yet, of this page and the one before
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop].page == lines[start].page:
            stop += 1
        page = lines[start:stop]
        marked = _labels(page)
        waiting |= marked
        foot = _foot(page, size, waiting, notes)
        kept += page[:foot]
        for line in page[foot:]:
            label = _opened(line, waiting, notes)
            if label:
                notes.append(PrintedNote(label, line.page, [line]))
                waiting.discard(label)
            else:
                notes[-1].lines.append(line)
        waiting &= marked
        start = stop
    _mark_glued(kept, notes, table)
    return kept, notes


def _mark_alone(lines: Sequence[Line]) -> None:
    """A raised mark that the wrap put on a line of its own is a mark all the same."""
    for before, line in pairwise(lines):
        if before.page == line.page and line.text.isdigit() and line.size < ALONE * before.size:
            line.marks = ((0, line.text),)


def _labels(page: Sequence[Line]) -> set[str]:
    return {label.strip("[]()").translate(SUPERSCRIPTS) for line in page for _, label in line.marks}


def _opened(line: Line, waiting: set[str], notes: Sequence[PrintedNote]) -> str | None:
    """The label of the footnote that the line opens; None where it opens none."""
    match = _opener().match(line.text)
    if not match:
        return None
    label = str(match[1]).translate(SUPERSCRIPTS)
    if label in waiting:
        return label
    if match["listed"] or waiting:
        return None
    follows = bool(notes) and label.isdigit() and notes[-1].label.isdigit() and int(label) == int(notes[-1].label) + 1
    return label if follows or label in ("1", "*") else None


def _foot(page: Sequence[Line], size: float, waiting: set[str], notes: Sequence[PrintedNote]) -> int:
    """The index of the page's first footnote line; its length where there is none."""
    top = len(page)
    while top and _small(page[top - 1], size):
        top -= 1
    if 0 < top < len(page) and notes and notes[-1].page == page[0].page - 1 and page[top].text[0].islower():
        return top  # the last page's note goes on
    return next((i for i in range(top, len(page)) if _opened(page[i], waiting, notes)), len(page))


def _small(line: Line, size: float) -> bool:
    return line.last > line.first and line.kind == "line" and not line.block and line.size <= SMALL * size


def _mark_glued(kept: Sequence[Line], notes: Sequence[PrintedNote], table: WordTable) -> None:
    """Where the reader did not part a mark from its word, find it by the note's label and set it apart."""
    pages: dict[int, list[Line]] = {}
    for line in kept:
        pages.setdefault(line.page, []).append(line)
    for note in notes:
        near = pages.get(note.page, [])
        if note.label in _labels(near):
            continue
        for line in near:
            found = [] if line.marks else [m for m in marks(line.text) if m[1].strip("[]") == note.label]
            if found:
                set_apart(line, found[:1])
                for k in range(line.first, line.last):
                    if table.offsets[k] > found[0][0]:
                        table.offsets[k] += 1
                break
