"""What stands on a page beside the report's own text: running heads, page numbers, signature stamps.

Each finder marks lines; `strip` takes the marked ones out and records them as `Furniture`, so that nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal

import regex

from extractor.layout.footnotes import lone_labels
from extractor.layout.lines import Line
from extractor.model import Furniture

Kind = Literal["header", "footer", "page_number", "stamp"]
PROSE = 40
"""A bare number is a page number only beside a line this long, since in a table's column its neighbours are short …"""

MOST_HEAD = 120
"""A running head is one line."""

INDENT = 20
"""A number that stands this many columns in, between lines that do not, is set in the middle of the page."""

DEEP = 3
"""A running head or foot has at most this many lines."""

APART = 3
"""… or where this many blank lines set it off, beside lines of some words."""


@lru_cache(maxsize=1)
def _number() -> regex.Pattern[str]:
    return regex.compile(
        r"(?P<sure>[-–—]\s?\d{1,4}\s?[-–—]|(?i:trang|page)\s?:?\s?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?)|(?P<bare>\d{1,3})"
        r"|\d{1,3}\s?/\s?\d{1,3}"
    )


@lru_cache(maxsize=1)
def _stamp() -> regex.Pattern[str]:
    return regex.compile(
        r"(?i:(?:người\s+ký|ký\s+bởi|được\s+ký\s+bởi|th[ờòơoỡở][iỉ]\s+gian\s+k[ýỳỷyỹ]|ngày\s+ký\s+số|giờ\s+ký|signature\s+not\s+verified"
        r"|signature\s+valid|digitally\s+signed|signed\s+by|ký\s+số\s+bởi|date:\s?\d{4}[.-]\d\d[.-]\d\d)\b)"
        r"|\d{2}[./-]\d{2}[./-]\d{4}\s+\d{2}:\d{2}:\d{2}(?:\s*[+-]\d{2}:?\d{2})?$"
    )


@lru_cache(maxsize=1)
def _stamp_rest() -> regex.Pattern[str]:
    return regex.compile(
        r"(?i:email|cơ\s+quan|tổ\s+chức|đơn\s+vị|chức\s+vụ|lý\s+do|địa\s+điểm|reason|location)\s*:|[+-]\d{2}:\d{2}$"
    )


