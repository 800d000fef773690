"""The place or places that each figure is about: the smallest ones that its clause, its list item or its heading names.

A figure without a place is about the report's own area; units that hold that area (the province of a district's report)
say nothing about a figure and are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.finding.lazy import lazy
from extractor.linking.clauses import Clause
from extractor.model import Figure, Level, Place, PlaceName, Section

_RANK: dict[Level, int] = {"commune": 0, "district": 1, "province": 2}
_ALL = lazy(
    r"(?:toàn|cả)\s+(?:tỉnh|huyện|xã|thành\s+phố|thị\s+xã|ngành|quốc)|trên\s+địa\s+bàn\s+(?:tỉnh|huyện|xã|thành\s+phố)(?!\s*\x02)",
    2,
)
_PASSING = lazy(
    r"(?:giáp|nối|nối\s+với|giáp\s+ranh|từ|đi|đến|về|qua)\s+(?:các\s+)?(?:xã|phường|huyện|thị\s+trấn|thành\s+phố|tỉnh|trung\s+tâm)?\s*$",
    2,
)
_CLEAR = lazy(
    r"^\s*(?:(?:tại|ở|của|thuộc|cho|trên|địa\s+bàn|các|xã|phường|thị\s+trấn|huyện|thị\s+xã|thành\s+phố|tỉnh|quận|làng|thôn|bản|nghèo|[^\W\d]+)\s+){0,9}$",
    2,
)
_ITEM = lazy(r"(?<!\w)\(\d{1,2}\)\s", 2)
"""The marker of an item inside a paragraph; what its first sentence says where, its other sentences are about too."""
_JOIN = lazy(r"\s*(?:,|;|và|-|–)?\s*(?:các\s+)?(?:xã|phường|thị\s+trấn|huyện|thị\s+xã|thành\s+phố|quận)?\s*$", 2)


def read(
    figures: Sequence[Figure],
    found: Sequence[Clause],
    places: Sequence[Place],
    sections: Sequence[Section],
    inside: Sequence[int],
    own: PlaceName | None,
    text: str,
    notes: Sequence[object] = (),
) -> list[tuple[PlaceName, ...]]:
    """The places of each of `figures`; `inside`: the index of each figure's section, -1 where none."""
    kept = [p for p in places if _lower(p, own)]
    if not kept:
        return [()] * len(figures)
    starts = [p.start for p in kept]
    out: list[tuple[PlaceName, ...]] = []
    stack: list[tuple[PlaceName, ...]] = [()]
    line: tuple[PlaceName, ...] = ()
    paragraph = sentence = -1
    done = 0
    for i, (figure, clause) in enumerate(zip(figures, found, strict=True)):
        start = figure.start
        if clause.paragraph != paragraph:
            paragraph, sentence = clause.paragraph, clause.sentence
            done = clause.line
            line = _label(kept, starts, done, start, text)
            stack = [line]
        elif clause.sentence != sentence:
            sentence = clause.sentence
            stack = [_of_item(kept, starts, clause.line, start, text) or line]
        else:
            for _ in range(min(clause.closed, len(stack) - 1)):
                stack.pop()
            if clause.joint == ";":
                stack[-1] = stack[-2] if len(stack) > 1 else line
        low = _clause_start(text, max(done, start - 300), start)
        before = _group(kept, starts, low, start, text)
        if before:
            stack[-1] = before
        elif ("oàn" in text[low:start] or "ả " in text[low:start] or "địa bàn" in text[low:start]) and _ALL.search(
            text, low, start
        ) is not None:
            stack[-1] = ()
        if clause.opened:
            stack.append(stack[-1])
        stop = figures[i + 1].start if i + 1 < len(figures) else len(text)
        behind = _behind(kept, starts, figure.end, min(stop, figure.end + 120), text)
        out.append(behind or stack[-1])
        done = figure.end
    return out


def _of_item(kept: Sequence[Place], starts: Sequence[int], line: int, start: int, text: str) -> tuple[PlaceName, ...]:
    """The place that the numbered item inside the paragraph, in which the figure at `start` stands, named last."""
    opened = -1
    for mark in _ITEM.finditer(text, max(line, start - 600), start):
        opened = mark.end()
    return _group(kept, starts, opened, start, text) if opened >= 0 else ()


