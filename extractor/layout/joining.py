"""Which lines belong to one paragraph, and whether a space stands between them.

A line break is soft where the text was wrapped. Plain text comes in three habits, told apart by how often a line goes
on in small letters: single breaks wrap and blank lines part paragraphs; every line is followed by a blank one, so that
blank lines mean nothing; every paragraph is one line. Where breaks are soft, the fill of the line, its last character
and the next line's opener decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from extractor.layout import openers
from extractor.layout.filling import Filling, learn
from extractor.layout.lines import Line

SOFT = 0.1
"""Share of breaks that go on in small letters from which breaks of that kind are wraps (measured: < 0.02 or > 0.3)."""

BLOCKS = 0.12
"""Blank lines to single breaks from which blank lines part the paragraphs (one in eight: paragraphs of eight lines)."""

SHORTEST_BROKEN = 30
"""Nobody breaks a shorter title by hand; a short paragraph before one in small letters is an item of a list."""

BIG_GAP = 3
"""This many blank lines (or line heights) before a line: a page break or a new block."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document breaks its lines: which breaks may be wraps, and how full a wrapped line is."""

    soft_single: bool
    soft_blank: bool
    blocks: bool  # single breaks wrap, and blank lines part nearly all paragraphs
    spaced: bool  # nearly every line is followed by a blank one; where none follows, a page ended
    filling: Filling


def habit(lines: Sequence[Line]) -> Habit:
    """The habit of a document's plain lines."""
    low, total = {False: 0, True: 0}, {False: 0, True: 0}
    wraps = []
    opened = {False: 0, True: 0}
    for before, line in pairwise(lines):
        if before.kind != "line" or line.kind != "line" or line.last:
            continue
        blank = line.gap > 0
        total[blank] += 1
        opened[blank] += openers.bulleted(line.text)
        if line.text[0].islower() and not openers.ended(before.text) and not openers.numbered(line.text):
            low[blank] += 1
            wraps.append((before.text, line.text))
    soft = {blank: low[blank] >= 3 and low[blank] >= SOFT * total[blank] for blank in (False, True)}
    blocks = soft[False] and not soft[True] and opened[True] >= opened[False] and total[True] >= BLOCKS * total[False]
    spaced = soft[True] and total[True] >= 2 * total[False]
    return Habit(soft[False], soft[True], blocks, spaced, learn(wraps))


@lru_cache(maxsize=1)
def _symbol_rest() -> regex.Pattern[str]:
    return regex.compile(r"[-–/]\s?\p{Lu}[\p{Lu}&]+\b")


@lru_cache(maxsize=1)
def _symbol() -> regex.Pattern[str]:
    return regex.compile(r"\d\w*\s?/\s?[\p{L}&-]+$")


@lru_cache(maxsize=1)
def _organ_torn() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:(?:(?:UỶ|ỦY) BAN|HỘI ĐỒNG) NHÂN\nDÂN|(?:(?:UỶ|ỦY) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND)"
        r"\n(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)|CỘNG HO?[ÒAÀ]A? XÃ HỘI\nCHỦ NGHĨA"
        r"|CỘNG HO?[ÒAÀ]A? XÃ HỘI CHỦ NGHĨA(?: VIỆT\nNAM|\nVIỆT NAM))\b"
    )


def organ_torn(before: str, text: str) -> bool:
    """Whether an organ's name or the motto goes on in the next line of the letterhead (ỦY BAN NHÂN DÂN | TỈNH …)."""
    return _organ_torn().match(f"{before}\n{text}") is not None


def glue(before: str, text: str) -> str:
    """What stands between two joined lines: nothing inside a word or symbol torn at its hyphen or slash."""
    last = before[-1]
    if last in "-‐‑–/" and len(before) > 1 and (before[-2].isalnum() or before[-2] in "&.…"):
        return ""
    if text[0] in "-–/" and last.isalpha() and _symbol_rest().match(text) and _symbol().search(before[-40:]):
        return ""
    return " "


def torn(before: str, text: str) -> bool:
    """Whether the break cannot be the end of a paragraph, whatever the habit."""
    first, last = text[0], before[-1]
    if last in ",(“/&" or first in ",;:)%”":
        return last == "(" or not openers.numbered(text)
    if not glue(before, text):
        return True
    if openers.unfinished(before):
        return not openers.numbered(text)
    if first.isdigit() or first.islower():
        return (openers.wants_number(before) or before.endswith(("Số:", "số:"))) and not openers.numbered(text)
    return False


