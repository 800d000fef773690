"""Where the text announces that one quantity is made up of others: `174 công trình, gồm: giao thông 58; …`.

A breakdown is a head, a cue (gồm, trong đó, chia ra, a colon, an opening bracket) and the quantities of the same kind
that follow it side by side, each with its own label, up to the end of the bracket, sentence or enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extractor.auditing.context import PEOPLE, PERCENT, Context, Quantity, either, words
from extractor.finding.lazy import lazy

Cue = Literal["whole", "part", "bare"]

_ITEM = lazy(r"\((\d{1,2})\)")
_FIRST_ITEM = lazy(r"\s*\(1\)")
_SEPARATES = lazy(r"[,;\n]|(?<!\w)(?:và|còn|\(\d{1,2}\))(?!\w)")
_BARE = lazy(r"(?<![\d.,/%–-])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?=\s*(?:[,;)]|\.(?!\d)|và\s|$))")
_BRACKETED = lazy(r"\([^()]*\)")
_LETTERS = lazy(r"[^\W\d_]{2}")
_NEW_CLAUSE = lazy(r"[;,]\s*(?:có|đã|còn|được|đến|qua|cùng|hiện|thu)\s")
REST = lazy(r"(?<!\w)(?:khác|còn\s+lại)(?!\w)", re.I)
_UNCOUNTED = lazy(r"[^,;.()\d]{0,40}[,;]\s*(?:và\s+)?(?:phần\s+|số\s+)?còn\s+lại\s+là\s+(?!\d)", re.I)
_JOINT = lazy(r"[,;]")
_LINE_END = lazy(r"[^\S\n]*\n")
_HEAD_REACH = 90
_MOST = 64  # quantities in a list
_SENTENCE, _LIST = 600, 4000  # characters; longer ones are no prose, and reading them again and again would take long


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with its parts.

    `cue`: "whole" where the parts are said to be all, "part" after trong đó, "bare" after a bracket or colon. `listed`:
    a colon, bracket or numbering opens the list, so that all of it belongs to the head. `sure` is False where something
    in it was not understood or its head is one of several. The list itself is `text[start:end]`.
    """

    head: Quantity
    parts: tuple[Quantity, ...]
    cue: Cue
    start: int
    end: int
    listed: bool
    sure: bool

    def leaves_out(self, context: Context) -> bool:
        """Whether a word says that not all parts are named (như, tiêu biểu, …), or what remains follows without a
        number."""
        start = self.start if self.cue != "bare" else self.head.end
        rest = _UNCOUNTED.match(context.text, self.parts[-1].end, self.end)
        return rest is not None or _not_all().search(context.text, start, self.end) is not None

    def names_rest(self, context: Context) -> bool:
        """Whether the last part is what remains (khác, còn lại)."""
        before = self.parts[-2].end if len(self.parts) > 1 else self.start
        return REST.search(context.text, before, self.parts[-1].start) is not None


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    word = rf"(?P<whole>(?<!\w){either('whole_cue')})|(?P<part>(?<!\w){either('part_cue')})"
    return re.compile(rf"\((?!\d{{1,2}}\))|:(?!\s*\d[\d.,]*\s*%)|{word}(?!\w)", re.I)


@lru_cache(maxsize=1)
def _cue_begins() -> re.Pattern[str]:
    """Where a cue may begin, by plain letters only: the engine skips to their first characters (_cue decides)."""
    firsts = {w.split(" ")[0] for w in words("whole_cue") | words("part_cue")}
    return re.compile("|".join([r"\(", ":", *sorted(firsts), *sorted(w.capitalize() for w in firsts)]))


@lru_cache(maxsize=1)
def _cue_goes_on() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:(?P<whole>{either('whole_cue')})|(?P<part>{either('part_cue')}))?(?:\s+(?:có|là|như\ssau))*\s*:?\s*(?P<open>\((?!\d{{1,2}}\)))?",
        re.I,
    )


@lru_cache(maxsize=1)
def _nested() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('whole_cue')}|{either('part_cue')}|riêng|như|trong\s+số)(?!\w)", re.I)


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either('list_end')}(?!\w)", re.I)


@lru_cache(maxsize=1)
def _not_all() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either('not_all')}(?!\w)|…|\.\.\.", re.I)


def breakdowns(context: Context) -> list[Breakdown]:
    """All breakdowns inside sentences, in order; read once a report."""
    found: list[Breakdown] | None = context.notes.get(__name__)
    if found is None:
        found = context.notes[__name__] = list(_find(context))
    return found


