"""What a plain text keeps side by side with spaces, as `pdftotext -layout` writes it: the two columns of letterhead and
signature block, which are parted and read one after the other, and the rows of tables, whose cells are joined by tabs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

MOST_LINES = 40
"""No letterhead or signature block has more lines."""

NEAR_ROWS = 3
"""Two rows of a table are at most this many lines apart (a wrapped cell or a blank line may stand between)."""


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


@lru_cache(maxsize=1)
def _cell_gap() -> regex.Pattern[str]:
    return regex.compile(r"(?<=\S)[ ]{3,}(?=\S)")


def table_rows(lines: Sequence[str]) -> dict[str, str]:
    """The lines that are rows of a table, with their cells joined by tabs: two wide gaps or more, beside another row.

    A single line with gaps is a form's sentence (`Báo cáo số      ngày      của …`).
    """
    gaps = [(k, len(_cell_gap().findall(line))) for k, line in enumerate(lines) if "   " in line.strip()]
    rows: dict[str, str] = {}
    for n, (k, count) in enumerate(gaps):
        near = [other for j, other in gaps[max(0, n - 1) : n + 2] if j != k and abs(j - k) <= NEAR_ROWS]
        if count >= 2 and near and max(near) >= 2:
            rows[lines[k]] = _cell_gap().sub("\t", lines[k].strip())
    return rows