def strip(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """The lines without furniture, and the furniture in order of the pages."""
    kinds: dict[int, Kind] = {}
    _mark_stamps(lines, kinds)
    _mark_numbers(lines, kinds)
    _mark_running(lines, kinds)
    _mark_numbered_heads(lines, kinds)
    _mark_beside_numbers(lines, kinds)
    if not kinds:
        return list(lines), []
    kept: list[Line] = []
    found = []
    gap, opens = 0.0, False
    for i, line in enumerate(lines):
        if i in kinds:
            found.append(Furniture(line.page, kinds[i], line.text, line.box))
            gap, opens = max(gap, line.gap), opens or line.opens_page
            continue
        line.gap, line.opens_page = max(line.gap, gap), opens or line.opens_page
        gap, opens = 0.0, False
        kept.append(line)
    return kept, found


def _mark_stamps(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    for i, line in enumerate(lines):
        if line.kind == "furniture":
            kinds[i] = "footer"
            continue
        text = line.text
        if len(text) > 120 or not (":" in text or "ign" in text) or line.kind not in ("line", "paragraph"):
            continue
        if not _stamp().match(text):
            continue
        kinds[i] = "stamp"
        for step in (-1, 1):
            k = i + step
            while 0 <= k < len(lines) and abs(k - i) < 6 and k not in kinds and _stamp_rest().match(lines[k].text):
                kinds[k] = "stamp"
                k += step


def _edges(lines: Sequence[Line], kinds: dict[int, Kind]) -> tuple[list[list[int]], list[list[int]]]:
    """For every page its first and its last lines that are not yet furniture, from the edge inwards."""
    bounds = [*(i for i, line in enumerate(lines) if line.opens_page), len(lines)]
    tops, feet = [], []
    for start, stop in pairwise(bounds):
        tops.append(list(islice((i for i in range(start, stop) if i not in kinds), DEEP)))
        feet.append(list(islice((i for i in range(stop - 1, start - 1, -1) if i not in kinds), DEEP)))
    return tops, feet


def _mark_numbers(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    """Numbers alone on their line: sure by their form, or set apart from prose and rising through the report."""
    candidates = []
    last = len(lines) - 1
    tops, feet = _edges(lines, kinds)
    paged = len(tops) > 1
    lone = lone_labels(lines)
    edges = {i for side in (tops, feet) for mine in side for i in mine[:2]}
    for i, line in enumerate(lines):
        if len(line.text) > 16 or i in kinds or i in lone or line.kind not in ("line", "cell"):
            continue
        match = _number().fullmatch(line.text)
        if not match:
            continue
        if match["sure"]:
            kinds[i] = "page_number"
            continue
        printed = line.last > line.first
        edge = i in edges and (paged or printed) and (line.kind == "line" or line.text == str(line.page))
        if not edge and (printed or line.kind == "cell" or not _set_off(lines, i, last)):
            continue
        candidates.append((i, int(line.text.split("/")[0]), edge or match["bare"] is not None))
    for i in _rising(candidates):
        kinds[i] = "page_number"


def _set_off(lines: Sequence[Line], i: int, last: int) -> bool:
    """Whether a number on its own line of plain text stands apart from prose, not in a table's column."""
    neighbours = [lines[k].text for k in (i - 1, i + 1) if 0 <= k <= last]
    after = lines[i + 1].gap if i < last else 0
    if any(text.isdigit() for text in neighbours) or not neighbours:
        return False
    words = min(map(len, neighbours)) >= PROSE // 3
    if max(lines[i].gap, after) >= APART and words:
        return True
    if not (lines[i].gap and after):
        return False
    centred = lines[i].x0 >= INDENT and all(lines[k].x0 < INDENT for k in (i - 1, i + 1) if 0 <= k <= last)
    sentence = neighbours[0][-1] in ".;:" and i > 0
    return max(map(len, neighbours)) >= PROSE or (words and (centred or sentence))


def _rising(candidates: Sequence[tuple[int, int, bool]]) -> list[int]:
    """The candidates whose numbers rise with the text (greedy; a number that falls back is no page number)."""
    kept, highest = [], 0
    for i, number, plausible in candidates:
        if plausible and highest < number <= highest + 60:
            kept.append(i)
            highest = number
    return kept


def _mark_running(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    """The same words at the top or foot of at least three pages, and of at least a third of them."""
    tops, feet = _edges(lines, kinds)
    sides: tuple[tuple[list[list[int]], Kind], ...] = ((tops, "header"), (feet, "footer"))
    for side, kind in sides:
        for depth in range(DEEP if len(side) >= 3 else 0):
            at = [mine[depth] for mine in side if len(mine) > depth and lines[mine[depth]].kind == "line"]
            shapes = Counter(_shape(lines[i].text) for i in at)
            for i in at:
                shape = _shape(lines[i].text)
                if i not in kinds and shapes[shape] >= max(3, len(side) // 3):
                    kinds[i] = kind if shape.strip("#-– /") else "page_number"


def _mark_numbered_heads(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    """Running heads that carry the page's own number, on two pages or more, and the same words without it on others."""
    tops, feet = _edges(lines, kinds)
    sides: tuple[tuple[list[list[int]], Kind], ...] = ((tops, "header"), (feet, "footer"))
    for side, kind in sides:
        numbered = {i: core for mine in side for i in mine if (core := _core(lines[i]))}
        cores = {core for core, n in Counter(numbered.values()).items() if n >= 2}
        heads = [i for i, core in numbered.items() if core in cores and i not in kinds]
        kinds.update((i, kind) for i in heads)
        if heads and lines[heads[0]].last:  # on other pages, above all the first, it may stand without a number
            size = lines[heads[0]].size
            bare = (i for i, line in enumerate(lines) if line.text in cores and abs(line.size - size) < 0.3)
            kinds.update((i, kind) for i in bare if i not in kinds)


def _mark_beside_numbers(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    """In plain text without page breaks: the same line beside page numbers, three times or more."""
    numbers = [i for i, kind in kinds.items() if kind == "page_number" and not lines[i].last]
    beside = [k for i in numbers for k in (i - 1, i + 1) if 0 <= k < len(lines) and k not in kinds]
    beside = [k for k in beside if not lines[k].text[0].islower() and lines[k].text[-1] not in ".;:,)"]
    counts = Counter(_shape(lines[k].text) for k in beside)
    kinds.update((k, "header") for k in beside if counts[_shape(lines[k].text)] >= 3)


def _core(line: Line) -> str:
    """What stands beside the page's number at the start or end of its line; "" where it does not stand there."""
    words = line.text.split()
    number = str(line.page)
    if len(words) < 2 or len(line.text) > MOST_HEAD:
        return ""
    if words[0] == number:
        return " ".join(words[1:])
    return " ".join(words[:-1]) if words[-1] == number else ""


def _shape(text: str) -> str:
    return str(regex.sub(r"\d+", "#", text[:200]))
