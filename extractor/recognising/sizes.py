"""The font size of recognised lines, from the width of their words: of all that can be measured on a worn page the
steadiest (Tesseract's own row heights jump by a third from line to line).
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.recognising.interface import RecognisedWord
from extractor.times import printed

_ENOUGH = 6.0
"""Ems of letters from which a line's size is taken; a shorter one takes that of a line beside it or the page's usual
one, whichever is nearest to its own measure."""

_ALIKE = 0.2
"""How far the measure of so short a line may be off."""

_SAME = 0.1
"""Lines that differ less from the usual size are of that size: bold and capitals are wider."""

_CAPITAL = 0.66
"""Height of capitals and digits in font sizes."""


def font_sizes(words: Sequence[RecognisedWord]) -> list[float]:
    """The font size in pixels of the line that each word stands in."""
    lines: dict[int, list[RecognisedWord]] = {}
    for word in words:
        if not word.raised:
            lines.setdefault(word.line, []).append(word)
    measured: dict[int, tuple[float, float]] = {}  # size, ems that speak for it
    for number, mine in lines.items():
        ems = sum(printed(word.text) for word in mine)
        wide = sum(word.ink[2] - word.ink[0] for word in mine)
        measured[number] = (wide / ems if ems else 0.0, ems)
    usual = _middle([(size, ems) for size, ems in measured.values() if ems >= _ENOUGH])
    settled = {n: _settled(size, usual) for n, (size, ems) in measured.items() if ems >= _ENOUGH}
    sizes = {n: settled.get(n) or _short(lines[n], measured[n][0], _beside(settled, n, usual)) for n in lines}
    return [_by_height([word]) if word.raised else sizes[word.line] for word in words]


def _settled(size: float, usual: float) -> float:
    return usual if abs(size - usual) <= _SAME * usual else size


def _beside(settled: dict[int, float], line: int, usual: float) -> list[float]:
    return [size for size in (usual, settled.get(line - 1, 0.0), settled.get(line + 1, 0.0)) if size]


def _short(words: Sequence[RecognisedWord], size: float, beside: Sequence[float]) -> float:
    nearest = min(beside, key=lambda other: abs(other - size), default=0.0)
    return nearest if nearest and abs(nearest - size) <= _ALIKE * nearest else _by_height(words)


def _by_height(words: Sequence[RecognisedWord]) -> float:
    return max(word.ink[3] - word.ink[1] for word in words) / _CAPITAL


def _middle(weighted: Sequence[tuple[float, float]]) -> float:
    """The size that half of the ems are set below; 0 where there are none."""
    half, so_far = sum(ems for _, ems in weighted) / 2, 0.0
    for size, ems in sorted(weighted):
        so_far += ems
        if so_far >= half:
            return size
    return 0.0
