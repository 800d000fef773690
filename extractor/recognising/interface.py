"""What a recogniser is, and the values that pass between the parts of this room. Pixels count from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """A picture of one channel: 0 is ink, 255 is paper."""

PixelBox = tuple[int, int, int, int]
"""x0, top, x1, bottom; x1 and bottom are the first pixels outside."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word, the box of its ink, the height of its line's baseline under it, how sure the recogniser is (0 to 1).

    `line` numbers the printed lines of a page or cell; words of one line stand side by side. `raised`: a footnote's
    mark, which is no part of the line's print.
    """

    text: str
    ink: PixelBox
    baseline: float
    confidence: float
    line: int
    raised: bool = False


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The words outside the cells in reading order, for each cell its words, and the boxes of handwriting among print,
    which is not read."""

    words: tuple[RecognisedWord, ...]
    cells: tuple[tuple[RecognisedWord, ...], ...] = ()
    pens: tuple[PixelBox, ...] = ()


class Recogniser(Protocol):
    """Reads the words of a page. Another recogniser is dropped in by giving it this method."""

    def recognise(self, image: Grey, dpi: float, cells: Sequence[PixelBox] = ()) -> RecognisedPage:
        """The words of an upright page of `dpi` pixels an inch; each of `cells` is read by itself, as lines of text."""
        ...
