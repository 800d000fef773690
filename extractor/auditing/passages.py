"""The passages that a finding rests on, cut from the text around its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_AROUND = 110

Span = tuple[int, int]
Piece = tuple[str, bool]


def excerpts(text: str, evidence: Iterable[Span], own: Span | None) -> list[list[Piece]]:
    """The passages around `evidence` and the finding's own span, each as pieces of text that are marked or not.

    What lies between distant passages is left out.
    """
    marks = sorted(set(evidence))
    if own is not None and all(end <= own[0] or own[1] <= start for start, end in marks):  # a date behind its document
        marks = sorted([*marks, own])
    shown: list[list[int]] = []
    for start, end in marks:
        window = [_word(text, start - _AROUND, -1), _word(text, end + _AROUND, 1)]
        if shown and window[0] <= shown[-1][1]:
            shown[-1][1] = max(shown[-1][1], window[1])
        else:
            shown.append(window)
    return [list(_pieces(text, start, end, marks)) for start, end in shown]


def _pieces(text: str, start: int, end: int, marks: list[Span]) -> Iterator[Piece]:
    at = start
    for first, last in marks:
        if first < at or last > end:
            continue
        yield text[at:first], False
        yield text[first:last], True
        at = last
    yield text[at:end], False


def _word(text: str, at: int, step: int) -> int:
    """The nearest end of a word from `at` on in the direction of `step`."""
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and not text[at - 1 if step < 0 else at].isspace():
        at += step
    return at
