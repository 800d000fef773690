"""The picture of each row: its own ink, levelled out where the paper waved, framed as the network learned it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.levels import running_median
from extractor.recognising.cutting.values import Blots, CutLine, Row, Rules
from extractor.recognising.prepare import PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.recognising.interface import Grey

_LOWEST = 1.75
"""Heights of small letters that a line's picture is high at least: a row of dots is not blown up to letters."""

_ROOM, _BESIDE = 0.06, 0.12
"""Paper above and below, and at the ends, in parts of the picture's height."""

_WAVY = 0.18
"""Heights of small letters that a line may wave before it is levelled out."""


def pictures(image: Grey, rules: Rules, blots: Blots, rows: Sequence[Row]) -> Iterator[CutLine]:
    """The lines of the rows, in their order."""
    import numpy as np

    owner = np.zeros(len(blots.areas) + 1, np.int32)
    for k, row in enumerate(rows, 1):
        owner[row.blots + 1] = k
    for k, row in enumerate(rows, 1):
        yield _line(image, rules, blots, row, owner, k)


def _line(image: Grey, rules: Rules, blots: Blots, row: Row, owner: NDArray[Any], k: int) -> CutLine:
    import cv2
    import numpy as np

    width = image.shape[1]
    boxes = blots.boxes[row.blots]
    waves = _waves(row, blots)
    x0, x1 = int(boxes[:, 0].min()), int(boxes[:, 2].max())
    shift = np.round(np.interp((boxes[:, 0] + boxes[:, 2]) / 2, *waves)).astype(int)
    top, bottom = int((boxes[:, 1] - shift).min()), int((boxes[:, 3] - shift).max())
    wanting = max(0, round(_LOWEST * row.height) - (bottom - top))
    top, bottom = top - wanting // 2, bottom + wanting - wanting // 2
    room, beside = max(1, round(_ROOM * (bottom - top))), max(1, round(_BESIDE * (bottom - top)))
    top, bottom, x0, x1 = top - room, bottom + room + 1, max(0, x0 - beside), min(width, x1 + beside + 1)
    shifts = np.round(np.interp(np.arange(x0, x1), *waves)).astype(int)
    part = _levelled if shifts.any() else _straight
    labels, ruled = part(blots.labels, x0, top, bottom, shifts, 0), part(rules.drawn, x0, top, bottom, shifts, 0)
    mine = owner[labels] == k
    grown = np.ones((3, 3), np.uint8)
    halo = cv2.dilate(mine.view(np.uint8), grown)
    others = cv2.dilate((((labels > 0) & ~mine) | (ruled > 0)).view(np.uint8), grown)
    picture = part(image, x0, top, bottom, shifts, PAPER)
    picture[(others > 0) & (halo == 0)] = PAPER
    letters = blots.boxes[row.letters]
    bases = letters[:, 3] - np.interp((letters[:, 0] + letters[:, 2]) / 2, *waves)
    return CutLine((x0, top, x1, bottom), picture, mine, float(np.median(bases)) - top, shifts)


def _straight(
    whole: NDArray[Any], x0: int, top: int, bottom: int, shifts: NDArray[Any], outside: int
) -> NDArray[Any]:
    """A copy of a part of the page, `outside` where it goes over the page's edge."""
    import numpy as np

    part = whole[max(0, top) : max(0, bottom), x0 : x0 + len(shifts)]
    return np.pad(part, ((max(0, -top), bottom - max(0, top) - len(part)), (0, 0)), constant_values=outside)


def _levelled(
    whole: NDArray[Any], x0: int, top: int, bottom: int, shifts: NDArray[Any], outside: int
) -> NDArray[Any]:
    """The same with every column moved by its shift."""
    import numpy as np

    rows = np.arange(top, bottom)[:, None] + shifts[None, :]
    made: NDArray[Any] = whole[np.clip(rows, 0, len(whole) - 1), np.arange(x0, x0 + len(shifts))]
    made[(rows < 0) | (rows >= len(whole))] = outside
    return made


def _waves(row: Row, blots: Blots) -> tuple[NDArray[Any], NDArray[Any]]:
    """(x, how far the line lies below its usual level there); flat where it waves too little to matter.

    The letters' bottoms are smoothed over thirteen of them, so that descenders do not count.
    """
    import numpy as np

    boxes = blots.boxes[row.letters]
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    flat = np.array([0.0, 1.0]), np.array([0.0, 0.0])
    if len(x) < 12:
        return flat
    level = np.convolve(np.pad(running_median(boxes[:, 3], 6), 3, mode="edge"), np.full(7, 1 / 7), "valid")
    off = level - float(np.median(level))
    return (x, off) if float(np.ptp(off)) > _WAVY * row.height * 2 else flat
