"""The picture of a line as the network takes it: of one height, paper 0, ink 1. Training and reading share this."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extractor.recognising.interface import Grey

    Ink = NDArray[np.float32]

HEIGHT = 40
NARROWEST = 16
WIDEST = 2400
"""A line of A4 is about 1,400 wide at this height; of a landscape A3 page 2,000."""

PAPER_SHARE, INK_SHARE = 0.80, 0.02
"""Shares of a line's pixels, from dark to light: where ink begins, and where paper is reached."""

LEAST_CONTRAST = 30.0
"""Greys between ink and paper that an empty line is held to have, lest its noise be read."""

_FAINTEST, _DARKEST = -0.4, 1.5


def scaled(image: Grey) -> Grey:
    """The grey line at the network's height, its width in proportion within what the network takes."""
    import cv2

    height, width = image.shape
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    return cv2.resize(image, (scaled_width(width, height), HEIGHT), interpolation=way)  # type: ignore[return-value]


def scaled_width(width: int, height: int) -> int:
    """The width of a line of that size as the network takes it."""
    return min(WIDEST, max(NARROWEST, round(width * HEIGHT / height)))


def levelled(image: Grey) -> Ink:
    """The scaled line with paper at 0 and ink at 1, by the line's own greys."""
    import numpy as np

    sample = np.sort(image[::3, ::3], axis=None)
    paper, ink = (float(sample[int(share * sample.size)]) for share in (PAPER_SHARE, INK_SHARE))
    made: Ink = np.clip(
        (paper - image.astype(np.float32)) / max(LEAST_CONTRAST, paper - ink), _FAINTEST, _DARKEST
    )
    return made
