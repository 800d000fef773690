"""The invisible words of one page, as the instructions of a PDF content stream.

Words are set in a font without ink, one line's words in one size and on one baseline (viewers find lines by these), and
each is stretched to its box. Between the words of a line stands a space as wide as the gap, because not every viewer
makes one of the gap itself.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractor.pages import Affine, SourcePage

GLYPH = 0.5
"""How wide the font's one glyph is, in em (scripts/build_pdf_data.py)."""
DESCENT = 0.2
"""How far the font reaches below its baseline, in em."""
FONT = "/ExtractorText"
GAP = 2.0
"""A gap wider than this many line heights parts two columns of a letterhead or table: no space is set into it."""
LEVEL = 0.35
"""A line whose ends lie at most this part of its height above and below its middle is set level: words of a line as
wide as A4's text keep two thirds of their height over their ink up to about a degree."""
_TALLEST = 1.5  # a word (a bracket, a speck read as a letter) makes its line at most so much taller than most words do
_FIT_FROM = 4  # words of a line from which on its slope is looked for


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in its reading frame: u runs along the line, v down from line to line."""

    text: str
    u0: float
    v0: float
    u1: float
    v1: float


def text_layer(page: SourcePage, encode: Callable[[str], bytes]) -> bytes:
    """The page's words as instructions that draw in points from the bottom left of the page as shown (y upwards).

    `encode` gives a text's bytes in the font that is called `FONT` in the page's resources; every character is one
    glyph. Nothing where the page has no words or no size.
    """
    if not page.words or page.width is None or page.height is None:
        return b""
    if page.shown:
        boxes, turns = _as_shown(page.boxes, page.shown)
    else:
        boxes, turns = page.boxes, reading_turns(page.words, page.boxes)
    a, b, c, d, e, f = _turned(turns, page.width, page.height)
    # Words are drawn at (u, -v): PDF's y grows upwards, those of boxes downwards.
    parts = [b"q %s cm BT 3 Tr" % _numbers(a, -d, -b, e, c, page.height - f)]
    for line in _lines(_framed(page, boxes, turns)):
        parts += _set(line, encode)
    return b"\n".join([*parts, b"ET Q\n"])


def reading_turns(words: Sequence[str], boxes: array[float]) -> int:
    """In which direction the words run: 0 to the right, 1 down the page, 2 to the left, 3 up, by the shapes of longer
    words and by where each next word stands. A page that was scanned lying on its side is read so."""
    wide = tall = right = down = 0.0
    for i, word in enumerate(words):
        x0, top, x1, bottom = boxes[4 * i : 4 * i + 4]
        if len(word) >= 3:
            wide += x1 - x0
            tall += bottom - top
        if i:
            a0, atop, a1, abottom = boxes[4 * i - 4 : 4 * i]
            if min(bottom, abottom) > max(top, atop):
                right += 1 if x0 + x1 > a0 + a1 else -1
            if min(x1, a1) > max(x0, a0):
                down += 1 if top + bottom > atop + abottom else -1
    if tall > wide:
        return 1 if down >= 0 else 3
    return 0 if right >= 0 else 2


def _as_shown(boxes: array[float], shown: Affine) -> tuple[array[float], int]:
    """The boxes of a page that was set straight, on the page as shown; and in which direction its words run there.

    Words are moved, but turned by whole quarters only: poppler tears words that stand a degree or more askew.
    """
    a, b, c, d, e, f = shown
    turns = round(math.atan2(d, a) / (math.pi / 2)) % 4
    made = array("f")
    for k in range(0, len(boxes), 4):
        x0, top, x1, bottom = boxes[k : k + 4]
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        x, y = a * x + b * y + c, d * x + e * y + f
        wide, high = (x1 - x0) / 2, (bottom - top) / 2
        if turns % 2:
            wide, high = high, wide
        made.extend((x - wide, y - high, x + wide, y + high))
    return made, turns


def _turned(turns: int, width: float, height: float) -> Affine:
    """From the reading frame to the page as shown."""
    return ((1, 0, 0, 0, 1, 0), (0, -1, width, 1, 0, 0), (-1, 0, width, 0, -1, height), (0, 1, 0, -1, 0, height))[turns]


def _framed(page: SourcePage, boxes: array[float], turns: int) -> Iterator[_Word]:
    wide, high = page.width or 0.0, page.height or 0.0
    for i, text in enumerate(page.words):
        x0, top, x1, bottom = boxes[4 * i : 4 * i + 4]
        if turns == 1:
            yield _Word(text, top, wide - x1, bottom, wide - x0)
        elif turns == 2:
            yield _Word(text, wide - x1, high - bottom, wide - x0, high - top)
        elif turns == 3:
            yield _Word(text, high - bottom, x0, high - top, x1)
        else:
            yield _Word(text, x0, top, x1, bottom)


def _lines(words: Iterator[_Word]) -> Iterator[list[_Word]]:
    """The words parted where the next one does not stand behind the last, on its line."""
    line: list[_Word] = []
    for word in words:
        if word.u1 <= word.u0 or word.v1 <= word.v0:
            continue  # a box without area lies over no ink
        if line and not _goes_on(line[-1], word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _goes_on(last: _Word, word: _Word) -> bool:
    height = max(last.v1 - last.v0, word.v1 - word.v0)
    shared = min(last.v1, word.v1) - max(last.v0, word.v0)
    on_line = shared > 0.5 * min(last.v1 - last.v0, word.v1 - word.v0)
    return on_line and -0.5 * height < word.u0 - last.u1 < GAP * height


def _set(line: Sequence[_Word], encode: Callable[[str], bytes]) -> Iterator[bytes]:
    """The instructions that draw one line."""
    foot, slope, size = _shape(line)
    yield b"%s %s Tf" % (FONT.encode(), _numbers(size))
    for at, word in enumerate(line):
        baseline = DESCENT * size - (foot + slope * _middle(word))
        yield b"1 0 0 1 %s Tm" % _numbers(word.u0, baseline)
        gap = max(0.05 * size, line[at + 1].u0 - word.u1) if at + 1 < len(line) else 0.0
        if len(word.text) == 1:  # pdfium takes a dash that is shown alone for a hyphenation mark, and drops it
            yield _stretched(word.text + " ", word.u1 - word.u0 + gap, size, encode)
            continue
        yield _stretched(word.text, word.u1 - word.u0, size, encode)
        if gap:
            yield _stretched(" ", gap, size, encode)


def _shape(line: Sequence[_Word]) -> tuple[float, float, float]:
    """The line below all of the words' ink, as its v at u = 0 and its slope; and the height from it to above the ink.

    A scan lies slightly askew. As long as its words still stand over their ink, such a line is set level: viewers
    mix up lines that are not.
    """
    middle, below = [_middle(w) for w in line], [w.v1 for w in line]
    usual = median(w.v1 - w.v0 for w in line)
    u, slope = sum(middle) / len(line), 0.0
    if len(line) >= _FIT_FROM:
        v = sum(below) / len(line)
        spread = sum((m - u) ** 2 for m in middle)
        slope = sum((m - u) * (b - v) for m, b in zip(middle, below, strict=True)) / spread if spread else 0.0
    feet = sorted(b - slope * m for m, b in zip(middle, below, strict=True))
    foot = min(feet[-1], feet[len(feet) // 2] + (_TALLEST - 1) * usual)
    size = min(_TALLEST * usual, max(foot + slope * m - w.v0 for m, w in zip(middle, line, strict=True)))
    if abs(slope) * (line[-1].u1 - line[0].u0) / 2 <= LEVEL * size:
        foot, slope = foot + slope * u, 0.0
    return foot, slope, size


def _middle(word: _Word) -> float:
    return (word.u0 + word.u1) / 2


def _stretched(text: str, width: float, size: float, encode: Callable[[str], bytes]) -> bytes:
    stretch = 100 * width / (len(text) * GLYPH * size)
    return b"%s Tz <%s> Tj" % (_numbers(stretch), encode(text).hex().encode())


def _numbers(*values: float) -> bytes:
    return b" ".join(f"{value:.4f}".rstrip("0").rstrip(".").encode() for value in values)
