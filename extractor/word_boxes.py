"""Where each word of a report stands on its page, in 2 kB a page of the JSON: any stretch of the text has its boxes.

`Report.word_boxes` has a string a page, for the words that begin in that page's part of the text. It is a sequence of
whole numbers in Base64 VLQ, as source maps write theirs (ECMA-426), lengths in tenths of a point:

    for each word: its offset, from the word's before, times 3, plus 0, 1 or 2;
    with 2, the first of a printed line: how many pages behind that page it stands, its x0;
    with 0 and 1: x0 from the x1 of the word before; then with all: its width;
    with 1 and 2: top and bottom, from those of the word before (with 0 they are the same).

What comes before the first word counts as 0, its offset as the start of the page's part.
Compact because it is kept for every word of every report: as plain numbers it would be half as long as all the rest.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.model import Box, Report
from extractor.pages import LaidText

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


class _Written(dict[int, str]):
    """A number in Base64 VLQ: five bits a digit, the lowest first, the sign as the lowest of all."""

    def __missing__(self, number: int) -> str:
        left, text = (abs(number) << 1) | (number < 0), ""
        while left > 31:
            text += _DIGITS[32 | (left & 31)]
            left >>= 5
        self[number] = text = text + _DIGITS[left]
        return text


def encoded(laid: LaidText) -> tuple[str, ...]:
    """`Report.word_boxes` of a laid text; empty where its format has no geometry."""
    if not laid.word_starts:
        return ()
    written = _Written()
    firsts = [bisect_left(laid.word_starts, page.start) for page in laid.pages] + [len(laid.word_starts)]
    return tuple(
        "".join(map(written.__getitem__, _numbers(laid, first, last, page.start, page.number)))
        for page, (first, last) in zip(laid.pages, pairwise(firsts), strict=True)
    )


def _numbers(laid: LaidText, first: int, last: int, at: int, page: int) -> list[int]:
    """The numbers of the words `first` to `last`, which stand in the part of page `page`, which starts at `at`."""
    numbers: list[int] = []
    add = numbers.extend
    # As `LaidText.boxes` rounds: a float32 times ten is exact in a double.
    tenths = [round(v * 10) for v in laid.word_boxes[4 * first : 4 * last]]
    lines, pages = laid.word_lines[first:last], laid.word_pages[first:last]
    boxes = (tenths[edge::4] for edge in range(4))
    line, end, top, bottom = -1, 0, 0, 0
    for start, its, on, x0, above, x1, below in zip(laid.word_starts[first:last], lines, pages, *boxes, strict=True):
        offset = 3 * (start - at)
        if its != line:
            line = its
            add((offset + 2, on - page, x0, x1 - x0, above - top, below - bottom))
        elif above == top and below == bottom:
            add((offset, x0 - end, x1 - x0))
        else:
            add((offset + 1, x0 - end, x1 - x0, above - top, below - bottom))
        at, end, top, bottom = start, x1, above, below
    return numbers


class _Placed(NamedTuple):
    """The words of a page's part: offset, page, line and box (tenths of a point) of each."""

    starts: array[int]
    pages: array[int]
    lines: array[int]
    boxes: array[int]


class WordBoxes:
    """Finds the boxes of stretches of one report's text; a page is decoded when something of it is first asked for."""

    def __init__(self, report: Report) -> None:
        self._texts = report.word_boxes
        self._pages = report.pages[: len(self._texts)]
        self._starts = [page.start for page in self._pages]
        self._placed: dict[int, _Placed] = {}

    def page(self, start: int) -> int | None:
        """The page that the word at the offset `start` stands on; None where that is not known."""
        return next((placed.pages[i] for placed, i in self._words(start, start + 1)), None)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of the words in `[start, end)`, one a line that the stretch touches: as those of figures."""
        merged: list[Box] = []
        before = None
        for placed, i in self._words(start, end):
            x0, top, x1, bottom = (v / 10 for v in placed.boxes[4 * i : 4 * i + 4])
            if (placed, placed.lines[i]) == before:
                a, b, c, d = merged[-1]
                merged[-1] = (min(a, x0), min(b, top), max(c, x1), max(d, bottom))
            else:
                merged.append((x0, top, x1, bottom))
                before = placed, placed.lines[i]
        return tuple(merged)

    def _words(self, start: int, end: int) -> Iterator[tuple[_Placed, int]]:
        if end <= start:
            return
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._pages) and self._starts[at] < end:
            if at not in self._placed:
                page = self._pages[at]
                self._placed[at] = _decoded(self._texts[at], page.start, page.number)
            placed = self._placed[at]
            first = max(0, bisect_right(placed.starts, start) - 1)
            yield from ((placed, i) for i in range(first, bisect_left(placed.starts, end)))
            at += 1


def _decoded(text: str, start: int, page: int) -> _Placed:
    made = _Placed(array("I"), array("I"), array("I"), array("i"))
    numbers = _read(text)
    line, end, top, bottom = -1, 0, 0, 0
    on = page
    for said in numbers:
        offset, kind = divmod(said, 3)
        start += offset
        if kind == 2:
            line, on, end = line + 1, page + next(numbers), 0
        x0 = end + next(numbers)
        end = x0 + next(numbers)
        if kind:
            top, bottom = top + next(numbers), bottom + next(numbers)
        made.starts.append(start)
        made.pages.append(on)
        made.lines.append(line)
        made.boxes.extend((x0, top, end, bottom))
    return made


def _read(text: str) -> Iterator[int]:
    number, shift = 0, 0
    for digit in text:
        value = _VALUES[digit]
        number |= (value & 31) << shift
        shift += 5
        if value < 32:
            yield -(number >> 1) if number & 1 else number >> 1
            number, shift = 0, 0
