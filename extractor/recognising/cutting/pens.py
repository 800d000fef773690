"""What is no print: the rings and letters of stamps, signatures, and numbers that were filled in by pen."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.recognising.cutting.values import Blots, Row
from extractor.recognising.interface import PixelBox


def sort_out(blots: Blots, rows: Sequence[Row], height: float, dpi: float) -> tuple[list[Row], list[PixelBox]]:
    """The rows that are print, and the boxes of handwriting."""
    return list(rows), []
