"""Tables against themselves: totals rows by column, totals columns by row, and percentages by row.

What the columns of a table mean is not guessed from their heads: a relation between columns (one is the sum of those
next to it, one is the share of two others) is taken from the rows themselves, where nearly all rows hold it, and the
rows that do not are the findings. Totals rows are known by their label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from extractor.auditing import intervals
from extractor.auditing.context import Check, Context, passed
from extractor.auditing.intervals import Interval, say, say_share
from extractor.finding.lazy import lazy
from extractor.model import Figure

COLUMN, ROW, SHARE = "table_total", "table_row", "table_percent"

_TOTAL = lazy(r"^\s*(?:tổng(?:\s+(?:cộng|số|toàn\s+\w+))?|cộng|toàn\s+(?:tỉnh|huyện|xã|thành\s+phố))\s*:?\s*$", re.I)
_GROUP = lazy(r"^[IVX]+\.?$|^[A-ZĐ]\.?$")
_NOT_ADDED = lazy(r"%|tỷ\s*lệ|tỉ\s*lệ|bình\s*quân|năng\s*suất|mật\s*độ|/|thu\s*nhập|xếp|năm\s*sinh|stt", re.I)
_MOST_ROWS = Decimal("0.75")
_WIDEST_SUM = 6

Grid = dict[int, dict[int, Figure]]


def check(context: Context) -> Iterator[Check]:
    """All tables whose cells are figures."""
    grids: dict[str, Grid] = defaultdict(lambda: defaultdict(dict))
    for figure in context.report.figures:
        if figure.table is not None and figure.value_to is None:
            grids[figure.table.id][figure.table.row][figure.table.column] = figure
    labels = {t.id: t.rows for t in context.report.tables}
    heads = {t.id: t.header_rows for t in context.report.tables}
    for name, grid in grids.items():
        rows = labels.get(name, ())
        yield from _columns(context, grid, rows, heads.get(name, 0))
        body = dict(grid)
        yield from _sums(context, body)
        yield from _shares(context, body)


def _columns(context: Context, grid: Grid, rows: tuple[tuple[str, ...], ...], header_rows: int) -> Iterator[Check]:
    """The totals row, first or last, against all other rows that are not groups, by column."""
    total = next((r for r in sorted(grid) if r < len(rows) and _is_total(rows[r])), None)
    if total is None:
        return
    others = [r for r in sorted(grid) if r != total and r < len(rows)]
    groups = [r for r in others if _GROUP.match(rows[r][0].strip())]
    if groups and len(groups) < len(others):
        others = groups
    if len(others) < 2 or any(_is_total(rows[r]) for r in others) or not (total < others[0] or total > others[-1]):
        return
    results = []
    for column, figure in sorted(grid[total].items()):
        head = " ".join(rows[r][column] for r in range(header_rows) if column < len(rows[r]))
        if figure.kind == "percent" or "/" in figure.unit or _NOT_ADDED.search(head):
            continue
        cells = [grid[r][column] for r in others if column in grid[r]]
        blank = all(column in grid[r] or _is_blank(rows[r], column) for r in others)
        if len(cells) < 2 or not blank:
            continue
        results.append((figure, cells, intervals.total(_stands_for(c) for c in cells)))
    held = sum(amount.meets(_stands_for(figure)) for figure, _, amount in results)
    for figure, cells, amount in results:
        ids = (figure.id, *(c.id for c in cells))
        summed = sum((c.value for c in cells), Decimal(0))
        if summed == figure.value:
            yield passed(ids)
        elif amount.meets(_stands_for(figure)):
            message = f"the column makes {say(summed)}, the total says {figure.text}: off by the rounding of the parts"
            yield context.found(COLUMN, "warning", message, figure.start, figure.end, ids)
        elif held or len(results) == 1 or _near(summed, figure.value):
            message = f"the column makes {say(summed)}, the total says {figure.text}"
            yield context.found(COLUMN, "error", message, figure.start, figure.end, ids)


def _is_total(row: tuple[str, ...]) -> bool:
    return any(_TOTAL.match(cell) for cell in row[:3])


def _is_blank(row: tuple[str, ...], column: int) -> bool:
    return column >= len(row) or row[column].strip() in ("", "-", "–", "0")


def _near(a: Decimal, b: Decimal) -> bool:
    return b != 0 and abs(a - b) * 5 <= abs(b)


def _sums(context: Context, grid: Grid) -> Iterator[Check]:
    """A column that is the sum of the columns right of it in nearly every row."""
    columns = sorted({c for cells in grid.values() for c in cells})
    for at, total in enumerate(columns):
        for width in range(2, min(_WIDEST_SUM, len(columns) - at - 1) + 1):
            parts = columns[at + 1 : at + 1 + width]
            full = [r for r, cells in grid.items() if total in cells and all(p in cells for p in parts)]
            if len(full) < 3 or any(grid[full[0]][c].kind == "percent" for c in (total, *parts)):
                continue
            held = [r for r in full if _row_sum(grid[r], parts).meets(_stands_for(grid[r][total]))]
            nonzero = [r for r in held if sum(grid[r][p].value != 0 for p in parts) > 1]
            if len(held) < _MOST_ROWS * len(full) or len(nonzero) < 3:
                continue
            for row in full:
                cells = grid[row]
                ids = (cells[total].id, *(cells[p].id for p in parts))
                if row in held:
                    yield passed(ids)
                    continue
                summed = sum((cells[p].value for p in parts), Decimal(0))
                written = " + ".join(say(cells[p].value) for p in parts)
                message = f"{written} = {say(summed)}, the row says {cells[total].text}"
                yield context.found(ROW, "error", message, cells[total].start, cells[total].end, ids)


def _row_sum(cells: dict[int, Figure], parts: list[int]) -> Interval:
    return intervals.total(_stands_for(cells[p]) for p in parts)


def _shares(context: Context, grid: Grid) -> Iterator[Check]:
    """A column that is the percentage of one column of another in nearly every row."""
    columns = sorted({c for cells in grid.values() for c in cells})
    for share in columns:
        rows = [r for r, cells in grid.items() if share in cells]
        if len(rows) < 3 or any(grid[r][share].kind != "percent" for r in rows):
            continue
        for low, high in combinations([c for c in columns if c < share and c > share - 8], 2):
            found = False
            for part, whole in ((low, high), (high, low)):
                full = [r for r in rows if part in grid[r] and whole in grid[r] and grid[r][whole].value]
                if len(full) < 3 or grid[full[0]][part].kind == "percent" or grid[full[0]][whole].kind == "percent":
                    continue
                held = [r for r in full if _is_share(grid[r][part], grid[r][whole], grid[r][share])]
                if len(held) < _MOST_ROWS * len(full) or len(held) < 3:
                    continue
                found = True
                for row in full:
                    yield _row_share(context, grid[row], part, whole, share, row in held)
            if found:
                break


def _row_share(context: Context, cells: dict[int, Figure], part: int, whole: int, share: int, held: bool) -> Check:
    ids = (cells[part].id, cells[whole].id, cells[share].id)
    if held:
        return passed(ids)
    step = intervals.last_digit(cells[share].text, cells[share].value)
    is_share = say_share(cells[part].value, cells[whole].value, step)
    message = f"{say(cells[part].value)} of {say(cells[whole].value)} = {is_share}, the row says {cells[share].text}"
    return context.found(SHARE, "error", message, cells[share].start, cells[share].end, ids)


def _is_share(part: Figure, whole: Figure, share: Figure) -> bool:
    return intervals.is_share(_stands_for(part), _stands_for(whole), _stands_for(share))


def _stands_for(figure: Figure) -> Interval:
    step = intervals.last_digit(figure.text, figure.value)
    if figure.kind in ("percent", "money") or step != 1:
        return intervals.printed(figure.value, step)
    return intervals.exact(figure.value)
