"""Pictures as reports: TIFF of one or many pages, PNG, JPEG, each frame a page that is recognised."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from extractor.errors import DamagedFile, TooLarge
from extractor.pages import Source, SourcePage
from extractor.reading.scan import MOST_PIXELS, FailedRecognition, reader_warnings, recognise
from extractor.reading.watching import Watch, unwatched
from extractor.recognising.models import check_installed

_FORMATS = {"TIFF": "image/tiff", "PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "BMP": "image/bmp"}
_A4_WIDE = 8.27  # inches: the width that a page is taken to have where its file does not say
_LEAST, _MOST = 120.0, 300.0  # pixels an inch that recognition reads well
_SMALLEST_PAGE, _LARGEST_PAGE = 3.0, 50.0  # inches of a page's longer side: other sizes are a wrong resolution


def open_picture(path: Path, watch: Watch = unwatched) -> Source:
    """The pages of the picture at `path`. Raises DamagedFile, TooLarge; MissingRecognition where it cannot be read."""
    check_installed()
    with _opened(path) as image:
        kind, count = _FORMATS.get(image.format or "", "image/unknown"), int(getattr(image, "n_frames", 1))
        _check_size(image, path, 1)
    return Source(kind, count, (watch(number, partial(_page, path, count, number)) for number in range(1, count + 1)))


def _opened(path: Path) -> Any:
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = None  # its own check only warns; ours raises
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries (WeasyPrint) switch it on for the whole process
    try:
        return Image.open(path)
    except Exception as error:  # Pillow's readers raise many kinds
        raise DamagedFile(f"not readable as a picture: {error}", path=path) from error


def _check_size(image: Any, path: Path, number: int) -> None:
    wide, high = image.size
    if wide * high > MOST_PIXELS:
        raise TooLarge(f"{wide} x {high} pixels, more than {MOST_PIXELS:,}", path=path, page=number)


def _page(path: Path, count: int, number: int) -> SourcePage:
    with _opened(path) as image:
        try:
            image.seek(number - 1)
            _check_size(image, path, number)
            picture, dpi = _decoded(image)
        except TooLarge:
            raise
        except Exception as error:  # a frame cut off or corrupt; the others may be whole
            if count == 1:
                raise DamagedFile(f"the picture is broken: {error}", path=path) from error
            return _lost(number, f"damaged, nothing was read: {error}")
    try:
        page = recognise(picture, dpi, number)
        return page if number > 1 else replace(page, warnings=page.warnings + reader_warnings())
    except FailedRecognition as error:
        return _lost(number, str(error))


def _lost(number: int, why: str) -> SourcePage:
    return SourcePage(number, None, None, source="ocr", confidence=0.0, warnings=(f"page {number}: {why}",))


def _decoded(image: Any) -> tuple[Any, float]:
    """The frame as recognition takes it (its red channel, upright as its camera says), and its pixels an inch."""
    import numpy as np
    from PIL import Image, ImageOps

    dpi = _dpi(image)
    image = ImageOps.exif_transpose(image)
    image = image.convert("L") if image.mode in ("1", "L", "I;16", "I", "F") else image.convert("RGB").getchannel("R")
    wanted = 2 * dpi if dpi < _LEAST else min(dpi, _MOST)
    if wanted != dpi:
        size = (max(1, round(image.width * wanted / dpi)), max(1, round(image.height * wanted / dpi)))
        image = image.resize(size, Image.Resampling.BICUBIC if wanted > dpi else Image.Resampling.BOX)
    return np.asarray(image), wanted


def _dpi(image: Any) -> float:
    """What the file says where that makes a page of some size; else as many as make it as wide as A4."""
    wide, high = image.size
    said = image.info.get("dpi")
    dpi = float(said[0]) if said and said[0] else 0.0
    if dpi > 0 and _SMALLEST_PAGE <= max(wide, high) / dpi <= _LARGEST_PAGE and dpi >= 60:
        return dpi
    return max(10.0, float(min(wide, high)) / _A4_WIDE)
