"""Where a heading's own text ends: the whole line of a short heading, else its first clause or sentence.

A run-in heading (`d) Đào tạo, bồi dưỡng: Trong năm …`) ends at its colon, a paragraph that is one long item at its first
full stop before a capital.
"""

from __future__ import annotations

from functools import lru_cache

import regex

SHORT = 160
"""A longer first clause is a sentence rather than a heading; it is still the item's best name, so it is kept whole."""


@lru_cache(maxsize=1)
def _ends() -> regex.Pattern[str]:
    return regex.compile(r":(?=\s|$)|(?<!\b\p{Lu}|\bTP|\bTT|\bTX|\bKT|\bTM|\bGS|\bTS|\bThS|\d)[.;]\s+(?=[\p{Lu}“\"(])|(?<=\d)[.;]\s+(?=\p{Lu}\p{Ll})")


def title(text: str, start: int, end: int) -> str:
    """The heading's own text in the paragraph `text[start:end]` (the marker already passed), without its closing mark."""
    depth_free = _ends().search(text, start, min(end, start + 2000))
    while depth_free and text.count("(", start, depth_free.start()) > text.count(")", start, depth_free.start()):
        depth_free = _ends().search(text, depth_free.end(), min(end, start + 2000))
    stop = depth_free.start() if depth_free else end
    return text[start:stop].strip().rstrip(".:;,").rstrip()
