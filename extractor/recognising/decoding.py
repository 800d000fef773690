"""From a network's scores to characters: the best class of each frame, repeats and blanks taken out (CTC, greedy).

No language model stands behind it, which would guess at numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.recognising.alphabet import BLANK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    """Frames by classes."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character, its posterior where it is highest (0 to 1), and the frames it was seen in, `stop` left out."""

    text: str
    confidence: float
    start: int
    stop: int


def frames_of(output: Scores, classes: int) -> Scores:
    """The network's output for one line (2 * classes by columns) as frames by classes: two for each column."""
    columns = output.shape[1]
    return output.reshape(2, classes, columns).transpose(2, 0, 1).reshape(2 * columns, classes)


def posteriors(scores: Scores) -> Scores:
    """Scores to shares that add up to 1 in each frame."""
    import numpy as np

    high: Scores = np.exp(scores - scores.max(1, keepdims=True))
    shares: Scores = high / high.sum(1, keepdims=True)
    return shares


def decoded(shares: Scores, characters: str) -> list[Character]:
    """The characters of a line; class n is `characters[n - 1]`."""
    best, sure = shares.argmax(1).tolist(), shares.max(1).tolist()
    found: list[Character] = []
    start = 0
    for stop in range(1, len(best) + 1):
        if stop < len(best) and best[stop] == best[start]:
            continue
        if best[start] != BLANK:
            found.append(Character(characters[best[start] - 1], max(sure[start:stop]), start, stop))
        start = stop
    return found
