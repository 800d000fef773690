"""Letters that stand side by side become rows; accents, dots and signs go to the row that they belong to.

The middle of every letter is drawn out to both sides until it meets its neighbour's: that follows a line which is askew
or wavy, needs no straight baseline, and stops at a wall or a gutter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.levels import Level
from extractor.recognising.cutting.marks import with_marks
from extractor.recognising.cutting.tall import with_tall
from extractor.recognising.cutting.values import Blots, Row, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALLEST, LARGEST = 0.6, 2.0
"""A letter's height in heights of the page's small letters: from small print to a capital or a letter with its accent.
Rows are found by these alone: what is taller may be letters of two rows that touch."""

_THINNEST = 0.08
"""The share of its box that a letter fills at least; a pen's long stroke fills less."""

_CORE = 0.28
"""The share of a letter's height above and below its middle part."""

_REACH = 1.5
"""Heights by which a letter's middle is drawn out to either side: more than half of a wide space."""

_TITLE = 3
"""So many letters that are too large for the page's print are print of a title."""

_STRETCHED = 4.0
"""Heights of a gap between parts of a line whose words are set wide apart, at most."""

_WIDER = 2.0
"""Times the usual gap between words by which such a gap may be wider."""

_GUTTER = 2.2
"""Heights above and below such a gap in which a gutter is white too."""


def rows_of(blots: Blots, rules: Rules, height: float) -> tuple[list[Row], Blots]:
    """The rows of a page in reading order, and the blots, parted where letters of two rows touch.

    height: of the page's small letters.
    """
    import numpy as np

    high = blots.heights
    fill = blots.areas / np.maximum(1, np.minimum(high, blots.widths) * np.minimum(high, 3 * height))
    letters = (high >= SMALLEST * height) & (fill >= _THINNEST)
    rows = _rows(blots, rules, np.flatnonzero(letters & (high <= LARGEST * height)), height)
    tall = letters & (high > LARGEST * height) & (high <= 6 * height) & (blots.widths <= 8 * height)
    rows, blots = with_tall(rows, blots, np.flatnonzero(tall), height)
    owned = np.zeros(len(blots.areas), bool)
    for row in rows:
        owned[row.letters] = True
    large = np.flatnonzero(np.pad(tall, (0, len(owned) - len(tall))) & ~owned & (blots.widths <= blots.heights * 2))
    if len(large) >= _TITLE:
        rows += [row for row in _rows(blots, rules, large, height * 1.8) if len(row.letters) >= _TITLE]
    rows, signs = _signs_apart(_joined(rows, blots, rules), blots, height)
    marked = with_marks(rows, blots, rules, height)
    theirs = {int(blot) for row in marked for blot in row.blots}
    marked += [row for row in signs if theirs.isdisjoint(row.letters.tolist())]  # it was a cell's number, not a comma
    return _in_order(marked, blots), blots


