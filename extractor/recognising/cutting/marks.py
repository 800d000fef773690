"""Accents, dots, dashes and quotes, too small for letters: which row each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.levels import Level
from extractor.recognising.cutting.values import Blots, Row, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOUCH = 0.4
"""Heights of small letters between a letter and its accent, or its dot below, or between two accents of a letter."""

_ASIDE = 1.6
"""Heights within which a full stop, a comma, a quote stand beside the row's last letter; a dash stands further off."""

_DASH = 2.8
_DASH_LEVEL = 0.6
"""Heights from the middle of small letters within which a dash stands; a rule stands further off."""

_LOW, _HIGH = 0.6, 1.0
"""Heights that a sign may stand below the letters' bottoms and above their tops."""


def with_marks(rows: Sequence[Row], blots: Blots, rules: Rules, height: float) -> list[Row]:
    """The rows with all blots that are theirs."""
    import numpy as np

    owner = np.full(len(blots.areas), -1)
    for k, row in enumerate(rows):
        owner[row.letters] = k
    small = blots.heights <= 2.6 * height
    for _ in range(2):  # the second time for accents on accents
        _touching(owner, small, blots, height)
    _aside(owner, small, rows, blots, rules, height)
    return [Row(row.letters, np.flatnonzero(owner == k), row.height) for k, row in enumerate(rows)]


def _touching(owner: NDArray[Any], small: NDArray[Any], blots: Blots, height: float) -> None:
    """Give blots right above or below an owned blot to its row; where both are, to the one below (accents are more)."""
    import numpy as np

    taken = np.full(blots.labels.shape, -1, np.int32)
    for k in np.flatnonzero(owner >= 0).tolist():
        x0, top, x1, bottom = blots.boxes[k].tolist()
        taken[top:bottom, x0:x1] = owner[k]
    free = np.flatnonzero((owner < 0) & small)
    if not free.size:
        return
    boxes = blots.boxes[free]
    middle = (boxes[:, 0] + boxes[:, 2]) // 2
    reach = max(2, round(_TOUCH * height))
    inside = _first(taken, middle, boxes[:, 1], 1, 1)
    below = _first(taken, middle, boxes[:, 3], 1, reach)
    above = _first(taken, middle, boxes[:, 1] - 1, -1, reach)
    found = np.where(inside[0] >= 0, inside[0], np.where(_nearer(below, above), below[0], above[0]))
    owner[free] = found


def _nearer(below: tuple[NDArray[Any], NDArray[Any]], above: tuple[NDArray[Any], NDArray[Any]]) -> NDArray[Any]:
    import numpy as np

    nearer: NDArray[Any] = (below[0] >= 0) & ((above[0] < 0) | (below[1] <= 2 * np.maximum(above[1], 1)))
    return nearer


def _first(
    taken: NDArray[Any], x: NDArray[Any], y: NDArray[Any], step: int, reach: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The owner of the first taken pixel from (x, y) on, up or down, or -1; and how far it is."""
    import numpy as np

    found, far = np.full(len(x), -1), np.full(len(x), reach)
    for d in range(reach):
        rows = np.clip(y + step * d, 0, taken.shape[0] - 1)
        hit = taken[rows, x]
        fresh = (found < 0) & (hit >= 0)
        found[fresh], far[fresh] = hit[fresh], d
    return found, far


def _aside(
    owner: NDArray[Any], small: NDArray[Any], rows: Sequence[Row], blots: Blots, rules: Rules, height: float
) -> None:
    """Give signs that stand in a row or beside its ends to it: the row whose level they are nearest to."""
    import numpy as np

    if not rows:
        return
    ends = np.array([blots.around(row.letters) for row in rows], float)
    levels = [Level(row, blots) for row in rows]
    for _ in range(3):  # leader dots: each is beside the one before
        changed = False
        for k in np.flatnonzero((owner < 0) & small).tolist():
            x0, top, x1, bottom = blots.boxes[k].tolist()
            middle = (top + bottom) / 2
            dash = x1 - x0 >= 0.25 * height and bottom - top <= 0.45 * height
            flat = x1 - x0 >= max(0.8 * height, 4 * (bottom - top))  # a dash, or a bit of a worn rule
            gap = np.maximum(np.maximum(ends[:, 0] - x1, x0 - ends[:, 2]), 0)
            near = (ends[:, 1] - 2 * height <= middle) & (middle <= ends[:, 3] + 2 * height)
            best, least = -1, 1e9
            for r in np.flatnonzero(near & (gap <= (_DASH if dash else _ASIDE) * height)).tolist():
                level, half = levels[r].at((x0 + x1) / 2), levels[r].height / 2
                size = max(height, levels[r].height)
                if not level - half - _HIGH * size <= middle <= level + half + _LOW * size:
                    continue
                if flat and abs(middle - level) > _DASH_LEVEL * size:
                    continue
                if _walled(rules, ends[r], x0, x1, middle):
                    continue
                off = max(abs(middle - level) - half, 0.0) + 0.1 * float(gap[r])
                if off < least:
                    best, least = r, off
            if best >= 0:
                owner[k], changed = best, True
                ends[best, 0], ends[best, 2] = min(ends[best, 0], x0), max(ends[best, 2], x1)
        if not changed:
            return


def _walled(rules: Rules, end: NDArray[Any], x0: int, x1: int, y: float) -> bool:
    """Whether a wall stands between a sign and the row's nearer end."""
    left, right = (x1, int(end[0])) if x1 < end[0] else (int(end[2]), x0)
    return right > left and bool(rules.walls[max(0, int(y) - 2) : int(y) + 3, max(0, left) : right].any())
