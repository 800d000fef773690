"""Our own network for one line of print, run by ONNX Runtime on one thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.recognising.decoding import Character, decoded, frames_of, posteriors
from extractor.recognising.line_picture import levelled, scaled, scaled_width
from extractor.recognising.network import network

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.line_picture import Ink

FRAME = 4
"""Pixels of the scaled line to a frame."""


class LineReader:
    """Reads the picture of one line. model: an ONNX file made by training/export.py, which holds its characters."""

    def __init__(self, model: Path) -> None:
        self._session = network(model)
        self.characters: str = self._session.get_modelmeta().custom_metadata_map["characters"]

    def read(self, line: Grey) -> list[Character]:
        """The characters of a line (0 ink, 255 paper) with their frames; one frame is `frame_width(line)` wide."""
        return self.read_levelled(levelled(scaled(line)))

    def read_levelled(self, ink: Ink) -> list[Character]:
        """The characters of a line that is scaled and levelled already."""
        (output,) = self._session.run(None, {"x": ink[None, None]})
        return decoded(posteriors(frames_of(output[0, :, 0], len(self.characters) + 1)), self.characters)


def frame_width(line: Grey) -> float:
    """Pixels of the line as it was given to a frame."""
    height, width = line.shape
    return FRAME * float(width) / scaled_width(width, height)
