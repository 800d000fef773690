"""The characters of a line to words with the boxes of their ink, raised digits apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extractor.recognising.alphabet import LEVEL_DIGITS
from extractor.recognising.interface import RecognisedWord

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.recognising.cutting import CutLine
    from extractor.recognising.decoding import Character

_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = frozenset("m km cm dm mm hm".split())
"""Units whose raised 2 or 3 is a power, not a footnote's mark."""


def words_on(line: CutLine, characters: Sequence[Character], frame: float, number: int) -> list[RecognisedWord]:
    """The words of line `number` of the page. frame: pixels of the line's picture to a frame."""
    import numpy as np

    groups = [part for group in _by_space(characters) for part in _by_level(group)]
    if not groups:
        return []
    edges = _edges(np.asarray(line.ink.any(0)), groups, frame)
    words = []
    for group, (left, right) in zip(groups, pairwise(edges), strict=True):
        text = "".join(c.text for c in group)
        raised = set(text) <= _RAISED
        x0, top, x1, bottom = _ink(line.ink, left, right)
        shift = int(line.shifts[min(len(line.shifts) - 1, (x0 + x1) // 2)])
        words.append(RecognisedWord(
            text.translate(LEVEL_DIGITS) if raised else text,
            (line.box[0] + x0, line.box[1] + top + shift, line.box[0] + x1, line.box[1] + bottom + shift),
            line.box[1] + line.baseline + shift,
            min(c.confidence for c in group),
            number,
            raised,
        ))
    return words


def _by_space(characters: Sequence[Character]) -> Iterator[list[Character]]:
    group: list[Character] = []
    for character in characters:
        if character.text != " ":
            group.append(character)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _by_level(group: list[Character]) -> Iterator[list[Character]]:
    """A word and the footnote's mark behind (or before) it; `km²` stays whole."""
    text = "".join(c.text for c in group)
    core = text.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    mark = text[len(core) :]
    if not mark or not core or (mark in ("²", "³") and core.lower().lstrip("0123456789.,/(") in _POWERS):
        front = len(text) - len(text.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"))
        if 0 < front < len(text):
            yield group[:front]
        yield group[front % len(text) :] if text else group
        return
    yield from _by_level(group[: len(core)])
    yield group[len(core) :]


def _edges(inked: NDArray[Any], groups: Sequence[Sequence[Character]], frame: float) -> list[int]:
    """The columns between which each word stands: in the widest white stretch between its neighbours' characters."""
    edges = [0]
    for before, after in pairwise(groups):
        low = round((before[-1].start + before[-1].stop) / 2 * frame)
        high = round((after[0].start + after[0].stop) / 2 * frame)
        edges.append(max(edges[-1], _widest(inked, low, high)))
    return [*edges, max(edges[-1], len(inked))]


def _widest(inked: NDArray[Any], low: int, high: int) -> int:
    """The middle of the widest white stretch between two columns; of the columns themselves where there is none."""
    best, length, start = (low + high) // 2, 0, None
    for x in range(max(0, low), min(len(inked), high) + 1):
        white = x < len(inked) and x < high and not inked[x]
        if white and start is None:
            start = x
        elif not white and start is not None:
            if x - start > length:
                best, length = (start + x) // 2, x - start
            start = None
    return best


def _ink(ink: NDArray[Any], left: int, right: int) -> tuple[int, int, int, int]:
    """The box of the ink between two columns; all of the stretch where there is none."""
    import numpy as np

    part = ink[:, left:right]
    if not part.any():
        return left, 0, max(right, left + 1), ink.shape[0]
    rows, columns = np.flatnonzero(part.any(1)), np.flatnonzero(part.any(0))
    return left + int(columns[0]), int(rows[0]), left + int(columns[-1]) + 1, int(rows[-1]) + 1
