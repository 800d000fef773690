"""Parts against their total inside a sentence: `16 cán bộ, trong đó: huyện A 8 người, huyện B 4 người, …`."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.auditing.breakdowns import breakdowns
from extractor.auditing.context import Check, Context
from extractor.auditing.sums import judge

RULE = "parts_total"


def check(context: Context) -> Iterator[Check]:
    """One check for every total with two or more parts named beside it."""
    for found in breakdowns(context):
        if len(found.parts) < 2:
            continue
        made = judge(
            context,
            RULE,
            found.head,
            found.parts,
            found.cue,
            all_told=found.tells_all,
            understood=found.sure,
            span=(min(found.head.start, found.parts[0].start), found.end),
        )
        if made is not None:
            yield made
