"""Scans for tests: parts of pages of corpus/, drawn by pdfium, as pictures and as PDFs without a text layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
DPI = 200


@lru_cache(maxsize=8)
def drawn(name: str, page: int = 0) -> Image.Image:
    """A page of corpus/ in grey, at 200 pixels an inch."""
    document = pypdfium2.PdfDocument(ROOT / "corpus" / f"{name}.pdf")
    try:
        return document[page].render(scale=DPI / 72, grayscale=True).to_pil()
    finally:
        document.close()


def band(name: str, page: int, top: float, bottom: float) -> Image.Image:
    """The part of a page between two heights in points, as wide as the page."""
    image = drawn(name, page)
    return image.crop((0, round(top * DPI / 72), image.width, round(bottom * DPI / 72)))


def scan(target: Path, images: Sequence[Image.Image]) -> Path:
    """A file of these pages, PDF or TIFF by its name."""
    first, *others = images
    kind: dict[str, Any] = {"resolution": DPI} if target.suffix == ".pdf" else {"dpi": (DPI, DPI)}
    first.save(target, save_all=True, append_images=others, **kind)
    return target


def askew(image: Image.Image, degrees: float) -> Image.Image:
    """The picture turned clockwise about its middle by some degrees, paper around it."""
    return image.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def turned_point(x: float, y: float, size: tuple[float, float], degrees: float) -> tuple[float, float]:
    """Where `askew` takes a point of a picture of that size."""
    angle, (wide, high) = math.radians(degrees), size
    dx, dy = x - wide / 2, y - high / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return wide / 2 + dx * cos - dy * sin, high / 2 + dx * sin + dy * cos
