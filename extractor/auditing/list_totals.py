"""Parts against their total over the lines of a list: a head with its amount, then an item a line, each with its."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from extractor.auditing.breakdowns import REST, Cue
from extractor.auditing.context import PEOPLE, PERCENT, Check, Context, Quantity, either, passed
from extractor.auditing.lists import Item, items
from extractor.auditing.sums import Claim, judge, mistyped, weigh

RULE = "parts_total"
_HEAD_REACH = 600
_SISTERS, _MOST = 4, 30


@lru_cache(maxsize=1)
def _ends_with_cue() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<whole>(?<!\w){either('whole_cue')})|(?P<part>(?<!\w){either('part_cue')}))(?:\s+(?:có|là|như\ssau))*\s*:?\s*$|(?P<colon>:)\s*$",
        re.I,
    )


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('whole_cue')}|{either('part_cue')})(?!\w)", re.I)


@lru_cache(maxsize=1)
def _only_cue() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{either('whole_cue')}|{either('part_cue')})\s*:?\s*$", re.I | re.M)


def check(context: Context) -> Iterator[Check]:
    """One check for every head and measure whose items all have an amount of that measure."""
    for item, heads, children in _lists(context):
        yield from _check(context, item, heads, children)


def listed(context: Context) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Every list's head that has one amount of a measure, with the amounts of its items; some may have none."""
    for _, heads, children in _lists(context):
        for head in heads:
            if sum(h.like(head) for h in heads) > 1 or head.vague:
                continue
            parts = [own for child in children if (own := _own(context, child, head)) is not None]
            if len(parts) > 1:
                yield head, parts


def _lists(context: Context) -> list[tuple[Item, list[Quantity], list[Item]]]:
    """(item, its amounts, its sub-items of one style) of every list of two or more; read once a report."""
    found: list[tuple[Item, list[Quantity], list[Item]]] | None = context.notes.get(__name__)
    if found is None:
        found = context.notes[__name__] = []
        for item in items(context):
            last = item.children[-1]
            if len(item.children) > 1 and context.between(item.children[0].start, last.end):
                heads = _heads(context, item)
                found += [(item, heads, children) for children in _runs(context, item) if len(children) > 1]
    return found


def _runs(context: Context, item: Item) -> Iterator[list[Item]]:
    """The children of one style, up to the full stop that ends a list whose other items end in semicolons."""
    by_style: dict[str, list[Item]] = {}
    for child in item.children:
        by_style.setdefault(child.style, []).append(child)
    for children in by_style.values():
        ends = [context.text[c.start : c.end].rstrip()[-1:] for c in children]
        last = ends.index(".") + 1 if ends[0] == ";" and "." in ends else len(ends)
        yield children[:last]


def _check(context: Context, item: Item, heads: list[Quantity], children: list[Item]) -> Iterator[Check]:
    cue = _ends_with_cue().search(context.text, max(item.start, item.end - 60), item.end)
    inherited = False
    if not heads and item.parent is not None and cue is not None:
        heads, inherited = _heads(context, item.parent), True  # 2. Chi cụ thể như sau: …, its total stands above
    kind: Cue = "bare" if cue is None or cue["colon"] else "whole" if cue["whole"] else "part"
    seen: list[Quantity] = []
    for head in heads:
        if any(head.like(s) for s in seen):
            continue
        seen.append(head)
        parts = [own for child in children if (own := _own(context, child, head)) is not None]
        if len(parts) < 2 or len(parts) < len(children):
            continue
        rivals = [h for h in heads if h.like(head)]
        fitting = next(((h, n) for h in rivals for n in range(len(parts), 1, -1) if _fits(h, parts, n)), None)
        if fitting is not None:  # what follows the parts may be items of their own
            yield passed((fitting[0].id, *(p.id for p in parts[: fitting[1]])))
            continue
        if _joined(context, head, parts):
            continue
        if inherited or len(rivals) > 1 or head.vague or any(p.vague for p in parts):
            continue
        if cue is None and not _plain(context, head, parts):
            continue
        last = (children[-1].start, parts[-1].start)
        all_told = kind != "part" or REST.search(context.text, *last) is not None
        claim = Claim(disjoint=True, understood=True, all_told=partial(bool, all_told))
        made = judge(context, RULE, head, parts, claim, (head.start, parts[-1].end))
        if made is not None:
            yield made


def _fits(head: Quantity, parts: list[Quantity], count: int) -> bool:
    """Whether the first `count` parts make the head as printed, and what follows is too much to be a slip."""
    left = sum(p.value for p in parts[count:])
    return (not left or left * 10 >= head.value) and weigh(head, parts[:count]) == "equal"


def _joined(context: Context, head: Quantity, parts: list[Quantity]) -> bool:
    """Whether one person may be in several parts: members of BHXH, BHYT, BHTN."""
    over = sum(p.value for p in parts) > head.value
    return head.measure == PEOPLE and over and "tham gia" in context.text[head.start : head.end + 30]


def _plain(context: Context, head: Quantity, parts: list[Quantity]) -> bool:
    """Whether items below a head without a cue look like its breakdown: three or more and about its sum."""
    amount = sum(p.value for p in parts)
    near = abs(amount - head.value) * 10 <= head.value
    return len(parts) > 2 and not head.whole and (near or mistyped(head, parts))


def _heads(context: Context, item: Item) -> list[Quantity]:
    """The levels of the item's own text; where `Trong đó:` has a line of its own, of its elder sisters too."""
    spans = [(item.start, item.end)]
    if item.parent is not None and _only_cue().search(context.text, item.start, item.end):
        elder = item.parent.children[max(0, item.place - _SISTERS) : item.place]
        spans += [(s.start, s.end) for s in elder if s.style == item.style]
    found = []
    for start, end in spans:
        if start < item.start - _HEAD_REACH:
            continue
        found += [
            q
            for q in context.between(start, end)
            if q.bracket < 0
            and q.measure != PERCENT
            and "/" not in q.measure
            and not context.is_change(q)
            and not context.is_plan(q)
            and not _inner(context, q)
        ]
    return found[-_MOST:]


def _inner(context: Context, quantity: Quantity) -> bool:
    """Whether it stands behind a cue in its sentence and is itself a part: 846 triệu đồng, trong đó: tỉnh 734 …"""
    return _cue().search(context.text, context.sentence(quantity.start)[0], quantity.start) is not None


def _own(context: Context, child: Item, head: Quantity) -> Quantity | None:
    """The first quantity of the head's kind in a child's own text."""
    for quantity in context.between(child.start, child.end):
        if quantity.bracket < 0 and quantity.like(head):
            return None if context.is_change(quantity) or context.is_plan(quantity) else quantity
    return None
