"""The true cells of a report's tables: every numeric cell with its row, its column's heads, its unit and value."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from corpusbuild.marks import parse_marks, strip_marks
from corpusbuild.source import ReportSource, SourceError, Table

COUNTING = {"TT", "STT", "Số TT"}
INDEX = re.compile(r"\(?\w{1,2}(?:=.*)?\)?")  # a column's number: (1), A, 4=3/1
NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<value>\d[\d.,]*)(?:/(?P<of>\d[\d.,]*))?\s?%?")


def build_tables(source: ReportSource) -> dict[str, Any] | None:
    """The gold of the report's tables; None where it has none, or is a TXT, in which tables are lines of text."""
    tables = [block for block in source.blocks if isinstance(block, Table)]
    if not tables or source.front["formats"][0] == "txt":
        return None
    return {
        "source": f"../../corpus/{source.name}.{source.front['formats'][0]}",
        "tables": [_table(source.name, table) for table in tables],
    }


def tables_json(gold: dict[str, Any]) -> str:
    """The gold as JSON text, one cell a line."""
    parts = []
    for table in gold["tables"]:
        cells = ",\n".join("   " + json.dumps(cell, ensure_ascii=False) for cell in table["cells"])
        caption = json.dumps(table["caption"], ensure_ascii=False)
        parts.append(f'  {{"caption": {caption},\n   "cells": [\n{cells}\n   ]}}')
    body = ",\n".join(parts)
    return f'{{"source": {json.dumps(gold["source"], ensure_ascii=False)},\n "tables": [\n{body}\n ]}}\n'


def _table(name: str, table: Table) -> dict[str, Any]:
    if not table.units:
        raise SourceError(f"{name}: the table {table.caption!r} has no line `units:`")
    heads = _heads(table)
    subject = next(c for c, path in enumerate(heads) if path[-1] not in COUNTING)
    cells = []
    for row in table.rows:
        for column, (marked, unit) in enumerate(zip(row, table.units, strict=True)):
            text = strip_marks(marked)
            read = NUMBER.fullmatch(text) if unit else None
            own = next((item for item in parse_marks(marked)[1] if item["tag"] == "F"), None)
            if read is None and own is None:
                continue
            named = own["unit"] if own else _unit(unit, row, heads, subject)
            value = Decimal(str(own["value"])) if own else _decimal(read["sign"] + read["value"])  # type: ignore[index]
            of = (own["of"] and Decimal(str(own["of"]))) if own else read["of"] and _decimal(read["of"])  # type: ignore[index]
            cells.append(
                {"row": strip_marks(row[subject]), "column": heads[column], "text": text, "value": _plain(value)}
                | ({"of": _plain(of)} if of else {})
                | {"unit": named}
            )
    return {"caption": strip_marks(table.caption), "cells": cells}


def _heads(table: Table) -> list[list[str]]:
    """Every column's heads from the outer to the inner one."""
    heads: list[list[str]] = []
    filled: list[list[str]] = []
    for row in table.header:
        if all(INDEX.fullmatch(cell) for cell in row):
            continue
        whole: list[str] = []
        for column, cell in enumerate(row):
            whole.append(whole[-1] if cell == "<" else filled[-1][column] if cell == "^" else strip_marks(cell))
        filled.append(whole)
    for column in range(len(table.header[0])):
        path: list[str] = []
        for whole in filled:
            if not path or path[-1] != whole[column]:
                path.append(whole[column])
        heads.append(path)
    return heads


def _unit(said: str, row: tuple[str, ...], heads: list[list[str]], subject: int) -> str:
    """A cell's unit by the `units` line: as said, `@` as the row's unit column, `~` as its subject's brackets say."""
    if said == "@":
        return strip_marks(row[_unit_column(heads)])
    if said == "~":
        return strip_marks(row[subject]).rpartition("(")[2].rstrip(")")
    return "" if said == "?" else said


def _unit_column(heads: list[list[str]]) -> int:
    return next(c for c, path in enumerate(heads) if path[-1].lower() in {"đvt", "đơn vị tính", "đơn vị"})


def _decimal(printed: str) -> Decimal:
    """A number as these reports print it: dots between thousands, a comma before decimals."""
    return Decimal(printed.replace(".", "").replace(",", "."))


def _plain(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)