def _find(context: Context) -> Iterator[Breakdown]:
    text = context.text
    done = 0
    for start, _, inside in context.sentences:
        for hit in _cue_begins().finditer(text, max(start, done), inside[-1].start):
            match = _cue().match(text, hit.start()) if hit.start() >= done else None
            if match is None:
                continue
            heads = _heads(context, match)
            if not heads:
                continue
            kind: Cue = "whole" if match["whole"] else "part" if match["part"] else "bare"
            at, bracket = match.end(), context.bracket_at(match.start())
            if match[0] == "(":
                bracket = match.start()
            more = _cue_goes_on().match(text, at)
            if more is not None:
                at = done = more.end()
                kind = "whole" if more["whole"] else "part" if more["part"] else kind
                if more["open"]:
                    bracket = more.end() - 1
            if not _LINE_END.match(text, at):  # a list of lines is read by list_totals
                listed = kind != "part" or ":" in text[match.end() : at] or bracket >= match.start()
                yield from _read(context, heads, kind, at, bracket, bracket >= match.start(), listed)


def _heads(context: Context, match: re.Match[str]) -> list[Quantity]:
    """The quantities that the cue may break down, nearest last."""
    text, at = context.text, match.start()
    last = context.before(at)
    if last is None or (match.lastgroup is None and at - last.end > _HEAD_REACH):
        return []
    if match[0] == ":" and _JOINT.search(text, last.end, at):
        return []
    start = max(context.sentence(at)[0], at - _SENTENCE)
    named = bool(match["whole"] or match["part"])
    if named and not context.between(start, at) and not _LETTERS.search(text, start, at) and start:
        start = max(context.sentence(max(0, start - 2))[0], at - _SENTENCE)
        return [q for q in context.between(start, at) if q.bracket < 0]
    bracket = context.bracket_at(at)
    near = [q for q in context.between(start, at) if q.bracket == bracket]
    if not near:
        return []
    semicolon = text.rfind(";", start, at)
    if named and semicolon >= 0 and not text[semicolon + 1 : at].strip():
        semicolon = text.rfind(";", start, semicolon)  # 1.200 hộ; trong đó …
    near = [q for q in near if q.start > semicolon]
    if not near or at - near[-1].end > _HEAD_REACH:
        return []
    label = text[near[-1].end : at]
    if match[0] == "(" and len(near) > 2 and "," in label and _LETTERS.search(label):
        return []
    return near


def _read(
    context: Context, heads: list[Quantity], kind: Cue, start: int, bracket: int, opened: bool, listed: bool
) -> Iterator[Breakdown]:
    items = None if opened else _items(context, start)
    if items is not None:
        end = items[-1][1]
    elif opened:
        closing = context.closing(bracket)
        if closing is None:
            return
        end = closing
    else:
        end = context.sentence(start)[1]
        if bracket >= 0:
            end = min(end, context.closing(bracket) or end)
    end = min(end, start + _LIST)
    inside = [q for q in context.between(start, end)[:_MOST] if q.bracket == bracket and q.measure != PERCENT]
    if not inside:
        return
    seen: list[Quantity] = []
    for head in reversed(heads):
        if head.measure == PERCENT or "/" in head.measure or any(head.like(s) for s in seen):
            continue
        rivals = [
            q for q in heads if q.like(head) and q is not head and not context.is_plan(q) and not context.is_change(q)
        ]
        if context.is_plan(head) and rivals:
            continue
        seen.append(head)
        parts, sure = _of_items(items, inside, head) if items else _side_by_side(context, head, inside, start, end)
        if parts:
            ambiguous = bool(rivals) or head.vague or any(p.vague for p in parts)
            for rival in [head, *rivals]:  # where one head fits, it is the one meant
                if sum(p.value for p in parts) == rival.value:
                    head, ambiguous = rival, head.vague
                    break
            yield Breakdown(
                head=head,
                parts=tuple(parts),
                cue=kind,
                start=start,
                end=end,
                listed=listed or items is not None,
                sure=sure and not ambiguous,
            )


