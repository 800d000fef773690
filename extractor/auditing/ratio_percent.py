"""A ratio against the percentage printed with it: `04/195 người (đạt 2,05%)`, `5.566/21.051 = 26,44%`, and with both
numbers written out: `38.869 hộ/216.418 hộ, chiếm 17,96%`, `15.325 người/KH 11.500 người, đạt 133,26%`."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.auditing import intervals
from extractor.auditing.context import Check, Context, Quantity, passed, words
from extractor.auditing.intervals import say_share
from extractor.auditing.shares import divided, rated, said_of_plan

RULE = "ratio_percent"


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
    for first, second, _, share in divided(context):
        if share is not None and second.value:
            fits = intervals.is_share(first.interval, second.interval, share.interval)
            yield _result(context, fits, first, second, share)


def _whole(quantity: Quantity) -> intervals.Interval:
    assert quantity.of is not None
    return intervals.exact(quantity.of) if quantity.whole else intervals.printed(quantity.of, quantity.step)


def _result(context: Context, fits: bool, part: Quantity, whole: Quantity | None, percent: Quantity) -> Check:
    ids = (part.id, *([whole.id] if whole else []), percent.id)
    if fits:
        return passed(ids)
    against = whole.value if whole else part.of
    assert against is not None
    ratio = context.text[part.start : whole.end if whole else part.end]
    message = (
        f"{' '.join(ratio.split())} = {say_share(part.value, against, percent.step)}, the report says {percent.text}"
    )
    return context.found(RULE, "error", message, part.start, percent.end, ids)
