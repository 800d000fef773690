"""Where a row's small letters stand at every place along it: a row may be askew or wavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.recognising.cutting.values import Blots, Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BESIDE = 4
"""Letters to either side that a level is the median of, so that ascenders and descenders do not count."""


class Level:
    """The middle of a row's small letters along the row."""

    def __init__(self, row: Row, blots: Blots) -> None:
        import numpy as np

        boxes = blots.boxes[row.letters]
        self._x = (boxes[:, 0] + boxes[:, 2]) / 2
        self._middle = running_median((boxes[:, 1] + boxes[:, 3]) / 2, _BESIDE)
        self._interp = np.interp
        self.height = row.height
        self.left, self.right = int(boxes[:, 0].min()), int(boxes[:, 2].max())

    def at(self, x: float) -> float:
        """The middle at x; beyond the ends that of the end."""
        return float(self._interp(x, self._x, self._middle))


def running_median(values: NDArray[Any], beside: int) -> NDArray[Any]:
    """Each value's median with so many neighbours to either side; of a short row, the median of all."""
    import numpy as np

    if len(values) <= beside:
        return np.full(len(values), float(np.median(values)))
    padded = np.pad(values.astype(float), beside, mode="edge")
    made: NDArray[Any] = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * beside + 1), axis=1)
    return made
