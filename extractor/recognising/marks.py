"""Footnotes' marks: small raised digits behind a word or before a note, which Tesseract takes for dots and quotes.

They are found by their shape (small, raised, nothing under them, a letter beside them), read by the second reader, and
taken out of the picture before the words are read, so that `hộ¹` is not read as `hộ'` nor `2022¹` as `20221`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extractor.recognising.interface import PixelBox, RecognisedWord
from extractor.recognising.prepare import FAINT, PAPER

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.numbers import NumberReader

_X_HEIGHT = 0.45  # of a font's size: the height of most letters
_LOWEST, _HIGHEST = 0.25, 0.56  # height of a mark in sizes of the body's font; a quote's is 0.22, a digit's 0.66
_WIDEST = 0.5
_LETTER = 0.38  # height of the lowest letters
_BESIDE = 0.9
"""Font sizes within which the letter stands that a mark belongs to; a quote and a stop may stand between."""

_ABOUT = 3.0
"""Font sizes to either side in which letters say where the baseline is."""

_RAISED = 0.18
"""How far a mark stands above the baseline at least."""

_SURE = 0.7
_SIGNS = {"*", "**", "***"}
_AT_ONCE = 200  # boxes that are held against all letters in one go: a megabyte
_MOST = 60  # a page with more is no page with so many notes but a picture of something else


def find_marks(image: Grey, blots: Any, dpi: float, numbers: NumberReader) -> list[tuple[str, PixelBox]]:
    """The marks of a straight, clean page with their boxes. blots: those of its ink, see `prepare.despeckled`."""
    import numpy as np

    blots = blots.astype(np.int32)
    blots[:, 2:] += blots[:, :2]  # x0, top, x1, bottom
    heights = blots[:, 3] - blots[:, 1]
    letters = heights[(heights > 0.04 * dpi) & (heights < 0.25 * dpi)]
    if not letters.size:
        return []
    em = float(np.bincount(letters).argmax()) / _X_HEIGHT
    small = (heights >= _LOWEST * em) & (heights <= _HIGHEST * em) & (blots[:, 2] - blots[:, 0] <= _WIDEST * em)
    tall = blots[(heights >= _LETTER * em) & (heights <= 2 * em)]
    raised = [(x0, top, x1, bottom) for x0, top, x1, bottom in _raised(blots[small], tall, em).tolist()]
    found = _joined([box for box in raised if _is_free(image, box, em)], em)
    if not found or len(found) > _MOST:
        return []
    said = numbers.read(image, found)
    return [
        (text, box)
        for (text, sure), box in zip(said, found, strict=True)
        if sure >= _SURE and _is_label(text)
    ]


def _is_label(text: str) -> bool:
    """Whether it is a footnote's mark; `11` is the two strokes of a straight quote more often than a note's number."""
    return text in _SIGNS or (text.isdecimal() and text.isascii() and len(text) <= 3 and text not in ("11", "111"))


def _raised(boxes: Any, tall: Any, em: float) -> Any:
    """Those of the boxes about which the tall ones stand lower (their median), one of them right beside it."""
    import numpy as np

    left, top, right, base = tall.T
    kept = np.zeros(len(boxes), bool)
    for first in range(0, len(boxes), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        x0, _, x1, bottom = boxes[some].T[..., None]
        about = (top < bottom) & (base > bottom - 0.1 * em) & (right > x0 - _ABOUT * em) & (left < x1 + _ABOUT * em)
        count, high = about.sum(1), (about & (base - _RAISED * em < bottom)).sum(1)
        beside = about & (right > x0 - _BESIDE * em) & (left < x1 + _BESIDE * em)
        kept[some] = (count >= 2) & (high <= count // 2) & beside.any(1)
    return boxes[kept]


def _is_free(image: Grey, box: PixelBox, em: float) -> bool:
    """Whether nothing stands under the box down to the baseline, as a letter under its accent does."""
    x0, _, x1, bottom = box
    return not (image[bottom + 1 : bottom + round(0.35 * em), x0:x1] < FAINT).any()


def _joined(boxes: Sequence[PixelBox], em: float) -> list[PixelBox]:
    """Digits side by side as one mark."""
    found: list[PixelBox] = []
    for box in sorted(boxes):
        if found:
            a, b, c, d = found[-1]
            x0, top, x1, bottom = box
            if x0 - c <= 0.2 * em and abs(bottom - d) <= 0.1 * em:
                found[-1] = (a, min(b, top), max(c, x1), max(d, bottom))
                continue
        found.append(box)
    return found


def without(image: Grey, marks: Sequence[tuple[str, PixelBox]]) -> Grey:
    """The picture with the marks painted over."""
    if marks:
        image = image.copy()
        for _, (x0, top, x1, bottom) in marks:
            image[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = PAPER
    return image


def with_marks(words: Sequence[RecognisedWord], marks: Sequence[tuple[str, PixelBox]]) -> list[RecognisedWord]:
    """The words with each mark behind the word that it touches, or before it where it opens a line."""
    made = list(words)
    for text, box in marks:
        near = [(gap, k, behind) for k, word in enumerate(made) for gap, behind in _gaps(word, box)]
        if near:
            _, k, behind = min(near)
            word = RecognisedWord(text, box, box[3], made[k].confidence, made[k].line, raised=True)
            made.insert(k + behind, word)
    return made


def _gaps(word: RecognisedWord, box: PixelBox) -> list[tuple[float, bool]]:
    """How far the mark stands behind the word and before it, where it stands raised on the word's line."""
    x0, top, x1, bottom = word.ink
    if word.raised or not top - (bottom - top) <= box[1] or not box[3] < word.baseline or box[3] < top:
        return []
    near = 1.5 * (box[3] - box[1])
    gaps = ((abs(box[0] - x1), True), (abs(x0 - box[2]), False))
    return [(gap, behind) for gap, behind in gaps if gap <= near]
