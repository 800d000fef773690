"""One page's picture to words and ruled tables: the steps of this room in their order."""

from __future__ import annotations

import logging
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.recognising import prepare
from extractor.recognising.deciding import Choice, Place, asks, decide
from extractor.recognising.grid import PictureTable, find_tables
from extractor.recognising.interface import PixelBox, RecognisedPage, RecognisedWord, Recogniser
from extractor.recognising.marks import find_marks, with_marks, without
from extractor.recognising.sizes import font_sizes

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.numbers import NumberReader

log = logging.getLogger(__name__)

ASCENT, DESCENT = 0.89, 0.22
"""How far Times New Roman's box goes above and below the baseline, in font sizes."""

DOUBTFUL = 0.8
"""Below that mean confidence a page may stand on its head."""

SIGN = 0.5
"""A word without letter or digit that is less sure is a speck or a rule."""

_NEVER_ALONE = frozenset(".,;:'`\"‘’“”„|_~^*¡!°·")


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
    tilt, tables, straight, marks, found = _read_upright(image, dpi, recogniser, numbers)
    if not quarters and _mean(found) < DOUBTFUL and _on_its_head(image, dpi, recogniser):
        quarters = 2
        image = prepare.turned(image, 2)
        tilt, tables, straight, marks, found = _read_upright(image, dpi, recogniser, numbers)
    groups = [with_marks(_kept(found.words), marks), *map(_kept, found.cells)]
    return PageReading(tuple(_words(groups, straight, numbers)), tuple(tables), quarters, tilt)


def _read_upright(
    image: Grey, dpi: float, recogniser: Recogniser, numbers: NumberReader | None
) -> tuple[float, list[PictureTable], Grey, list[tuple[str, PixelBox]], RecognisedPage]:
    tilt = prepare.tilt_of(image)
    straight = prepare.straightened(image, tilt)
    tables = find_tables(straight, dpi)
    clean = prepare.despeckled(straight, dpi)
    marks = _marks(clean, dpi, numbers)
    clean = without(clean, marks)
    found = recogniser.recognise(clean, dpi, [cell.inside for table in tables for cell in table.cells])
    return tilt, tables, clean, marks, found


def _marks(image: Grey, dpi: float, numbers: NumberReader | None) -> list[tuple[str, PixelBox]]:
    if numbers is None:
        return []
    try:
        return find_marks(image, dpi, numbers)
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
        found = recogniser.recognise(prepare.despeckled(picture, dpi), dpi)
        return sum(len(word.text) for word in found.words if word.confidence > DOUBTFUL)

    return sense(prepare.turned(band, 2)) > 1.5 * sense(band) + 10


def _kept(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words without specks, rules and bits of stamps that were taken for signs standing alone."""
    return [word for word in words if any(c.isalnum() for c in word.text) or _may_stand_alone(word)]


def _may_stand_alone(word: RecognisedWord) -> bool:
    return word.confidence >= SIGN and (len(word.text) > 2 or not set(word.text) <= _NEVER_ALONE)


def _words(groups: Sequence[Sequence[RecognisedWord]], image: Grey, numbers: NumberReader | None) -> Iterator[PageWord]:
    """The words of the page's flow (the first group) and of its cells, those in doubt read twice."""
    words = [word for group in groups for word in group]
    sizes = [size for group in groups for size in font_sizes(group)]
    places = [place for n, group in enumerate(groups) for place in _places(group, in_cell=n > 0)]
    asked = [k for k, word in enumerate(words) if not word.raised and asks(word.text, places[k])]
    seconds = _seconds([words[k].ink for k in asked], image, numbers)
    said = dict(zip(asked, seconds, strict=True))
    for k, word in enumerate(words):
        yield from _printed(word, sizes[k], decide(word.text, word.confidence, said.get(k), places[k]))


def _places(group: Sequence[RecognisedWord], *, in_cell: bool) -> list[Place]:
    """Where each word of a group stands: it opens a line, or is all that a cell holds."""
    if in_cell and len(group) == 1:
        return ["alone"]
    opens = [k == 0 or group[k - 1].line != word.line for k, word in enumerate(group)]
    return ["opening" if first and not in_cell else "inside" for first in opens]


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


def _printed(word: RecognisedWord, size: float, choice: Choice) -> Iterator[PageWord]:
    """The word as it goes on, in parts where it was two glued together."""
    x0, top, x1, bottom = word.ink
    high, low = word.baseline - ASCENT * size, word.baseline + DESCENT * size
    if word.raised or not high <= (top + bottom) / 2 <= low:  # no word of the line, or the line was none
        high, low = top, bottom
    parts = choice.text.split()
    ends, so_far = [], 0
    for part in parts:
        so_far += len(part)
        ends.append(x0 + (x1 - x0) * so_far / sum(map(len, parts)))
    for part, left, right in zip(parts, [x0, *ends], ends, strict=False):
        told = choice if choice.reason else None
        yield PageWord(part, (left, high, right, low), size, choice.confidence, word.text, told)
