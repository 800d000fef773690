"""Parts against their total inside a sentence: `16 cán bộ, trong đó: huyện A 8 người, huyện B 4 người, …`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor.auditing.breakdowns import Breakdown, breakdowns
from extractor.auditing.context import Check, Context
from extractor.auditing.sums import Claim, judge

RULE = "parts_total"


def check(context: Context) -> Iterator[Check]:
    """One check for every total with two or more parts named beside it."""
    for found in breakdowns(context):
        if len(found.parts) < 2:
            continue
        claim = Claim(disjoint=found.listed, understood=found.sure, all_told=partial(_all_told, context, found))
        span = (min(found.head.start, found.parts[0].start), max(p.end for p in found.parts))
        made = judge(context, RULE, found.head, found.parts, claim, span)
        if made is not None:
            yield made


def _all_told(context: Context, found: Breakdown) -> bool:
    """Whether the parts are meant to be all: said so, or the last is what remains, or three in a bracket or colon."""
    if found.leaves_out(context):
        return False
    if found.cue == "part":
        return found.listed and found.names_rest(context)
    return found.cue == "whole" or len(found.parts) > 2 or found.names_rest(context)