def joins(before: Line, line: Line, opening: Line, so_far: str, habit: Habit, zone: bool) -> bool:
    """Whether `line` goes on with the paragraph whose first line is `opening` and last line `before`.

    `so_far` is the paragraph's text; `zone`: in the letterhead or signature block, where short lines stand alone.
    """
    prev, text = before.text, line.text
    if text[0].islower() and text[1:2].isalpha() and prev[-1].islower():
        return True
    if openers.ruled(prev) or openers.ruled(text):
        return False
    if openers.bare_marker(so_far):
        return not openers.bare_marker(text)
    if openers.bulleted(text):
        return _dash_goes_on(before, line, opening, habit)
    if openers.numbered(text):
        return _number_goes_on(before, line, opening, so_far, habit)
    if torn(prev, text) or (zone and organ_torn(so_far, text)):
        return True
    soft = habit.soft_blank if line.gap else habit.soft_single
    done = openers.ended(prev)
    if openers.bare_type(prev):
        return False
    if text[0].islower():
        return not done or (soft and line.gap < BIG_GAP and not prev.endswith("/."))
    if openers.capitals(prev):
        return openers.capitals(text) and not zone and line.gap < BIG_GAP
    if not soft:
        return False
    first = before is opening
    if habit.blocks and first and not zone and prev[-1] not in ".;" and _opened(prev):
        return True  # the torn first line of an item: "- Nhóm 1:" | "40 xã …"
    if zone:
        wrapped = openers.bulleted(opening.text) or _full(before, line, opening, habit)
        return wrapped and not done and not openers.title(text) and line.gap < BIG_GAP
    if habit.blocks and not done and habit.filling.need(prev, text, indented=False) > (0.5 if first else 0.0):
        return not openers.capitals(text)
    if done:
        page_ended = habit.spaced and not line.gap
        parted = line.gap >= BIG_GAP or page_ended or prev.endswith("/.")
        return not parted and _brimming(before, line, opening, habit)
    return (prev[-1] in "-–+" or _full(before, line, opening, habit)) and not openers.capitals(text)


def whole_joins(before: str, text: str) -> bool:
    """Whether two paragraphs of a word processor are one: a marker and its title, a title broken by hand."""
    if openers.bare_marker(before):
        return not openers.bare_marker(text)
    broken = text[0].islower() and not openers.numbered(text) and not openers.ended(before)
    return broken and len(before) >= SHORTEST_BROKEN


def _opened(text: str) -> bool:
    return openers.bulleted(text) or openers.numbered(text)


def _full(before: Line, line: Line, opening: Line, habit: Habit) -> bool:
    return habit.filling.full(before.text, line.text, indented=before is opening)


def _brimming(before: Line, line: Line, opening: Line, habit: Habit) -> bool:
    return habit.filling.brimming(before.text, line.text, indented=before is opening)


def _dash_goes_on(before: Line, line: Line, opening: Line, habit: Habit) -> bool:
    """Whether a dash at the start of the line is the dash of a wrapped phrase (`kinh tế` | `- xã hội`)."""
    if line.text[0] not in "-–—" or openers.ended(before.text) or not glue(before.text, line.text):
        return not glue(before.text, line.text)
    soft = habit.soft_blank if line.gap else habit.soft_single
    return soft and line.text.lstrip("-–— ")[:1].islower() and _full(before, line, opening, habit)


def _number_goes_on(before: Line, line: Line, opening: Line, so_far: str, habit: Habit) -> bool:
    """Whether what looks like a marker at the start of the line is a number that the wrap put there."""
    if continues_list(so_far, line.text):
        return True
    if openers.ended(before.text):
        return False
    if openers.ratio(line.text):
        return True
    if habit.blocks and not line.gap and _full(before, line, opening, habit):
        return True
    signs = (openers.wants_number(before.text), openers.bare_number(line.text), _full(before, line, opening, habit))
    return sum(signs) > 1


@lru_cache(maxsize=1)
def _inline() -> regex.Pattern[str]:
    return regex.compile(r"(\(?)(\d{1,2}|[a-zđ])\)")


def continues_list(so_far: str, text: str) -> bool:
    """Whether the line's marker `(n)`, `n)` or `b)` goes on a list that runs inside the paragraph (… (1) … (2) …)."""
    match = _inline().match(text)
    if not match or match[2] in ("1", "a"):
        return False
    if match[2].isdigit():
        before = str(int(match[2]) - 1)
    else:
        order = "abcdđeghiklmnopqrstuvxy"
        before = order[order.find(match[2]) - 1]
    return so_far.find(f"{match[1]}{before})" if match[1] else f" {before})", 1) > 0
