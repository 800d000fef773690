"""Words with boxes to rows: stretches of words that stand side by side, and the rows that they share.

A stretch ends where the next word is lower, further left, or further away than any space in justified text.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.layout.unicode import clean
from extractor.pages import SourcePage

WIDE = 1.7
"""A gap of this many times the font size is no space between words (justified lines measured up to 1.3)."""


@dataclass(slots=True)
class Stretch:
    """Words `first` to `last` of a page, side by side; the box and font size are those of the words' common line."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: int
    last: int

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Words:
    """A page's words, cleaned, with their boxes as plain lists."""

    text: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    size: list[float]


def words_of(page: SourcePage) -> Words:
    """The page's words in the one form of `clean`; words of invisible characters only are left out."""
    boxes = page.boxes
    found = Words(
        list(page.words), boxes[0::4].tolist(), boxes[1::4].tolist(), boxes[2::4].tolist(), boxes[3::4].tolist(),
        page.sizes.tolist(),
    )
    whole = " ".join(found.text)
    if clean(whole) == whole:
        return found
    found.text = [clean(word).replace(" ", "") for word in found.text]
    kept = [i for i, word in enumerate(found.text) if word]
    if len(kept) < len(found.text):
        found.text = [found.text[i] for i in kept]
        for values in (found.x0, found.top, found.x1, found.bottom, found.size):
            values[:] = [values[i] for i in kept]
    return found


def stretches(words: Words) -> list[Stretch]:
    """The page's stretches in content order."""
    found: list[Stretch] = []
    current: Stretch | None = None
    rows = zip(words.x0, words.top, words.x1, words.bottom, words.size, strict=True)
    for i, (x0, top, x1, bottom, size) in enumerate(rows):
        if (
            current is not None
            and current.x1 - 0.3 * size <= x0 <= current.x1 + WIDE * current.size
            and (current.top <= (top + bottom) / 2 <= current.bottom or top <= current.middle <= bottom)
        ):
            current.last = i + 1
            if x1 > current.x1:
                current.x1 = x1
            if size > current.size * 1.1:
                current.top, current.bottom, current.size = top, bottom, size
        else:
            current = Stretch(x0, top, x1, bottom, size, i, i + 1)
            found.append(current)
    return found


def rows(found: list[Stretch]) -> list[list[Stretch]]:
    """The stretches gathered into rows from top to bottom, each row from left to right."""
    gathered: list[list[Stretch]] = []
    for stretch in sorted(found, key=lambda s: s.middle):
        if gathered:
            base = gathered[-1][0]
            shared = min(base.bottom, stretch.bottom) - max(base.top, stretch.top)
            if shared > 0.5 * min(base.bottom - base.top, stretch.bottom - stretch.top):
                gathered[-1].append(stretch)
                continue
        gathered.append([stretch])
    for row in gathered:
        row.sort(key=lambda s: s.x0)
    return gathered
