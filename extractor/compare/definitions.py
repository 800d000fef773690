"""Definitions that change with time: which poverty standard (chuẩn nghèo) a figure was counted by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from extractor import patterns

Span = tuple[int, int]


@lru_cache(maxsize=1)
def _standards() -> list[tuple[str, int, int, re.Pattern[str], frozenset[str]]]:
    entries: list[dict[str, Any]] = patterns.load("definitions")["definition"]
    return [
        (e["label"], e["since"], e["until"], re.compile("|".join(e["cues"]), re.IGNORECASE), frozenset(e["indicators"]))
        for e in entries
    ]


class Definitions:
    """The definitions that one document names, and where."""

    def __init__(self, text: str, sections: Sequence[Span]) -> None:
        """sections: where each section of `text` starts and ends, parents before children."""
        self._text, self._sections = text, sections
        self._cues = _cues(text)

    def of(
        self, indicator_id: str | None, words: frozenset[str], start: int, year: int | None, beside: str = ""
    ) -> str | None:
        """The definition that the figure at `start` was counted by: that which the words `beside` it (of its table)
        name, else its own section before it, else the heading of a section above, else the one that held at the end
        of `year`; None where no definition changes what it counts."""
        if not _concerned(indicator_id, words):
            return None
        if named := _cues(beside):
            return named[-1][1]
        around = [i for i, (first, last) in enumerate(self._sections) if first <= start < last]
        for depth, i in enumerate(reversed(around)):
            first = self._sections[i][0]
            last = start if depth == 0 else self._head_end(i)
            if found := [label for where, label in self._cues if first <= where < last]:
                return found[-1]
        return next((label for label, since, until, *_ in _standards() if year and since <= year <= until), None)

    def _head_end(self, section: int) -> int:
        """Where the first section inside it begins."""
        following = self._sections[section + 1 : section + 2]
        return following[0][0] if following else self._sections[section][1]


def _cues(text: str) -> list[tuple[int, str]]:
    return sorted((m.start(), label) for label, *_, cue, _ in _standards() for m in cue.finditer(text))


def _concerned(indicator_id: str | None, words: frozenset[str]) -> bool:
    if indicator_id is None:
        return "nghèo" in words
    return any(indicator_id in concerned for *_, concerned in _standards())


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/definitions.toml`: where `text` names the definition."""
    cue = re.compile("|".join(entry["cues"]), re.IGNORECASE)
    return [m[0] for m in cue.finditer(text)]