def _rows(blots: Blots, rules: Rules, letters: NDArray[Any], height: float) -> list[Row]:
    """Letters whose drawn-out middles touch."""
    import cv2
    import numpy as np

    middles = np.zeros(rules.walls.shape, np.uint8)
    reach = round(_REACH * height)
    for x0, top, x1, bottom in blots.boxes[letters].tolist():
        core = _CORE * (bottom - top)
        cv2.rectangle(middles, (x0 - reach, int(top + core)), (x1 + reach, int(bottom - core)), 1, -1)
    middles[rules.walls > 0] = 0
    _, labels = cv2.connectedComponents(middles, connectivity=4)
    boxes = blots.boxes[letters]
    mine = labels[(boxes[:, 1] + boxes[:, 3]) // 2, (boxes[:, 0] + boxes[:, 2]) // 2]
    return [_row(letters[mine == label], blots, height) for label in np.unique(mine[mine > 0])]


def _row(letters: NDArray[Any], blots: Blots, height: float) -> Row:
    import numpy as np

    letters = letters[np.argsort(blots.boxes[letters, 0], kind="stable")]
    usual = float(np.percentile(blots.heights[letters], 40)) if len(letters) > 3 else height
    return Row(letters, letters, min(max(usual, SMALLEST * height), 1.6 * height))


def _signs_apart(rows: Sequence[Row], blots: Blots, height: float) -> tuple[list[Row], list[Row]]:
    """The rows, and apart those that may be a comma or an accent, as large as a small letter, of larger print."""
    levels = [Level(row, blots) for row in rows]

    def is_sign(row: Row) -> bool:
        if len(row.letters) > 2:
            return False
        x0, top, x1, bottom = blots.around(row.letters)
        high = int(blots.heights[row.letters].max())
        for host, other in zip(levels, rows, strict=True):
            size = max(height, host.height)
            beside = host.left - _REACH * size <= x1 and x0 <= host.right + _REACH * size
            if other is row or not beside or high > max(1.1 * height, 0.7 * host.height):
                continue
            larger = len(other.letters) > 2 or int(blots.heights[other.letters].max()) > 1.1 * height
            if larger and abs((top + bottom) / 2 - host.at((x0 + x1) / 2)) <= 1.3 * size:
                return True
        return False

    signs = [is_sign(row) for row in rows]
    return (
        [row for row, apart in zip(rows, signs, strict=True) if not apart],
        [row for row, apart in zip(rows, signs, strict=True) if apart],
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A row with what says whether another goes on from it: the boxes of its first and last letter, where the bottoms
    of its letters lie at either end, its usual gap between words (0 where it has no two words)."""

    row: Row
    first: tuple[int, int, int, int]
    last: tuple[int, int, int, int]
    levels: tuple[float, float]
    space: float


def _joined(rows: Sequence[Row], blots: Blots, rules: Rules) -> list[Row]:
    """Parts of one justified line whose words stand wide apart, put together; columns stay apart."""
    import numpy as np

    if not rows:
        return []
    taken = np.zeros(rules.walls.shape, bool)
    for x0, top, x1, bottom in blots.boxes[np.concatenate([row.letters for row in rows])].tolist():
        taken[top:bottom, x0:x1] = True
    made: list[_Part] = []
    for part in sorted((_part(row, blots) for row in rows), key=lambda part: part.first[0]):
        before = [k for k, other in enumerate(made) if _goes_on(other, part, rules, taken)]
        if not before:
            made.append(part)
            continue
        near = max(before, key=lambda k: made[k].last[2])
        first = made[near].row
        letters = np.concatenate([first.letters, part.row.letters])
        made[near] = _part(_row(letters, blots, (first.height + part.row.height) / 2), blots)
    return [part.row for part in made]


def _part(row: Row, blots: Blots) -> _Part:
    import numpy as np

    boxes = blots.boxes[row.letters]
    gaps = boxes[1:, 0] - np.maximum.accumulate(boxes[:, 2])[:-1]
    wide = gaps[gaps > 0.4 * row.height]
    levels = float(np.median(boxes[:5, 3])), float(np.median(boxes[-5:, 3]))
    ends = [tuple(boxes[k].tolist()) for k in (0, -1)]
    space = float(np.median(wide)) if wide.size else 0.0
    return _Part(row, ends[0], ends[1], levels, space)


def _goes_on(left: _Part, right: _Part, rules: Rules, taken: NDArray[Any]) -> bool:
    """Whether the right part is the left one's continuation: near, level, as large, no wall and no gutter between."""
    height = min(left.row.height, right.row.height)
    a, b = left.last, right.first
    widest = max(2 * _REACH * height, min(_STRETCHED * height, _WIDER * max(left.space, right.space)))
    if not -height <= b[0] - a[2] <= widest or abs(left.levels[1] - right.levels[0]) > 0.35 * height:
        return False
    if max(left.row.height, right.row.height) > 1.7 * height:
        return False
    top, bottom = min(a[1], b[1]), max(a[3], b[3])
    if rules.walls[top:bottom, a[2] : b[0]].any():
        return False
    if b[0] - a[2] <= 2 * _REACH * height:
        return True
    reach = round(_GUTTER * height)
    return bool(taken[max(0, top - reach) : bottom + reach, a[2] : b[0]].any())


def _in_order(rows: Sequence[Row], blots: Blots) -> list[Row]:
    """From top to bottom; side by side from the left."""
    import numpy as np

    def middle(row: Row) -> float:
        return float(np.median(blots.boxes[row.letters, 1] + blots.boxes[row.letters, 3]) / 2)

    made: list[list[tuple[float, int, Row]]] = []
    for row in sorted(rows, key=middle):
        y, x = middle(row), int(blots.boxes[row.letters[0], 0])
        if made and y - made[-1][0][0] < 0.6 * row.height:
            made[-1].append((y, x, row))
        else:
            made.append([(y, x, row)])
    return [row for level in made for _, _, row in sorted(level, key=lambda item: item[1])]
