"""The words of one PDF page with their boxes and font sizes, through pdfium's raw interface.

Measured choice (research on PDF engines): the text is fetched once a page, and a box only at a word's first and last
character, which is some twenty times as fast as pdfplumber's words. What pdfium does and this module undoes:

- A hyphen at a line's end comes out as U+FFFE (U+0002 in other calls) and swallows the line break. It becomes "-", and
  the word ends there, so that `KH-` and `UBND` each have a box on their own line.
- A raised footnote mark sticks to its word (`người1`). Where the font size falls inside a word, the word is parted, and
  the mark has its own box and size; nothing lies between the two boxes. `m2`, `km²` stay whole.
- It sees a space where the font size changes (`m2 ,`): a sign that touches its word is put back to it.
- Boxes and sizes come in the page's own space: they are turned to points from the top left of the page as shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2  # noqa: F401  (initialises the library that `raw` calls)
import pypdfium2.raw as pdfium

_WORD = re.compile("[^\\s\ufffe\x00-\x1f\u200b\ufeff]+[\ufffe\x02]?|[\ufffe\x02]")
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_ODD = re.compile("[\ufffe\x02\ud800-\udfff]")
_MARK_INSIDE = re.compile(r"[^\W\d_][\d*†]|\d[^\W\d_]|\d[.,;:)”\"]+$|[)\].,;:”\"][\d*†]|\d[*†]")
_METRIC = re.compile(r"(?:^|[\d/(])(?:k|h|d|c|m|da)?m[23²³]", re.IGNORECASE)
_CLOSING = frozenset(",.;:)!?%")
_SMALLER = 0.8
"""A mark's font size is at most this part of its word's (0.58-0.75 in what Word, LibreOffice and browsers print)."""


class PageWords(NamedTuple):
    """A page's words in content order.

    `boxes` holds four numbers a word, `sizes` one (points, top left origin), `firsts` pdfium's index of its first
    character.
    """

    words: tuple[str, ...]
    boxes: array[float]
    sizes: array[float]
    firsts: array[int]


class Shape(NamedTuple):
    """How a page is shown: its visible box in the page's own space, its rotation in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turns % 2 else (wide, high)

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the page's own space (y upwards) as points from the top left of the page as shown."""
        left, bottom, right, top, turns = self
        if turns == 0:
            return x0 - left, top - y1, x1 - left, top - y0
        if turns == 1:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if turns == 2:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        return top - y1, right - x1, top - y0, right - x0


def shape_of(page: Any) -> Shape:
    """The visible box (the crop box within the media box) and the rotation of an open page."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    return Shape(rect.left, rect.bottom, rect.right, rect.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _text_of(textpage: Any) -> tuple[str, Callable[[int], int]]:
    """The page's text with one code unit an index, and the map from its offsets to pdfium's character indexes."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return "", int
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    units = max(0, written - 1)
    text = bytes(buffer)[: 2 * units].decode("utf-16-le", "surrogatepass")
    if len(text) != units:  # characters outside the BMP: keep one index a code unit
        text = "".join(map(chr, buffer[:units]))
    if units == count:
        return text, int
    return text, lambda at: int(pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, at))


def _mended(word: str) -> str:
    """`word` with its surrogates paired (lone ones become U+FFFD) and a line-end hyphen as '-'."""
    return word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_HYPHENS)


class _Sizes:
    """Font sizes of single characters of one text page: the nominal one times the height of the text matrix."""

    def __init__(self, textpage: Any) -> None:
        self.textpage = textpage
        self.matrix = pdfium.FS_MATRIX()
        self.reference = ctypes.byref(self.matrix)

    def at(self, index: int) -> float:
        """The size in points of the character at pdfium's `index`."""
        pdfium.FPDFText_GetMatrix(self.textpage, index, self.reference)
        nominal: float = pdfium.FPDFText_GetFontSize(self.textpage, index)
        return nominal * math.hypot(self.matrix.c, self.matrix.d)


def _parts(word: str, sizes: list[float]) -> Iterator[tuple[int, int]]:
    """The stretches of `word` of one font size, where a smaller mark stands in or behind it; else the whole word."""
    largest = max(sizes)
    if min(sizes) > _SMALLER * largest or _METRIC.search(word):
        yield 0, len(word)
        return
    start = 0
    for at in range(1, len(word)):
        if (sizes[at] <= _SMALLER * largest) != (sizes[at - 1] <= _SMALLER * largest):
            yield start, at
            start = at
    yield start, len(word)


def _stretches(text: str, index: Callable[[int], int], sizes: _Sizes) -> Iterator[tuple[str, int, int]]:
    """(word, pdfium's index of its first character, of its last) for each word or part of a word."""
    for found in _WORD.finditer(text):
        word = found.group()
        start, end = found.span()
        first, last = index(start), index(end - 1)
        if first < 0:
            continue
        if not word.isalpha() and first != last and (
            _MARK_INSIDE.search(word) or (word[-1].isdigit() and sizes.at(last) <= _SMALLER * sizes.at(first))
        ):
            for a, b in _parts(word, [sizes.at(index(at)) for at in range(start, end)]):
                yield word[a:b], index(start + a), index(start + b - 1)
        else:
            yield word, first, last


def _touches(boxes: list[float], x0: float, bottom: float, size: float, before: float) -> bool:
    """True where a sign at `x0` stands right behind the last word, on its line and in its font size."""
    return abs(x0 - boxes[-2]) < 0.05 * size and abs(bottom - boxes[-1]) < 0.3 * size and size < before / _SMALLER


def read_words(textpage: Any, shape: Shape) -> PageWords:
    """All words of an open text page that lie on the page as shown, in the file's content order."""
    text, index = _text_of(textpage)
    sizes = _Sizes(textpage)
    words: list[str] = []
    boxes: list[float] = []
    heights: list[float] = []
    firsts: list[int] = []
    left, bottom, right, top, _ = shape
    known: dict[tuple[str, float], float] = {}  # one letter of one height has one size: two calls saved a word
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    box_at = pdfium.FPDFText_GetLooseCharBox
    for word, first, last in _stretches(text, index, sizes):
        box_at(textpage, first, reference)
        x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
        glyph = (word[0], round(y1 - y0, 2))
        size = known.get(glyph)
        if size is None:
            size = known[glyph] = sizes.at(first)
        if last != first:
            box_at(textpage, last, reference)
            x0, y0 = min(x0, rect.left), min(y0, rect.bottom)
            x1, y1 = max(x1, rect.right), max(y1, rect.top)
        if x0 + x1 < 2 * left or x0 + x1 > 2 * right or y0 + y1 < 2 * bottom or y0 + y1 > 2 * top:
            continue
        x0, y0, x1, y1 = shape.shown(x0, y0, x1, y1)
        size = size if y1 - y0 < 3 * size and size < 3 * (y1 - y0) else y1 - y0
        if word in _CLOSING and words and _touches(boxes, x0, y1, size, heights[-1]):
            words[-1] += word
            boxes[-2] = x1
            continue
        boxes += (x0, y0, x1, y1)
        words.append(word)
        firsts.append(first)
        heights.append(size)
    if _ODD.search(text):
        words = [_mended(word) if _ODD.search(word) else word for word in words]
    return PageWords(tuple(words), array("f", boxes), array("f", heights), array("l", firsts))
