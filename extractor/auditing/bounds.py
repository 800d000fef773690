"""Numbers above their bound: criteria met above those there are (15/9), a part above its whole, a share above 100 %.

A ratio above 1 may also be a result against its plan (3.120/3.000 lao động): only criteria and places, of which there
is a fixed number, are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.auditing.breakdowns import breakdowns
from extractor.auditing.context import PERCENT, Check, Context, Quantity, passed, words
from extractor.auditing.intervals import HUNDRED
from extractor.finding.lazy import lazy

CRITERIA, SUBSET, SHARE = "criteria_maximum", "subset_whole", "share_above_100"

NTM_CRITERIA = 19
"""The commune criteria of every national set since 2009 (Quyết định 491, 1980/2016, 318/2022/QĐ-TTg)."""

_PLANNED = lazy(r"kế\s+hoạch|KH(?!\w)|đăng\s+ký|chỉ\s+tiêu\s+giao|mục\s+tiêu|vượt", re.IGNORECASE)
_LETTER = lazy(r"[^\W\d_]")
_SHARE = lazy(r"(?<!\w)chiếm(?:\s+(?:tỷ|tỉ)\s+lệ)?\s*$", re.IGNORECASE)


def check(context: Context) -> Iterator[Check]:
    """One check for every ratio of criteria or places, every average of criteria, every part after trong đó."""
    for quantity in context.quantities:
        found = _ratio(context, quantity) or _average(context, quantity) or _share(context, quantity)
        if found is not None:
            yield found
    for breakdown in breakdowns(context):
        if breakdown.cue == "part" and breakdown.sure:
            yield from _subset(context, breakdown.head, breakdown.parts[:1])


def _ratio(context: Context, quantity: Quantity) -> Check | None:
    if quantity.of is None or quantity.figure is None:
        return None
    criteria = quantity.figure.kind == "criteria"
    if not _LETTER.search(quantity.text):
        return None  # the unit is another number's: tỷ số giới tính 109/100
    if not criteria and quantity.measure.split(" ")[0].rstrip(",") not in words("institutions"):
        return None
    if quantity.value <= quantity.of:
        return passed((quantity.id,)) if criteria else None
    start, end = context.sentence(quantity.start)
    if _PLANNED.search(context.text, max(start, quantity.start - 80), min(end, quantity.end + 60)):
        return None
    message = f"{quantity.text}: more than there are"
    return context.found(
        CRITERIA if criteria else SUBSET, "error", message, quantity.start, quantity.end, (quantity.id,)
    )


def _average(context: Context, quantity: Quantity) -> Check | None:
    figure = quantity.figure
    if (
        figure is None
        or figure.kind != "criteria"
        or not figure.unit.endswith("tiêu chí/xã")
        or quantity.of is not None
    ):
        return None
    if context.is_change(quantity) or quantity.value <= NTM_CRITERIA:
        return None
    message = f"{quantity.text}: a commune has {NTM_CRITERIA} criteria"
    return context.found(CRITERIA, "error", message, quantity.start, quantity.end, (quantity.id,))


def _share(context: Context, quantity: Quantity) -> Check | None:
    if quantity.measure != PERCENT or quantity.value <= HUNDRED:
        return None
    if not _SHARE.search(context.text, max(0, quantity.start - 20), quantity.start):
        return None
    return context.found(SHARE, "error", f"a share of {quantity.text}", quantity.start, quantity.end, (quantity.id,))


def _subset(context: Context, whole: Quantity, parts: tuple[Quantity, ...]) -> Iterator[Check]:
    """A part above its whole; only the first named, as what follows it may be about something else."""
    for part in parts:
        if part.value <= whole.value or not part.id or not _one_unit(whole, part):
            continue
        message = f"{part.text} of {whole.text}: the part is more than the whole"
        yield context.found(SUBSET, "error", message, whole.start, part.end, (whole.id, part.id))


def _one_unit(whole: Quantity, part: Quantity) -> bool:
    """Whether both count the same by their own words (hộ, hộ nghèo), not only people in general."""
    if whole.figure is None or part.figure is None:
        return False
    a, b = part.figure.unit, whole.figure.unit
    return a == b or a.startswith(b + " ") or b.startswith(a + " ")
