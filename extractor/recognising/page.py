"""One page's picture to words and ruled tables: the steps of this room in their order."""

from __future__ import annotations

import logging
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.recognising import prepare
from extractor.recognising.deciding import Choice, decide
from extractor.recognising.grid import PictureTable, find_tables
from extractor.recognising.interface import PixelBox, RecognisedPage, RecognisedWord, Recogniser
from extractor.recognising.sizes import font_sizes

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.numbers import NumberReader

log = logging.getLogger(__name__)

ASCENT, DESCENT = 0.89, 0.22
"""How far Times New Roman's box goes above and below the baseline, in font sizes."""

DOUBTFUL = 0.8
"""Below that mean confidence a page may stand on its head."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word on the straight page: box and font size in pixels; `choice` where two readings or a correction stand
    behind it, `first` the recogniser's own reading."""

    text: str
    box: tuple[float, float, float, float]
    size: float
    confidence: float
    first: str
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read: words in reading order (those of tables last), tables, and the map of points of the straight page
    to the picture as it was given, for pixels of `width` and `height` of that picture."""

    words: tuple[PageWord, ...]
    tables: tuple[PictureTable, ...]
    quarters: int
    tilt: float

    @property
    def confidence(self) -> float:
        """The mean confidence of its words, 0 to 1; 0 where there is none."""
        return statistics.fmean(word.confidence for word in self.words) if self.words else 0.0


def read_page(picture: Any, dpi: float, recogniser: Recogniser, numbers: NumberReader | None) -> PageReading:
    """Read a picture (grey, or red, green, blue) of `dpi` pixels an inch.

    Raises whatever a recogniser raises; a second reader that fails is done without.
    """
    image = prepare.even(prepare.grey(picture), dpi)
    quarters = 1 if prepare.lies_sideways(image) else 0
    image = prepare.turned(image, quarters)
    if quarters and _on_its_head(image, dpi, recogniser):
        quarters, image = 3, prepare.turned(image, 2)
    tilt, tables, straight, found = _read_upright(image, dpi, recogniser)
    if not quarters and _mean(found) < DOUBTFUL and _on_its_head(image, dpi, recogniser):
        quarters = 2
        tilt, tables, straight, found = _read_upright(prepare.turned(image, 2), dpi, recogniser)
    groups = [_kept(group) for group in (found.words, *found.cells)]
    return PageReading(tuple(_words(groups, straight, numbers)), tuple(tables), quarters, tilt)


def _read_upright(
    image: Grey, dpi: float, recogniser: Recogniser
) -> tuple[float, list[PictureTable], Grey, RecognisedPage]:
    tilt = prepare.tilt_of(image)
    straight = prepare.straightened(image, tilt)
    tables = find_tables(straight, dpi)
    clean = prepare.despeckled(straight, dpi)
    found = recogniser.recognise(clean, dpi, [cell.inside for table in tables for cell in table.cells])
    return tilt, tables, clean, found


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
        found = recogniser.recognise(prepare.despeckled(picture, dpi), dpi)
        return sum(len(word.text) for word in found.words if word.confidence > DOUBTFUL)

    return sense(prepare.turned(band, 2)) > 1.5 * sense(band) + 10


def _kept(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words without rubbish: what holds no letter or digit and is unsure is a speck, a rule or a stamp."""
    return [word for word in words if any(c.isalnum() for c in word.text) or word.confidence >= 0.5]


def _words(groups: Sequence[Sequence[RecognisedWord]], image: Grey, numbers: NumberReader | None) -> Iterator[PageWord]:
    """The words of the page's flow and of its cells, those that hold a digit read twice."""
    words = [word for group in groups for word in group]
    sizes = [size for group in groups for size in font_sizes(group)]
    asked = [k for k, word in enumerate(words) if any(c.isdigit() for c in word.text)]
    seconds = _seconds([words[k].ink for k in asked], image, numbers)
    choices = {k: decide(words[k].text, words[k].confidence, said) for k, said in zip(asked, seconds, strict=True)}
    for k, word in enumerate(words):
        yield _word(word, sizes[k], choices.get(k))


def _seconds(
    boxes: Sequence[PixelBox], image: Grey, numbers: NumberReader | None
) -> Sequence[tuple[str, float] | None]:
    if numbers is None or not boxes:
        return [None] * len(boxes)
    try:
        return numbers.read(image, boxes)
    except Exception:  # the first reading stands; the page is not lost for want of a second
        log.exception("the second reader failed")
        return [None] * len(boxes)


def _word(word: RecognisedWord, size: float, choice: Choice | None) -> PageWord:
    x0, top, x1, bottom = word.ink
    high, low = word.baseline - ASCENT * size, word.baseline + DESCENT * size
    if not high <= (top + bottom) / 2 <= low:  # the line was not a line
        high, low = top, bottom
    told = choice is not None and choice.reason
    text, confidence = (choice.text, choice.confidence) if choice else (word.text, word.confidence)
    return PageWord(text, (x0, high, x1, low), size, confidence, word.text, choice if told else None)
