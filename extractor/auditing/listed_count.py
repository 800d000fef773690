"""A stated count against the items listed after it: `5/9 tiêu chí gồm: A, B, C, D, E, F`, `05 xã A, B, C, D`.

Commas and semicolons separate items, `và` may join two or stand inside one, so that a list has from one to another
number of items; the count must lie between. Criteria named by number and places of the gazetteer are counted exactly.
Of other things a list is counted only where semicolons set its items apart, or where each of its lines opens with the
noun that is counted (`- Dự án 1: …`); commas stand inside such items too often.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from extractor.auditing.context import Check, Context, Quantity, either, passed
from extractor.auditing.lists import items
from extractor.finding.lazy import lazy

RULE = "listed_count"

_MOST = 40
_LONGEST = 2000
_LEVELS = {"xã": "commune", "phường": "commune", "huyện": "district"}
_CRITERION = lazy(r"(?<!\w)tiêu\s+chí\s+(?:số\s+)?(\d{1,2})(?!\d)", re.I)
_BRACKETED = lazy(r"\([^()]*\)")
_COMMA, _SEMICOLON = lazy(r","), lazy(r";")
_AND = lazy(r"(?<!\w)(?:và|cùng)(?!\w)")
_LINE_LEFT = lazy(r"[^.;:()\n]{0,40}:\s*", re.I)
_PLACE_GAP = lazy(r"\s*(?:[,;]|và|,\s*và|-|–)?\s*(?:(?:xã|phường|thị\s+trấn|huyện|thôn)\s+)?", re.I)
_PLACE_BEGIN = lazy(
    r"[\s:,]*(?:\(|gồm:?|là:?|bao\s+gồm:?|gồm\s+các\s+xã:?)?\s*(?:(?:các\s+)?(?:xã|phường|huyện)\s*:?\s*)?", re.I
)


@lru_cache(maxsize=1)
def _announces() -> re.Pattern[str]:
    """From a count to the list of what it counts: (up to six words) gồm: / là: / đó là: / a colon."""
    return re.compile(
        r"(?:\s+[^\W\d]+|\s*\([^()\d]{1,30}\)|\s*,(?=\s+(?:gồm|bao|đó|là))){0,8}?\s*(?:,\s*)?(?:(?:bao\s+gồm|gồm(?:\s+có)?|đó\s+là|cụ\s+thể|là)\s*:|:)\s*",
        re.I,
    )


@lru_cache(maxsize=1)
def _not_all() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either('not_all')}(?!\w)|…|\.\.\.", re.I)


def check(context: Context) -> Iterator[Check]:
    """One check for every small count that announces a list of names."""
    starts = [p.start for p in context.report.places]
    for quantity in context.quantities:
        if not quantity.whole or not 2 <= quantity.value <= _MOST or quantity.vague or quantity.figure is None:
            continue
        kind = quantity.figure.unit.split(" ")[0].rstrip(",")
        if kind in _LEVELS:
            made = _places(context, quantity, _LEVELS[kind], starts)
        elif kind in ("tiêu", "chỉ"):
            made = _names(context, quantity)
        else:
            made = _lines(context, quantity) or _apart(context, quantity)
        if made is not None:
            yield made


def _names(context: Context, quantity: Quantity) -> Check | None:
    """Criteria or targets listed by name or number up to the end of the sentence."""
    link = _announces().match(context.text, quantity.end)
    if link is None or _not_all().search(context.text, quantity.end, link.end()):
        return None
    start, end = link.end(), _list_end(context, link.end())
    if end is None or _not_all().search(context.text, start, end):
        return None
    listed = _BRACKETED.sub("", context.text[start:end]).rstrip(" .;,")
    numbered = _CRITERION.findall(context.text, start, end)
    if numbered:
        least = most = len(set(numbered))
    else:
        if context.between(start, end) or len(listed) > 600:
            return None
        breaks = len((_SEMICOLON if ";" in listed else _COMMA).findall(listed))
        least, most = breaks + 1, breaks + 1 + len(_AND.findall(listed))
    if least < 2:
        return None
    return _judge(context, quantity, least, most, end)


def _apart(context: Context, quantity: Quantity) -> Check | None:
    """Things of any kind listed behind `gồm:` with semicolons between them, up to the end of the sentence."""
    link = _announces().match(context.text, quantity.end)
    end = context.sentence(link.end())[1] if link is not None else 0
    if link is None or quantity.of is not None or _not_all().search(context.text, quantity.end, end):
        return None
    listed = _BRACKETED.sub("", context.text[link.end() : end]).rstrip(" .;\n")
    count = listed.count(";") + 1
    if count < 3 or "\n" in listed or ":" in listed or context.between(link.end(), end):
        return None
    return _judge(context, quantity, count, count + len(_AND.findall(listed.rpartition(";")[2])), end, sure=False)


def _lines(context: Context, quantity: Quantity) -> Check | None:
    """Things listed line by line below a line that ends with their count, each named by the noun that is counted."""
    start, end = context.line(quantity.start)
    if quantity.of is not None or _LINE_LEFT.fullmatch(context.text, quantity.end, end) is None:
        return None
    lists = items(context)
    at = bisect_left(lists, start, key=lambda item: item.start)
    if at == len(lists) or lists[at].start != start:
        return None
    item = lists[at]
    noun = re.compile(rf"\W*{re.escape(quantity.measure)}(?!\w)", re.I)
    if not all(noun.match(context.text, child.start, child.end) for child in item.children):
        return None
    return _judge(context, quantity, len(item.children), len(item.children), item.children[-1].end, sure=False)


def _list_end(context: Context, start: int) -> int | None:
    """The end of the list: its sentence, or, where lines end with a semicolon, the last of them."""
    text = context.text
    end = context.sentence(start)[1]
    while end - start < _LONGEST and end < len(text) - 1 and text[max(start, end - 9) : end].rstrip().endswith(";"):
        end = context.sentence(end + 1)[1]
    return end if end - start < _LONGEST else None


def _places(context: Context, quantity: Quantity, level: str, starts: list[int]) -> Check | None:
    """Places named directly behind their count: `05 xã A, B, C, D`, `2 xã (A và B)`."""
    begin = _PLACE_BEGIN.match(context.text, quantity.end)
    at = begin.end() if begin else quantity.end
    if quantity.of is not None or not begin:
        return None
    places = context.report.places
    index = bisect_left(starts, at)
    names: list[str] = []
    end = at
    while index < len(places) and _PLACE_GAP.fullmatch(context.text, end, places[index].start):
        if places[index].level != level:
            return None
        names.append(places[index].text)
        end = places[index].end
        index += 1
    if len(names) < 2 or _not_all().search(context.text, quantity.end, end):
        return None
    after = context.text[end : end + 40].lstrip()
    bracketed = begin[0].rstrip()[-1:] == "("
    if (bracketed and after[:1] != ")") or re.match(r"(?:của|thuộc)\s", after):
        return None  # A, B của huyện X; C, D của huyện Y
    if re.match(r"[,;]\s*(?:[A-ZĐÂĂÔƠÊƯÁÀẢÃẠ]|(?:xã|thị|phường)\s)|và\s|[-–]\s", after):
        return None  # the list goes on with a name that is not known
    return _judge(context, quantity, len(names), len(names), end)


def _judge(
    context: Context, quantity: Quantity, least: int, most: int, end: int, *, sure: bool | None = None
) -> Check:
    """`sure`: whether a difference is an error (default: where the list has one number of items)."""
    if least <= quantity.value <= most:
        return passed((quantity.id,))
    listed = str(least) if least == most else f"{least} to {most}"
    message = f"{quantity.text}: {listed} are listed"
    severity = "error" if (least == most if sure is None else sure) else "warning"
    return context.found(RULE, severity, message, quantity.start, end, (quantity.id,))
