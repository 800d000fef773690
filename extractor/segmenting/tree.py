"""The section tree: which open list a marker continues, where a new list opens, what a quotation encloses.

The order of nesting is the document's own: a style is below another where the document has shown it there; the usual order
(`rank` in patterns/headings.toml) decides only between styles that it has not shown together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.segmenting.markers import Marker

ROMAN_RANK = 7
"""Styles up to this rank (part … roman) are never inside a list of arabic numbers, letters or brackets."""

MAX_GAP = 4
"""A list may skip this many numbers (1 → 3 happens); a larger jump is no continuation."""


@dataclass(slots=True)
class Node:
    """A section being built: its marker, its parent, whether a quotation opened with it."""

    marker: Marker
    parent: Node | None
    paragraph: int
    level: int
    seen: bool = field(default=False)


class Tree:
    """Takes the markers of a document in order and gives each its parent."""

    def __init__(self) -> None:
        self.stack: list[Node] = []
        self.below: dict[str, set[str]] = {}
        self.floor = 0  # sections below this depth of the stack enclose an open quotation

    def reset(self) -> None:
        """A new document begins (an annex): nothing stays open."""
        self.stack.clear()
        self.floor = 0

    def place(self, readings: Sequence[Marker], paragraph: int, *, introduced: bool, ended: bool) -> Node | None:
        """The node for a paragraph's marker, or None where it is no section.

        introduced: the text before ends with a colon, or the deepest open section is the paragraph before; ended: the
        text before ends like a paragraph. Both come from the text, not from the numbering.
        """
        scored = [(self._score(m), -k, m) for k, m in enumerate(readings)]
        score, _, marker = max(scored, key=lambda s: s[:2])
        if score < 0 and not marker.quoted and not (score == -1 and ended):
            return None
        parent_depth = self._depth(marker, paragraph, introduced)
        del self.stack[parent_depth:]
        parent = self.stack[-1] if self.stack else None
        node = Node(marker, parent, paragraph, len(self.stack) + 1)
        for open_node in self.stack[self.floor :]:  # a quotation's numbering is another document's
            self.below.setdefault(open_node.marker.style, set()).add(marker.style)
        self.stack.append(node)
        return node

    def _open(self, style: str) -> list[int]:
        return [i for i in range(len(self.stack) - 1, self.floor - 1, -1) if self.stack[i].marker.style == style]

    def _score(self, marker: Marker) -> int:
        """How well the marker fits the open lists: 4 the next number, 3 a first number, 2 a small gap or a repeat,
        1 a compound label below an open one, -1 an orphan, -2 an unlikely one."""
        last = [self.stack[i].marker for i in self._open(marker.style)]
        if len(marker.parts) > 1:
            if self._prefix_depth(marker) is not None or any(m.parts[:-1] == marker.parts[:-1] for m in last):
                return 4
            return 1 if last or marker.value <= 2 else -1
        steps = [marker.value - m.value for m in last]
        if 1 in steps:
            return 4
        if marker.value == 1:
            return 3
        if any(-MAX_GAP <= s <= MAX_GAP for s in steps):
            return 2
        if marker.style in ("upper", "letter", "lower-roman", "round-letter") and marker.value > 3:
            return -2
        return -1

    def _prefix_depth(self, marker: Marker) -> int | None:
        """The depth below which a compound label (3.8.1) stands: the open section whose label is its longest prefix.

        A label of arabic numbers may also name the roman section that it stands in (III, then 3.1).
        """
        best, best_length = None, 0
        for i in range(self.floor, len(self.stack)):
            above = self.stack[i].marker
            length = len(above.parts)
            roman = above.head == "R" and marker.head == "d" and length == 1 and best is None
            if (above.head == marker.head or roman) and length < len(marker.parts) and marker.parts[:length] == above.parts:
                best, best_length = (i + 1, length) if length >= best_length else (best, best_length)
        return best

    def _depth(self, marker: Marker, paragraph: int, introduced: bool) -> int:
        """The length of the stack that stays open above the marker."""
        if len(marker.parts) > 1:
            depth = self._prefix_depth(marker)
            if depth is not None:
                return depth
        same = self._open(marker.style)
        exact = [i for i in same if marker.value == self.stack[i].marker.value + 1]
        if len(marker.parts) > 1:
            same = [i for i in same if len(self.stack[i].marker.parts) == len(marker.parts)]
            exact = []
        if exact:
            return exact[0]
        top = len(self.stack) - 1
        if same and not (marker.value == 1 and introduced and same[0] < top):
            later = [i for i in same if marker.value > self.stack[i].marker.value]
            return later[0] if later else same[0]
        return self._opened(marker, introduced)

    def _opened(self, marker: Marker, introduced: bool) -> int:
        """The depth at which a style that is not open opens: below every section that has never stood under it."""
        depth = len(self.stack)
        if introduced and self._open(marker.style):
            return depth
        while depth > self.floor:
            above = self.stack[depth - 1].marker
            shown = above.style in self.below.get(marker.style, ())
            contrary = marker.style in self.below.get(above.style, ())
            outranks = marker.rank <= ROMAN_RANK < above.rank or (marker.rank < above.rank and marker.rank <= 3)
            if (shown and not contrary) or (outranks and not contrary):
                depth -= 1
            else:
                break
        return depth
