"""The values that pass between the steps of cutting. Pixels count from the top left of the picture that is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.recognising.interface import PixelBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.recognising.interface import Grey


@dataclass(frozen=True, slots=True)
class Rules:
    """Masks of ruled lines: all of them, and those that run down, which part lines of text."""

    drawn: NDArray[Any]
    walls: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Blots:
    """Connected stretches of ink. `labels` numbers them in the picture from 1; row k - 1 of the others is of blot k."""

    labels: NDArray[Any]
    boxes: NDArray[Any]
    """x0, top, x1, bottom."""
    areas: NDArray[Any]

    @property
    def heights(self) -> NDArray[Any]:
        heights: NDArray[Any] = self.boxes[:, 3] - self.boxes[:, 1]
        return heights

    @property
    def widths(self) -> NDArray[Any]:
        widths: NDArray[Any] = self.boxes[:, 2] - self.boxes[:, 0]
        return widths

    def around(self, some: NDArray[Any]) -> PixelBox:
        """The box about all of the blots with these indices."""
        x0, top = self.boxes[some, :2].min(0).tolist()
        x1, bottom = self.boxes[some, 2:].max(0).tolist()
        return x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: the indices of its letters, in order from the left, of all its blots, the usual height of its
    small letters."""

    letters: NDArray[Any]
    blots: NDArray[Any]
    height: float


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line's picture, levelled out where the paper waved, other lines' ink painted over, and where it comes from.

    `picture[y, x]` is the page's pixel (`box[1]` + y + `shifts[x]`, `box[0]` + x); `ink` is True where the line's own
    ink is; `baseline` is a row of the picture.
    """

    box: PixelBox
    picture: Grey
    ink: NDArray[Any]
    baseline: float
    shifts: NDArray[Any]


@dataclass(frozen=True, slots=True)
class CutPage:
    """The lines outside the cells in reading order, those of each cell, and the boxes of handwriting."""

    lines: tuple[CutLine, ...]
    cells: tuple[tuple[CutLine, ...], ...]
    pens: tuple[PixelBox, ...]
