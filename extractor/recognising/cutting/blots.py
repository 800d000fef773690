"""The blots of ink that are left without rules, and how high the page's small letters are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.values import Blots, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST = 4.0
"""Pixels of area at 200 dpi: a full stop of 9 points has 8."""

_PEAK = 0.5
"""Of the highest peak's letters, how many a lower peak must have to be that of the small letters."""

_LOWEST, _HIGHEST = 0.035, 0.3
"""Inches: the small letters of 6 points, the capitals of 30."""


def blots_of(ink: NDArray[Any], rules: Rules, dpi: float) -> Blots:
    """All blots but those too small for a dot."""
    import cv2
    import numpy as np

    bare = cv2.subtract(ink, rules.drawn)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= max(2.0, _LEAST * (dpi / 200) ** 2)
    large[0] = False
    number = np.zeros(len(stats), np.int32)
    number[large] = np.arange(1, int(large.sum()) + 1)
    boxes = stats[large, :4].astype(np.int64)
    boxes[:, 2:] += boxes[:, :2]
    return Blots(number[labels], boxes, stats[large, cv2.CC_STAT_AREA].astype(np.int64))


def letter_height(blots: Blots, dpi: float) -> float | None:
    """The height of the page's small letters; None where there is no letter.

    Small letters make a peak among the heights, capitals and digits another above it, on some pages the higher one.
    """
    import numpy as np

    high, wide = blots.heights, blots.widths
    letters = (high >= _LOWEST * dpi) & (high <= _HIGHEST * dpi) & (wide <= 4 * high + 0.2 * dpi)
    letters &= blots.areas >= 0.1 * high * np.minimum(wide, high)
    if not letters.any():
        return None
    counts = np.convolve(np.bincount(high[letters]), np.ones(3), "same")
    return float(np.flatnonzero(counts >= _PEAK * counts.max())[0] + 1)
