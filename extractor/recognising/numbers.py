"""The second reader: the recognition part of PP-OCRv6, asked only for words that hold a digit.

It knows hardly any Vietnamese letter, but reads digits better than Tesseract (measured: on worn pages, in tables).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.recognising.interface import PixelBox
from extractor.recognising.models import numbers_model
from extractor.recognising.network import network

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey

_HEIGHT = 48  # of the pictures that the network was trained on
_WIDEST = 960
_ROOM = 0.12
"""Paper around a word's ink, in parts of its height."""


@lru_cache(maxsize=1)
def number_reader() -> NumberReader | None:
    """This process's second reader; None where it is not installed."""
    model = numbers_model()
    return None if model is None else NumberReader(model)


class NumberReader:
    """Reads the words in boxes of a page's picture."""

    def __init__(self, model: Path) -> None:
        self._session = network(model)
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *characters, " "]

    def read(self, image: Grey, boxes: Sequence[PixelBox]) -> list[tuple[str, float]]:
        """For each box its text and how sure the reader is of its least sure character (0 to 1)."""

        found = []
        for box in boxes:  # one at a time: several in one run take as long, and padding costs as much as print
            (shares,) = self._session.run(None, {self._input: self._picture(image, box)})
            found.append(self._decoded(shares[0].argmax(1), shares[0].max(1)))
        return found

    def _picture(self, image: Grey, box: PixelBox) -> Any:
        import cv2
        import numpy as np

        x0, top, x1, bottom = box
        room = max(2, round(_ROOM * (bottom - top)))
        part = image[max(0, top - room) : bottom + room, max(0, x0 - room) : x1 + room]
        width = min(_WIDEST, max(16, round(part.shape[1] * _HEIGHT / part.shape[0])))
        grey = cv2.resize(part, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 127.5 - 1
        return np.stack([grey, grey, grey])[None]  # one picture of three channels

    def _decoded(self, best: Any, sure: Any) -> tuple[str, float]:
        """The text of a row of best classes: repeats are one character, class 0 parts repeats."""
        text, least, before = [], 1.0, 0
        for kind, share in zip(best.tolist(), sure.tolist(), strict=True):
            if kind and kind != before:
                text.append(self._characters[kind])
                least = min(least, share)
            before = kind
        return "".join(text), least if text else 0.0

