"""Which lines belong to one paragraph, and whether a space stands between them.

A line break is soft where the text was wrapped. Plain text comes in three habits, told apart by how often a line goes on in
small letters: single breaks wrap and blank lines part paragraphs; every line is followed by a blank one, so that blank
lines mean nothing; every paragraph is one line. Where breaks are soft, the fill of the line, its last character and the
next line's opener decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.layout import openers
from extractor.layout.lines import Line

SOFT = 0.1
"""Share of breaks that go on in small letters from which breaks of that kind are wraps (measured: 0.00-0.02 or 0.3-0.7)."""

TYPES = (
    "báo cáo|kế hoạch|nghị quyết|quyết định|tờ trình|chương trình|hướng dẫn|thông báo|chỉ thị|đề án|phương án|quy chế|quy định|công điện"
    "|biên bản|kết luận|giấy mời|công văn|thông tư|nghị định|dự án|phụ lục|quy chế phối hợp|chương trình hành động|báo cáo tóm tắt"
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How this document breaks its lines. `fill`: columns that a wrapped line and the next word need at least."""

    soft_single: bool
    soft_blank: bool
    fill: float


def habit(lines: Sequence[Line]) -> Habit:
    """The habit of a document's plain lines."""
    counts = {False: [0, 0], True: [0, 0]}
    fills = []
    for before, line in zip(lines, lines[1:], strict=False):
        if before.kind != "line" or line.kind != "line" or line.last > line.first:
            continue
        blank = line.gap > 0
        counts[blank][1] += 1
        if line.text[0].islower() and not openers.numbered(line.text) and not openers.ended(before.text):
            counts[blank][0] += 1
            fills.append(before.x1 + 1 + first_word(line.text))
    soft = {blank: low >= 3 and low >= SOFT * total for blank, (low, total) in counts.items()}
    fills.sort()
    return Habit(soft[False], soft[True], fills[len(fills) // 16] if len(fills) >= 8 else 70.0)


def first_word(text: str) -> int:
    """The length of a line's first word."""
    at = text.find(" ")
    return at if at > 0 else len(text)


@lru_cache(maxsize=1)
def _tail() -> regex.Pattern[str]:
    return regex.compile(r"[\w&.…][-‐‑–/]$")


@lru_cache(maxsize=1)
def _symbol_rest() -> regex.Pattern[str]:
    return regex.compile(r"[-–/]\s?\p{Lu}[\p{Lu}&]+\b")


@lru_cache(maxsize=1)
def _bare_type() -> regex.Pattern[str]:
    return regex.compile(rf"(?i:{TYPES})\s*(?:\(?\d*\)?)?")


@lru_cache(maxsize=1)
def _organ_torn() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:(?:UỶ|ỦY) BAN NHÂN|HỘI ĐỒNG NHÂN|UBND|HĐND|(?:UỶ|ỦY) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI)"
        r"\n(?:DÂN\b|TỈNH\b|THÀNH PHỐ\b|HUYỆN\b|QUẬN\b|THỊ XÃ\b|XÃ\b|PHƯỜNG\b|THỊ TRẤN\b|CHỦ NGHĨA\b)"
    )


def glue(before: str, text: str) -> str:
    """What stands between two joined lines: nothing inside a word or symbol torn after its hyphen or slash."""
    if _tail().search(before, len(before) - 2):
        return ""
    if before[-1:].isupper() and _symbol_rest().match(text) and "/" in before.rsplit(" ", 1)[-1]:
        return ""
    return " "


def torn(before: str, text: str) -> bool:
    """Whether the break cannot be the end of a paragraph, whatever the habit."""
    first, last = text[0], before[-1]
    if last in ",(“/&" or first in ",;:)%”":
        return not openers.numbered(text) or last == "("
    if glue(before, text) == "":
        return True
    if openers.unfinished(before):
        return not openers.numbered(text)
    if openers.wants_number(before) or before.endswith(("Số:", "số:")):
        return first.isdigit() or (first.islower() and not openers.numbered(text))
    return False


def joins(before: Line, line: Line, opening: Line, so_far: str, habit: Habit, zone: bool) -> bool:
    """Whether `line` goes on with the paragraph whose last line is `before` and first line `opening`.

    `so_far` is the paragraph's text; `zone`: in the letterhead or signature block, where short lines stand alone.
    """
    prev, text = before.text, line.text
    if openers.bare_marker(so_far):
        return not openers.bare_marker(text)
    big_gap = line.gap >= 3
    soft = habit.soft_blank if line.gap else habit.soft_single
    full = before.x1 + 1 + first_word(text) >= habit.fill
    done = openers.ended(prev)
    if openers.bulleted(text):
        rest = text.lstrip("-–—+*•▪●○◦■□►➢✓ ")
        return soft and full and not done and text[0] in "-–—" and rest[:1].islower()
    if openers.numbered(text):
        if done and not continues_list(so_far, text):
            return False
        return continues_list(so_far, text) or (full and openers.wants_number(prev)) or (soft and full and not line.gap and habit.soft_single and not habit.soft_blank)
    if torn(prev, text):
        return True
    if zone and _organ_torn().match(f"{prev}\n{text}"):
        return True
    if text[0].islower():
        return not done or (full and soft and not big_gap)
    if openers.capitals(prev) != openers.capitals(text) and not openers.bare_marker(prev) and not (full and soft and not openers.capitals(prev)):
        return False
    if openers.capitals(prev) and (_bare_type().fullmatch(prev) or zone):
        return False
    if not soft:
        return False
    if done:
        return full and not big_gap and not prev.endswith(("./.", "/."))
    if full or prev[-1] in "-–+":
        return True
    if zone:
        return openers.bulleted(opening.text) and not openers.capitals(text) and not line.gap
    return (not habit.soft_blank) and (before is opening) and (openers.bulleted(prev) or openers.numbered(prev) or openers.capitals(prev))


@lru_cache(maxsize=1)
def _inline() -> regex.Pattern[str]:
    return regex.compile(r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)|(?<=[\s(])(\d{1,2}|[a-zđ])\)")


def continues_list(so_far: str, text: str) -> bool:
    """Whether the line's marker `(n)` or `n)` goes on a list that runs inside the paragraph (… (1) … (2) …)."""
    match = _inline().match(text)
    if not match:
        return False
    label = match[1] or match[2] or ""
    if not label.isdigit() or label == "1":
        return False
    return f"({int(label) - 1})" in so_far[1:] if match[1] else f" {int(label) - 1})" in so_far
