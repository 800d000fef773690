"""A PDF page as the picture that recognition reads, drawn by pdfium."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2  # noqa: F401  (initialises the library that `raw` calls)
import pypdfium2.raw as pdfium

from extractor.reading.pdf_words import Shape
from extractor.reading.scan import MOST_PIXELS

USUAL, MOST, LEAST = 200.0, 300.0, 120.0
"""Pixels an inch: of a page that is no picture; the most that helps (measured); below it the page is drawn at twice the
picture's own, which reads better (17 of 24 numbers became 21 on a real page of 70)."""

_SIDE = 0.5  # a picture that fills as much of the page's width says at how many pixels an inch it was scanned


def picture_of(page: Any, shape: Shape) -> tuple[Any, float]:
    """The red channel of the open page as shown (numpy, height x width), and its pixels an inch.

    Red, because a red stamp vanishes in it; and one channel takes a third of the memory of all.
    """
    import numpy as np

    width, height = shape.size
    dpi = min(_dpi(page, shape), math.sqrt(MOST_PIXELS / max(1.0, width * height)) * 72)
    wide, high = max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72))
    bitmap = pdfium.FPDFBitmap_Create(wide, high, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        start = pdfium.FPDFBitmap_GetBuffer(bitmap)
        buffer = ctypes.cast(start, ctypes.POINTER(ctypes.c_ubyte * (stride * high))).contents
        drawn = np.frombuffer(buffer, np.uint8).reshape(high, stride)[:, : 4 * wide].reshape(high, wide, 4)
        return drawn[:, :, 2].copy(), dpi
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _dpi(page: Any, shape: Shape) -> float:
    """The pixels an inch to draw the page at: those of the picture that fills it, within what is read well."""
    found = 0.0
    data = pdfium.FPDF_IMAGEOBJ_METADATA()
    for at in range(min(pdfium.FPDFPage_CountObjects(page), 200)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        told = pdfium.FPDFImageObj_GetImageMetadata(thing, page, ctypes.byref(data))
        dpi = data.horizontal_dpi if told else 0
        if dpi > 0 and data.width / dpi * 72 >= _SIDE * min(shape.size):
            found = max(found, float(dpi))
    if not found:
        return USUAL
    return 2 * max(found, LEAST / 2) if found < LEAST else min(found, MOST)
