"""Tesseract as a recogniser, through tesserocr: one engine a process, one thread an engine.

Threads are switched off because two processes of one thread read faster than one of two, and several of several ones
starve each other (measured: 4 times as slow).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.recognising.interface import PixelBox, RecognisedPage, RecognisedWord
from extractor.recognising.models import LANGUAGE, check_tesseract, tessdata
from extractor.recognising.prepare import INK, PAPER

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey

_MARGIN = 10
"""Pixels of paper around what is read: Tesseract loses letters that touch the edge."""

_RULE = 0.03
"""Inches around a cell that its rules may take."""

_NARROWED = 0.95
"""The width of running text as Tesseract gets it, in parts of its own: it reads that as well (measured on scans,
photocopies and faxes), and its time goes with the width. At 0.92 it loses numbers of photocopies; cells it loses at
0.95."""


@lru_cache(maxsize=1)
def tesseract() -> Tesseract:
    """This process's engine. Raises MissingRecognition."""
    return Tesseract()


class Tesseract:
    """The engine with the Vietnamese model loaded."""

    def __init__(self) -> None:
        check_tesseract()
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import cv2
        import tesserocr

        cv2.setNumThreads(1)
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it prints errors of its own to stderr
        self._tesserocr = tesserocr
        variables = {"debug_file": os.devnull, "tessedit_do_invert": "0"}  # no report is white on black
        self._api = tesserocr.PyTessBaseAPI(
            path=str(tessdata()), lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY, variables=variables
        )

    def recognise(self, image: Grey, dpi: float, cells: Sequence[PixelBox] = ()) -> RecognisedPage:
        """See `interface.Recogniser`."""
        page = image
        if cells:
            page = image.copy()
            rule = round(_RULE * dpi)
            for x0, top, x1, bottom in cells:
                page[max(0, top - rule) : bottom + rule, max(0, x0 - rule) : x1 + rule] = PAPER
        words = tuple(self._flow(page, dpi))
        return RecognisedPage(words, tuple(tuple(self._cell(image, dpi, box)) for box in cells))

    def _flow(self, page: Grey, dpi: float) -> Iterator[RecognisedWord]:
        """The words of a page, whose empty margins Tesseract need not look through."""
        import cv2
        import numpy as np

        rows, columns = (np.flatnonzero(page.min(axis) < INK) for axis in (1, 0))
        if rows.size:
            top, left = max(0, int(rows[0]) - _MARGIN), max(0, int(columns[0]) - _MARGIN)
            part = page[top : rows[-1] + 1 + _MARGIN, left : columns[-1] + 1 + _MARGIN]
            size = max(1, round(_NARROWED * part.shape[1])), part.shape[0]
            narrow: Grey = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)  # type: ignore[assignment]
            yield from self._read(narrow, dpi, self._tesserocr.PSM.AUTO, left, top, _NARROWED)

    def read_line(self, picture: Grey, dpi: float) -> list[RecognisedWord]:
        """See `eye.SecondOpinion`."""
        import numpy as np

        framed = np.pad(picture, _MARGIN, constant_values=PAPER)
        return list(self._read(framed, dpi, self._tesserocr.PSM.SINGLE_LINE, -_MARGIN, -_MARGIN))

    def _cell(self, image: Grey, dpi: float, box: PixelBox) -> Iterator[RecognisedWord]:
        import numpy as np

        x0, top, x1, bottom = box
        inside = image[top:bottom, x0:x1]
        if inside.size == 0 or int(inside.min()) > PAPER - 60:
            return
        framed = np.pad(inside, _MARGIN, constant_values=PAPER)
        yield from self._read(framed, dpi, self._tesserocr.PSM.SINGLE_BLOCK, x0 - _MARGIN, top - _MARGIN)

    def _read(
        self, image: Grey, dpi: float, mode: int, left: int, above: int, narrowed: float = 1.0
    ) -> Iterator[RecognisedWord]:
        """The words of a picture whose corner is at (left, above). narrowed: its width in parts of the page's."""
        height, width = image.shape
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(image.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(round(dpi))
        try:
            if not self._api.Recognize():
                return
            found = self._api.GetIterator()
            if found is not None:
                yield from self._words(found, left, above, narrowed)
        finally:
            self._api.Clear()

    def _words(self, found: Any, left: int, above: int, narrowed: float) -> Iterator[RecognisedWord]:
        level = self._tesserocr.RIL
        line, base = -1, ((0, 0), (1, 0))
        for item in self._tesserocr.iterate_level(found, level.WORD):
            if item.IsAtBeginningOf(level.TEXTLINE):
                line, base = line + 1, item.Baseline(level.TEXTLINE) or base
            box = item.BoundingBox(level.WORD)
            text = _text(item, level.WORD)
            if box is None or not text:
                continue
            x0, top, x1, bottom = box
            (a, b), (c, d) = base
            under = b + (d - b) * ((x0 + x1) / 2 - a) / max(1, c - a)
            x0, x1 = round(x0 / narrowed), round(x1 / narrowed)
            ink = (x0 + left, top + above, max(x1, x0 + 1) + left, max(bottom, top + 1) + above)
            yield RecognisedWord(text, ink, under + above, item.Confidence(level.WORD) / 100, line)


def _text(item: Any, level: int) -> str:
    """The word that the iterator stands at; "" where it stands at a block without text, which tesserocr raises for."""
    try:
        return (item.GetUTF8Text(level) or "").strip()
    except RuntimeError:
        return ""
