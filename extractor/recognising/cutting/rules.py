"""Ruled lines of a page's ink: underlines, frames of tables whose grid was not found, the lines of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.values import Rules
from extractor.recognising.interface import PixelBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FLAT, _UPRIGHT = 0.4, 0.42
"""Inches: the shortest rule across and down. The stems of a q and of a b under it that touch are 0.3 high."""

_THICKEST = 0.04
"""Inches."""

_FRAME = 0.02
"""Inches from a cell's inside to where the rules about it are worn and bent; half as far they hang into it."""

_FLAT_GAP, _UPRIGHT_GAP = 0.01, 0.03
"""Inches that may be missing of a worn rule. Across it is little: the serifs of a bold word make a rule with wider
gaps, and were taken for one on real scans."""

_FLAT_SOLID, _UPRIGHT_SOLID = 0.93, 0.8
"""The share of a rule that is drawn; where gaps were closed in a row of letters, less is."""


def rules_of(ink: NDArray[Any], dpi: float) -> Rules:
    """The rules of a straight page's ink, a pixel or two wider than they are drawn."""
    import cv2
    import numpy as np

    small = _halved(ink)  # rules stay; a quarter of the pixels, a quarter of the time
    flat, upright = (_lines(small, dpi / 2, across=across) for across in (True, False))
    grown = np.ones((3, 3), np.uint8)

    def whole(mask: NDArray[Any]) -> NDArray[Any]:
        made = np.zeros_like(ink)
        if mask.any():
            doubled = mask.repeat(2, 0).repeat(2, 1)
            made[: doubled.shape[0], : doubled.shape[1]] = doubled
            return cv2.dilate(made, grown)
        return made

    walls = whole(upright)
    return Rules(whole(flat) | walls, walls)


def with_cells(rules: Rules, cells: Sequence[PixelBox], dpi: float) -> Rules:
    """The rules with the frames of known cells, also where nothing is drawn, or dashes alone are left."""
    outside, inside = round(_FRAME * dpi), round(_FRAME / 2 * dpi)
    for x0, top, x1, bottom in cells:
        left, above = max(0, x0 - outside), max(0, top - outside)
        for mask in (rules.drawn, rules.walls):
            mask[above : bottom + outside, left : x0 + 1] = mask[above : bottom + outside, x1 - 1 : x1 + outside] = 1
        rules.drawn[above : top + inside, left : x1 + outside] = 1
        rules.drawn[max(0, bottom - inside) : bottom + outside, left : x1 + outside] = 1
    return rules


def _halved(ink: NDArray[Any]) -> NDArray[Any]:
    """The ink at half the size: where any of four pixels has some."""
    import numpy as np

    even = ink[: ink.shape[0] // 2 * 2, : ink.shape[1] // 2 * 2]
    rows = even[::2] | even[1::2]
    return np.ascontiguousarray(rows[:, ::2] | rows[:, 1::2])


def _lines(ink: NDArray[Any], dpi: float, *, across: bool) -> NDArray[Any]:
    """The thin, long stretches that run across (or down)."""
    import cv2
    import numpy as np

    def bar(inches: float) -> NDArray[Any]:
        length = max(3, round(inches * dpi))
        return np.ones((1, length) if across else (length, 1), np.uint8)

    thick = ink if across else cv2.dilate(ink, np.ones((1, 2), np.uint8))  # a wall that is off by a pixel goes on
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bar(_FLAT_GAP if across else _UPRIGHT_GAP))
    found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, bar(_FLAT if across else _UPRIGHT))
    if not found.any():
        return np.zeros_like(ink)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    breadth = stats[:, cv2.CC_STAT_HEIGHT if across else cv2.CC_STAT_WIDTH]
    length = stats[:, cv2.CC_STAT_WIDTH if across else cv2.CC_STAT_HEIGHT]
    area = stats[:, cv2.CC_STAT_AREA]
    solid = _FLAT_SOLID if across else _UPRIGHT_SOLID
    drawn = np.bincount(labels.ravel(), weights=thick.ravel(), minlength=len(stats))
    thin = (area <= _THICKEST * dpi * length) & (breadth <= 3 * _THICKEST * dpi) & (drawn >= solid * area)
    thin[0] = False
    kept: NDArray[Any] = thin[labels].astype(np.uint8)
    return kept
