"""Which printed lines belong to one paragraph: the wrap is seen, because the room left on the line is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.layout import openers
from extractor.layout.joining import continues_list, glue, organ_torn, torn
from extractor.layout.lines import Line, WordTable

SPACE = 0.25
"""Width of a space in font sizes; a justified line's spaces are never narrower."""


INDENTING = 0.08
"""Share of indented lines from which the report is taken to indent its paragraphs' first lines."""


def usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines' tops in font sizes."""
    steps = ((b.top - a.top) / b.size for a, b in pairwise(lines) if a.page == b.page and b.size)
    found = sorted(step for step in steps if 0.8 < step < 3)
    return found[len(found) // 2] if found else 1.3


class PrintedJoining:
    """Decides with the words' boxes and the report's usual line pitch."""

    def __init__(self, words: WordTable, lines: Sequence[Line]) -> None:
        self.words = words
        printed = [line for line in lines if line.last > line.first]
        self.pitch = usual_pitch(printed)
        self.indents = sum(_indented(line) for line in printed) >= INDENTING * len(printed)

    def joins(self, before: Line, line: Line, opening: Line, so_far: str) -> bool:
        """Whether `line` goes on with the paragraph from `opening` to `before`."""
        prev, text = before.text, line.text
        if before.block != line.block or openers.ruled(prev) or openers.ruled(text):
            return False
        if line.marks and line.marks[0] == (0, text):
            return True  # nothing but a footnote's mark
        if openers.bare_marker(so_far):
            return not openers.bare_marker(text)
        full, done = self._full(before, line), openers.ended(prev)
        apart, indented = self._apart(before, line), _indented(line)
        if openers.bulleted(text):
            if not glue(prev, text):
                return True
            small = text.lstrip("-–— ")[:1].islower()
            wraps = text[0] in "-–—" and full and not done and not indented and not line.block
            return wraps and (small or self.indents)
        if openers.numbered(text):
            hanging = _indented(opening) and not indented
            signs = (openers.wants_number(prev), openers.bare_number(text), full)
            return continues_list(so_far, text) or (not done and (sum(signs) > 1 or (full and hanging)))
        if torn(prev, text):
            return True
        if abs(before.size - line.size) > 0.12 * before.size:
            return False
        if line.block:
            return self._zone_joins(prev, text, opening, so_far, done)
        if openers.bare_type(prev):
            return False
        if text[0].islower():
            return not done or (full and not apart and not indented)
        centred = _centred(before) and _centred(line)
        if openers.capitals(prev):
            return openers.capitals(text) and not apart
        if done:
            jumps = before.page != line.page or line.top < before.top
            return full and not indented and not apart and (self.indents or not jumps)
        if openers.capitals(text):
            return False
        if indented and not centred and not (before is not opening and abs(line.x0 - before.x0) < 2):
            return False
        return full or (centred and not apart)

    def _zone_joins(self, prev: str, text: str, opening: Line, so_far: str, done: bool) -> bool:
        """In a column of the letterhead or signature block a line is a line, but for torn organs and recipients."""
        if organ_torn(so_far, text):
            return True
        if openers.title(text):
            return False
        return not done and (text[0].islower() or openers.bulleted(opening.text))

    def _full(self, before: Line, line: Line) -> bool:
        if before.limit is None:
            return True
        at = 4 * line.first
        word = self.words.boxes[at + 2] - self.words.boxes[at]
        return before.x1 + SPACE * before.size + word > before.limit - 1.5

    def _apart(self, before: Line, line: Line) -> bool:
        """Whether more than the usual space lies between the lines of one page."""
        if before.page != line.page or line.top < before.top:
            return False
        return (line.top - before.top) / max(line.size, 1) > self.pitch + 0.3


def _indented(line: Line) -> bool:
    return line.x0 > line.left + 0.7 * line.size


def _centred(line: Line) -> bool:
    if line.limit is None:
        return False
    off = (line.x0 - line.left) - (line.limit - line.x1)
    return abs(off) < 0.035 * (line.limit - line.left) and line.x0 > line.left + line.size
