"""A picture (PNG, JPEG, TIFF of any number of pages) as a PDF that holds its own bytes, nothing recompressed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

Size = tuple[float, float]


def picture_pdf(path: Path, sizes: Sequence[Size | None]) -> bytes:
    """The PDF of the picture at `path`. `sizes` are its pages' sizes in points as recognition took them.

    Raises what Pillow and img2pdf raise over a picture that cannot be read.
    """
    import img2pdf

    at = 0

    def placed(wide: int, high: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
        nonlocal at
        size = sizes[at] if at < len(sizes) else None
        at += 1
        width, height = size or (72 * wide / dpi[0], 72 * high / dpi[1])
        return width, height, width, height

    logging.getLogger("img2pdf").setLevel(logging.ERROR)  # it tells of transparency, which the PDF keeps
    turn = img2pdf.Rotation.ifvalid  # as the camera held it, where it says so
    return bytes(img2pdf.convert(path.read_bytes(), layout_fun=placed, rotation=turn, nodate=True))
