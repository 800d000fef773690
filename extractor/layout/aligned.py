"""Tables without lines: rows whose pieces stand under each other in columns, numbers among them.

Only what is surely a table becomes one (three columns, numbers in at least one of them); other rows of pieces stay lines
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
    if len(columns) < FEWEST_COLUMNS:
        return None
    counts = [0] * len(columns)
    for row in data:
        for piece in row:
            column, wide = place(piece, columns)
            counts[column] += wide == 1 and is_number(piece.text)
    first_number = next((k for k, count in enumerate(counts) if k and count >= 0.5 * len(data)), None)
    return columns if first_number is not None else None


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


def grid_of(rows: Sequence[list[Stretch]], words: Words, narrowest: float) -> Grid | None:
    """The table that printed rows make by themselves; None where they make none."""
    pieces = [[_piece(s, words) for s in row] for row in rows]
    columns = columns_of(pieces, narrowest)
    if columns is None:
        return None
    made: list[list[CellWords]] = []
    for row, mine in zip(rows, pieces, strict=True):
        cells = row_cells(mine, columns, len(made))
        if cells is None:
            return None
        if made and _goes_on(row, mine, cells, made[-1]):
            made[-1] = _merged(made[-1], cells, row)
            continue
        made.append([CellWords(c, [[s]]) for c, s in zip(cells, row, strict=True)])
    made = [[CellWords(replace(c.cell, box=_box(c)), c.lines) for c in row] for row in made]
    return Grid(words, {k: tuple(c.cell for c in row) for k, row in enumerate(made)}, made)


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
