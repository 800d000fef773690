"""What stands on a page beside the report's own text: running heads, page numbers, signature stamps.

Each finder marks lines; `strip` takes the marked ones out and records them as `Furniture`, so that nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import regex

from extractor.layout.lines import Line
from extractor.model import Furniture

Kind = Literal["header", "footer", "page_number", "stamp"]
PROSE = 40
"""A bare number is a page number only beside a line this long, since in a table's column its neighbours are short …"""

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
        r"(?i:(?:người\s+ký|ký\s+bởi|được\s+ký\s+bởi|thời\s+gian\s+ký|ngày\s+ký\s+số|giờ\s+ký|signature\s+not\s+verified"
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
        if len(line.text) > 120 or line.kind not in ("line", "paragraph") or not _stamp().match(line.text):
            continue
        kinds[i] = "stamp"
        for step in (-1, 1):
            k = i + step
            while 0 <= k < len(lines) and abs(k - i) < 6 and k not in kinds and _stamp_rest().match(lines[k].text):
                kinds[k] = "stamp"
                k += step


def _mark_numbers(lines: Sequence[Line], kinds: dict[int, Kind]) -> None:
    """Numbers alone on their line: sure by their form, or set apart from prose and rising through the report."""
    candidates = []
    last = len(lines) - 1
    paged = sum(line.opens_page for line in lines) > 1
    for i, line in enumerate(lines):
        if len(line.text) > 16 or i in kinds or line.kind != "line":
            continue
        match = _number().fullmatch(line.text)
        if not match:
            continue
        if match["sure"]:
            kinds[i] = "page_number"
            continue
        edge = (line.opens_page or i == last or lines[i + 1].opens_page) and (paged or line.last > line.first)
        if line.last > line.first and not edge:
            continue
        neighbours = [lines[k] for k in (i - 1, i + 1) if 0 <= k <= last]
        after = lines[i + 1].gap if i < last else 0
        apart = line.gap > 0 and after > 0
        longest = max((len(n.text) for n in neighbours), default=0)
        if any(n.text.isdigit() for n in neighbours) and not edge:
            continue
        set_off = max(line.gap, after) >= APART and min(len(n.text) for n in neighbours) >= PROSE // 3
        if not edge and not (apart and (longest >= PROSE or set_off)):
            continue
        candidates.append((i, int(line.text.split("/")[0]), edge or match["bare"] is not None))
    for i in _rising(candidates):
        kinds[i] = "page_number"


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
    tops = [i for i, line in enumerate(lines) if line.opens_page]
    if len(tops) < 3:
        return
    feet = [i - 1 for i in tops[1:]] + [len(lines) - 1]
    for places, kind, step in ((tops, "header", 1), (feet, "footer", -1)):
        for depth in range(3):
            at = [p + step * depth for p in places if 0 <= p + step * depth < len(lines)]
            shapes = Counter(_shape(lines[i].text) for i in at if i not in kinds)
            for i in at:
                shape = _shape(lines[i].text)
                if i not in kinds and shapes[shape] >= max(3, len(tops) // 3) and lines[i].kind == "line":
                    kinds[i] = "page_number" if not shape.strip("#-– /") else kind  # type: ignore[assignment]


def _shape(text: str) -> str:
    return str(regex.sub(r"\d+", "#", text[:200]))
