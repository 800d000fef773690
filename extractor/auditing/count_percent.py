"""A count against its percentage of a stated total: `460 phòng (trong đó xây kiên cố 251 phòng, chiếm 54,57%)`,
`1.322 hộ nghèo, chiếm 2,58% trên tổng số 51.240 hộ`, and the parts of a list each with its share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.auditing import intervals
from extractor.auditing.breakdowns import breakdowns
from extractor.auditing.context import Check, Context, Quantity, passed
from extractor.auditing.intervals import say_share
from extractor.auditing.list_totals import listed
from extractor.auditing.shares import rated, said_of_plan
from extractor.finding.lazy import lazy

RULE = "count_percent"

_BESIDE = 60
_TOTAL_BEFORE = lazy(r"(?:trong|trên|/)\s+tổng\s+(?:số\s+)?$", re.I)
_OF_TOTAL = lazy(r"\s*\)?,?\s*(?:(?:so\s+với|trên|trong|của|/)\s+)?tổng\s+(?:số\s+)?(?:là\s+)?")


def check(context: Context) -> Iterator[Check]:
    """One check for every count with a percentage whose total is certain."""
    shares = {pair.quantity.start: pair for pair in rated(context) if pair.quantity.of is None and pair.quantity.id}
    done: set[int] = set()
    for pair in shares.values():
        whole = _named_total(context, pair.quantity, pair.percent)
        part = pair.quantity
        if whole is None:
            part, whole = _beside_total(context, part)
        if whole is not None:
            done.add(pair.quantity.start)
            yield _result(context, part, pair.percent, [whole])
    for total, parts, several in _totals(context):
        for part in parts:
            pair_of = shares.get(part.start)
            if pair_of is None or part.start in done or not total.value:
                continue
            if part.value > total.value and not (several and pair_of.percent.value < intervals.HUNDRED):
                continue
            if pair_of.link == "reached" or said_of_plan(context, pair_of.percent):
                continue
            fits = intervals.is_share(part.interval, total.interval, pair_of.percent.interval)
            if not fits and (pair_of.link != "share" and not several):
                continue
            done.add(part.start)
            yield _result(context, part, pair_of.percent, [total])


def _totals(context: Context) -> Iterator[tuple[Quantity, tuple[Quantity, ...], bool]]:
    """Totals with the parts named under them, and whether there are several of those."""
    for found in breakdowns(context):
        if found.sure and (found.cue != "bare" or len(found.parts) > 1):
            yield found.head, found.parts, len(found.parts) > 1
    for head, parts in listed(context):
        yield head, tuple(parts), True


def _named_total(context: Context, part: Quantity, percent: Quantity) -> Quantity | None:
    """The total that is named right behind the percentage: `2,58% trên tổng số 51.240 hộ`."""
    link = _OF_TOTAL.match(context.text, percent.end)
    if link is None:
        return None
    after = context.between(link.end(), link.end() + 1)
    if after and after[0].like(part) and not after[0].vague and after[0].value and after[0].of is None:
        return after[0]
    return None


def _beside_total(context: Context, quantity: Quantity) -> tuple[Quantity, Quantity | None]:
    """(part, total) of `trong tổng số 250 hộ, có 120 hộ nghèo, chiếm 48%` and `15 xã trên tổng số 20 xã, đạt 75%`."""
    other = context.before(quantity.start)
    if other is None or other.vague or other.of or other.start < context.sentence(quantity.start)[0]:
        return quantity, None
    if not other.like(quantity) or quantity.start - other.end > _BESIDE:
        return quantity, None
    for part, whole in ((quantity, other), (other, quantity)):
        if _TOTAL_BEFORE.search(context.text, max(0, whole.start - 20), whole.start) and whole.value:
            return part, whole
    return quantity, None


def _result(context: Context, part: Quantity, percent: Quantity, totals: list[Quantity]) -> Check:
    whole = totals[0]
    ids = (part.id, percent.id, whole.id)
    if intervals.is_share(part.interval, whole.interval, percent.interval):
        return passed(ids)
    share = say_share(part.value, whole.value, percent.step)
    message = f"{_say(part)} of {_say(whole)} = {share}, the report says {percent.text}"
    return context.found(RULE, "error", message, min(part.start, whole.start), max(percent.end, whole.end), ids)


def _say(quantity: Quantity) -> str:
    return " ".join(quantity.text.split())
