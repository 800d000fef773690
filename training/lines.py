"""Samples: a worn picture of a line at the network's height, and its text. The same seed, the same lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from extractor.recognising.alphabet import classes
from extractor.recognising.line_picture import HEIGHT, NARROWEST, levelled, scaled
from training import corpus, fonts
from training.drawing import DrawnLine, draw
from training.phrases import Phrases
from training.wearing import wear

WIDTHS = (192, 384, 640, 896, 1152, 1408)
"""A batch has one of these widths: a GPU's library prepares itself anew, for seconds, at every new shape."""

ZERO, STEP = 64, 128
"""A sample keeps ink x as x * STEP + ZERO in a byte."""

_VIEWS = 2
"""A drawn line is worn so often: drawing it takes longer than wearing it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture of HEIGHT rows in bytes (see ZERO), and the classes of its characters."""

    picture: Any
    classes: tuple[int, ...]


def samples(seed: int, kind: str | None = None) -> Iterator[Sample]:
    """Lines without end; worn as one `kind` of `wearing.KINDS`, or as chance has it."""
    rng = np.random.default_rng(seed)
    phrases, faces = Phrases(corpus.load(), rng), fonts.load()
    while True:
        text = phrases.line()
        line = draw(text, faces, rng, phrases.line)
        if line is None:
            continue
        for _ in range(_VIEWS):
            picture = view(line, rng, kind)
            if picture is not None and _has_room(picture.shape[1], text):
                yield Sample(picture, tuple(classes(text)))


def view(line: DrawnLine, rng: np.random.Generator, kind: str | None = None) -> Any:
    """One worn cut of a line, as a sample keeps it; None where it is wider than the widest batch."""
    x0, top, x1, bottom = _frame(line, rng)
    around = int(0.35 * line.em)  # wear looks over the edge: blur and JPEG blocks
    first = max(0, top - around)
    worn = wear(line.picture[first : bottom + around + 1], line.em, rng, kind)
    cut = worn[max(0, top - first) : max(4, bottom - first), max(0, x0) : x1]
    stretch = rng.uniform(0.85, 1.15) if rng.random() < 0.33 else 1.0
    if cut.size == 0 or not NARROWEST <= cut.shape[1] * HEIGHT / cut.shape[0] * stretch <= WIDTHS[-1]:
        return None
    return kept(levelled(scaled(_stretched(cut, stretch))))


def kept(ink: Any) -> Any:
    """A levelled picture in bytes."""
    return np.clip(ink * STEP + ZERO, 0, 255).astype(np.uint8)


def _stretched(image: Any, stretch: float) -> Any:
    import cv2

    return image if stretch == 1.0 else cv2.resize(image, None, fx=stretch, fy=1, interpolation=cv2.INTER_LINEAR)


def _frame(line: DrawnLine, rng: np.random.Generator) -> tuple[int, int, int, int]:
    """Where the line is cut out: about its ink as the cutter does it, sometimes about its font's height."""
    x0, top, x1, bottom = line.box
    em = line.em
    if rng.random() < 0.75:
        high, low = top - em * rng.uniform(-0.02, 0.14), bottom + em * rng.uniform(-0.02, 0.14)
    else:
        high = min(top, line.baseline - em * rng.uniform(0.85, 1.15))
        low = max(bottom, line.baseline + em * rng.uniform(0.2, 0.38))
    wanting = em * rng.uniform(0.72, 1.25) - (low - high)
    if wanting > 0:
        share = rng.uniform(0.1, 0.9)
        high, low = high - wanting * share, low + wanting * (1 - share)
    left, right = (em * (rng.uniform(0, 0.15) if rng.random() < 0.5 else rng.uniform(0, 0.7)) for _ in range(2))
    return int(x0 - left), round(high), int(x1 + right), round(low)


def _has_room(width: int, text: str) -> bool:
    """Whether CTC can write the text: a frame every 4 columns, one more between equal characters."""
    doubled = sum(a == b for a, b in pairwise(text))
    return width / 4 >= len(text) * 1.05 + doubled + 2
