"""Footnotes in plain text: which paragraphs are notes, and which glued digits are their marks.

A note opens with its number (`1 Huyện …`, `[1] Xã …`, `¹ Theo …`), a mark is that number glued to a word (`8 người1`,
`mô hình5`, `tỉnh[1]`). Either proves the other: without a mark of the same number before it a line is no note, and
without a note a glued digit stays what it is (`Lê VH6`, `m2`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import regex

from extractor.layout.lines import Line

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@lru_cache(maxsize=1)
def _mark() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<=\p{Ll}\p{Ll}|[)”\"%]|\p{Ll}[.,;:])(?<!\b(?:km|dm|cm|mm|ha|tr))(?P<glued>\d{1,3})(?![\d\p{L}%/]|[.,]\d)"
        r"|(?<=\S)\s?\[(?P<square>\d{1,3})\]|(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
    )


@lru_cache(maxsize=1)
def _opener() -> regex.Pattern[str]:
    return regex.compile(r"(?P<bare>\d{1,3})(?:\s+(?=[\p{Lu}(“\"])|(?=\p{Lu}\p{Ll}))|\[(?P<square>\d{1,3})\]\s*|(?P<raised>[⁰¹²³⁴-⁹]{1,3})\s*")


def _label(match: regex.Match[str]) -> tuple[str, int]:
    kind = match.lastgroup or ""
    return ("square" if kind == "square" else "number", int(match[kind].translate(SUPERSCRIPTS)))


def note_openers(lines: Sequence[Line]) -> dict[int, str]:
    """The indexes of plain lines that open a footnote, each with its number. Linear in the text."""
    openers = []
    for i, line in enumerate(lines):
        if line.kind == "line" and not line.last and (line.text[0].isdigit() or line.text[0] in "[⁰¹²³⁴⁵⁶⁷⁸⁹"):
            match = _opener().match(line.text)
            if match and match.end() < len(line.text):
                openers.append((i, *_label(match)))
    if not openers:
        return {}
    marks = _marks(lines, {(kind, number) for _, kind, number in openers})
    found: dict[int, str] = {}
    used: dict[tuple[str, int], int] = defaultdict(lambda: -1)
    for i, kind, number in openers:
        places = marks.get((kind, number), [])
        k = bisect_left(places, i) - 1
        if k >= 0 and places[k] > used[kind, number]:
            found[i] = str(number)
            used[kind, number] = i
    return found


def _marks(lines: Sequence[Line], wanted: set[tuple[str, int]]) -> dict[tuple[str, int], list[int]]:
    """The lines on which a mark of each wanted note stands, ascending."""
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        for match in _mark().finditer(line.text):
            label = _label(match)
            if label in wanted and match.start() > 0:
                places[label].append(i)
    return places


def split_marks(text: str, numbers: set[str]) -> tuple[str, list[tuple[int, str]]]:
    """The paragraph with every mark of a known note set apart by a space, and the marks' offsets in the result."""
    pieces, marks, at, length = [], [], 0, 0
    for match in _mark().finditer(text):
        number = str(_label(match)[1])
        if number not in numbers or match.start() == 0:
            continue
        start = match.start() + (1 if match[0][:1] == " " else 0)
        before = text[at:start]
        pad = "" if before[-1:] == " " or not before else " "
        pieces += [before, pad]
        length += len(before) + len(pad)
        marks.append((length, number))
        at = start
    pieces.append(text[at:])
    return "".join(pieces), marks
