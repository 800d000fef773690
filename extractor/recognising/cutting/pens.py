"""What is no print: the rings and letters of stamps, signatures, and what was filled in by pen between words.

A red stamp is gone before cutting (the red channel); this is about stamps that a copier made black, and about pens.
Handwriting in a row of print is what rises or hangs out of the row by more than a letter does; a number written as
small and as level as print is not told from print and is read, usually with a low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.levels import Level
from extractor.recognising.cutting.values import Blots, Row
from extractor.recognising.interface import PixelBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RING, _WIDEST_RING = 0.7, 2.0
"""Inches: the least and the largest width of a stamp's ring, which the rules set at 36 mm (30 for some)."""

_TIED = 4.5
"""Inches: the largest width of a ring with the signature that runs out of it."""

_DRAWN = 0.75
"""The share of such a ring that is drawn; a frame or a signature touches a circle here and there."""

_BROAD = 1.06
"""Times a circle's radius, which is found inside its line, that its box reaches."""

_CORNERS = 0.04
"""The share of a ring's ink that may lie further from its middle than it is wide."""

_HOLLOW = 0.25
"""The share of its box that a ring or a signature fills at most."""

_STRAIGHT = 0.5
"""The share of its width or height that the rule of a worn frame runs straight for; a pen's stroke slants."""

_SCRAWL = 3.5
"""Heights of small letters from which a hollow blot is a stroke of a pen."""

_FEW = 6
"""Letters of a row that may be bits of a stamp or a signature; a line of print that runs through one has more."""

_TALLEST_PEN = 0.6
"""Inches: writing in a line is lower."""

_BESIDE = 2.0
"""Heights of small letters between a row's end and what was written there."""

_OUT = 0.8
"""Heights of small letters by which writing rises over the capitals or hangs below the descenders of its row."""


def rings_of(ink: NDArray[Any], dpi: float) -> NDArray[Any]:
    """The boxes of stamps' rings, found before rules are taken out, which would take their sides."""
    import cv2
    import numpy as np

    small = np.ascontiguousarray(ink[::2, ::2])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    wide, high, area = (stats[1:, k] for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    large = np.minimum(wide, high) >= 0.8 * _RING * dpi / 2
    large &= (np.maximum(wide, high) <= _TIED * dpi / 2) & (area <= _HOLLOW * wide * high)
    found = []
    for k in np.flatnonzero(large).tolist():
        x, y = (int(stats[k + 1, side]) for side in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP))
        box = _ring(labels[y : y + high[k], x : x + wide[k]] == k + 1, dpi / 2)
        if box is not None:
            found.append((x + box[0], y + box[1], x + box[2], y + box[3]))
    boxes: NDArray[Any] = 2 * np.array(found, np.int64).reshape(-1, 4)
    boxes += np.array([-4, -4, 4, 4])  # what was halved has lost its edge
    return boxes


def _ring(mine: NDArray[Any], dpi: float) -> PixelBox | None:
    """The box of the ring that a blot is, or that a signature ties to it."""
    high, wide = mine.shape
    size = max(wide, high)
    if _RING * dpi <= size <= _WIDEST_RING * dpi and min(wide, high) >= 0.8 * size and _is_round(mine):
        return 0, 0, wide, high
    return _circle(mine, dpi)


def _circle(mine: NDArray[Any], dpi: float) -> PixelBox | None:
    """The box of the circle, as large as a stamp's ring, that is drawn in a blot."""
    import cv2
    import numpy as np

    least, most = round(_RING / 2 * dpi), round(_WIDEST_RING / 2 * dpi)
    picture = mine.astype(np.uint8) * 255
    circles = cv2.HoughCircles(
        picture, cv2.HOUGH_GRADIENT, 1, least / 2, param1=100, param2=30, minRadius=least, maxRadius=most
    )
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    thick = cv2.dilate(picture, np.ones((5, 5), np.uint8)) > 0
    high, wide = mine.shape
    for x, y, radius in [] if circles is None else circles[0].tolist():
        across = np.rint(x + radius * np.cos(angles)).astype(int)
        down = np.rint(y + radius * np.sin(angles)).astype(int)
        inside = (across >= 0) & (across < wide) & (down >= 0) & (down < high)
        if thick[down[inside], across[inside]].sum() >= _DRAWN * len(angles):
            reach = _BROAD * radius
            return round(x - reach), round(y - reach), round(x + reach) + 1, round(y + reach) + 1
    return None


