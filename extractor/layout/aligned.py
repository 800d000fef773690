"""Tables without lines: rows whose pieces stand under each other in columns, numbers among them.

Only what is surely a table becomes one (three columns, numbers in at least one); other rows of pieces stay lines
whose pieces are parted by tabs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.layout.grids import CellWords, Grid
from extractor.layout.rows import Stretch, Words
from extractor.layout.table_heads import is_number
from extractor.pages import GridCell

FEWEST_ROWS = 3
FEWEST_COLUMNS = 3
NUMBERED = 0.6
"""At least this share of the rows of data hold a number, or the pieces are no table."""

GUTTER = 0.3
"""Least width of a strip between columns in font sizes; the rows of data leave it free from top to bottom."""

WIDEST = 0.4
"""A usual space between words is at most this many font sizes wide."""

CLOSE = 1.7
"""Two printed lines of one row are no further apart than this many font sizes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side: where they begin and end across the page, and what they are."""

    x0: float
    x1: float
    text: str


Placed = tuple[int, int]
"""A piece's first column and how many it stands over."""


def columns_of(rows: Sequence[Sequence[Piece]], narrowest: float) -> list[tuple[float, float]] | None:
    """The columns that the rows' pieces make; None where they make no table. `narrowest`: least space between two."""
    data = [row for row in rows if any(is_number(piece.text) for piece in row)]
    if len(rows) < FEWEST_ROWS or len(data) < max(2, NUMBERED * (len(rows) - 2)):
        return None
    full = max(len(row) for row in data)
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for row in data if len(row) > full / 2 for piece in row):
        if columns and x0 < columns[-1][1] + narrowest:
            columns[-1] = columns[-1][0], max(columns[-1][1], x1)
        else:
            columns.append((x0, x1))
    columns = _together(columns, data)
    if len(columns) < FEWEST_COLUMNS:
        return None
    counts = [0] * len(columns)
    for row in data:
        for piece in row:
            column, wide = place(piece, columns)
            counts[column] += wide == 1 and is_number(piece.text)
    first_number = next((k for k, count in enumerate(counts) if k and count >= 0.5 * len(data)), None)
    return columns if first_number is not None else None


def _together(columns: list[tuple[float, float]], data: Sequence[Sequence[Piece]]) -> list[tuple[float, float]]:
    """The columns, neighbours as one that no row fills both (a number left of the others, one in the middle)."""
    rows = [{place(piece, columns)[0] for piece in row} for row in data]
    found = columns[:1]
    held = {k for k, row in enumerate(rows) if 0 in row}
    for n, column in enumerate(columns[1:], 1):
        mine = {k for k, row in enumerate(rows) if n in row}
        if held & mine or not (held and mine):
            found.append(column)
            held = mine
        else:
            found[-1] = found[-1][0], column[1]
            held |= mine
    return found


def place(piece: Piece, columns: Sequence[tuple[float, float]]) -> Placed:
    """The columns that a piece stands over; the nearest one where it stands over none."""
    over = [k for k, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0]
    if not over:
        middle = (piece.x0 + piece.x1) / 2
        return min(range(len(columns)), key=lambda k: abs((columns[k][0] + columns[k][1]) / 2 - middle)), 1
    return over[0], len(over)


def row_cells(row: Sequence[Piece], columns: Sequence[tuple[float, float]], at: int) -> list[GridCell] | None:
    """The cells of row `at`, one a piece; None where two pieces want the same column."""
    cells: list[GridCell] = []
    taken = -1
    for piece in row:
        column, wide = place(piece, columns)
        if column <= taken:
            return None
        cells.append(GridCell(at, column, 1, wide))
        taken = column + wide - 1
    return cells


def grid_of(rows: Sequence[list[Stretch]], words: Words) -> tuple[int, Grid] | None:
    """The table that printed rows make by themselves, and how many rows stand above it; None where they make none."""
    size = rows[0][0].size
    gutters = _gutters(rows, words, GUTTER * size)
    parted = [_parted(row, words, gutters if _numbers(row, words) > 1 else None) for row in rows]
    above = next((k for k, row in enumerate(parted) if len(row) > 1), len(rows))
    parted = parted[above:]
    pieces = [[_piece(s, words) for s in row] for row in parted]
    columns = columns_of(pieces, GUTTER * size)
    if columns is None:
        return None
    first = next(k for k, row in enumerate(pieces) if any(is_number(piece.text) for piece in row))
    made = _heads(parted[:first], pieces[:first], columns)
    for row, mine in zip(parted[first:], pieces[first:], strict=True):
        cells = row_cells(mine, columns, len(made))
        if cells is None:
            return None
        if len(made) > 2 and _goes_on(row, mine, cells, made[-1]):
            made[-1] = _merged(made[-1], cells, row)
            continue
        made.append([CellWords(c, [[s]]) for c, s in zip(cells, row, strict=True)])
    made = [[CellWords(replace(c.cell, box=_box(c)), c.lines) for c in row] for row in made]
    return above, Grid(words, {k: tuple(c.cell for c in row) for k, row in enumerate(made)}, made)


