"""Rows to reading order: letterhead, signature block and body columns column by column, tables row by row.

A region is a run of rows that leave one vertical gutter free. What it is decides how it is read: the letterhead and the
signature block are known by their words (Nghị định 30/2020/NĐ-CP sets both in two columns), columns of text by the
order in which the file wrote them, every other region is a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

from extractor.layout import openers
from extractor.layout.rows import Stretch, Words, stretches

BULLETS = frozenset("-–—+*•▪●○◦■□►➢✓")

NARROWEST = 6.0
"""The least width of a gutter in points."""

Row = list[Stretch]
Gaps = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are read one after the other. zone: letterhead or signature column; table: each row is one of cells."""

    rows: list[Row]
    kind: Literal["body", "zone", "column", "table"]


@lru_cache(maxsize=1)
def _zone() -> regex.Pattern[str]:
    return regex.compile(
        r"(?P<head>(?i:cộng ho?[òaà]a? xã hội|đảng cộng sản việt nam|độc lập\s?[-–]\s?tự do))"
        r"|(?P<foot>(?i:nơi nhận\s?:?)|(?:TM|KT|TL|TUQ|T/M|Q)\.\s?\p{Lu}{2})"
    )


def is_zone(words: Words) -> bool:
    """Whether some line of the words opens a letterhead or signature block."""
    return any(_zone().match(text) for text in _text(stretches(words), words))


def blocks(page_rows: Sequence[Row], words: Words) -> list[Block]:
    """The page's blocks in reading order."""
    page_rows = [_marked(row, words) for row in page_rows]
    found: list[Block] = []
    body: list[Row] = []
    i = 0
    while i < len(page_rows):
        start, stop, gaps = _region(page_rows, i, len(body))
        region = list(page_rows[start:stop])
        kind = _kind(region, gaps, words) if gaps else "body"
        if kind == "body":
            body.append(page_rows[i])
            i += 1
            continue
        del body[len(body) - (i - start) :]
        begins = _zone_begins(region, words) if kind == "zone" else 0
        if begins and _kind(region[:begins], gaps, words) == "table":
            found += [Block(body, "body"), Block(region[:begins], "table")]
            body = []
        else:
            body += region[:begins]
        found += [Block(body, "body"), *_split(region[begins:], gaps, kind)]
        body = []
        i = stop
    return [block for block in [*found, Block(body, "body")] if block.rows]


def _marked(row: Row, words: Words) -> Row:
    """The row with a marker or bullet that a tab sets off (`I.    KẾT QUẢ`) put to the words that it opens."""
    if len(row) > 1 and row[0].last == row[1].first:
        opener = " ".join(words.text[row[0].first : row[0].last])
        if openers.bare_marker(opener) or opener in BULLETS:
            a, b = row[0], row[1]
            size = max(a.size, b.size)
            top, bottom = min(a.top, b.top), max(a.bottom, b.bottom)
            return [Stretch(a.x0, top, max(a.x1, b.x1), bottom, size, a.first, b.last), *row[2:]]
    return row


def _region(page_rows: Sequence[Row], at: int, before: int) -> tuple[int, int, Gaps]:
    """The run of rows about row `at` (which has two stretches or more) that share a gutter, and the gutters left."""
    row = page_rows[at]
    gaps = [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 >= NARROWEST]
    if not gaps:
        return at, at + 1, []
    start, stop = at, at + 1
    while stop < len(page_rows):
        left = _meet(gaps, page_rows[stop])
        if not left or _far(page_rows[stop - 1], page_rows[stop]):
            break
        gaps, stop = left, stop + 1
    while start > at - before:
        left = _meet(gaps, page_rows[start - 1])
        if not left or _far(page_rows[start - 1], page_rows[start]) or len(page_rows[start - 1]) == 1 == len(gaps) - 1:
            break
        gaps, start = left, start - 1
    return start, stop, gaps


def _meet(gaps: Gaps, row: Row) -> Gaps:
    """The gutters that stay free when `row` is added."""
    for s in row:
        parts = [part for a, b in gaps for part in ((a, min(b, s.x0)), (max(a, s.x1), b))]
        gaps = [(a, b) for a, b in parts if b - a >= NARROWEST]
        if len(gaps) > 40:
            return []
    return gaps


def _far(above: Row, below: Row) -> bool:
    return below[0].top - max(s.bottom for s in above) > 6 * below[0].size


def _text(row: Row, words: Words) -> list[str]:
    return [" ".join(words.text[s.first : s.last]) for s in row]


def _kind(region: list[Row], gaps: Gaps, words: Words) -> Literal["body", "zone", "column", "table"]:
    many = [row for row in region if len(row) > 1]
    if any(_zone().match(text) for row in region for text in _text(row, words)):
        return "zone"
    if len(many) < 2:
        return "body"
    if len(many) >= 6 and len(gaps) == 1:
        left, right = _sides(region, gaps)
        if left and right and max(s.last for row in left for s in row) <= min(s.first for row in right for s in row):
            return "column"
    return "table"


def _zone_begins(region: list[Row], words: Words) -> int:
    """Where the zone begins in its region: a letterhead with its first row, a signature block where its words are."""
    for n, row in enumerate(region):
        for text in _text(row, words):
            match = _zone().match(text)
            if match:
                return 0 if match["head"] else n
    return 0


def _sides(region: list[Row], gaps: Gaps) -> tuple[list[Row], list[Row]]:
    gutter = max(gaps, key=lambda g: g[1] - g[0])
    middle = (gutter[0] + gutter[1]) / 2
    left = [[s for s in row if s.x1 <= middle + 1] for row in region]
    right = [[s for s in row if s.x1 > middle + 1] for row in region]
    return [row for row in left if row], [row for row in right if row]


def _split(region: list[Row], gaps: Gaps, kind: Literal["zone", "column", "table"]) -> list[Block]:
    if kind == "table":
        return [Block(region, "table")]
    return [Block(side, kind) for side in _sides(region, gaps) if side]
