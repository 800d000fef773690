"""Footnotes in plain text: which lines open notes, and which glued digits are their marks.

A note opens with its number (`1 Huyện …`, `[1] Xã …`, `¹ Theo …`), a mark is that number glued to a word (`8 người1`,
`mô hình5`, `tỉnh[1]`). Either proves the other: without a mark of the same number before it a line is no note, and
without a note a glued digit stays what it is (`Lê VH6`, `m2`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from extractor.layout.lines import Line

NEAR = 80
"""A note stands at the foot of its mark's page, which has at most this many lines."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPTS = str.maketrans(RAISED, "0123456789")
TO_RAISED = str.maketrans("0123456789", RAISED)
_LENGTHS = ("m", "km", "dm", "cm", "mm")
FEW = 16
"""So many labels are looked for one by one before a line's marks are read; with more it would not pay."""


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    """A digit run, a number in square brackets, a raised number: `_glued` looks at what stands around it."""
    return re.compile(rf"(?<=[^\s\d/(\-A-ZĐ])\d{{1,3}}(?![\w%/])|\[\d{{1,3}}\]|[{RAISED}]{{1,3}}")


@lru_cache(maxsize=1)
def _opener() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?P<bare>\d{{1,3}})(?:[ ]+(?=[\p{{Lu}}(“\"])|(?=\p{{Lu}}\p{{Ll}}))|\[(?P<square>\d{{1,3}})\]\s*"
        rf"|(?P<raised>[{RAISED}]{{1,3}})\s*"
    )


def _glued(text: str, start: int, end: int) -> bool:
    """Whether the digits stand where a footnote mark may: right after a word, or after its closing punctuation."""
    before = text[start - 1]
    if text[end : end + 1] in (".", ",") and text[end + 1 : end + 2].isdigit():
        return False
    if before in ".,;:":
        return text[start - 2 : start - 1].islower()
    if before in ")”\"%":
        return text[start - 2 : start - 1] not in (" ", "(", "")
    metric = text[start - 2 : start] in ("km", "cm", "mm", "dm")  # km5
    return before.islower() and text[start - 2 : start - 1].isalpha() and not metric


def _exponent(text: str, start: int, label: str) -> bool:
    """Whether the digit makes an area or a volume of the length before it: `945 m²/người`, `12 km2`."""
    head = text[max(0, start - 3) : start]
    length = head[len(head.rstrip("kcdm")) :]
    return label in ("2", "3") and length in _LENGTHS and not head[: -len(length)][-1:].isalpha()


def marks(text: str) -> Iterator[tuple[int, str]]:
    """The offset and label of everything in the line that may be a footnote's mark; `[1]` has the label `[1]`."""
    for match in _mark().finditer(text):
        start, found = match.start(), match[0]
        label = found.translate(SUPERSCRIPTS)
        if start == 0 or _exponent(text, start, label):
            continue
        if found[0] == "[" or found[0] in RAISED or _glued(text, start, match.end()):
            yield start, label


def lone_labels(lines: Sequence[Line]) -> set[int]:
    """The plain lines that are nothing but the number of a note whose text follows, by index: no page numbers."""
    lone = {
        i
        for i, line in enumerate(lines[:-1])
        if line.text.isdigit() and not line.last and len(line.text) < 3 and lines[i + 1].text[0].isupper()
    }
    if not lone:
        return lone
    found, last = set(), dict[str, int]()
    for i, line in enumerate(lines):
        if i in lone and last.get(line.text, -NEAR) > i - NEAR:
            found.add(i)
        last.update((label, i) for _, label in marks(line.text))
    return found


def note_openers(lines: Sequence[Line]) -> dict[int, str]:
    """The plain lines that open a footnote, by index, with their labels; sets the marks apart. Linear in the text."""
    openers = []
    lone = lone_labels(lines)
    for i, line in enumerate(lines):
        if line.kind == "line" and not line.last and (line.text[0].isdigit() or line.text[0] in "[" + RAISED):
            match = _opener().match(line.text)
            if i in lone:
                openers.append((i, line.text))
            elif match and match.end() < len(line.text) and "\t" not in line.text:
                bare = match["bare"] or match["raised"]
                label = f"[{match['square']}]" if match["square"] else bare.translate(SUPERSCRIPTS)
                openers.append((i, label))
    if not openers:
        return {}
    labels = {label for _, label in openers}
    places: dict[str, list[int]] = defaultdict(list)
    marked: dict[int, list[tuple[int, str]]] = {}
    needles = labels | {label.translate(TO_RAISED) for label in labels}
    for i, line in enumerate(lines):
        if len(needles) < FEW and not any(needle in line.text for needle in needles):
            continue
        mine = [(at, label) for at, label in marks(line.text) if label in labels]
        if mine:
            marked[i] = mine
            for _, label in mine:
                places[label].append(i)
    found: dict[int, str] = {}
    used: dict[str, int] = defaultdict(lambda: -1)
    for i, label in openers:
        k = bisect_left(places[label], i) - 1
        if k >= 0 and places[label][k] > used[label]:
            found[i] = label
            used[label] = i
    proven = set(found.values())
    for i, mine in marked.items():
        set_apart(lines[i], [m for m in mine if m[1] in proven])
    return found


def mark_raised(lines: Sequence[Line]) -> None:
    """Set the raised marks of whole paragraphs (DOCX, HTML) apart where footnotes follow them."""
    if any(line.kind == "note" for line in lines):
        for line in lines:
            if line.kind in ("paragraph", "cell") and not line.marks:
                mine = [(at, label) for at, label in marks(line.text) if line.text[at] in RAISED]
                if mine:
                    set_apart(line, mine)


def set_apart(line: Line, mine: Sequence[tuple[int, str]]) -> None:
    """Put a space before each mark of the line, so that no number or word runs into it, and record the marks."""
    pieces, at, shift, placed = [], 0, 0, []
    for start, label in mine:
        pieces.append(line.text[at:start])
        if not line.text[start - 1].isspace():
            pieces.append(" ")
            shift += 1
        placed.append((start + shift, label))
        at = start
    pieces.append(line.text[at:])
    line.text, line.marks = "".join(pieces), tuple(placed)
