"""A ratio against the percentage printed with it: `07/182 người (đạt 3,85%)`, `4.217/16.380 = 25,74%`, and with both
numbers written out: `38.869 hộ/216.418 hộ, chiếm 17,96%`, `8.436 người/KH 7.200 người, đạt 117,17%`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.auditing import intervals
from extractor.auditing.context import PERCENT, Check, Context, Quantity, passed, words
from extractor.auditing.intervals import say_share
from extractor.auditing.shares import divided, rated, said_of_plan
from extractor.finding.lazy import lazy

RULE = "ratio_percent"

_BRACKET = lazy(
    r"\s*(?P<plan>(?:so\s+với\s+)?(?:kế\s+hoạch|KH|chỉ\s+tiêu|dự\s+toán)(?:\s+(?:giao|năm|đề\s+ra))*)?\s*\(\s*", re.I
)
_REACHED = lazy(r"\s*,?\s*(?:đạt|bằng)\s*", re.I)
_CHANGE = lazy(r"(?:tăng|giảm|vượt)\s*$", re.I)
_DONE = lazy(
    r"\s*[,;]\s*(?:đã\s+)?(?:kết\s+quả\s+)?(?:thực\s+hiện|đạt|giải\s+ngân)(?:\s+(?:được|đạt|là))*\s*:?\s*", re.I
)


def check(context: Context) -> Iterator[Check]:
    """One check for every ratio that is followed by its percentage."""
    for pair in rated(context):
        quantity, percent = pair.quantity, pair.percent
        if quantity.of is None or not quantity.of:
            continue
        fits = intervals.is_share(quantity.interval, _whole(quantity), percent.interval)
        if not fits and said_of_plan(context, percent) and quantity.measure.split(" ")[0] in words("institutions"):
            continue  # 15/17 xã, đạt 100% kế hoạch: the plan was 15
        yield _result(context, fits, quantity, None, percent)
    for part, whole, percent in _percent_first(context):
        fits = intervals.is_share(part.interval, whole.interval if whole else _whole(part), percent.interval)
        yield _result(context, fits, part, whole, percent)
    for first, second, _, share in divided(context):
        if share is not None and second.value:
            fits = intervals.is_share(first.interval, second.interval, share.interval)
            yield _result(context, fits, first, second, share)


def _percent_first(context: Context) -> Iterator[tuple[Quantity, Quantity | None, Quantity]]:
    """(part, whole, percentage) of `đạt 52% kế hoạch (520/1.000 ha)`, `500 ha, đạt 125% kế hoạch (400 ha)` and
    `kế hoạch 500 ha, thực hiện 450 ha, đạt 90%`."""
    text, quantities = context.text, context.quantities
    for at, percent in enumerate(quantities[:-1]):
        after = quantities[at + 1]
        if percent.measure != PERCENT or percent.vague or after.vague or after.measure == PERCENT:
            continue
        link = _BRACKET.fullmatch(text, percent.end, after.start)
        closes = text[after.end : after.end + 1] == ")"
        if link is None or not closes or _CHANGE.search(text, max(0, percent.start - 20), percent.start):
            continue
        if after.of:
            yield after, None, percent
        elif link["plan"] and at and quantities[at - 1].like(after) and after.value:
            reached = _REACHED.fullmatch(text, quantities[at - 1].end, percent.start)
            if reached is not None and not quantities[at - 1].vague:
                yield quantities[at - 1], after, percent
    for pair in rated(context):
        planned = context.before(pair.quantity.start)
        if pair.link != "reached" or pair.quantity.of or planned is None or planned.of or planned.vague:
            continue
        if not planned.value or not planned.like(pair.quantity) or not context.is_plan(planned):
            continue
        if _DONE.fullmatch(text, planned.end, pair.quantity.start):
            yield pair.quantity, planned, pair.percent


def _whole(quantity: Quantity) -> intervals.Interval:
    assert quantity.of is not None
    return intervals.exact(quantity.of) if quantity.whole else intervals.printed(quantity.of, quantity.step)


def _result(context: Context, fits: bool, part: Quantity, whole: Quantity | None, percent: Quantity) -> Check:
    ids = (part.id, *([whole.id] if whole else []), percent.id)
    if fits:
        return passed(ids)
    against = whole.value if whole else part.of
    assert against is not None
    ratio = context.text[part.start : part.end]
    if whole is not None:
        beside = 0 <= whole.start - part.end < 20
        ratio = context.text[part.start : whole.end] if beside else f"{part.text} of {whole.text}"
    message = (
        f"{' '.join(ratio.split())} = {say_share(part.value, against, percent.step)}, the report says {percent.text}"
    )
    spans = [part, percent, *([whole] if whole else [])]
    return context.found(RULE, "error", message, min(q.start for q in spans), max(q.end for q in spans), ids)
