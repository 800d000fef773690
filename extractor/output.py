"""What commands print: rows as a table for people, JSON, or CSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import orjson

Format = Literal["table", "json", "csv"]
Row = Mapping[str, Any]


def default_format() -> Format:
    """A table on a terminal, JSON where a program reads."""
    return "table" if sys.stdout.isatty() else "json"


def as_json(value: Any) -> str:
    """`value` as indented JSON text."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Rows as CSV with a header; None is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_table(rows: Sequence[Row], columns: Sequence[str], *, header: bool = True) -> str:
    """Rows in aligned columns, numbers to the right."""
    cells = [[_cell(row.get(c)) for c in columns] for row in rows]
    widths = [max([len(c) if header else 0] + [len(row[i]) for row in cells]) for i, c in enumerate(columns)]
    right = [all(isinstance(row.get(c), int | float | None) for row in rows) for c in columns]
    lines = ([list(columns)] if header else []) + cells
    return "".join(
        "  ".join(
            cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(line, widths, right, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
