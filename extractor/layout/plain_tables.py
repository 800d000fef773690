"""Tables of plain text: rows whose cells are set apart by tabs, or by wide gaps of spaces as `pdftotext -layout` does.

A table is a run of rows with equally many cells, three or more, or two set apart by tabs; where spaces set them apart
the cells stand under each other and some are numbers. What stands beside the table in other ways (a wrapped cell, a
group's name) stays a line between its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from extractor.layout.table_heads import is_number
from extractor.layout.tables import Row
from extractor.pages import GridCell

NEAR_ROWS = 3
"""Two rows of a table are at most this many lines apart (a wrapped cell or a blank line may stand between)."""

_ASKEW = 2
"""Characters by which the cells of a column may be out of line, left or right."""


@lru_cache(maxsize=1)
def _wide_gap() -> regex.Pattern[str]:
    return regex.compile(r"(?<=\S)[ ]{3,}(?=\S)")


@lru_cache(maxsize=1)
def _cell() -> regex.Pattern[str]:
    return regex.compile(r"\S+(?:[ ]\S+)*")


def plain_rows(lines: Sequence[str], page: int) -> dict[int, tuple[str, Row | None]]:
    """For every line of a page that is a table's row: its text, cells joined by tabs, and its row in the grid.

    No row (None) where the cells of a run of such lines do not make a grid. A single line with gaps is a form's
    sentence (`Báo cáo số      ngày      của …`). `page` tells the tables of a report apart.
    """
    found: dict[int, tuple[str, Row | None]] = {}
    for number, run in enumerate([*_tabbed(lines), *_spaced(lines)]):
        for at, k in enumerate(run):
            held = lines[k].strip().split("\t") if "\t" in lines[k].strip() else _cell().findall(lines[k])
            row = Row(-1000 * page - number - 1, at, tuple(GridCell(at, column) for column in range(len(held))))
            found[k] = "\t".join(cell.strip() for cell in held), row
    for k in _gapped(lines):
        if k not in found:
            found[k] = _wide_gap().sub("\t", lines[k].strip()), None
    return found


def _tabbed(lines: Sequence[str]) -> Iterator[list[int]]:
    """Runs of neighbouring lines with equally many tabs: three rows of two cells, or two of more."""
    run: list[int] = []
    for k, line in [*enumerate(lines), (len(lines), "")]:
        tabs = line.strip().count("\t")
        if run and (tabs != lines[run[-1]].strip().count("\t") or k != run[-1] + 1):
            if len(run) >= (3 if lines[run[0]].strip().count("\t") == 1 else 2):
                yield run
            run = []
        if tabs:
            run.append(k)


def _gapped(lines: Sequence[str]) -> list[int]:
    """The lines with two wide gaps or more, beside another such line."""
    gaps = [(k, len(_wide_gap().findall(line))) for k, line in enumerate(lines) if "   " in line.strip()]
    rows = []
    for n, (k, count) in enumerate(gaps):
        near = [other for j, other in gaps[max(0, n - 1) : n + 2] if j != k and abs(j - k) <= NEAR_ROWS]
        if count >= 2 and near and max(near) >= 2:
            rows.append(k)
    return rows


def _spaced(lines: Sequence[str]) -> Iterator[list[int]]:
    """Runs of lines with gaps whose cells stand under each other, two rows at least with numbers."""
    run: list[int] = []
    for k in [*(k for k, line in enumerate(lines) if "  " in line.strip() and "\t" not in line), None]:
        if run and (k is None or k - run[-1] > NEAR_ROWS or not _under(lines[run[-1]], lines[k])):
            if len(run) > 2 and sum(any(map(is_number, _cell().findall(lines[r])[1:])) for r in run) > 1:
                yield run
            run = []
        if k is not None:
            run.append(k)


def _under(above: str, below: str) -> bool:
    """Whether two rows have equally many cells, each of which overlaps the one above it and none of its neighbours."""
    first, second = ([m.span() for m in _cell().finditer(row)] for row in (above, below))
    if len(first) != len(second) or len(first) < 3:
        return False
    touching = all(a < d + _ASKEW and c < b + _ASKEW for (a, b), (c, d) in zip(first, second, strict=True))
    apart = all(b <= c for (_, b), (c, _) in [*pairwise(first), *pairwise(second)])
    crossed = any(
        b > c + _ASKEW
        for cells, others in ((first, second), (second, first))
        for (_, b), (c, _) in zip(cells, others[1:], strict=False)
    )
    return touching and apart and not crossed
