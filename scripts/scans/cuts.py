"""How a page's lines were cut, beside the lines of the report that the scan was made from; nothing is recognised.

True lines: words of one row of the report's own layer, in its ruled tables those of one cell; parted where a gap is
wider than `PART`. A line is right where all its words lie in one cut and that cut holds no word of another line; split
where they lie in several cuts (gaps wider than `MAY_PART` may be parted or not); merged where its cut holds another
line's words; lost where a word lies in none.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.pages import SourcePage

MAY_PART, PART = 1.1, 2.5
"""Font sizes of a gap between words."""

_MARK = 0.8  # a footnote's mark is at most so large beside the page's usual size
_LEVEL = 0.3  # of a font's size: words of one row stand so level

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TrueLine:
    """Words that must be in one cut, in groups that may be cut apart; boxes in points."""

    groups: tuple[tuple[Box, ...], ...]
    text: str


@dataclass(slots=True)
class Cuts:
    """Lines by how they were cut; what was cut where no line is."""

    lines: int = 0
    right: int = 0
    split: int = 0
    merged: int = 0
    lost: int = 0
    spurious: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, lines: Sequence[TrueLine], cuts: Sequence[Box], turned: Turn) -> None:
        """Count a page. cuts: boxes on the page's picture; turned: from points to that picture."""
        held: list[Counter[int | None]] = []
        holders: Counter[int | None] = Counter()
        at = [[[_holder(turned(word), cuts) for word in group] for group in line.groups] for line in lines]
        for line in at:
            held.append(Counter(h for group in line for h in group))
        for one in held:
            holders.update(h for h in one if h is not None)
        for k, line in enumerate(at):
            self.lines += 1
            kind = "right"
            if None in held[k]:
                kind = "lost"
            elif any(len(set(group)) > 1 for group in line):
                kind = "split"
            elif any(holders[h] > 1 for h in held[k]):
                kind = "merged"
            setattr(self, kind, getattr(self, kind) + 1)
            if kind != "right":
                self.wrong.append(f"{kind}: {lines[k].text[:70]}")
        self.spurious += len(set(range(len(cuts))) - set(holders))


def true_lines(page: SourcePage) -> list[TrueLine]:
    """The lines of a page of a born-digital report."""
    rows: list[list[int]] = []
    usual = statistics.median(page.sizes) if page.sizes else 0.0
    edges = page.boxes
    boxes = [(edges[k], edges[k + 1], edges[k + 2], edges[k + 3]) for k in range(0, len(edges), 4)]
    cell = [_cell_of(box, page) for box in boxes]
    for k in sorted(range(len(boxes)), key=lambda k: (boxes[k][3], boxes[k][0])):
        size = page.sizes[k]
        if page.words[k].isdigit() and size < _MARK * usual:
            continue  # a footnote's mark may be cut with its line or apart
        base = _base(boxes[k], size)
        level = [r for r in rows[-12:] if cell[r[0]] == cell[k]]
        level = [r for r in level if abs(_base(boxes[r[0]], page.sizes[r[0]]) - base) < _LEVEL * size]
        if level:
            level[-1].append(k)
        else:
            rows.append([k])
    lines = []
    for row in rows:
        row.sort(key=lambda k: boxes[k][0])
        for part in _parts(row, boxes, page.sizes, PART):
            groups = _parts(part, boxes, page.sizes, MAY_PART)
            lines.append(
                TrueLine(tuple(tuple(boxes[k] for k in g) for g in groups), " ".join(page.words[k] for k in part))
            )
    return lines


@dataclass(frozen=True, slots=True)
class Turn:
    """From the report's page in points to the straightened picture: its size, its scale, the degrees that are left."""

    width: float
    height: float
    scale: float
    degrees: float
    """Against the clock."""

    def __call__(self, box: Box) -> tuple[float, float]:
        """Where the middle of a word's small letters lies."""
        x, y = (box[0] + box[2]) / 2 - self.width / 2, box[1] + 0.6 * (box[3] - box[1]) - self.height / 2
        angle = math.radians(self.degrees)
        turned_x, turned_y = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        return (turned_x + self.width / 2) * self.scale, (turned_y + self.height / 2) * self.scale


def _base(box: Box, size: float) -> float:
    return box[3] - 0.22 * size


def _parts(row: Sequence[int], boxes: Sequence[Box], sizes: Sequence[float], gap: float) -> list[list[int]]:
    parts: list[list[int]] = []
    for k in row:
        if parts and boxes[k][0] - boxes[parts[-1][-1]][2] <= gap * sizes[k]:
            parts[-1].append(k)
        else:
            parts.append([k])
    return parts


def _cell_of(box: Box, page: SourcePage) -> tuple[int, int] | None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for t, table in enumerate(page.tables):
        for c, cell in enumerate(table.cells):
            if cell.box is None:
                continue
            x0, top, x1, bottom = cell.box
            if x0 <= x <= x1 and top <= y <= bottom:
                return t, c
    return None


def _holder(point: tuple[float, float], cuts: Sequence[Box]) -> int | None:
    """The cut that holds a point; of several the one whose middle is nearest."""
    x, y = point
    found = [k for k, (x0, top, x1, bottom) in enumerate(cuts) if x0 <= x <= x1 and top <= y <= bottom]
    return min(found, key=lambda k: abs((cuts[k][1] + cuts[k][3]) / 2 - y), default=None)
