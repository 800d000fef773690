"""What scanners, copiers, faxes and age do to print: one worn picture of a drawn line. Greys count from 0 to 255.

    print → faint or pale → what lies over it (stamps, pens, watermarks, show-through) → askew → one of the kinds

The kinds' shares and ranges are the prototype's (shared/research/ocr-model.md); `over.py` has what it lacked.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extractor.recognising.prepare import despeckled
from training.over import laid_over, pale, scanner_lines, textured

KINDS = {"clean": 0.11, "scan": 0.34, "copy": 0.27, "fax": 0.16, "low": 0.12}
_SIZE = 38.0
"""Pixels of a font of 13.7 points at 200 dpi, for which the widths of blur are given."""


def wear(picture: Any, em: int, rng: np.random.Generator, kind: str | None = None) -> Any:
    """The drawn picture of a line (0 ink, 255 paper) worn by chance, or as one of `KINDS`."""
    image = picture.astype(np.float32)
    kind = kind or str(rng.choice(list(KINDS), p=list(KINDS.values())))
    if rng.random() < 0.10:
        side = np.ones((2, 2) if em > 22 else (1, 2), np.uint8)
        image = (cv2.erode if rng.random() < 0.6 else cv2.dilate)(image, side)
    if rng.random() < 0.20 and kind not in ("copy", "fax"):  # a copier would leave nothing of it; it has its own ways
        image = pale(image, em, rng)
    image = laid_over(image, em, rng)
    if rng.random() < 0.8:
        image = _askew(image, rng)
    worn: Any = {"clean": _clean, "scan": _scan, "copy": _copy, "fax": _fax, "low": _low}[kind](image, em / _SIZE, rng)
    return worn


def _clean(image: Any, scale: float, rng: np.random.Generator) -> Any:
    if rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.2, 0.6) * max(0.5, scale))
    made = _grey(image)
    return _jpeg(made, rng, 50, 95) if rng.random() < 0.3 else made


def _scan(image: Any, scale: float, rng: np.random.Generator) -> Any:
    image = cv2.GaussianBlur(image, (0, 0), max(0.2, rng.uniform(0.3, 0.95) * scale))
    image = image * rng.uniform(0.6, 0.95) + rng.uniform(5, 40)
    image = textured(image, rng) + _uneven(image.shape, rng, rng.uniform(0, 12)) + _noise(image.shape, rng, 1, 11)
    if rng.random() < 0.06:
        image = scanner_lines(image, rng)
    made = _grey(image)
    if rng.random() < 0.75:
        made = _jpeg(made, rng, 25, 85)
    return _jpeg(made, rng, 40, 80) if rng.random() < 0.3 else made


def _copied(image: Any, scale: float, rng: np.random.Generator) -> Any:
    image = cv2.GaussianBlur(image, (0, 0), max(0.25, rng.uniform(0.5, 1.15) * scale))
    blotches = cv2.GaussianBlur(_noise(image.shape, rng, 1, 1), (0, 0), rng.uniform(0.7, 1.6) * scale)
    image = image + blotches / max(1e-3, float(blotches.std())) * rng.uniform(4, 26)
    steep = np.clip((image - (145 + rng.uniform(-45, 40))) / rng.uniform(14, 40), -30, 30)
    image = 255 / (1 + np.exp(-steep))
    image = image * rng.uniform(0.75, 0.95) + rng.uniform(5, 28) + _uneven(image.shape, rng, rng.uniform(0, 16))
    if rng.random() < 0.75:
        image = _specked(image, rng)
    if rng.random() < 0.06:
        image = scanner_lines(image, rng)
    return _grey(image + _noise(image.shape, rng, 1, 9))


def _copy(image: Any, scale: float, rng: np.random.Generator) -> Any:
    made = _copied(image, scale, rng)
    if rng.random() < 0.9:
        made = _jpeg(made, rng, 25, 70)
    return despeckled(made, 200 * scale)[0] if rng.random() < 0.55 else made


def _fax(image: Any, scale: float, rng: np.random.Generator) -> Any:
    made = np.where(_copied(image, scale, rng) > rng.integers(105, 151), 255, 0).astype(np.uint8)
    if rng.random() < 0.5:
        made = _turned(made, float(rng.normal(0, 0.3)), cv2.INTER_CUBIC)
    return despeckled(made, 200 * scale)[0] if rng.random() < 0.55 else made


def _low(image: Any, scale: float, rng: np.random.Generator) -> Any:
    """Seen at few pixels an inch, and enlarged again."""
    height, width = image.shape
    ratio = rng.uniform(10.5, 19) / (scale * _SIZE)
    if ratio >= 1:
        return _grey(image)
    way = int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR]))
    small = cv2.resize(image, None, fx=ratio, fy=ratio, interpolation=way)
    made = _grey(small + _noise(small.shape, rng, 0, 7))
    if rng.random() < 0.8:
        made = _jpeg(made, rng, 35, 95)
    return cv2.resize(made, (width, height), interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC])))


def _specked(image: Any, rng: np.random.Generator) -> Any:
    """Salt and soot of a copier's glass."""
    share = float(rng.choice([0.0003, 0.0008, 0.0012, 0.002, 0.004]))
    chance = rng.random(image.shape, dtype=np.float32)
    image[chance < share] = rng.uniform(5, 60)
    image[chance > 1 - share] = 255
    soot = (rng.random(image.shape, dtype=np.float32) < share * 0.12).astype(np.uint8)
    side = int(rng.choice([2, 2, 3]))
    image[cv2.dilate(soot, np.ones((side, side), np.uint8)) > 0] = 10
    return image


def _askew(image: Any, rng: np.random.Generator) -> Any:
    """Turned by what straightening leaves over, sheared, moved by parts of a pixel; sometimes wavy."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D(
        (width / 2, height / 2), float(rng.normal(0, 0.12) if rng.random() < 0.9 else rng.uniform(-0.7, 0.7)), 1
    )
    matrix[0, 1] += rng.normal(0, 0.02)
    matrix[:, 2] = matrix[:, 2] + rng.uniform(-0.5, 0.5, 2)
    made = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    if rng.random() < 0.05:
        made = _wavy(made, rng)
    return made


def _wavy(image: Any, rng: np.random.Generator) -> Any:
    height, width = image.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    wave = rng.uniform(0.5, 2) * np.sin(x / rng.uniform(80, 400) + rng.uniform(0, 6.3))
    return cv2.remap(image, x, (y + wave).astype(np.float32), cv2.INTER_LINEAR, borderValue=255)


def _turned(image: Any, degrees: float, way: int) -> Any:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(image, matrix, (width, height), flags=way, borderMode=cv2.BORDER_REPLICATE)


def _uneven(shape: tuple[int, int], rng: np.random.Generator, depth: float) -> Any:
    waves = rng.normal(0, 1, (2, 5)).astype(np.float32)
    return depth * 0.7 * cv2.resize(waves, shape[::-1], interpolation=cv2.INTER_LINEAR)


def _noise(shape: tuple[int, int], rng: np.random.Generator, low: float, high: float) -> Any:
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(rng.uniform(low, high))


def _grey(image: Any) -> Any:
    return np.clip(image, 0, 255).astype(np.uint8)


def _jpeg(image: Any, rng: np.random.Generator, low: int, high: int) -> Any:
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(low, high + 1))]
    return cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_GRAYSCALE)
