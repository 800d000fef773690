"""Blots too tall for one letter: a capital under its accents, or letters of two lines that touch, which are parted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.levels import Level
from extractor.recognising.cutting.values import Blots, Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TALLEST = 3.3
"""Heights of small letters: a capital with two accents and a dot below."""

_BESIDE = 1.6
"""Heights beside a row's letters in which its next one may stand."""

_INSIDE = 0.15
"""Heights by which a row's level must lie inside a blot that is of the row."""


def with_tall(rows: Sequence[Row], blots: Blots, tall: NDArray[Any], height: float) -> tuple[list[Row], Blots]:
    """The rows with the tall blots (their indices) that are theirs; the blots, those that touch two rows parted."""
    import numpy as np

    levels = [Level(row, blots) for row in rows]
    added: list[list[int]] = [[] for _ in rows]
    boxes, areas = [blots.boxes], [blots.areas]
    count = len(blots.areas)
    for k in tall.tolist():
        x0, top, x1, bottom = blots.boxes[k].tolist()
        through = _through(levels, (x0 + x1) / 2, top, bottom, x0, x1, height)
        if len(through) == 1 and bottom - top <= _TALLEST * height:
            added[through[0][1]].append(k)
        if len(through) < 2:
            continue
        edges = [top, *(round((a + b) / 2) for (a, _), (b, _) in pairwise(through)), bottom]
        window = blots.labels[top:bottom, x0:x1]
        mine = window == k + 1
        for (_, row), (start, stop) in zip(through, pairwise(edges), strict=True):
            part = np.zeros_like(mine)
            part[start - top : stop - top] = mine[start - top : stop - top]
            if part.any():
                count += 1
                window[part] = count
                boxes.append(_box(part, x0, top))
                areas.append(np.array([int(part.sum())]))
                added[row].append(count - 1)
    whole = Blots(blots.labels, np.concatenate(boxes), np.concatenate(areas))
    return [_with(row, more, whole) for row, more in zip(rows, added, strict=True)], whole


def _through(
    levels: Sequence[Level], x: float, top: int, bottom: int, x0: int, x1: int, height: float
) -> list[tuple[float, int]]:
    """(level, row) of the rows that a blot stands in, from the top; of parts of one row the nearest."""
    found = []
    for k, level in enumerate(levels):
        gap = max(level.left - x1, x0 - level.right, 0)
        y = level.at(x)
        if gap <= _BESIDE * height and top + _INSIDE * height <= y <= bottom - _INSIDE * height:
            found.append((gap, y, k))
    apart: list[tuple[float, int]] = []
    for _, y, k in sorted(found):
        if all(abs(y - other) > 0.8 * height for other, _ in apart):
            apart.append((y, k))
    return sorted(apart)


def _box(part: NDArray[Any], x0: int, top: int) -> NDArray[Any]:
    import numpy as np

    rows, columns = np.flatnonzero(part.any(1)), np.flatnonzero(part.any(0))
    return np.array([[x0 + columns[0], top + rows[0], x0 + columns[-1] + 1, top + rows[-1] + 1]])


def _with(row: Row, more: Sequence[int], blots: Blots) -> Row:
    import numpy as np

    if not more:
        return row
    letters = np.concatenate([row.letters, np.array(more)])
    letters = letters[np.argsort(blots.boxes[letters, 0], kind="stable")]
    return Row(letters, letters, row.height)