def _gutters(rows: Sequence[list[Stretch]], words: Words, narrowest: float) -> list[tuple[float, float]]:
    """The upright strips that stay free in every row of data (two numbers or more), between the first and last word."""
    spans: list[tuple[float, float]] = []
    count = 0
    for row in rows:
        if _numbers(row, words) > 1:
            spans += [(words.x0[i], words.x1[i]) for s in row for i in range(s.first, s.last)]
            count += 1
    if count < FEWEST_ROWS:
        return []
    found, reach = [], None
    for x0, x1 in sorted(spans):
        if reach is not None and x0 - reach >= narrowest:
            found.append((reach, x0))
        reach = x1 if reach is None else max(reach, x1)
    return found


def _numbers(row: list[Stretch], words: Words) -> int:
    return sum(is_number(words.text[i]) for s in row for i in range(s.first, s.last))


def _parted(row: list[Stretch], words: Words, gutters: Sequence[tuple[float, float]] | None) -> list[Stretch]:
    """A row of data cut where the space between two words lies on a gutter; other rows at spaces wider than most."""
    found = []
    for stretch in row:
        first = stretch.first
        spaces = sorted(words.x0[i] - words.x1[i - 1] for i in range(first + 1, stretch.last))
        usual = min(spaces[len(spaces) // 2] if spaces else 0.0, WIDEST * stretch.size)
        for i in range(stretch.first + 1, stretch.last):
            low, high = words.x1[i - 1], words.x0[i]
            if gutters is None:
                cut = high - low > max(1.6 * usual, GUTTER * stretch.size)
            else:
                cut = any(min(b, high) - max(a, low) > 0.5 * (high - low) for a, b in gutters)
            if cut:
                found.append(_stretch(stretch, words, first, i))
                first = i
        found.append(_stretch(stretch, words, first, stretch.last))
    return sorted(found, key=lambda s: s.x0)


def _stretch(whole: Stretch, words: Words, first: int, last: int) -> Stretch:
    x0, x1 = min(words.x0[first:last]), max(words.x1[first:last])
    return Stretch(x0, whole.top, x1, whole.bottom, whole.size, first, last)


def _heads(
    rows: Sequence[list[Stretch]], pieces: Sequence[list[Piece]], columns: Sequence[tuple[float, float]]
) -> list[list[CellWords]]:
    """The head above the data: what stands over several columns in a row of its own, the lines of each column one."""
    wide: list[CellWords] = []
    leaves: dict[int, list[list[Stretch]]] = {}
    for row, mine in zip(rows, pieces, strict=True):
        for stretch, piece in zip(row, mine, strict=True):
            column, over = place(piece, columns)
            taken = any(c.cell.column < column + over and column < c.cell.column + c.cell.columns for c in wide)
            if over > 1 and not taken:
                wide.append(CellWords(GridCell(0, column, 1, over), [[stretch]]))
            else:
                leaves.setdefault(column, []).append([stretch])
    made = [sorted(wide, key=lambda c: c.cell.column)] if wide else []
    under = [CellWords(GridCell(len(made), column), lines) for column, lines in sorted(leaves.items())]
    return [*made, under] if under else made


def _piece(stretch: Stretch, words: Words) -> Piece:
    return Piece(stretch.x0, stretch.x1, " ".join(words.text[stretch.first : stretch.last]))


def _goes_on(row: list[Stretch], pieces: list[Piece], cells: list[GridCell], above: list[CellWords]) -> bool:
    """Whether a printed line goes on with cells of the row above: no number, no first column, right below."""
    if cells[0].column == 0 or any(is_number(piece.text) for piece in pieces):
        return False
    held = {c.cell.column for c in above}
    bottom = max(line[0].bottom for c in above for line in c.lines)
    near = min(s.top for s in row) - bottom < (CLOSE - 1) * row[0].size
    return near and all(c.column in held and c.columns == 1 for c in cells) and 0 in held


def _merged(above: list[CellWords], cells: list[GridCell], row: list[Stretch]) -> list[CellWords]:
    more = {c.column: s for c, s in zip(cells, row, strict=True)}
    return [
        CellWords(c.cell, [*c.lines, [more[c.cell.column]]]) if c.cell.column in more else c for c in above
    ]


def _box(cell: CellWords) -> tuple[float, float, float, float]:
    stretches = [s for line in cell.lines for s in line]
    return (
        min(s.x0 for s in stretches), min(s.top for s in stretches),
        max(s.x1 for s in stretches), max(s.bottom for s in stretches),
    )  # fmt: skip
