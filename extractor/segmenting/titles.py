"""Where a heading's own text ends: the whole line of a short heading, else its first clause or sentence.

A run-in heading (`d) Đào tạo, bồi dưỡng: Trong năm …`) ends at its colon, a paragraph that is one long item at its
first full stop before a capital.
"""

from __future__ import annotations

from functools import lru_cache

import regex

LONGEST = 2000
"""No heading is longer; what follows is not looked at."""


@lru_cache(maxsize=1)
def _ends() -> regex.Pattern[str]:
    return regex.compile(
        r":(?=\s|$)|(?<!\b\p{Lu}|\bTP|\bTT|\bTX|\bKT|\bTM|\bGS|\bTS|\bThS|\d)[.;]\s+(?=[\p{Lu}“\"(])"
        r"|(?<=\d)[.;]\s+(?=\p{Lu}\p{Ll})"
    )


def title(text: str, start: int, end: int) -> str:
    """The heading's own text in the paragraph `text[start:end]` (behind the marker), without its closing mark."""
    end = min(end, start + LONGEST)
    for match in _ends().finditer(text, start, end):
        stop = match.start()
        if text.count("(", start, stop) <= text.count(")", start, stop):
            return _bare(text[start:stop])
    return _bare(text[start:end])


def _bare(heading: str) -> str:
    return heading.strip().rstrip(".:;,").rstrip()
