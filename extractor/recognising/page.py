"""One page's picture to words and ruled tables: the steps of this room in their order."""

from __future__ import annotations

import logging
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.recognising import prepare
from extractor.recognising.grid import PictureTable, find_tables
from extractor.recognising.interface import PixelBox, RecognisedPage, Recogniser
from extractor.recognising.marks import find_marks, with_marks, without
from extractor.recognising.words import PageWord, page_words, without_rubbish

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.numbers import NumberReader

log = logging.getLogger(__name__)

DOUBTFUL = 0.8
"""Below that mean confidence a page may stand on its head."""

@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read: words in reading order (those of tables last), tables, the map of points of the straight page to
    the picture as it was given, for pixels of `width` and `height` of that picture; how many times handwriting stands
    among the print, unread."""

    words: tuple[PageWord, ...]
    tables: tuple[PictureTable, ...]
    quarters: int
    tilt: float
    pens: int = 0

    @property
    def confidence(self) -> float:
        """The mean confidence of its words, 0 to 1; 0 where there is none."""
        return statistics.fmean(word.confidence for word in self.words) if self.words else 0.0


def read_page(picture: Grey, dpi: float, recogniser: Recogniser, numbers: NumberReader | None) -> PageReading:
    """Read a grey picture (of a coloured page the red channel) of `dpi` pixels an inch.

    Raises whatever a recogniser raises; a second reader that fails is done without.
    """
    image = prepare.even(picture, dpi)
    ink = prepare.small_ink(image)
    quarters = 1 if prepare.lies_sideways(ink) else 0
    image, ink = prepare.turned(image, quarters), prepare.turned(ink, quarters)
    if quarters and _on_its_head(image, dpi, recogniser):
        quarters, image, ink = 3, prepare.turned(image, 2), prepare.turned(ink, 2)
    tilt = prepare.tilt_of(ink)
    tables, straight, marks, found = _read_upright(image, tilt, dpi, recogniser, numbers)
    if not quarters and _mean(found) < DOUBTFUL and _on_its_head(image, dpi, recogniser):
        quarters = 2
        image = prepare.turned(image, 2)
        tables, straight, marks, found = _read_upright(image, tilt, dpi, recogniser, numbers)
    groups = [with_marks(without_rubbish(found.words), marks), *map(without_rubbish, found.cells)]
    words = tuple(page_words(groups, straight, numbers))
    return PageReading(words, tuple(tables), quarters, tilt, len(found.pens))


def _read_upright(
    image: Grey, tilt: float, dpi: float, recogniser: Recogniser, numbers: NumberReader | None
) -> tuple[list[PictureTable], Grey, list[tuple[str, PixelBox]], RecognisedPage]:
    straight = prepare.straightened(image, tilt)
    tables = find_tables(straight, dpi)
    clean, blots = prepare.despeckled(straight, dpi)
    marks = _marks(clean, blots, dpi, numbers)
    clean = without(clean, marks)
    found = recogniser.recognise(clean, dpi, [cell.inside for table in tables for cell in table.cells])
    return tables, clean, marks, found


def _marks(image: Grey, blots: Any, dpi: float, numbers: NumberReader | None) -> list[tuple[str, PixelBox]]:
    if numbers is None:
        return []
    try:
        return find_marks(image, blots, dpi, numbers)
    except Exception:  # without them a note's mark is read as a dot or a quote: no reason to lose the page
        log.exception("the second reader failed on footnotes' marks")
        return []


def _mean(found: RecognisedPage) -> float:
    words = [word for group in (found.words, *found.cells) for word in group]
    return statistics.fmean(word.confidence for word in words) if words else 0.0


def _on_its_head(image: Grey, dpi: float, recogniser: Recogniser) -> bool:
    """Whether a band of the page reads better upside down."""
    import numpy as np

    height = min(image.shape[0], round(1.5 * dpi))
    ink = np.convolve((image < prepare.INK).sum(1), np.ones(height), "valid")
    top = int(ink.argmax())
    band = np.ascontiguousarray(image[top : top + height])

    def sense(picture: Grey) -> float:
        found = recogniser.recognise(prepare.despeckled(picture, dpi)[0], dpi)
        return sum(len(word.text) for word in found.words if word.confidence > DOUBTFUL)

    return sense(prepare.turned(band, 2)) > 1.5 * sense(band) + 10
