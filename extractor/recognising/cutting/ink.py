"""Which pixels are ink, by the page's own print.

One threshold for all pages fails: at 150 faint print falls apart, at 185 stamps and a copier's clouds join the letters
(measured: character errors on stamped pages rose tenfold). So it is set halfway to the ink that most strokes have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.recognising.prepare import INK, PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.recognising.interface import Grey

_CONTRAST = 45
"""Greys by which the middle of a stroke is darker than the paper about it; the noise of scanners makes less."""

_ABOUT = 0.07
"""Inches about a stroke in which there is paper."""

_HALFWAY = 0.45
_LEAST, _MOST = 120, 208
_ENOUGH = 50
"""Strokes' pixels from which a page's ink is known; else `prepare.INK` serves."""


def ink_of(image: Grey, dpi: float) -> NDArray[Any]:
    """1 where ink is, 0 where paper is."""
    import numpy as np

    return (image < threshold(image, dpi)).view(np.uint8)


def threshold(image: Grey, dpi: float) -> int:
    """The grey below which this page's pixels are ink."""
    import cv2
    import numpy as np

    side = max(3, round(_ABOUT * dpi) | 1)
    paper = cv2.dilate(image, np.ones((side, side), np.uint8))
    darkest = cv2.erode(image, np.ones((3, 3), np.uint8))
    strokes = image[(image == darkest) & (cv2.subtract(paper, image) >= _CONTRAST)]
    if strokes.size < _ENOUGH:
        return INK
    return int(np.clip(PAPER - _HALFWAY * (PAPER - float(np.median(strokes))), _LEAST, _MOST))