def _lower(place: Place, own: PlaceName | None) -> bool:
    """Whether a place can be a part of the report's own area."""
    if own is None:
        return place.level != "province"
    if own.level == "commune":  # a commune's report may tell of its neighbours, or of the communes that it was made of
        return place.level == "commune" and place.name != own.name
    return _RANK[place.level] < _RANK[own.level]


def _clause_start(text: str, low: int, high: int) -> int:
    """Where the item or sentence that ends at `high` begins, not before `low`."""
    at = max(text.rfind(";", low, high) + 1, text.rfind("\n", low, high) + 1, low)
    dot = text.rfind(". ", at, high)
    while dot > at and not text[dot + 2 : dot + 3].isupper():
        dot = text.rfind(". ", at, dot)
    return max(at, dot + 1)


def _group(kept: Sequence[Place], starts: Sequence[int], low: int, high: int, text: str) -> tuple[PlaceName, ...]:
    """The places nearest before `high`: the last one with those it is listed with, the smallest level of them."""
    k = bisect_left(starts, high) - 1
    while (
        k >= 0
        and kept[k].start >= low
        and _PASSING.search(text, max(low, kept[k].start - 24), kept[k].start) is not None
    ):
        k -= 1
    if k < 0 or kept[k].start < low:
        return ()
    group = [kept[k]]
    while k > 0 and kept[k - 1].start >= low and _JOIN.fullmatch(text, kept[k - 1].end, group[-1].start) is not None:
        k -= 1
        group.append(kept[k])
    if k > 0 and len(group) == 1 and kept[k - 1].start >= low:
        between = text[kept[k - 1].end : kept[k].start]
        if len(between) < 16 and "(" in between and _RANK[kept[k - 1].level] < _RANK[kept[k].level]:
            group = [kept[k - 1]]
            k -= 1
            while (
                k > 0
                and kept[k - 1].start >= low
                and _JOIN.fullmatch(text, kept[k - 1].end, group[-1].start) is not None
            ):
                k -= 1
                group.append(kept[k])
    return _smallest(group[::-1])


def _behind(kept: Sequence[Place], starts: Sequence[int], low: int, high: int, text: str) -> tuple[PlaceName, ...]:
    """The places that the words right behind a figure name: `375,2 triệu đồng tại xã X`, `01 người (xã X)`."""
    k = bisect_left(starts, low)
    if k >= len(kept) or kept[k].start >= high:
        return ()
    between = text[low : kept[k].start]
    bracket = between.lstrip().startswith("(")
    words = between.lstrip(" (")
    if any(c in words for c in ",;:.()\n") or (words and _CLEAR.match(words) is None):
        comma = words.rfind(",")
        if (
            comma < 4
            or any(c in words for c in ";:.()\n")
            or words[comma + 1 :].strip() not in ("xã", "phường", "thị trấn", "huyện")
        ):
            return ()
    lead = words.split()
    if not bracket and not any(
        w in ("tại", "ở", "của", "thuộc", "cho", "bàn", "khỏi", "các", "xã", "phường", "huyện") for w in lead
    ):
        return ()
    if lead and lead[0].lower() in ("và", "với", "đạt", "tăng", "giảm"):
        return ()
    if _PASSING.search(between) is not None and "tại" not in lead:
        return ()
    group = [kept[k]]
    while (
        k + 1 < len(kept)
        and kept[k + 1].start < high
        and _JOIN.fullmatch(text, kept[k].end, kept[k + 1].start) is not None
    ):
        k += 1
        group.append(kept[k])
    return _smallest(group)


def _label(kept: Sequence[Place], starts: Sequence[int], low: int, high: int, text: str) -> tuple[PlaceName, ...]:
    """The place that a line opens with: `- Huyện Bắc Hà: …`."""
    k = bisect_left(starts, low)
    if k >= len(kept) or kept[k].start >= high or kept[k].start - low > 24:
        return ()
    if text[kept[k].end : kept[k].end + 1] != ":":
        return ()
    return (PlaceName(kept[k].name, kept[k].level, kept[k].code),)


def _smallest(group: Sequence[Place]) -> tuple[PlaceName, ...]:
    low = min(_RANK[p.level] for p in group)
    return tuple(dict.fromkeys(PlaceName(p.name, p.level, p.code) for p in group if _RANK[p.level] == low))
