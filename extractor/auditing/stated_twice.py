"""The same indicator stated twice, in the text or in the text and a table, with two values.

Only where the linking knows the indicator and everything that tells two statements of it apart is equal: period,
places, direction, role and unit. A report may give a rate before and after a review, so this is a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.auditing import intervals
from extractor.auditing.context import Check, Context, passed
from extractor.finding.lazy import lazy
from extractor.model import Figure

RULE = "stated_twice"
_SURE = 0.9
_DIFFERENT_DAY = lazy(
    r"(?<!\w)(?:ước|đầu\s+năm|đầu\s+kỳ|tháng|quý|đến\s+ngày|tính\s+đến|đến\s+(?:hết|nay)|cùng\s+kỳ|so\s+với|riêng|trong\s+đó|kế\s+hoạch)"
)


def check(context: Context) -> Iterator[Check]:
    """One check for every indicator that is stated again in another place."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in context.report.figures:
        if figure.indicator_id is None or figure.period is None or figure.confidence < _SURE or figure.comparator:
            continue
        if figure.value_to is not None or figure.direction is not None or figure.role is not None:
            continue
        places = tuple(sorted((p.level, p.code or p.name) for p in figure.places))
        key = (figure.indicator_id, (figure.indicator or "").lower(), figure.period, figure.unit, places, figure.of)
        groups[key].append(figure)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            ids = (first.id, other.id)
            if _stands_for(first).meets(_stands_for(other)):
                yield passed(ids)
            elif _apart(context, first, other) and not _other_day(context, first) and not _other_day(context, other):
                message = f"{first.indicator}: {first.text}, elsewhere {other.text}"
                yield context.found(RULE, "warning", message, other.start, other.end, ids)


def _apart(context: Context, first: Figure, other: Figure) -> bool:
    """Whether both are statements of their own: in two sections or in text and table, each alone in its sentence.

    Two cells are not compared: a table may show the same of two years under heads that were not understood.
    """
    if first.table is not None and other.table is not None:
        return False
    if first.section == other.section and first.table is None and other.table is None:
        return False
    return _alone(context, first) and _alone(context, other)


def _alone(context: Context, figure: Figure) -> bool:
    if figure.table is not None:
        return True
    return sum(q.measure == figure.unit for q in context.between(*context.sentence(figure.start))) <= 1


def _stands_for(figure: Figure) -> intervals.Interval:
    return intervals.printed(figure.value, intervals.last_digit(figure.text, figure.value))


def _other_day(context: Context, figure: Figure) -> bool:
    """Whether its sentence speaks of a part of the year or of a part of the whole."""
    if figure.table is not None:
        return False
    start, end = context.sentence(figure.start)
    return _DIFFERENT_DAY.search(context.text[start:end].lower()) is not None