def _is_round(mine: NDArray[Any]) -> bool:
    """Whether the corners of a blot's box are empty; those of a table's frame are not."""
    import numpy as np

    y, x = np.nonzero(mine)
    high, wide = mine.shape
    away = np.hypot((x + 0.5) / wide - 0.5, (y + 0.5) / high - 0.5)
    return float((away > 0.54).mean()) <= _CORNERS


def sort_out(
    blots: Blots, rows: Sequence[Row], rings: NDArray[Any], cells: Sequence[PixelBox], height: float, dpi: float
) -> tuple[list[Row], list[PixelBox]]:
    """The rows that are print, and the boxes of handwriting that stands in a row of print. A short row in a known cell
    is print: what is about it is more often the rest of the table's frame than a signature."""
    import numpy as np

    fill = blots.areas / np.maximum(1, blots.heights * blots.widths)
    scrawls = (blots.heights >= _SCRAWL * height) & (blots.widths >= _SCRAWL * height) & (fill <= _HOLLOW)
    for k in np.flatnonzero(scrawls).tolist():
        scrawls[k] = not _is_frame(blots, k)
    boxes = [blots.around(row.letters) for row in rows]
    kept = [
        row
        for row, box in zip(rows, boxes, strict=True)
        if not _within(box, rings)
        and (len(row.letters) > _FEW or not _within(box, blots.boxes[scrawls]) or _in_cell(box, cells))
    ]
    signatures = scrawls & (np.maximum(blots.heights, blots.widths / 2) > _TALLEST_PEN * dpi)
    owned = signatures.copy()
    for row in kept:
        owned[row.blots] = True
    free = ~owned & (blots.heights >= 1.5 * height) & (blots.heights <= _TALLEST_PEN * dpi)
    pens = _written(blots, np.flatnonzero(free), kept, height)
    return kept, [box for box in pens if not _within(box, blots.boxes[signatures]) and not _within(box, rings)]


def _is_frame(blots: Blots, k: int) -> bool:
    """Whether a blot is what is left of a table's frame: it runs straight across or down for most of its length."""
    x0, top, x1, bottom = blots.boxes[k].tolist()
    mine = blots.labels[top:bottom, x0:x1] == k + 1
    across, down = (mine.sum(axis) for axis in (1, 0))
    return bool(across.max() >= _STRAIGHT * (x1 - x0) or down.max() >= _STRAIGHT * (bottom - top))


def _in_cell(box: PixelBox, cells: Sequence[PixelBox]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 <= x < x1 and top <= y < bottom for x0, top, x1, bottom in cells)


def _within(box: PixelBox, others: NDArray[Any]) -> bool:
    """Whether a box lies in one of the others."""
    x0, top, x1, bottom = box
    inside = (others[:, 0] <= x0) & (others[:, 1] <= top) & (x1 <= others[:, 2]) & (bottom <= others[:, 3])
    return bool(inside.any())


def _written(blots: Blots, free: NDArray[Any], rows: Sequence[Row], height: float) -> Iterator[PixelBox]:
    """Tall blots of no row that stand between a row's letters, those side by side as one."""
    levels = [Level(row, blots) for row in rows if len(row.letters) > 2]
    found = []
    for k in free.tolist():
        x0, top, x1, bottom = blots.boxes[k].tolist()
        for level in levels:
            y = level.at((x0 + x1) / 2)
            beside = max(level.left - x1, x0 - level.right) <= _BESIDE * height
            out = max(y - 1.2 * height - top, bottom - y - 1.2 * height)
            if beside and top < y < bottom and out >= _OUT * height:
                found.append((x0, top, x1, bottom))
                break
    yield from _together(sorted(found), height)


def _together(boxes: Sequence[PixelBox], height: float) -> Iterator[PixelBox]:
    whole: PixelBox | None = None
    for box in boxes:
        if whole and box[0] - whole[2] <= 1.5 * height and box[1] < whole[3] and whole[1] < box[3]:
            whole = (whole[0], min(whole[1], box[1]), max(whole[2], box[2]), max(whole[3], box[3]))
            continue
        if whole:
            yield whole
        whole = box
    if whole:
        yield whole
