"""The section tree: which open list a marker continues, where a new list opens, what a quotation encloses.

The order of nesting is the document's own: a style is below another where the document has shown it there; the usual
order (`rank` in patterns/headings.toml) decides only between styles that it has not shown together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.segmenting.markers import Marker

ROMAN_RANK = 7
"""Styles up to this rank (part … roman) are never inside a list of arabic numbers, letters or brackets."""

RESTARTS = ROMAN_RANK
"""A first part … roman after a signature block begins another document."""

LETTERED = frozenset({"upper", "letter", "lower-roman", "round-letter"})
"""Styles whose markers are also initials and abbreviations (`P. Tân Lập`), so that none opens a list in its middle."""

MAX_GAP = 4
"""A list may skip this many numbers (1 → 3 happens); a larger jump is no continuation."""


@dataclass(frozen=True, slots=True)
class Before:
    """The text before a marker: `adjacent`: it is the deepest open section's own paragraph; `colon`: it ends with one;
    `ended`: it ends like a paragraph."""

    adjacent: bool
    colon: bool
    ended: bool


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

    def place(self, readings: Sequence[Marker], paragraph: int, before: Before) -> Node | None:
        """The node for a paragraph's marker, or None where it is no section; `before` is what stands before it."""
        scored = [(self._score(m), -k, m) for k, m in enumerate(readings)]
        score, _, marker = max(scored, key=lambda s: s[:2])
        if (marker.closing == "," or (marker.style == "roman" and marker.closing.isalpha())) and score < 3:
            return None  # `VI PHẠM …` in capitals opens with a word, `7, Bình Tân` goes on with a list of names
        if score < 0 and not marker.quoted and not (score == -1 and before.ended):
            return None
        parent_depth = self._depth(marker, before)
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
            return 1 if last or (marker.value <= 2 and marker.head == "d") else -1 if marker.head == "d" else -2
        steps = [marker.value - m.value for m in last]
        if 1 in steps:
            return 4
        if marker.value == 1:
            return 3
        if any(-MAX_GAP <= s <= MAX_GAP for s in steps):
            return 2
        if marker.style in LETTERED and marker.value > 3 and marker.closing != ")":
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
            same = above.head == marker.head and length < len(marker.parts)
            if (same or roman) and marker.parts[:length] == above.parts:
                best, best_length = (i + 1, length) if length >= best_length else (best, best_length)
        return best

    def _depth(self, marker: Marker, before: Before) -> int:
        """The length of the stack that stays open above the marker."""
        same = self._open(marker.style)
        if len(marker.parts) > 1:
            depth = self._prefix_depth(marker)
            if depth is not None:
                return depth
            same = [i for i in same if len(self.stack[i].marker.parts) == len(marker.parts)]
        else:
            following = next((i for i in same if marker.value == self.stack[i].marker.value + 1), None)
            if following is not None:
                return following
        if same and not self._nests(marker, same, before):
            return next((i for i in same if marker.value > self.stack[i].marker.value), same[0])
        return len(self.stack) if same else self._opened(marker)

    def _nests(self, marker: Marker, same: list[int], before: Before) -> bool:
        """Whether a first number opens a list of its own below the deepest section, although its style is open above.

        `2.2. Kết quả` followed by `1. …` does; `a) …` followed by `1. …` only where it announces a list. A style is
        never open more than twice.
        """
        if marker.value != 1 or len(same) > 1 or same[0] == len(self.stack) - 1 or marker.rank <= ROMAN_RANK:
            return False
        if len(self.stack[-1].marker.parts) > 1:
            return before.adjacent or before.colon
        return before.adjacent and before.colon

    def _opened(self, marker: Marker) -> int:
        """The depth at which a style that is not open opens: below every section that has never stood under it."""
        depth = len(self.stack)
        while depth > self.floor:
            above = self.stack[depth - 1].marker
            shown = above.style in self.below.get(marker.style, ())
            contrary = marker.style in self.below.get(above.style, ())
            outranks = marker.rank <= ROMAN_RANK < above.rank or (marker.rank < above.rank and marker.rank <= 3)
            if contrary or not (shown or outranks):
                break
            depth -= 1
        return depth
