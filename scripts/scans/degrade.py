"""What scanners, copiers, faxes and stamps do to a clean page, imitated; the same seed gives the same pixels.

Kinds: `clean` as drawn; `scan` askew by 0.5 to 1.3 degrees, soft, uneven ground, noise, JPEG; `stamp` a scan with two
red stamps over the text; `faint` a scan of pale print; `copy` a photocopy: askew by 0.8 to 2 degrees, blurred,
blotched, specks of salt and soot; `fax` such a copy in one bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

RED = (205, 40, 60)
KINDS = ("clean", "scan", "copy", "fax", "stamp", "faint")


@dataclass(frozen=True, slots=True)
class Scan:
    """A made scan: grey, red-green-blue, or one bit (as 0 and 255), the JPEG quality to keep it with (0: none), and the
    degrees by which it was turned, against the clock."""

    pixels: Any
    quality: int
    degrees: float = 0.0


def degrade(page: Any, kind: str, dpi: int, seed: int) -> Scan:
    """The clean grey `page` (height x width, 255 paper) as `kind`."""
    rng = np.random.default_rng([seed, dpi, KINDS.index(kind)])
    if kind == "clean":
        return Scan(page, 0)
    if kind == "faint":
        page = (255 - (255 - page.astype(np.float32)) * 0.42).astype(np.uint8)
    if kind in ("scan", "stamp", "faint"):
        return _scan(page, dpi, rng, stamps=2 if kind == "stamp" else 0)
    return _copy(page, dpi, rng, one_bit=kind == "fax")


def _scan(page: Any, dpi: int, rng: np.random.Generator, stamps: int) -> Scan:
    scale, (height, width) = dpi / 200, page.shape
    image = cv2.cvtColor(page, cv2.COLOR_GRAY2RGB)
    for k in range(stamps):
        image = _stamped(image, int(width * rng.uniform(0.3, 0.7)), int(height * (0.25 + 0.35 * k)), dpi)
    soft = cv2.GaussianBlur(image, (0, 0), 0.55 * scale).astype(np.float32) * 0.86 + 22
    degrees = float(rng.choice([-1, 1]) * rng.uniform(0.5, 1.3))
    soft = _turned(soft, degrees, 240)
    soft += _ground(height, width, rng, 10)[..., None] + rng.normal(0, 6, (height, width, 1))
    return Scan(_bytes(soft), int(rng.integers(45, 61)), degrees)


def _copy(page: Any, dpi: int, rng: np.random.Generator, *, one_bit: bool) -> Scan:
    scale, (height, width) = dpi / 200, page.shape
    degrees = float(rng.choice([-1, 1]) * rng.uniform(0.8, 2.0))
    soft = _turned(page, degrees, 255).astype(np.float32)
    soft = cv2.GaussianBlur(soft, (0, 0), 0.85 * scale)
    blotches = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), scale)
    soft += blotches / blotches.std() * 20
    soft = 255 / (1 + np.exp(-(soft - (145 + rng.uniform(-20, 25))) / 26))  # a copier's steep contrast
    soft = soft * 0.85 + 25 + _ground(height, width, rng, 18)
    chance = rng.random((height, width))
    soft[chance < 0.0012] = 20
    soft[chance > 0.9988] = 255
    soot = (rng.random((height, width)) < 0.00012).astype(np.uint8)
    side = 2 if scale < 1.2 else 3
    soft[cv2.dilate(soot, np.ones((side, side))) > 0] = 10
    made = _bytes(soft + rng.normal(0, 7, (height, width)))
    return Scan(np.where(made > 128, 255, 0).astype(np.uint8), 0, degrees) if one_bit else Scan(made, 40, degrees)


def _turned(image: Any, degrees: float, paper: int) -> Any:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,) * 3)


def _ground(height: int, width: int, rng: np.random.Generator, depth: float) -> Any:
    """Uneven light: slow waves and a slope."""
    waves = cv2.resize(rng.normal(0, 1, (5, 4)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    slope = np.linspace(0, 1, width, dtype=np.float32)[None, :] * rng.uniform(-1, 1)
    return depth * (waves * 0.5 + slope)


def _stamped(image: Any, x: int, y: int, dpi: int) -> Any:
    """The page with an organ's round red stamp, 36 mm wide as the rules have it: two rings, letters around, a star."""
    radius = int(18 / 25.4 * dpi)
    over = np.full_like(image, 255)
    cv2.circle(over, (x, y), radius, RED, max(2, dpi // 60))
    cv2.circle(over, (x, y), int(radius * 0.68), RED, max(1, dpi // 120))
    around = "UY BAN NHAN DAN HUYEN * TINH *"
    for k, letter in enumerate(around):
        angle = 2 * math.pi * k / len(around)
        at = (int(x + radius * 0.84 * math.cos(angle) - dpi / 50), int(y + radius * 0.84 * math.sin(angle) + dpi / 50))
        cv2.putText(over, letter, at, cv2.FONT_HERSHEY_SIMPLEX, dpi / 300, RED, max(1, dpi // 150))
    points = []
    for k in range(10):
        reach, angle = radius * (0.5 if k % 2 == 0 else 0.2), k * math.pi / 5 - math.pi / 2
        points.append((int(x + reach * math.cos(angle)), int(y + reach * math.sin(angle))))
    cv2.fillPoly(over, [np.array(points)], RED)
    over = cv2.GaussianBlur(over, (0, 0), dpi / 300)
    return (image.astype(np.float32) * over / 255).astype(np.uint8)


def _bytes(image: Any) -> Any:
    return np.clip(image, 0, 255).astype(np.uint8)
