"""What lies over print or under it: pale toner, stamps, pens, watermarks, show-through, paper, a scanner's lines."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

_AROUND = "UBND TINH HUYEN XA * VAN PHONG HOI DONG NHAN DAN *"


def pale(image: Any, em: int, rng: np.random.Generator) -> Any:
    """Print as from an empty cartridge: pale all over, in patches, or with its thin strokes gone thinner."""
    kind = rng.random()
    if kind < 0.5:
        return 255 - (255 - image) * rng.uniform(0.25, 0.8)
    if kind < 0.75:
        patches = cv2.resize(rng.random((3, 12)).astype(np.float32), image.shape[::-1], interpolation=cv2.INTER_CUBIC)
        return 255 - (255 - image) * np.clip(0.25 + 0.8 * patches, 0.2, 1)
    soft = cv2.GaussianBlur(image, (0, 0), max(0.3, 0.025 * em))
    return 255 - (255 - soft) * rng.uniform(0.4, 0.9)


def laid_over(image: Any, em: int, rng: np.random.Generator) -> Any:
    """With stamps, pens, a watermark or the page's other side, each by its chance."""
    if rng.random() < 0.09:
        image = _stamped(image, em, rng)
    if rng.random() < 0.03:
        image = _penned(image, em, rng)
    if rng.random() < 0.05:
        image = _watermarked(image, em, rng)
    if rng.random() < 0.05:
        image = _shown_through(image, em, rng)
    return image


def _stamped(image: Any, em: int, rng: np.random.Generator) -> Any:
    """Parts of round stamps of 36 mm, and of straight ones ("ĐẾN", "HỎA TỐC"), as dark as their red comes out."""
    height, width = image.shape
    over = np.full((height, width), 255, np.uint8)
    dark = int(rng.choice([rng.integers(90, 170), rng.integers(170, 235), rng.integers(205, 245)]))
    for _ in range(int(rng.integers(1, 3))):
        if rng.random() < 0.8:
            _ring(over, em, dark, rng)
        else:
            x, y = int(rng.integers(-em, width)), int(rng.integers(-em, height))
            far = (x + int(em * rng.uniform(3, 9)), y + int(em * rng.uniform(1.2, 2.4)))
            cv2.rectangle(over, (x, y), far, dark, max(1, em // 14), cv2.LINE_AA)
            cv2.putText(over, "DEN SO", (x + em // 3, far[1] - em // 4), cv2.FONT_HERSHEY_SIMPLEX, em / 28, dark,
                        max(1, em // 12), cv2.LINE_AA)  # fmt: skip
    return image * (over.astype(np.float32) / 255)


def _ring(over: Any, em: int, dark: int, rng: np.random.Generator) -> None:
    height, width = over.shape
    radius = int(em * rng.uniform(1.2, 4.5))
    x, y = int(rng.integers(0, width)), int(rng.integers(-radius, height + radius))
    cv2.circle(over, (x, y), radius, dark, max(1, int(em * rng.uniform(0.05, 0.12))), cv2.LINE_AA)
    if rng.random() < 0.7:
        cv2.circle(over, (x, y), int(radius * 0.68), dark, max(1, em // 20), cv2.LINE_AA)
    for k, letter in enumerate(_AROUND):
        angle = 2 * math.pi * k / len(_AROUND)
        at = (int(x + radius * 0.84 * math.cos(angle)), int(y + radius * 0.84 * math.sin(angle)))
        cv2.putText(over, letter, at, cv2.FONT_HERSHEY_SIMPLEX, em / 65, dark, max(1, em // 25), cv2.LINE_AA)
    if rng.random() < 0.6:
        reach = [radius * (0.5 if k % 2 == 0 else 0.2) for k in range(10)]
        points = [(x + r * math.cos(k * math.pi / 5), y + r * math.sin(k * math.pi / 5)) for k, r in enumerate(reach)]
        cv2.fillPoly(over, [np.array(points, np.int32)], dark)


def _penned(image: Any, em: int, rng: np.random.Generator) -> Any:
    """A stroke of a pen across the line."""
    height, width = image.shape
    over = np.full((height, width), 255, np.uint8)
    points = np.stack([rng.integers(0, width, 4), rng.integers(0, height, 4)], 1).astype(np.int32)
    cv2.polylines(over, [points], False, int(rng.integers(40, 220)), max(1, int(em * 0.06)), cv2.LINE_AA)
    return image * (over.astype(np.float32) / 255)


def _watermarked(image: Any, em: int, rng: np.random.Generator) -> Any:
    """Large pale letters behind the print, slanting over the page."""
    height, width = image.shape
    under = np.full((height, width), 255, np.uint8)
    size, grey = rng.uniform(3, 8), int(rng.integers(175, 240))
    word = str(rng.choice(["BAN SAO", "DU THAO", "COPY", "MAT", "CONG BAO"]))
    at = (int(rng.integers(-3 * em, width)), int(rng.integers(height // 2, 2 * height + 1)))
    cv2.putText(under, word, at, cv2.FONT_HERSHEY_DUPLEX, size * em / 22, grey, max(2, int(em * size / 8)), cv2.LINE_AA)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(10, 50), 1)
    under = cv2.warpAffine(under, matrix, (width, height), borderValue=255)
    return image * (under.astype(np.float32) / 255)


def _shown_through(image: Any, em: int, rng: np.random.Generator) -> Any:
    """The other side of thin paper: a line of print in the mirror, pale and soft, moved up or down."""
    moved = np.roll(image[:, ::-1], int(rng.uniform(-0.9, 0.9) * em), 0)
    ghost = cv2.GaussianBlur(np.ascontiguousarray(moved), (0, 0), max(0.5, 0.06 * em))
    return image * (1 - (255 - ghost) / 255 * rng.uniform(0.08, 0.35))


def textured(image: Any, rng: np.random.Generator) -> Any:
    """Real paper: fibres and clouds of several sizes, whose depth is the sheet's own, not a pixel's."""
    if rng.random() < 0.4:
        return image
    height, width = image.shape
    depth = rng.uniform(1, 7)
    for size in (2, 5, 14):
        coarse = rng.standard_normal((height // size + 2, width // size + 2), dtype=np.float32)
        image = image + depth / 2 * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return image


def scanner_lines(image: Any, rng: np.random.Generator) -> Any:
    """Dust on the glass of a feeder draws lines down the page; a dirty roller draws them across."""
    height, width = image.shape
    made = image.copy()
    for _ in range(int(rng.integers(1, 4))):
        strength = rng.uniform(15, 140) * (1 if rng.random() < 0.75 else -1)
        if rng.random() < 0.8:
            x = int(rng.integers(0, width))
            made[:, x : x + int(rng.integers(1, 3))] -= strength
        else:
            y = int(rng.integers(0, height))
            made[y : y + 1] -= strength / 2
    return made
