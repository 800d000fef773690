"""Lists of lines (1., a), -, +) as a tree by their marks, each item with its own text before its sub-items.

The section tree knows numbered headings only; totals are broken down over dashes and pluses too, and over plain lines
of one amount each below them (budget resolutions).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.auditing.context import MONEY, Context
from extractor.finding.lazy import lazy

_MARK = lazy(
    r"[^\S\n]*(?:(?P<dash>[-–+*•])[^\S\n]*(?=\S)|\((?P<round>\d{1,2})\)[^\S\n]|(?P<number>\d{1,2}(?:(?:\.\d{1,2}){1,4}\s?[.)/-]{0,2}|\s?[.)/-]{1,2}))[^\S\n]"
    r"|(?P<letter>[a-zđ])\s?[.)-][^\S\n]|(?P<roman>[IVX]{1,6})\s?[.)/-]{1,2}[^\S\n])"
)
_DIGITS = lazy(r"\d+")
_LOW = frozenset(("-", "–", "+", "*", "•", "plain", "text"))
_PLAIN_ITEM_LENGTH = 90


@dataclass(eq=False)
class Item:
    """One line of a list: `start` to `end` is its own text (continuing lines included), sub-items are `children`."""

    style: str
    start: int
    end: int
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    place: int = 0  # among the parent's children


def items(context: Context) -> list[Item]:
    """All items that have sub-items, in the order of the text; read once a report."""
    found: list[Item] | None = context.notes.get(__name__)
    if found is None:
        found = context.notes[__name__] = [item for item in _read(context) if item.children]
    return found


def _read(context: Context) -> list[Item]:
    text = context.text
    stack: list[Item] = []
    made: list[Item] = []
    for start, end in context.lines:
        style = _style(text, start, end)
        if not style and _is_plain_item(context, stack, start, end):
            style = "plain"
        if not style and _is_head(context, start, end):
            style = "text"
            low = next((i for i, above in enumerate(stack) if above.style in _LOW), len(stack))
            del stack[low:]
        if not style:
            if stack and end > start:
                _continue(stack, end)
            continue
        item = Item(style, start, end)
        known = next((i for i, above in enumerate(stack) if above.style == style or _ends(style, above.style)), None)
        if known is not None:
            del stack[known:]
        if stack:
            item.parent, item.place = stack[-1], len(stack[-1].children)
            stack[-1].children.append(item)
        stack.append(item)
        made.append(item)
    return made


def _ends(style: str, above: str) -> bool:
    """Whether a heading of this style ends what is open: 3.2 ends every list and every heading that is as deep."""
    return style > "number1" and style.startswith("number") and not (above == "roman" or "number" < above < style)


def _style(text: str, start: int, end: int) -> str:
    mark = _MARK.match(text, start, end)
    if mark is None:
        return ""
    group = mark.lastgroup or ""
    if group == "dash":
        return mark[0].strip()[0]
    if group == "number":
        return f"number{len(_DIGITS.findall(mark['number']))}"
    return group


def _continue(stack: list[Item], end: int) -> None:
    """A line without a mark goes on with the item before it."""
    if not stack[-1].children:
        stack[-1].end = end


def _is_plain_item(context: Context, stack: list[Item], start: int, end: int) -> bool:
    """Whether an unmarked line is an item all the same: `Quản lý nhà nước: 12,5 tỷ đồng.` below `+ Chi hành chính`."""
    if not stack or stack[-1].style not in ("+", "-", "plain") or end - start > _PLAIN_ITEM_LENGTH:
        return False
    own = context.between(start, end)
    if len(own) != 1 or own[0].measure != MONEY:
        return False
    return context.text[own[0].end : end].strip(" .;") == "" and ":" in context.text[start : own[0].start]


def _is_head(context: Context, start: int, end: int) -> bool:
    """Whether an unmarked line with an amount opens a list: `Tổng chi: 12,5 tỷ đồng, gồm:`."""
    return context.text[max(start, end - 9) : end].rstrip().endswith(":") and bool(context.between(start, end))
