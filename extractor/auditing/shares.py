"""Where the text says what percentage one number is of another: the percentage behind a number, what joins the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractor.auditing.context import PERCENT, Context, Quantity, either
from extractor.finding.lazy import lazy

_LINK = lazy(
    r"\s*(?:[\s\d]{0,3})[,;(=–-]?\s*\(?\s*(?:và\s+)?(?:(?P<share>chiếm(?:\s+tỷ\s+lệ)?|tỷ\s+lệ(?:\s+đạt)?|tỉ\s+lệ|tương\s+ứng(?:\s+với)?|tương\s+đương(?:\s+với)?)|(?P<reached>(?:đã\s+)?đạt(?:\s+tỷ\s+lệ)?|bằng|=))?\s*:?\s*",
    re.I,
)
_WORDS = lazy(r"(?:\s+(?!tăng|giảm)[^\W\d]+){1,7}(?=\s*[,(]|\s+(?:chiếm|tỷ\s+lệ)\s)")
_OF_PLAN = lazy(
    r"\s*(?:so\s+(?:với\s+)?)?(?:KH|kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu|dự\s+toán|nghị\s+quyết|cùng\s+kỳ|năm\s+(?:trước|20)|đầu\s+năm|DT|vốn|tổng)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Rated:
    """A quantity and its percentage. `link`: "share" (chiếm, tỷ lệ), "reached" (đạt, bằng), or "" (a bracket)."""

    quantity: Quantity
    percent: Quantity
    link: str


def rated(context: Context) -> list[Rated]:
    """Every quantity followed by a percentage that is said of it; read once a report."""
    found: list[Rated] | None = context.notes.get("rated")
    if found is None:
        found = context.notes["rated"] = list(_rated(context))
    return found


def _rated(context: Context) -> Iterator[Rated]:
    quantities = context.quantities
    for quantity, percent in pairwise(quantities):
        if percent.measure != PERCENT or quantity.measure == PERCENT or percent.start - quantity.end > 60 or percent.of:
            continue
        if percent.vague or quantity.vague:
            continue
        link, direct = _link(context.text, quantity, percent)
        if link is None or (not direct and link["reached"] and quantity.of is None):
            continue
        gap = link[0]
        if not link["share"] and not link["reached"] and "(" not in gap and "=" not in gap:
            continue
        if "\n" in gap and "(" in gap:
            continue
        yield Rated(quantity, percent, "share" if link["share"] else "reached" if link["reached"] else "")


def _link(text: str, quantity: Quantity, percent: Quantity) -> tuple[re.Match[str] | None, bool]:
    """What joins a quantity to the percentage behind it, and whether it follows directly or after a few more words."""
    link = _LINK.fullmatch(text, quantity.end, percent.start)
    if link is not None:
        return link, True
    words = _WORDS.match(text, quantity.end, percent.start)
    return (_LINK.fullmatch(text, words.end(), percent.start), False) if words else (None, False)


def said_of_plan(context: Context, percent: Quantity) -> bool:
    """Whether the words behind a percentage say that it is of a plan, another year or a named total."""
    return _OF_PLAN.match(context.text, percent.end) is not None


@lru_cache(maxsize=1)
def _slash() -> re.Pattern[str]:
    return re.compile(
        rf"\s*/\s*(?P<plan>{either('plan')}(?:\s+(?:giao|năm|là|\d{{4}}))*\s*:?\s*)?(?:tổng(?:\s+số)?\s*)?", re.I
    )


Divided = tuple[Quantity, Quantity, bool, Quantity | None]


def divided(context: Context) -> list[Divided]:
    """`8.436 người/KH 7.200 người, đạt 117,17%`: (number, what it is held against, is that a plan, percentage)."""
    found: list[Divided] | None = context.notes.get("divided")
    if found is None:
        found = context.notes["divided"] = list(_divided(context))
    return found


def _divided(context: Context) -> Iterator[Divided]:
    quantities = context.quantities
    for at, (first, second) in enumerate(pairwise(quantities)):
        if first.end > second.start or second.start - first.end > 30 or not first.like(second) or first.of or second.of:
            continue
        joined = _slash().fullmatch(context.text, first.plain_end, second.start)
        if joined is None:
            continue
        percent = None
        if at + 2 < len(quantities):
            after = quantities[at + 2]
            link = _LINK.fullmatch(context.text, second.end, after.start) if after.start - second.end < 40 else None
            said = link is not None and (link["share"] or link["reached"] or ";" not in link[0])
            if said and after.measure == PERCENT and not after.vague and after.of is None:
                percent = after
        yield first, second, joined["plan"] is not None, percent
