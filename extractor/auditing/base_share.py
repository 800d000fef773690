"""A percentage of something that the section names and has stated: `251.640 triệu đồng, bằng 58,4% tổng mức đầu tư`,
`đã chi 190.845 triệu đồng, bằng 72% kế hoạch vốn`, `17.850 liều, đạt 91,7% tổng đàn trâu, bò`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor import patterns
from extractor.auditing import intervals
from extractor.auditing.context import MONEY, Check, Context, Quantity, passed
from extractor.auditing.intervals import say_share
from extractor.auditing.shares import rated

RULE = "base_share"
_LABEL_REACH = 160
_REACH = 4000
_NEXT_SENTENCE = 200


@lru_cache(maxsize=1)
def _bases() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """(what follows the percentage, what stands before the base itself) for every base of `patterns/audit.toml`."""
    made = []
    for entry in patterns.load("audit")["base"]:
        named, stated = ("|".join(re.escape(w).replace(r"\ ", r"\s+") for w in entry[k]) for k in ("words", "stated"))
        made.append(
            (
                re.compile(rf"\s*(?:so\s+với\s+)?(?:{named})(?!\w)", re.I),
                re.compile(rf"(?<!\w)(?:{stated})(?!\w)", re.I),
            )
        )
    return made


def check(context: Context) -> Iterator[Check]:
    """One check for every amount with a percentage of a base that stands in the same section, stated once."""
    for pair in _amounts(context):
        part, percent = pair
        for named, stated in _bases():
            if not named.match(context.text, percent.end):
                continue
            bases = _stated(context, part, stated, _floor(context, part))
            if not bases or not part.value:
                break
            if part.start - bases[-1].end < _NEXT_SENTENCE:
                bases = bases[-1:]
            fitting = next((b for b in bases if intervals.is_share(part.interval, b.interval, percent.interval)), None)
            if fitting is not None:
                yield passed((part.id, percent.id, fitting.id))
            elif len({b.value for b in bases}) == 1 and _comparable(part, bases[-1]):
                yield _wrong(context, part, percent, bases[-1])
            break


def _amounts(context: Context) -> Iterator[tuple[Quantity, Quantity]]:
    """Amounts with their percentage; a bracket that breaks the amount down may stand between."""
    for pair in rated(context):
        if pair.quantity.of is None and pair.quantity.measure == MONEY and pair.link:
            if pair.quantity.bracket < 0:
                yield pair.quantity, pair.percent
            continue
    quantities = context.quantities
    for at, percent in enumerate(quantities):
        if percent.measure != "%" or percent.vague or not at or quantities[at - 1].bracket < 0 or percent.bracket >= 0:
            continue
        bracket = quantities[at - 1].bracket
        closing = context.closing(bracket)
        if closing is None or not re.fullmatch(
            r",?\s*(?:bằng|đạt|chiếm)\s*", context.text[closing + 1 : percent.start]
        ):
            continue
        outside = [q for q in quantities[max(0, at - 8) : at] if q.end <= bracket]
        if outside and not context.text[outside[-1].end : bracket].strip() and outside[-1].measure == MONEY:
            yield outside[-1], percent


def _floor(context: Context, part: Quantity) -> int:
    """Where the part's section begins, or the one that this stands in: a base is sought no further up."""
    by_id = context.sections
    section = by_id.get(part.figure.section or "") if part.figure is not None else None
    if section is None:
        return max(0, part.start - _REACH)
    parent = by_id.get(section.parent or "")
    return max(part.start - 2 * _REACH, (parent or section).start)


def _stated(context: Context, part: Quantity, label: re.Pattern[str], floor: int) -> list[Quantity]:
    """Amounts before the part whose own label names the base."""
    found = []
    text = context.text
    for quantity in context.between(floor, part.start):
        if not quantity.like(part) or quantity.vague or not quantity.value or quantity.bracket >= 0:
            continue
        if context.is_change(quantity) or quantity is part:
            continue
        start = max(context.line(quantity.start)[0], quantity.start - _LABEL_REACH)
        before = [q for q in context.between(start, quantity.start) if q.measure == MONEY]
        if label.search(text, max(start, before[-1].end if before else start), quantity.start):
            found.append(quantity)
    return found


def _comparable(part: Quantity, base: Quantity) -> bool:
    """Whether the base is certain: it stands near, or the part lies within it."""
    return part.value <= base.value or part.start - base.end < _NEXT_SENTENCE


def _wrong(context: Context, part: Quantity, percent: Quantity, base: Quantity) -> Check:
    share = say_share(part.value, base.value, percent.step)
    message = f"{part.text} of {base.text} = {share}, the report says {percent.text}"
    return context.found(RULE, "error", message, part.start, percent.end, (part.id, base.id, percent.id))
