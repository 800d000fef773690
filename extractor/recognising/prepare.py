"""A page's picture made ready for recognition: grey, evenly lit, upright, straight, without specks.

Each step's worth was measured before it was taken (research on recognition): the red channel makes red stamps vanish,
dividing by the background evens the light, straightening saves lines, and taking small specks out gains most on
photocopies. Upscaling, Sauvola's binarisation and a stronger despeckling, which eats the dots of letters, all lost.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey

PAPER = 245
"""The grey that paper has after its background is divided out."""

INK = 150
"""What is darker is ink (after that division)."""

FAINT = 185
"""What is darker may be ink: the thin strokes of small print, and dots, are no darker once they are scanned."""

STEEPEST = 4.0
"""Degrees: the greatest tilt that is looked for; a page fed askew further than that jams the scanner."""

LEAST_TILT = 0.1
"""Degrees: a smaller tilt moves no word off its line (1 mm over the width of A4 is 0.27)."""

_SPECK = 7.0  # pixels of area at 200 dpi: a dot of an i has 12 and more at 10 points
_SMALL = 640  # the longer side, about, of the picture on which tilt and turn are found
_TURNED = 1.5


def even(image: Grey, dpi: float) -> Grey:
    """The picture divided by its background, so that paper is `PAPER` everywhere."""
    import cv2
    import numpy as np

    step = 4
    height, width = image.shape
    small = _shrunk(image, step)
    side = max(3, int(dpi / 10 / step) | 1)
    ground = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), side)
    ground = cv2.resize(np.maximum(ground, 40), (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(image, ground, scale=PAPER)  # type: ignore[return-value]


def turned(image: Grey, quarters: int) -> Grey:
    """The picture turned by `quarters` of a turn, clockwise."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, -quarters)) if quarters % 4 else image


def small_ink(image: Grey) -> Any:
    """The ink of a small copy of the picture, 255 where it is: tilt and turn are found on it."""
    import cv2

    small = cv2.GaussianBlur(_shrunk(image, max(1, round(max(image.shape) / _SMALL))), (3, 3), 0)
    return cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)


def _shrunk(image: Grey, step: int) -> Any:
    """The picture at 1/step of its size; less than a pixel of that may be missing at the right and below (a whole step
    takes a tenth of the time of any other)."""
    import cv2

    height, width = (max(1, side // step) for side in image.shape)
    whole = image[: height * step, : width * step]
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def lies_sideways(ink: Any) -> bool:
    """Whether the lines of print run up and down: the profile of `small_ink` is then sharper by column than by row."""
    import numpy as np

    ink = _without_rules(ink)
    across, down = (float((np.diff(ink.sum(axis, dtype=np.float64)) ** 2).mean()) for axis in (1, 0))
    return down > _TURNED * across


def _without_rules(ink: Any) -> Any:
    """Ruled lines, which run both ways in a table, say nothing of the print."""
    import cv2
    import numpy as np

    flat = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8))
    return cv2.subtract(ink, cv2.dilate(cv2.max(flat, upright), np.ones((3, 3), np.uint8)))


def tilt_of(ink: Any) -> float:
    """The degrees by which the lines fall to the right, found where the rows' profile of `small_ink` is sharpest; 0
    where none is."""
    import numpy as np

    height, width = ink.shape
    ys, xs = (places[::2] for places in np.nonzero(ink))  # every other point says as much
    across, down = xs - width / 2, ys.astype(np.float64)
    room = math.ceil(math.sin(math.radians(STEEPEST + 1)) * width / 2) + 1  # rows that a turn moves print off the page

    def sharpness(angle: float) -> float:
        turn = math.radians(angle)
        at = down * math.cos(turn) - across * math.sin(turn) + room
        row = at.astype(np.intp)
        share = at - row  # each point's ink goes to the two rows that it lies between
        count = height + 2 * room
        rows = np.bincount(row, 1 - share, count) + np.bincount(row + 1, share, count)
        return float((np.diff(rows) ** 2).sum())

    best, step = _best([0.5 * k for k in range(-int(2 * STEEPEST), int(2 * STEEPEST) + 1)], sharpness), 0.2
    for step in (0.2, 0.05):
        best = _best([best + k * step for k in (-2, -1, 0, 1, 2)], sharpness)
    return best if abs(best) >= LEAST_TILT else 0.0


def _best(angles: list[float], sharpness: Callable[[float], float]) -> float:
    """The sharpest angle; among equals, as on an empty page, the one nearest to none."""
    return max(sorted(angles, key=abs), key=sharpness)


def straightened(image: Grey, tilt: float) -> Grey:
    """The picture turned about its middle so that lines which fall by `tilt` degrees run level.

    Linear: measured, numbers of worn pages are read better than after a cubic one, which sharpens their noise.
    """
    import cv2

    if not tilt:
        return image
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1)
    border = cv2.BORDER_REPLICATE
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)  # type: ignore[return-value]


def despeckled(image: Grey, dpi: float) -> tuple[Grey, Any]:
    """The picture without blots too small for a dot, and the boxes of the others: a row of left, top, width, height
    each."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats((image < FAINT).view(np.uint8), connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < _SPECK * (dpi / 200) ** 2
    small[0] = False  # the paper itself
    if small.any():
        image = image.copy()
        image[np.take(small, np.asarray(labels, np.int32))] = PAPER - 10
    small[0] = True
    return image, stats[~small, :4]


Affine = tuple[float, float, float, float, float, float]


def back(width: float, height: float, quarters: int, tilt: float) -> Affine:
    """The map from the prepared picture's points to those of the picture as it was, both from the top left.

    width, height: of the picture as it was, in the unit that the map is for. (a, b, c, d, e, f) takes (x, y) to
    (a x + b y + c, d x + e y + f).
    """
    wide, high = (height, width) if quarters % 2 else (width, height)
    angle = math.radians(tilt)
    cos, sin = math.cos(angle), math.sin(angle)
    # undo the tilt about the middle of the turned picture (y points down)
    a, b, d, e = cos, -sin, sin, cos
    c, f = wide / 2 - a * wide / 2 - b * high / 2, high / 2 - d * wide / 2 - e * high / 2
    for _ in range(quarters % 4):  # undo a clockwise turn: (x, y) of w x h goes to (y, w - x) of h x w
        a, b, c, d, e, f = d, e, f, -a, -b, wide - c
        wide, high = high, wide
    return a, b, c, d, e, f
