"""A paragraph cut into clauses around its figures: what stands before each figure, after it, and how they are joined.

In: NFC text, its figures, dates and places in order. Out: one `Clause` a figure. One pass; of a long stretch without
figures only the part next to a figure is looked at, so time is linear.

In the clause texts a date is blanked out with `DATE` characters (it says when, never what) and a place name is glued to
the word before it with `GLUE` (`huyện‗Bắc‗Hà` is one word), so that both are told from common words without a lookup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extractor.finding.lazy import lazy
from extractor.model import Figure

DATE = "\x01"
GLUE = "\x02"
REACH = 420
"""How far back, in characters, a clause is looked at."""
AHEAD = 150
"""How far, in characters, the words after a figure are looked at."""


class Span(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(slots=True)
class Clause:
    """The surroundings of one figure.

    `gap`: everything since the figure before it (or the paragraph's start); `joint`: the strongest mark in the gap
    ("\\n" paragraph, "." sentence, ";" item, "" none of them); `before`: the words since the last mark; `label`: what
    stood before the colon of the clause, if any; `after`: the words behind the figure up to the next mark or figure;
    `opened`: a bracket opens in the gap and holds the figure; `closed`: brackets that close in the gap; `depth`: how
    many brackets hold the figure; `outer`: the words of the clause before the bracket that opens;
    `line`: where the paragraph starts.
    """

    gap: str
    joint: str
    before: str
    label: str
    after: str
    opened: bool
    closed: int
    depth: int
    start: int
    sentence: int
    paragraph: int
    outer: str
    line: int


_UPPER = "".join(c for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1EFA))) if c.isupper())
_MARKS = lazy(rf"[;:()\n.…](?:(?<=[;:()\n])|(?<!TP\.)(?<!TX\.)(?<!TT\.)(?<!\W[PQ]\.)(?<=[.…])\s+(?=[{_UPPER}“\"(+-]))")
"""One class of characters first: what cannot be a mark is passed over quickly."""
_OPENER = lazy(r"\s*(?:[-–+*•]\s+|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-Z]{1,4})\s?[.)/-]+\s+)")
_RECEIVERS = lazy(r"\s(?:đối\s+với|cho)\s[^,;:]*\s(?:và|,)\s")
"""Between two figures of one kind: who gets the first (`40 triệu đồng đối với nhà xây mới và 20 triệu đồng`)."""
_BRACKETS = lazy(r"\([^()]*\)")
_AFTER = lazy(rf"[;:()\n,“”\"=/]|[.…](?:\s|$)|\s[-–]\s|\s(?:và|cùng|đồng thời)\s(?=[\d{_UPPER}])")


def blank(text: str, dates: Sequence[Span], places: Sequence[Span]) -> str:
    """`text`, of the same length, with dates blanked out and place names glued (see the module)."""
    parts: list[str] = []
    at = 0
    spans = sorted([(d.start, d.end, True) for d in dates] + [(p.start, p.end, False) for p in places])
    for start, end, dated in spans:
        if start < at:
            continue
        if dated:
            parts += (text[at:start], DATE * (end - start))
        else:
            glued = start > at and text[start - 1] == " "
            parts += (text[at : start - 1] + GLUE if glued else text[at:start], text[start:end].replace(" ", GLUE))
        at = end
    parts.append(text[at:])
    return "".join(parts)


def clauses(masked: str, figures: Sequence[Figure]) -> list[Clause]:
    """One `Clause` for each of `figures` (in order); `masked` is the text as `blank` returns it."""
    found: list[Clause] = []
    done, sentence, paragraph, depth = 0, 0, 0, 0
    paragraph_start = 0
    last = len(figures) - 1
    for index, figure in enumerate(figures):
        line = masked.rfind("\n", done, figure.start) + 1
        if line > done or not found:
            paragraph_start = max(line, 0)
        new = line > done or not found
        origin = paragraph_start if new else done
        low = max(origin, figure.start - REACH)
        gap = masked[low : figure.start]
        joint, opened, closed, label, saved, outer = "", False, 0, "", (0, ""), ""
        mark = cut = 0
        if new:
            opener = _OPENER.match(gap) if low == line else None
            mark = cut = opener.end() if opener is not None else 0
            joint, depth = "\n", 0
            paragraph += 1
            sentence += 1
        for match in _MARKS.finditer(gap):
            sign = match[0]
            if sign == "(":
                depth += 1
                opened, saved, outer = True, (cut, label), gap[cut : match.start()]
                cut, label = match.end(), ""
            elif sign == ")":
                if depth > 0:
                    depth -= 1
                    if opened:  # a bracket without figures stays inside its clause
                        opened, (cut, label) = False, saved
                        continue
                    closed += 1
                    cut = match.end()
            elif sign == ":":
                label, cut = gap[cut : match.start()], match.end()
            elif sign == ";":
                joint = joint or ";"
                cut, label = match.end(), ""
            else:
                if joint != "\n":
                    joint = "."
                sentence += 1
                depth, opened, closed, outer = 0, False, 0, ""
                cut, label = match.end(), ""
            mark = match.end()
        stop = figures[index + 1].start if index < last else len(masked)
        right = masked[figure.end : min(stop, figure.end + AHEAD)]
        ends = _AFTER.search(right)
        after = right[: ends.start()] if ends is not None else right
        if not mark and not new and gap[:1] != "," and (comma := gap.find(", ")) >= 0:
            cut = comma + 1  # up to its comma the gap belongs to the figure before
        if not mark and not new and _RECEIVERS.fullmatch(gap) is not None:
            cut = len(gap)
        before = gap[cut:]
        if label and not before.strip():
            before, label = label, ""
        if ")" in before:
            before = _BRACKETS.sub(" ", before)
        found.append(
            Clause(
                gap,
                joint,
                before,
                label,
                after,
                opened,
                closed,
                depth,
                low + mark,
                sentence,
                paragraph,
                outer,
                paragraph_start,
            )
        )
        done = figure.end
    return found
