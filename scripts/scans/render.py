"""A report's PDF to a scan of it: every page drawn, worn, and put into a PDF, TIFF or JPEG as a scanner would."""

from __future__ import annotations

import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from scans.degrade import Scan, degrade


def condition(name: str) -> tuple[str, int]:
    """Kind and pixels an inch of a condition's name: `scan200`."""
    return name[:-3], int(name[-3:])


def clean_pages(source: Path, dpi: int) -> list[Any]:
    """The pages of a born-digital PDF as clean grey pictures."""
    document = pypdfium2.PdfDocument(source)
    try:
        return [np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil()) for page in document]
    finally:
        document.close()


def scans_of(source: Path, name: str) -> list[Scan]:
    """The pages of `source` under the condition `name`; which page gets which wear depends on nothing but its name."""
    kind, dpi = condition(name)
    seed = zlib.crc32(source.stem.encode())
    return [degrade(page, kind, dpi, seed + k) for k, page in enumerate(clean_pages(source, dpi))]


def picture(scan: Scan) -> Image.Image:
    """The scan as a Pillow image: one bit where it holds no more."""
    image = Image.fromarray(scan.pixels)
    two = scan.pixels.ndim == 2 and set(np.unique(scan.pixels).tolist()) <= {0, 255}
    return image.convert("1") if two else image


def write(source: Path, name: str, target: Path) -> Path:
    """Write the scan of `source` to `target` (.pdf, .tif of all pages, .jpg or .png of the first), always the same."""
    scans = scans_of(source, name)
    first, *others = [picture(scan) for scan in scans]
    target.parent.mkdir(parents=True, exist_ok=True)
    dpi, quality = condition(name)[1], min(scan.quality or 90 for scan in scans)
    if target.suffix == ".pdf":
        stamp = time.gmtime(0)  # else the clock is in the file
        kept: dict[str, Any] = {} if first.mode == "1" else {"quality": quality}
        first.save(
            target, save_all=True, append_images=others, resolution=dpi, creationDate=stamp, modDate=stamp, **kept
        )
    elif target.suffix == ".tif":
        compression = "group4" if first.mode == "1" else "jpeg"
        first.save(target, save_all=True, append_images=others, dpi=(dpi, dpi), compression=compression)
    else:
        first.save(target, dpi=(dpi, dpi), quality=quality)
    return target
