"""The labels of automatic numbering in a DOCX: they stand in no paragraph's text, only in numbering.xml.

ECMA-376 Part 1, 17.9. Counters belong to the abstract list, so that two lists made from one continue each other; a
`startOverride` restarts at the first paragraph of its own list. What Word shows is what is rendered: its
lowerLetter has no `đ`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from extractor.reading.counting import written
from extractor.reading.docx_xml import attribute, child, children, number_of

_PLACE = re.compile(r"%([1-9])")
_BULLETS = {"\uf02d": "-", "\uf02b": "+", "\uf02a": "*", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf06f": "o"}
"""The bullets of Symbol and Wingdings that reports use; all others are shown as •."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is labelled: `text` holds `%1` … `%9` for the counters of the levels."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    gap: str = " "
    legal: bool = False  # all counters as decimals
    restart: int | None = None  # restarts after this level (1 = outermost); 0 never; None after any outer one
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One w:num: the abstract list that it counts in, its levels, and the overrides still to be used."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


def _level(node: _Element) -> Level:
    text = attribute(child(node, "lvlText"), "val") or ""
    suffix = attribute(child(node, "suff"), "val")
    restart = child(node, "lvlRestart")
    return Level(
        start=number_of(child(node, "start"), 1),
        format=attribute(child(node, "numFmt"), "val") or "decimal",
        text=text,
        gap="" if suffix == "nothing" else " ",
        legal=child(node, "isLgl") is not None and attribute(child(node, "isLgl"), "val") not in ("0", "false"),
        restart=None if restart is None else number_of(restart, 0),
        style=attribute(child(node, "pStyle"), "val"),
    )


class Numbering:
    """Counts the numbered paragraphs of one document in order and gives each its label."""

    def __init__(self, root: _Element | None, style_lists: dict[str, str] | None = None) -> None:
        """root: numbering.xml, None where there is none; style_lists: numId by the id of a list style."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstracts = {attribute(n, "abstractNumId") or "": n for n in children(root, "abstractNum")}
        nums = {attribute(n, "numId") or "": n for n in children(root, "num")}
        for number, node in nums.items():
            abstract = attribute(child(node, "abstractNumId"), "val") or ""
            for _ in range(3):  # a list that only names a style takes the list of that style
                link = attribute(child(abstracts.get(abstract), "numStyleLink"), "val")
                linked = nums.get((style_lists or {}).get(link or "", ""))
                if linked is None:
                    break
                abstract = attribute(child(linked, "abstractNumId"), "val") or ""
            base = abstracts.get(abstract)
            levels = {number_of(n, 0, "ilvl"): _level(n) for n in children(base, "lvl")} if base is not None else {}
            made = _List(abstract, levels)
            for override in children(node, "lvlOverride"):
                at = number_of(override, 0, "ilvl")
                own = child(override, "lvl")
                if own is not None:
                    made.levels[at] = _level(own)
                start = child(override, "startOverride")
                if start is not None:
                    made.starts[at] = number_of(start, 1)
                    made.levels[at] = replace(made.levels.get(at, Level()), start=made.starts[at])
            self._lists[number] = made

    def level_of_style(self, number: str, style: str) -> int:
        """The level of list `number` that belongs to paragraph style `style`; 0 where none says so."""
        found = self._lists.get(number)
        return next((at for at, level in found.levels.items() if level.style == style), 0) if found else 0

    def label(self, number: str, at: int) -> str:
        """The label, with the gap behind it, of the next paragraph of list `number` (w:numId) at level `at` (from 0).

        "" where the list or level is unknown or shows nothing.
        """
        found = self._lists.get(number)
        if found is None or at not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if at in found.starts:
            counters[at] = found.starts.pop(at)
        else:
            counters[at] = counters[at] + 1 if at in counters else found.levels[at].start
        for deeper in [d for d in counters if d > at]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or at < restart:
                del counters[deeper]
        level = found.levels[at]
        if level.format == "bullet":
            text = "".join(_BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in level.text)
        else:
            text = _PLACE.sub(lambda m: self._counter(found, counters, int(m.group(1)) - 1, level), level.text)
        return text + level.gap if text.strip() else ""

    @staticmethod
    def _counter(found: _List, counters: dict[int, int], at: int, shown: Level) -> str:
        level = found.levels.get(at, Level())
        form = "decimal" if shown.legal and level.format != "none" else level.format
        return written(counters.get(at, level.start), form)
