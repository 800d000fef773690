"""A share of the plan against what was reached and what was planned, where the plan stands elsewhere in the report:
`đạt 108,4% so với kế hoạch`, and pages later `đạt 8,17% … (KH năm 2023: 7,54%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.auditing import intervals
from extractor.auditing.context import PERCENT, Check, Context, Quantity, either, passed
from extractor.auditing.intervals import HUNDRED, say_share
from extractor.auditing.shares import divided
from extractor.finding.lazy import lazy

RULE = "plan_share"
_REACH = 800

_OF_PLAN = lazy(r"\s*(?:so\s+(?:với\s+)?)?(?:mục\s+tiêu|kế\s+hoạch|KH|chỉ\s+tiêu|dự\s+toán|MT)(?!\w)", re.I)
_REACHED = lazy(r"(?:đạt|vượt|bằng|hoàn\s+thành)(?:\s+(?:và\s+vượt|mức|được))*\s*$", re.I)


@lru_cache(maxsize=1)
def _bracketed_plan() -> re.Pattern[str]:
    return re.compile(rf"\(\s*{either('plan')}(?:\s+(?:giao|năm|là|giảm|tăng|\d{{4}}))*\s*:?\s*$", re.I)


def check(context: Context) -> Iterator[Check]:
    """One check for every percentage of a plan in whose sentence a number stands that has its plan elsewhere."""
    plans = _plans(context)
    if not plans:
        return
    own = {share.id for _, _, _, share in divided(context) if share is not None}  # ratio_percent's
    for percent in context.quantities:
        if (
            percent.measure != PERCENT
            or percent.vague
            or percent.id in own
            or not _OF_PLAN.match(context.text, percent.end)
        ):
            continue
        if not _REACHED.search(context.text, max(0, percent.start - 30), percent.start):
            continue
        start = max(context.sentence(percent.start)[0], percent.start - _REACH)
        before = [q for q in context.between(start, percent.start) if q.of is None]
        pair = next(((q, *plans[_key(q)]) for q in reversed(before) if _key(q) in plans), None)
        if pair is None:
            continue
        reached, stated, planned = pair
        ids = (reached.id, percent.id, planned.id)
        if _fits(stated, planned, percent):
            yield passed(ids)
            continue
        share = say_share(stated.value, planned.value, percent.step)
        message = f"{reached.text} of the planned {planned.text} = {share}, the report says {percent.text}"
        yield context.found(RULE, "error", message, reached.start, percent.end, ids)


def _fits(reached: Quantity, planned: Quantity, percent: Quantity) -> bool:
    """Whether the percentage is of the plan, or what is beyond it, relative or in points."""
    if intervals.is_share(reached.interval, planned.interval, percent.interval):
        return True
    beyond = reached.interval - planned.interval
    if beyond.low >= 0 and intervals.is_share(beyond, planned.interval, percent.interval):
        return True
    return reached.measure == PERCENT and beyond.meets(percent.interval) and percent.value < HUNDRED


def _key(quantity: Quantity) -> tuple[str, str]:
    return quantity.measure, str(quantity.value)


def _plans(context: Context) -> dict[tuple[str, str], tuple[Quantity, Quantity]]:
    """What was reached → (it, its plan): only what the text sets side by side, and each value with one plan only."""
    found: dict[tuple[str, str], tuple[Quantity, Quantity]] = {}
    doubtful: set[tuple[str, str]] = set()
    pairs = [(a, b) for a, b, planned, _ in divided(context) if planned]
    for at, quantity in enumerate(context.quantities):
        if quantity.bracket < 0 or not _bracketed_plan().search(
            context.text, max(0, quantity.start - 40), quantity.start
        ):
            continue
        start, _ = context.sentence(quantity.start)
        before = [
            q for q in context.quantities[max(0, at - 4) : at] if q.start >= start and q.bracket != quantity.bracket
        ]
        alike = [q for q in before if q.measure == quantity.measure and q.of is None]
        if len(alike) == 1:
            pairs.append((alike[0], quantity))
    for reached, planned in pairs:
        if not planned.value or reached.vague or planned.vague:
            continue
        key = _key(reached)
        if key in found and found[key][1].value != planned.value:
            doubtful.add(key)
        found.setdefault(key, (reached, planned))
    return {key: pair for key, pair in found.items() if key not in doubtful}
