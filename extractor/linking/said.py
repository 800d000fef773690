"""What a paragraph has said up to a figure: the heads of its lists, the figures of its sentence, its label.

The frames follow the marks of the text: a bracket opens one and closes it, a sentence or line starts anew, `trong đó`
makes the last figure the head of those that follow, and a line that ends in a colon heads the lines below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.finding.lazy import lazy
from extractor.linking import phrases as p
from extractor.linking import words as lexicon
from extractor.linking.clauses import Clause
from extractor.model import Figure

_HEADWORD = lazy(r"[TtGgCcNnLlPpRr](?:rong (?:đó|số)|ồm\b|ụ thể|hia ra|hư sau|ần lượt|hân theo|iêng\b)")
_LABEL = 16
"""How many words of a label are kept."""


@dataclass(slots=True)
class Frame:
    """What is known inside one sentence or bracket: the list's head, and the figures since the subject was named."""

    head: str | None = None
    chain: list[int] = field(default_factory=list)
    rate: str = ""
    since: int = 0
    said: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A line that announces the lines below it: its marker and the indicator that they share."""

    marker: str
    head: str


class Said:
    """The frames around the figure that is being read; `out` are the indicators of the figures before it."""

    def __init__(
        self, figures: Sequence[Figure], found: Sequence[Clause], text: str, out: Sequence[str | None]
    ) -> None:
        self.figures, self.clauses, self.text, self.out = figures, found, text, out
        self.frames: list[Frame] = [Frame()]
        self.items: list[Item] = []
        self._labelled = self._opened = self._known_label = self._known_opening = ""
        self._label = self._opening = ""

    def enter(self, i: int, clause: Clause) -> Frame:
        """The frame that the figure stands in, after the marks before it."""
        frames = self.frames
        if clause.joint == "\n":
            frames[:] = [Frame(self._line_head(i, clause))]
            self._labelled = ""
        elif clause.joint == ".":
            before = frames[0]
            opening = clause.gap[clause.gap.rfind(". ") + 1 :][:24]
            keep = _HEADWORD.search(opening) is not None
            frames[:] = [Frame(self.last(before) if keep else None)]
            if keep:
                frames[0].chain = before.chain[-1:]
        else:
            for _ in range(min(clause.closed, len(frames) - 1)):
                inner = frames.pop()
                frames[-1].rate = frames[-1].rate or inner.rate
                frames[-1].chain += inner.chain[-1:]
                frames[-1].said += inner.chain[-1:]
            frame = frames[-1]
            if not clause.opened and frame.chain and _HEADWORD.search(clause.gap) is not None:
                frame.head = self.last(frame)
                frame.chain = frame.chain[-1:]
            elif clause.joint == ";":
                frame.chain = frame.chain[-1:]
        if clause.opened and len(frames) < 9:
            outer = frames[-1]
            frames.append(
                Frame(self.last(outer) or outer.head, outer.chain[-1:], outer.rate, outer.since, outer.said[:])
            )
        if clause.joint in ("\n", "."):
            self._opened = clause.label or clause.before
            colon = clause.gap.rstrip().endswith(":") and not clause.opened
            self._labelled = clause.label or (clause.before if colon else "") or self._labelled
        return frames[-1]

    @property
    def label(self) -> str:
        """The run-in label of the paragraph or sentence, read when it is asked for."""
        if self._labelled and self._labelled != self._known_label:
            self._known_label = self._labelled
            self._label = p.join(p.strip_lead(p.words(self._labelled)[-_LABEL:]))
        return self._label if self._labelled else ""

    @property
    def opening(self) -> str:
        """What the sentence opens with, up to its first comma."""
        if self._opened != self._known_opening:
            self._known_opening = self._opened
            found = p.strip_lead(p.words(self._opened))[:14]
            stop = next((k + 1 for k, w in enumerate(found) if w[-1] in ",;"), len(found))
            self._opening = p.join(p.trim(found[:stop]))
        return self._opening if self._opened else ""

    def last(self, frame: Frame) -> str | None:
        """The indicator of the frame's last figure."""
        for index in reversed(frame.chain):
            known = self.out[index]
            if known is None or not known.startswith(lexicon.DEGREE):
                return known
        return self.out[frame.chain[-1]] if frame.chain else None

    def _line_head(self, i: int, clause: Clause) -> str | None:
        """The head that lines above give to this line: a line that ended in a colon, per list marker."""
        start = clause.line
        marker = _marker(self.text, start)
        while self.items and (self.items[-1].marker in (marker, "") or not marker):
            self.items.pop()
        above = self.text[max(0, start - 300) : max(0, start - 1)]
        line = above[above.rfind("\n") + 1 :].rstrip()
        if line[-1:] == ":" and len(line) < 280:
            head = self.out[i - 1] if i and self.figures[i - 1].start >= start - 1 - len(line) else None
            if head is None:
                found = p.words(line.rstrip(": "))
                at = p.start_at_head(found, lexicon.ANY)
                head = p.join(p.tail_places(p.trim(found[at:]))) if at >= 0 else None
            upper = _marker(self.text, start - 1 - len(line))
            if head:
                while self.items and self.items[-1].marker == upper:
                    self.items.pop()
                self.items.append(Item(upper, head))
        return self.items[-1].head if self.items else None


def _marker(text: str, start: int) -> str:
    """The kind of list marker that a line starts with: "-", "+", "*", "a)", "1." …, "" where none."""
    piece = text[start : start + 8].lstrip()
    if not piece:
        return ""
    first = piece[0]
    if first in "-–+*•":
        return "-" if first == "–" else first
    word = piece.split(" ")[0]
    if word.isdigit() and piece[len(word) :].lstrip()[:1] in (".", ")"):
        return "1"
    if word[-1:] in ".)/-" and len(word) <= 6:
        return "1" if word[0].isdigit() or word[0] == "(" else "a"
    return ""
