"""Tables of formats without geometry: a row of data becomes one line; a table that only sets columns is read by column.

State reports set their letterhead (issuer | motto) and their end (recipients | signature) as a table without borders
(Nghị định 30/2020/NĐ-CP, Phụ lục I draws both side by side): read row by row, the two would be mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extractor.pages import SourceLine

Cell = Sequence[SourceLine]
"""What stands in a cell, in order."""
_MOST_ROWS = 4
_MOST_COLUMNS = 3


def sets_columns(rows: Sequence[Sequence[Cell]], bordered: bool) -> bool:
    """True where the table is there only to set columns side by side: no borders, one to four rows, and at most two
    columns that hold text (a third may stand empty between them)."""
    if bordered or len(rows) > _MOST_ROWS:
        return False
    columns = list(zip_longest(*rows, fillvalue=()))
    held = sum(any(line.text.strip() for cell in column for line in cell) for column in columns)
    return len(columns) <= _MOST_COLUMNS and held <= 2


def table_lines(rows: Sequence[Sequence[Cell]], bordered: bool) -> Iterator[SourceLine]:
    """The table's lines: column by column where it only sets columns, one cell in a row as its own paragraphs, else
    each row as one "cell" line (cells joined by tabs), the notes of its cells behind it."""
    if sets_columns(rows, bordered):
        for column in zip_longest(*rows, fillvalue=()):
            for cell in column:
                yield from (line for line in cell if line.text.strip())
        return
    for row in rows:
        yield from row_lines(row, bordered)


def row_lines(row: Sequence[Cell], bordered: bool) -> Iterator[SourceLine]:
    """One row as a "cell" line, its notes behind it; one cell without borders as its own paragraphs."""
    if len(row) == 1 and not bordered:
        yield from (line for line in row[0] if line.text.strip())
        return
    texts = [" ".join(" ".join(line.text.split()) for line in cell if line.kind != "note").strip() for cell in row]
    if any(texts):
        yield SourceLine("\t".join(texts), "cell")
    yield from (line for cell in row for line in cell if line.kind == "note")
