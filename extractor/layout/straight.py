"""Pages that were set straight before they were laid out: their boxes go back to the page as shown."""

from __future__ import annotations

from array import array

from extractor.model import Box
from extractor.pages import Affine


def moved(box: Box, to: Affine) -> Box:
    """The upright box around `box` moved by `to`."""
    a, b, c, d, e, f = to
    x0, top, x1, bottom = box
    corners = ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
    xs, ys = [a * x + b * y + c for x, y in corners], [d * x + e * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def all_moved(boxes: array[float], to: Affine) -> array[float]:
    """Flat boxes, four numbers each, moved by `to`."""
    made = array("f")
    for k in range(0, len(boxes), 4):
        made.extend(moved((boxes[k], boxes[k + 1], boxes[k + 2], boxes[k + 3]), to))
    return made
