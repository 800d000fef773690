"""Shares of one total that claim to be all of it, on one line: `54/182 người (29,67%); 121/182 (66,48%) …`.

Where the percentages printed with them make 100, the counts must make the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractor.auditing.context import PERCENT, Check, Context, Quantity, passed
from extractor.auditing.intervals import HUNDRED, say
from extractor.auditing.shares import rated

RULE = "parts_total"
_SLACK = Decimal("1.5")


def check(context: Context) -> Iterator[Check]:
    """One check for every line whose ratios of one total have percentages of about 100 in all."""
    lines: dict[tuple[int, Decimal, str], list[tuple[Quantity, Quantity]]] = defaultdict(list)
    for pair in rated(context):
        of = pair.quantity.of
        if of is not None and pair.quantity.whole and pair.percent.measure == PERCENT:
            key = (context.line(pair.quantity.start)[0], of, pair.quantity.measure)
            lines[key].append((pair.quantity, pair.percent))
    for (_, of, _), pairs in lines.items():
        shares = sum((p.value for _, p in pairs), Decimal(0))
        if len(pairs) < 3 or abs(shares - HUNDRED) > _SLACK or any(p.value >= HUNDRED for _, p in pairs):
            continue
        amount = sum((q.value for q, _ in pairs), Decimal(0))
        ids = tuple(q.id for q, _ in pairs)
        if amount == of:
            yield passed(ids)
            continue
        counted = " + ".join(say(q.value) for q, _ in pairs)
        message = f"{counted} = {say(amount)}, the report counts them of {say(of)}"
        yield context.found(RULE, "error", message, pairs[0][0].start, pairs[-1][1].end, ids)
