"""An amount that is announced and not there: `05 dự án với tổng mức đầu tư;`, `tổng kinh phí là .`, `đạt    %`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.auditing.context import PERCENT, Check, Context, either
from extractor.finding.lazy import lazy

RULE = "missing_amount"
_NEAR, _LIST = 300, 1500

_BLANK_SHARE = lazy(r"(?<!\w)(?:đạt|chiếm|tăng|giảm|bằng)(?:\s+(?:tỷ\s+lệ|khoảng|trên))?\s*(?:…+|\.{3,}|\s)\s*%$", re.I)


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    return re.compile(rf"với\s+(?P<what>{either('amount')})(?:\s+(?:là|đạt|khoảng))?\s*(?=[;)]|\.\s|\.?\n)")


def check(context: Context) -> Iterator[Check]:
    """Every announcement of an amount behind a count, where others of the list have theirs; every blank share."""
    for match in _announced().finditer(context.text):
        start = context.line(match.start())[0]
        before = context.between(max(start, match.start() - _NEAR), match.start())
        if not before or before[-1].measure == PERCENT or not before[-1].whole:
            continue
        if before[-1].end < match.start() - 40 or not _said_of_others(context, match):
            continue
        message = f"{before[-1].text} … {' '.join(match[0].split())}: no amount follows"
        yield context.found(RULE, "error", message, before[-1].start, match.end(), (before[-1].id,))
    for share in _blank_shares(context.text):
        yield context.found(RULE, "error", f"{' '.join(share[0].split())}: the number is missing", *share.span(), ())


def _blank_shares(text: str) -> Iterator[re.Match[str]]:
    """Every `đạt … %` without a number."""
    at = text.find("%")
    while at >= 0:
        if text[at - 1 : at] in (" ", "…", ".", "\n", "\u00a0"):
            share = _BLANK_SHARE.search(text, max(0, at - 40), at + 1)
            if share is not None:
                yield share
        at = text.find("%", at + 1)


def _said_of_others(context: Context, match: re.Match[str]) -> bool:
    """Whether the same line says `với tổng mức đầu tư 4.150 triệu đồng` of something else."""
    start, end = context.line(match.start())
    start, end = max(start, match.start() - _LIST), min(end, match.end() + _LIST)
    others = re.finditer(
        rf"với\s+{either('amount')}(?:\s+(?:là|đạt|khoảng))?:?\s*(?=\d)", context.text[start:end], re.I
    )
    return any(True for _ in others)
