"""Scores the cells of tables: value, row, heads of the column, unit.

A cell is right where a figure stands in a table's cell with the same row subject, the same heads over its column and
the same printed number, and has the same value and unit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.evaluate.gold import WrongGold
from extractor.linking.table_columns import paths
from extractor.model import Figure, Report, Table


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A numeric cell as it is: the row's subject, the column's heads from outer to inner, what is printed and meant."""

    row: str
    column: tuple[str, ...]
    text: str
    value: Decimal
    unit: str
    of: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GoldTables:
    """The tables of one report file: caption and cells."""

    source: Path
    tables: tuple[tuple[str, tuple[GoldCell, ...]], ...]


@dataclass(slots=True)
class TableScore:
    """How many cells there are, how many were found right, what was wrong, and which figures are no cells of gold."""

    cells: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the cells that are right; figures that should not be count as wrong cells."""
        return self.right / max(1, self.cells + len(self.extra))


def load_tables(path: Path) -> GoldTables:
    """Read a file of `gold/tables/`. Raises WrongGold."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf8"), parse_float=Decimal)
        tables = tuple((t["caption"], tuple(map(_cell, t["cells"]))) for t in data["tables"])
        return GoldTables(path.parent / data["source"], tables)
    except (KeyError, TypeError, ValueError) as error:
        raise WrongGold(f"no gold of tables: {error!r}", path=path) from error


def _cell(data: dict[str, Any]) -> GoldCell:
    of = data.get("of")
    return GoldCell(
        data["row"], tuple(data["column"]), data["text"], Decimal(data["value"]), data["unit"],
        None if of is None else Decimal(of),
    )  # fmt: skip


def score_tables(gold: GoldTables, report: Report) -> TableScore:
    """Compare the report's table figures with gold; tables are matched in their order, cells by row, column, print."""
    result = TableScore()
    by_table: dict[str, list[Figure]] = {}
    for figure in report.figures:
        if figure.table is not None and _fills(figure, report.tables):
            by_table.setdefault(figure.table.id, []).append(figure)
    for at, (caption, cells) in enumerate(gold.tables):
        table = report.tables[at] if at < len(report.tables) else None
        found = _keyed(table, by_table.get(table.id, ())) if table is not None else {}
        result.cells += len(cells)
        for cell in cells:
            _compare(cell, found.get((cell.row, cell.column), []), result, caption)
        result.extra += [f"{caption}: {f.text} {f.unit}" for rest in found.values() for f in rest]
    for table in report.tables[len(gold.tables) :]:
        result.extra += [f"{table.caption}: {f.text} {f.unit}" for f in by_table.get(table.id, ())]
    return result


def _fills(figure: Figure, tables: Sequence[Table]) -> bool:
    """Whether the figure is all that its cell holds; figures inside cells of words are scored as text's are."""
    assert figure.table is not None
    table = next(t for t in tables if t.id == figure.table.id)
    return table.rows[figure.table.row][figure.table.column] == figure.text


def _keyed(table: Table, figures: Iterable[Figure]) -> dict[tuple[str, tuple[str, ...]], list[Figure]]:
    """The figures by what their row and column say."""
    heads = paths(table)
    subject = next((k for k, path in enumerate(heads) if path and path[-1] not in ("TT", "STT", "Số TT")), 0)
    found: dict[tuple[str, tuple[str, ...]], list[Figure]] = {}
    for figure in figures:
        assert figure.table is not None
        row = table.rows[figure.table.row][subject]
        found.setdefault((row, heads[figure.table.column]), []).append(figure)
    return found


def _compare(cell: GoldCell, found: Sequence[Figure], result: TableScore, caption: str) -> None:
    mine = next((f for f in found if cell.text.startswith(f.text) or f.text.startswith(cell.text)), None)
    where = f"{caption}: {cell.row} / {' / '.join(cell.column)}: {cell.text}"
    if mine is None:
        result.wrong.append(f"{where}: not found")
        return
    if isinstance(found, list):
        found.remove(mine)
    if (mine.value, mine.of, mine.unit.lower()) != (cell.value, cell.of, cell.unit.lower()):
        result.wrong.append(f"{where}: {mine.value} {mine.unit}, gold {cell.value} {cell.unit}")
        return
    result.right += 1
