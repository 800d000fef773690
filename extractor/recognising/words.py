"""The recogniser's words to the page's: numbers read twice and decided, torn ones made whole, glued ones set apart."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.recognising.deciding import Choice, Place, asks, decide
from extractor.recognising.interface import PixelBox, RecognisedWord
from extractor.recognising.sizes import font_sizes
from extractor.recognising.tearing import opening, torn_together

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.numbers import NumberReader

log = logging.getLogger(__name__)

ASCENT, DESCENT = 0.89, 0.22
"""How far Times New Roman's box goes above and below the baseline, in font sizes."""

SIGN = 0.5
"""A word without letter or digit that is less sure is a speck or a rule."""

SUREST = 0.999
"""What is recognised is never certain: a confidence of 1 is that of a text layer."""

_NEVER_ALONE = frozenset(".,;:'`\"‘’“”„|_~^*¡!°·")


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word on the straight page: box and font size in pixels; `first` is the recogniser's own reading, `choice` where
    something else or a second reading stands behind it."""

    text: str
    box: tuple[float, float, float, float]
    size: float
    confidence: float
    first: str
    choice: Choice | None = None


def page_words(
    groups: Sequence[Sequence[RecognisedWord]], image: Grey, numbers: NumberReader | None
) -> Iterator[PageWord]:
    """The words of the page's flow (the first group) and of its cells, those in doubt read twice."""
    def read(boxes: Sequence[PixelBox]) -> Sequence[tuple[str, float] | None]:
        return _seconds(boxes, image, numbers)

    groups = [torn_together(group, font_sizes(group), read) for group in groups]
    words = [word for group in groups for word in group]
    sizes = [size for group in groups for size in font_sizes(group)]
    places = [place for n, group in enumerate(groups) for place in _places(group, in_cell=n > 0)]
    asked = [k for k, word in enumerate(words) if not word.raised and asks(word.text, word.confidence, places[k])]
    said = dict(zip(asked, read([words[k].ink for k in asked]), strict=True))
    for k, word in enumerate(words):
        yield from _printed(word, sizes[k], decide(word.text, word.confidence, said.get(k), places[k]))


def without_rubbish(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words without specks, rules and bits of stamps that were taken for signs standing alone."""
    return [word for word in words if any(c.isalnum() for c in word.text) or _may_stand_alone(word)]


def _may_stand_alone(word: RecognisedWord) -> bool:
    return word.confidence >= SIGN and (len(word.text) > 2 or not set(word.text) <= _NEVER_ALONE)


def _places(group: Sequence[RecognisedWord], *, in_cell: bool) -> list[Place]:
    """Where each word of a group stands: it opens a line, or is all that a cell holds."""
    if in_cell and len(group) == 1:
        return ["alone"]
    return ["opening" if opens and not in_cell else "inside" for opens in opening(group)]


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
    parts, sure = choice.text.split(), min(SUREST, choice.confidence)
    ends, so_far = [], 0
    for part in parts:
        so_far += len(part)
        ends.append(x0 + (x1 - x0) * so_far / sum(map(len, parts)))
    for part, left, right in zip(parts, [x0, *ends], ends, strict=False):
        told = choice if choice.reason else None
        yield PageWord(part, (left, high, right, low), size, sure, word.text, told)
