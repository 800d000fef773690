"""Our own recogniser: the page is cut into lines, each line is read by one network; in doubt Tesseract reads it too.

The scale of its confidences: a character's is its posterior in CTC, a word's that of its least sure character.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from extractor.recognising.cutting import CutLine, cut
from extractor.recognising.eye_words import words_on
from extractor.recognising.interface import PixelBox, RecognisedPage, RecognisedWord

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.line_reader import LineReader

DOUBTFUL = 0.75
"""Mean confidence of a line's words below which the second opinion is asked: a guess, until scripts/choose_doubtful.py
has measured new weights (training/README.md)."""


class SecondOpinion(Protocol):
    """Reads the picture of one line; boxes count from the picture's corner."""

    def read_line(self, picture: Grey, dpi: float) -> list[RecognisedWord]:
        """The words of a line of `dpi` pixels an inch."""
        ...


class Eye:
    """Reads pages. second: asked for lines of low confidence, whose surer reading stands; None where there is none."""

    def __init__(self, reader: LineReader, second: SecondOpinion | None) -> None:
        self._reader, self._second = reader, second

    def recognise(self, image: Grey, dpi: float, cells: Sequence[PixelBox] = ()) -> RecognisedPage:
        """See `interface.Recogniser`."""
        page = cut(image, dpi, cells)
        return RecognisedPage(
            self._words(page.lines, dpi), tuple(self._words(lines, dpi) for lines in page.cells), page.pens
        )

    def _words(self, lines: Sequence[CutLine], dpi: float) -> tuple[RecognisedWord, ...]:
        return tuple(word for number, line in enumerate(lines) for word in self._line(line, number, dpi))

    def _line(self, line: CutLine, number: int, dpi: float) -> list[RecognisedWord]:
        from extractor.recognising.line_reader import frame_width

        words = words_on(line, self._reader.read(line.picture), frame_width(line.picture), number)
        if self._second is None or _sure(words) >= DOUBTFUL:
            return words
        other = self._second.read_line(line.picture, dpi)
        return [placed(word, line, number) for word in other] if _sure(other) > _sure(words) else words


def _sure(words: Sequence[RecognisedWord]) -> float:
    return statistics.fmean(word.confidence for word in words) if words else 0.0


def placed(word: RecognisedWord, line: CutLine, number: int) -> RecognisedWord:
    """A word of the line's picture on the page."""
    x0, top, x1, bottom = word.ink
    shift = int(line.shifts[min(len(line.shifts) - 1, max(0, (x0 + x1) // 2))]) + line.box[1]
    ink = (x0 + line.box[0], top + shift, x1 + line.box[0], bottom + shift)
    return RecognisedWord(word.text, ink, word.baseline + shift, word.confidence, number)
