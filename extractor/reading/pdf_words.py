"""The words of one PDF page with their boxes and font sizes, through pdfium's raw interface.

Measured choice (research on PDF engines): the text is fetched once a page, and a box only at a word's first and last
character, which is some twenty times as fast as pdfplumber's words. What pdfium does and this module undoes:

- A hyphen at a line's end comes out as U+FFFE (U+0002 in other calls) and swallows the line break. It becomes "-", and
  the word ends there, so that `KH-` and `UBND` each have a box on their own line.
- A raised footnote mark sticks to its word (`người1`). Where the font size falls inside a word, the word is parted, and
  the mark has its own box and size; nothing lies between the two boxes. `m2`, `km²` stay whole.
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


class _Reader:
    """Boxes and sizes of single characters of one text page, through two structures used again and again."""

    def __init__(self, textpage: Any) -> None:
        self.textpage = textpage
        self.rect = pdfium.FS_RECTF()
        self.rect_ref = ctypes.byref(self.rect)
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_ref = ctypes.byref(self.matrix)

    def box(self, at: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) in the page's own space."""
        pdfium.FPDFText_GetLooseCharBox(self.textpage, at, self.rect_ref)
        rect = self.rect
        return rect.left, rect.bottom, rect.right, rect.top

    def size(self, at: int) -> float:
        """The font size as drawn: the nominal one times the text matrix's height."""
        pdfium.FPDFText_GetMatrix(self.textpage, at, self.matrix_ref)
        nominal: float = pdfium.FPDFText_GetFontSize(self.textpage, at)
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


def read_words(textpage: Any, shape: Shape) -> PageWords:
    """All words of an open text page that lie on the page as shown, in the file's content order."""
    text, index = _text_of(textpage)
    odd = _ODD.search(text) is not None
    reader = _Reader(textpage)
    words: list[str] = []
    boxes = array("f")
    sizes = array("f")
    firsts = array("l")
    left, bottom, right, top, turns = shape
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found.group()
        first = index(start)
        if first < 0:
            continue
        size = reader.size(first)
        spans = [(0, end - start)]
        if end - start > 1 and (
            _MARK_INSIDE.search(word) or (word[-1].isdigit() and reader.size(index(end - 1)) <= _SMALLER * size)
        ):
            spans = list(_parts(word, [reader.size(index(at)) for at in range(start, end)]))
        for a, b in spans:
            x0, y0, x1, y1 = reader.box(index(start + a))
            if b - a > 1:
                u0, v0, u1, v1 = reader.box(index(start + b - 1))
                x0, y0, x1, y1 = min(x0, u0), min(y0, v0), max(x1, u1), max(y1, v1)
            if not (left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top):
                continue
            if a:
                size = reader.size(index(start + a))
            if turns == 0:
                box = (x0 - left, top - y1, x1 - left, top - y0)
            elif turns == 1:
                box = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
            elif turns == 2:
                box = (right - x1, y0 - bottom, right - x0, y1 - bottom)
            else:
                box = (top - y1, right - x1, top - y0, right - x0)
            high = y1 - y0
            firsts.append(index(start + a))
            words.append(_mended(word[a:b]) if odd else word[a:b])
            boxes.extend(box)
            sizes.append(size if high / 3 <= size <= high * 3 else high)
    return PageWords(tuple(words), boxes, sizes, firsts)