def _items(context: Context, start: int) -> list[tuple[int, int]] | None:
    """The spans of `(1) … (2) … (3) …` that begin at `start`, over sentences but not over the paragraph's end."""
    text = context.text
    if not _FIRST_ITEM.match(text, start):
        return None
    stop = min(context.line(start)[1], start + _LIST)
    marks: list[int] = []
    for match in _ITEM.finditer(text, start, stop):
        if int(match[1]) == len(marks) + 1:
            marks.append(match.start())
        elif match[1] == "1":
            break  # the next list
    if len(marks) < 2:
        return None
    last = context.sentence(marks[-1])[1]
    return [(a, b) for a, b in zip(marks, [*marks[1:], max(last, marks[-1] + 1)], strict=True)]


def _of_items(items: list[tuple[int, int]], inside: list[Quantity], head: Quantity) -> tuple[list[Quantity], bool]:
    """The first quantity of the head's kind in every item; sure where every item has one."""
    parts = []
    for start, end in items:
        own = [q for q in inside if start <= q.start < end and q.like(head)]
        parts += own[:1]
    return parts, len(parts) == len(items)


def _side_by_side(
    context: Context, head: Quantity, inside: list[Quantity], start: int, end: int
) -> tuple[list[Quantity], bool]:
    """The quantities of the head's kind that stand side by side in [start, end), bare numbers of the list included."""
    text = context.text
    parts: list[Quantity] = []
    sure = True
    cut = nested = False
    last = start
    alike = [q for q in inside if q.like(head) and q.of is None]
    for quantity in alike:
        gap = _BRACKETED.sub(" ", text[last : quantity.start])
        if parts and (_stops().search(gap) or _NEW_CLAUSE.search(gap)):
            cut = True
            break
        if parts and not _SEPARATES.search(gap):
            sure = False
            break
        own = gap.rpartition(";")[2]
        inner = bool(parts) and _nested().search(own) is not None
        nested = inner or (nested and ";" not in gap)
        if nested:  # A 60 hộ, trong đó 20 hộ …; B 40 hộ
            sure = sure and ";" not in gap
            last = quantity.end
            continue
        if context.is_change(quantity) or context.is_plan(quantity):
            sure = sure and bool(parts) and ";" not in gap
            last = quantity.end
            continue
        parts += _bare_numbers(context, last, quantity.start, head)
        if not (parts and not _LETTERS.search(gap) and "/" in gap):  # a pair is one part: 612 hộ/404 hộ
            parts.append(quantity)
        last = quantity.end
    tail_end = end if not parts else min(end, _list_stop(text, last, end))
    parts += _bare_numbers(context, last, tail_end, head)
    sure = sure and not _stranger(context, head, parts, inside)
    if cut and sum(p.value for p in parts) < head.value:
        sure = False  # what comes next may be a part after all
    return parts, sure


def _stranger(context: Context, head: Quantity, parts: list[Quantity], inside: list[Quantity]) -> bool:
    """Whether between people a quantity of unknown kind has a place of its own in the list: it may be people, too."""
    if head.measure != PEOPLE or len(parts) < 2:
        return False
    for quantity in inside:
        if quantity.whole and not quantity.like(head) and parts[0].end <= quantity.start < parts[-1].start:
            around = (
                context.text[quantity.start - 2 : quantity.start].strip(),
                context.text[quantity.end : quantity.end + 1],
            )
            if around[0] in (",", ";", "") and around[1] in (",", ";"):
                return True
    return False


def _list_stop(text: str, start: int, end: int) -> int:
    stop = _stops().search(text, start, end)
    return stop.start() if stop else end


def _bare_numbers(context: Context, start: int, end: int, head: Quantity) -> list[Quantity]:
    """Numbers of a list that carry no unit (`hư hỏng 07, sập 12`), where the head counts whole things."""
    if not head.whole or end - start > 400:
        return []
    text = context.text
    found: list[Quantity] = []
    for match in _BARE.finditer(text, start, end):
        label = text[max(start, found[-1].end if found else start) : match.start()]
        if not _LETTERS.search(label) or _number_of_name(label):
            continue
        bracket = context.bracket_at(start)
        taken = context.before(match.end())
        if (taken is not None and taken.end > match.start()) or context.bracket_at(match.start()) != bracket:
            continue
        value = Decimal(match[1].replace(".", ""))
        if value > head.value:
            continue
        place = (match.start(1), match.end(1), match[1])
        found.append(Quantity("", *place, head.measure, value, None, Decimal(1), True, False, bracket))
    return found


@lru_cache(maxsize=1)
def _name_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either('numbered')}\s*$", re.I)


def _number_of_name(label: str) -> bool:
    """Whether the label ends with a word that a number belongs to as a name: năm, tháng, lớp, tiêu chí …"""
    return _name_words().search(label) is not None
