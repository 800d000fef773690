"""What a plain text keeps side by side with spaces, as `pdftotext -layout` writes it: the two columns of letterhead and
signature block, which are parted and read one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

MOST_LINES = 40
"""No letterhead or signature block has more lines."""


@lru_cache(maxsize=1)
def _opening() -> regex.Pattern[str]:
    return regex.compile(
        r"\s*+\S.{0,200}?(?P<gap>\s{3,200})(?i:cộng ho?[òaà]a? xã hội|đảng cộng sản việt nam)"
        r"|\s*+(?i:nơi nhận)\s?:?(?P<gap>\s{3,200})\S"
    )


@lru_cache(maxsize=1)
def _spaces() -> regex.Pattern[str]:
    return regex.compile(r"\s{2,}")


def part(lines: Sequence[str]) -> list[int]:
    """For every line of a page the column at which a second column begins in it; 0 where the line is whole."""
    cuts = [0] * len(lines)
    i = 0
    while i < len(lines):
        match = _opening().match(lines[i]) if "   " in lines[i] else None
        if not match:
            i += 1
            continue
        low, high = match.span("gap")
        stop = i + 1
        while stop < len(lines) and stop - i < MOST_LINES:
            narrowed = _narrow(lines[stop], low, high)
            if narrowed is None:
                break
            low, high = narrowed
            stop += 1
        cuts[i:stop] = [high] * (stop - i)
        i = stop
    return cuts


def _narrow(line: str, low: int, high: int) -> tuple[int, int] | None:
    """The gutter that `line` leaves of the columns `low` to `high`; None where the line runs across it."""
    runs = [(low + m.start(), low + m.end()) for m in _spaces().finditer(line[low:high].ljust(high - low))]
    return max(runs, key=lambda run: run[1] - run[0], default=None)
