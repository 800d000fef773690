"""How far a plain-text line was filled: whether the next line's first word would still have fitted on it.

Text that came out of a printed page was wrapped by width, so a line's width is estimated from the letters' widths in
Times New Roman (the face that Nghị định 30/2020/NĐ-CP prescribes); text that was wrapped at a column counts characters.
The document's own certain wraps (lines that go on in small letters) show which of the two it is, and where lines end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.times import printed

SAMPLE = 96
INDENT = 0.06
"""First lines are indented by 1 to 1.27 cm of 16 cm (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

def columns(text: str) -> float:
    """The text's width in characters."""
    return float(len(text))


@dataclass(frozen=True, slots=True)
class Filling:
    """How lines are measured, and what a wrapped line and the next word need: the least, the middle."""

    measure: Callable[[str], float]
    least: float
    middle: float

    def need(self, before: str, text: str, *, indented: bool) -> float:
        """What `before` and the first word of `text` would take, as a share of the least that makes a wrap."""
        need = self.measure(before) + self.measure(" " + first_word(text))
        if indented and self.measure is printed:
            need += INDENT * self.least
        return need / self.least

    def full(self, before: str, text: str, *, indented: bool) -> bool:
        """Whether the break after `before` can be a wrap."""
        return self.need(before, text, indented=indented) >= 0.985

    def brimming(self, before: str, text: str, *, indented: bool) -> bool:
        """Whether the break is more likely a wrap than the end of a paragraph although a sentence ends there."""
        return self.need(before, text, indented=indented) * self.least >= self.middle


def first_word(text: str) -> str:
    """A line's first word."""
    at = text.find(" ")
    return text[:at] if at > 0 else text


def learn(wraps: Sequence[tuple[str, str]]) -> Filling:
    """The filling that a document's certain wraps (line, next line) show; a usual one where there are too few."""
    longest = sorted(len(before) for before, _ in wraps)[-len(wraps) // 10 or -1] if wraps else 0
    kept = [(b, t) for b, t in wraps if len(b) >= 0.6 * longest]  # narrow table cells wrap too
    if len(kept) < 8:
        return Filling(columns, 66.0, 76.0)
    kept = kept[:: max(1, len(kept) // SAMPLE)]
    best: tuple[float, Filling] | None = None
    for measure in (columns, printed):
        needs = sorted(measure(b) + measure(" " + first_word(t)) for b, t in kept)
        least, middle, most = needs[len(needs) // 20], needs[len(needs) // 2], needs[-1 - len(needs) // 20]
        if best is None or least / most > best[0]:
            best = (least / most, Filling(measure, least, middle))
    assert best
    return best[1]
