"""The font size of recognised lines, from the width of their words: of all that can be measured on a worn page the
steadiest (Tesseract's own row heights jump by a third from line to line).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.recognising.interface import RecognisedWord
from extractor.times import printed

_ENOUGH = 6.0
"""Ems of letters from which a line's size is taken; a shorter line takes the page's usual one if it is as high."""

_SAME = 0.1
"""Lines that differ less from the usual size are of that size: bold and capitals are wider."""

_CAPITAL = 0.66
"""Height of capitals and digits in font sizes."""


def font_sizes(words: Sequence[RecognisedWord]) -> list[float]:
    """The font size in pixels of the line that each word stands in."""
    lines: dict[int, list[RecognisedWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    measured: dict[int, tuple[float, float]] = {}  # size, ems that speak for it
    for number, mine in lines.items():
        ems = sum(printed(word.text) for word in mine)
        wide = sum(word.ink[2] - word.ink[0] for word in mine)
        measured[number] = (wide / ems if ems else 0.0, ems)
    usual = _middle([(size, ems) for size, ems in measured.values() if ems >= _ENOUGH])
    sizes = {number: _settled(lines[number], *measured[number], usual) for number in lines}
    return [sizes[word.line] for word in words]


def _settled(words: Sequence[RecognisedWord], size: float, ems: float, usual: float) -> float:
    if usual and abs(size - usual) <= _SAME * usual:
        return usual
    if ems >= _ENOUGH:
        return size
    tallest = max(word.ink[3] - word.ink[1] for word in words)
    by_height = tallest / _CAPITAL
    return usual if usual and 0.6 * usual <= by_height <= 1.5 * usual else by_height


def _middle(weighted: Sequence[tuple[float, float]]) -> float:
    """The size that half of the ems are set below; 0 where there are none."""
    half, so_far = sum(ems for _, ems in weighted) / 2, 0.0
    for size, ems in sorted(weighted):
        so_far += ems
        if so_far >= half:
            return size
    return 0.0
