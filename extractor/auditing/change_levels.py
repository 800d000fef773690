"""A change against the two levels it is between: `giảm 8,17%, từ 47,32% xuống còn 39,15%`.

A change of percentages may be meant in points or relative to the first level; either is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.auditing import intervals
from extractor.auditing.context import PERCENT, Check, Context, Quantity, passed
from extractor.auditing.intervals import say
from extractor.finding.lazy import lazy

RULE = "change_levels"
_MOST = 60  # quantities; a sentence of more is a table without its lines
_POINTS = "điểm"
_LEVELS = lazy(r"(?<!\w)(?:từ|so)\s")


@dataclass(frozen=True, slots=True)
class _Change:
    """From `first` to `last` by `by`, which is a fall where `down`."""

    first: Quantity
    last: Quantity
    by: Quantity
    down: bool


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    text = r"[^.;:\n]{0,40}?"
    verb = r"(?:tăng|giảm)"
    return (
        # giảm D …, (giảm) từ A (…) (giảm) xuống (còn) B
        re.compile(
            rf"(?P<verb>{verb})(?:\s+(?:được|thêm|là|khoảng))*\s*§(?P<d>\d+)§,?\s*\(?(?:{verb}\s+)?(?:tức\s+)?từ\s*§(?P<a>\d+)§{text}(?:{verb}\s+)?(?:xuống|lên|còn|đến)(?:\s+(?:còn|là|đến|mức))*\s*§(?P<b>\d+)§",
            re.I,
        ),
        # từ A … xuống (còn) B …, giảm D
        re.compile(
            rf"từ\s*§(?P<a>\d+)§{text}(?:xuống|lên|còn|đến)(?:\s+(?:còn|là|đến|mức|dưới|trên))*\s*§(?P<b>\d+)§{text}[,(]\s*(?:(?:tức|tương\s+đương|tương\s+ứng|phải|bình\s+quân)\s+)*(?P<verb>{verb})(?:\s+(?:được|thêm|là|tối\s+thiểu))*\s*§(?P<d>\d+)§",
            re.I,
        ),
        # tăng D so với … (từ A lên B)
        re.compile(
            rf"(?P<verb>{verb})(?:\s+(?:được|thêm|là))*\s*§(?P<d>\d+)§[^.;:()§\n]{{0,40}}\((?:{verb}\s+)?từ\s*§(?P<a>\d+)§{text}(?:xuống|lên|còn|đến)(?:\s+(?:còn|là|đến|mức))*\s*§(?P<b>\d+)§",
            re.I,
        ),
        # B (giảm D so với … (A))
        re.compile(
            rf"§(?P<b>\d+)§\s*[,;(]?\s*(?P<verb>{verb})(?:\s+(?:được|thêm|là))*\s*§(?P<d>\d+)§\s*so\s+(?:với\s+)?[^.;:,()§\n]{{0,40}}[(:]\s*(?:là\s+)?§(?P<a>\d+)§\s*\)",
            re.I,
        ),
    )


def check(context: Context) -> Iterator[Check]:
    """One check for every change that stands beside its two levels."""
    done: set[str] = set()
    for change in _changes(context):
        if change.by.id in done:
            continue
        done.add(change.by.id)
        ids = (change.first.id, change.last.id, change.by.id)
        if _fits(change):
            yield passed(ids)
            continue
        start = min(q.start for q in (change.first, change.last, change.by))
        end = max(q.end for q in (change.first, change.last, change.by))
        yield context.found(RULE, "error", _message(change), start, end, ids)


def _changes(context: Context) -> Iterator[_Change]:
    """Changes in sentences that hold a word of change and at least three quantities, each written as §i§."""
    text = context.text
    for start, end, near in context.sentences:
        if not 3 <= len(near) <= _MOST or not _LEVELS.search(text, start, end):
            continue
        coded, at = [], near[0].start
        coded.append(text[max(start, at - 40) : at])
        for number, quantity in enumerate(near):
            coded.append(text[at : quantity.start] + f"§{number}§")
            at = quantity.end
        coded.append(text[at : min(end, at + 20)])
        sentence = "".join(coded)
        for pattern in _patterns():
            for found in pattern.finditer(sentence):
                first, last, by = (near[int(found[k])] for k in "abd")
                at = int(found["b"])
                if at and context.is_plan(last) and near[at - 1].like(last):
                    last = near[at - 1]  # 83,9%/KH 82,7%; tăng 3,4% so với …: the plan is not what rose
                if any(q.vague for q in (first, last, by)) and not _same_bound(first, last, by):
                    continue
                if (
                    first.like(last)
                    and (by.like(first) or by.measure == PERCENT)
                    and first.of is None
                    and last.of is None
                ):
                    yield _Change(first, last, by, found["verb"].lower() == "giảm")


def _same_bound(first: Quantity, last: Quantity, by: Quantity) -> bool:
    """từ 39,15% xuống dưới 20% (giảm tối thiểu 19,15%): the bounds themselves fit."""
    return not first.vague and last.vague and by.vague


def _fits(change: _Change) -> bool:
    first, last, by = change.first.interval, change.last.interval, change.by.interval
    gap = first - last if change.down else last - first
    if change.by.like(change.first) and gap.meets(by):
        return True
    if change.by.measure == PERCENT and _POINTS not in change.by.text:
        return (
            change.first.value > 0
            and gap.high >= 0
            and intervals.is_share(intervals.Interval(max(gap.low, intervals.ZERO.low), gap.high), first, by)
        )
    return False


def _message(change: _Change) -> str:
    high, low = (change.first, change.last) if change.down else (change.last, change.first)
    verb = "giảm" if change.down else "tăng"
    unit = change.first.unit_value
    if change.by.like(change.first):
        reckoned = f"{say(high.value / unit)} - {say(low.value / unit)} = {say((high.value - low.value) / unit)}"
    else:
        share = intervals.say_share(high.value - low.value, change.first.value, change.by.step)
        reckoned = f"from {change.first.text} to {change.last.text} is {share}"
    return f"{reckoned}, the report says {verb} {' '.join(change.by.text.split())}"
