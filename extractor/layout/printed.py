"""A page of words with boxes to lines in reading order."""

from __future__ import annotations

from itertools import pairwise

from extractor.layout.aligned import grid_of
from extractor.layout.columns import Block, blocks
from extractor.layout.grids import CellWords, Grid, parts
from extractor.layout.joining import glue
from extractor.layout.lines import Line, WordTable
from extractor.layout.rows import Stretch, Words, rows, stretches, words_of
from extractor.layout.tables import Row
from extractor.pages import SourcePage

SMALLER = 0.82
"""A footnote's mark is set at most this large beside its word."""

TIGHT = 0.12
"""Words closer than this share of the font size were one word that the reader parted where the size changes."""


def page_lines(page: SourcePage, table: WordTable, block: int) -> list[Line]:
    """The page's lines in reading order; their words are added to `table`. `block` numbers the page's first block."""
    found: list[Line] = []
    for part in parts(words_of(page), page.tables):
        if isinstance(part, Grid):
            found += _rows(part, page.number, table, block + len(found))
        else:
            found += _flow(part, page.number, table, block + len(found))
    if found:
        found[0].opens_page = True
    return found


def _flow(words: Words, page: int, table: WordTable, block: int) -> list[Line]:
    """The lines of words that stand in no ruled table."""
    found: list[Line] = []
    for n, part in enumerate(blocks(rows(stretches(words)), words)):
        aligned = grid_of(part.rows, words) if part.kind == "table" else None
        if aligned is not None:
            above, grid = aligned
            found += [_line(row, words, page, table, part) for row in part.rows[:above]]
            found += _rows(grid, page, table, block + len(found))
            continue
        mine = [_line(row, words, page, table, part) for row in part.rows]
        if part.kind in ("zone", "column"):
            left, limit = min(line.x0 for line in mine), max(line.x1 for line in mine)
            for line in mine:
                line.left, line.limit = left, limit
                line.block = block + n if part.kind == "zone" else 0
        found += mine
    return found


def _rows(grid: Grid, page: int, table: WordTable, number: int) -> list[Line]:
    """The rows of a table, one a line."""
    return [_row(cells, grid, page, table, number) for cells in grid.rows]


def _line(row: list[Stretch], words: Words, page: int, table: WordTable, block: Block) -> Line:
    first = len(table.offsets)
    pieces: list[str] = []
    cells = block.kind == "table"
    _, marks = _write(row, words, table, pieces, 0, "", cells)
    return Line(
        "".join(pieces), page, "cell" if cells else "line", min(s.x0 for s in row), min(s.top for s in row),
        max(s.x1 for s in row), max(s.bottom for s in row), max(s.size for s in row),
        first=first, last=len(table.offsets), marks=tuple(marks),
    )  # fmt: skip


def _row(cells: list[CellWords], grid: Grid, page: int, table: WordTable, number: int) -> Line:
    """A table's row as one line: a tab for every column, the lines of a cell joined."""
    first, length = len(table.offsets), 0
    pieces: list[str] = []
    marks: list[tuple[int, str]] = []
    column = cells[0].cell.column
    for cell in cells:
        lead = "\t" * (cell.cell.column - column)
        column = cell.cell.column
        for row in cell.lines:
            opening = grid.words.text[_order(row, grid.words)[0][0]]
            lead = lead or (glue(pieces[-1], opening) if pieces else "")
            length, found = _write(row, grid.words, table, pieces, length, lead, False)
            marks += found
            lead = ""
    lines = [stretch for cell in cells for row in cell.lines for stretch in row]
    x0, x1 = min(s.x0 for s in lines), max(s.x1 for s in lines)
    return Line(
        "".join(pieces), page, "cell", x0, min(s.top for s in lines), x1, max(s.bottom for s in lines),
        max(s.size for s in lines), left=x0, limit=x1, first=first, last=len(table.offsets), marks=tuple(marks),
        row=Row(number, cells[0].cell.row, grid.starting[cells[0].cell.row], cells[0].cell.column),
    )  # fmt: skip


def _write(
    row: list[Stretch], words: Words, table: WordTable, pieces: list[str], length: int, lead: str, cells: bool
) -> tuple[int, list[tuple[int, str]]]:
    """Append a printed line's words, `lead` first, to `pieces` and `table`; the new length, and the marks found."""
    size = max(s.size for s in row)
    bottom = max(s.bottom for s in row)
    marks: list[tuple[int, str]] = []
    space, alone = lead, True
    for i, opens in _order(row, words):
        word = words.text[i]
        if not alone:
            space = "\t" if cells and opens else " "
        if words.size[i] < SMALLER * size and _mark(word) and words.bottom[i] < bottom - 0.08 * size:
            if length:
                marks.append((length + len(space), word))
        elif space == " " and not opens and words.x0[i] - words.x1[i - 1] < TIGHT * size:
            sizes = (words.size[i - 1], words.size[i])
            space = "" if min(sizes) < SMALLER * max(sizes) else " "
        length += len(space)
        table.offsets.append(length)
        pieces += (space, word)
        length += len(word)
        table.boxes.extend((words.x0[i], words.top[i], words.x1[i], words.bottom[i]))
        alone = False
    return length, marks


def _order(row: list[Stretch], words: Words) -> list[tuple[int, bool]]:
    """The row's words in reading order, each with whether it opens a stretch; what is laid over a gap stands in it."""
    if any(b.x0 < a.x1 - 1 for a, b in pairwise(row)):
        mixed = sorted((i for s in row for i in range(s.first, s.last)), key=lambda i: words.x0[i])
        return [(i, True) for i in mixed]
    return [(i, i == s.first) for s in row for i in range(s.first, s.last)]


def _mark(word: str) -> bool:
    return (len(word) <= 5 and word.strip("[]()").isdigit()) or word in ("*", "**", "***", "†")


def set_margins(lines: list[Line], widths: dict[int, float]) -> None:
    """Give every body line the left and right edge of the text, learnt from all pages of the same width."""
    edges: dict[int, tuple[list[float], list[float]]] = {}
    for line in lines:
        if line.last > line.first and line.limit is None:
            lefts, rights = edges.setdefault(round(widths.get(line.page, 0)), ([], []))
            lefts.append(line.x0)
            rights.append(line.x1)
    margins = {width: (_usual(lefts), _high(rights)) for width, (lefts, rights) in edges.items()}
    for line in lines:
        if line.last > line.first and line.limit is None:
            line.left, line.limit = margins[round(widths.get(line.page, 0))]


def _usual(values: list[float]) -> float:
    """The left edge: the lowest of the positions at which at least a tenth of the lines start."""
    bins: dict[int, int] = {}
    for value in values:
        bins[round(value / 3)] = bins.get(round(value / 3), 0) + 1
    often = [k for k, n in bins.items() if n >= 0.1 * len(values)]
    return 3.0 * min(often or bins)


def _high(values: list[float]) -> float:
    """The right edge: a value that one line in twenty reaches."""
    values.sort()
    return values[-1 - len(values) // 20]
