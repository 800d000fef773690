"""The store's tables in other forms: Parquet, CSV (a file a table), XLSX (a sheet a table)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from extractor.batch.writing import CannotWrite
from extractor.errors import DiskFull, ExtractorError
from extractor.store.store import TABLES, NeedsExtra, Store
from extractor.store.xlsx import Sheets

Form = Literal["parquet", "csv", "xlsx"]
FORMS: tuple[Form, ...] = ("parquet", "csv", "xlsx")
_AT_ONCE = 50_000
_SHEET = 1_000_000  # rows; a sheet of XLSX ends at 1,048,576


def export_tables(store: Store, folder: Path, form: Form) -> list[Path]:
    """Write every table of `store` into `folder` and return the files; `documents.id` is `document` of the others.

    Raises DiskFull, CannotWrite, and NeedsExtra where pyarrow or openpyxl is not installed.
    """
    write = {"parquet": _parquet, "csv": _csv, "xlsx": _xlsx}[form]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write(store, folder)
    except OSError as error:
        raise write_failure(error, folder) from error


def write_failure(error: OSError, path: Path) -> ExtractorError:
    """The named error of a file that cannot be written."""
    from extractor.batch.writing import FULL

    kind = DiskFull if error.errno in FULL else CannotWrite
    return kind(error.strerror or str(error), path=path)


def _columns(store: Store, table: str) -> list[tuple[str, str]]:
    return [(name, kind) for _, name, kind, *_ in store.rows(f"PRAGMA table_info({table})")]


def _batches(store: Store, table: str) -> Iterator[list[tuple[Any, ...]]]:
    cursor = store.rows(f"SELECT * FROM {table}")
    while batch := list(islice(cursor, _AT_ONCE)):
        yield batch


def _csv(store: Store, folder: Path) -> list[Path]:
    paths = []
    for table in TABLES:
        paths.append(folder / f"{table}.csv")
        with paths[-1].open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that it is UTF-8
            writer = csv.writer(file)
            writer.writerow([name for name, _ in _columns(store, table)])
            for batch in _batches(store, table):
                writer.writerows(batch)
    return paths


def _parquet(store: Store, folder: Path) -> list[Path]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise NeedsExtra("pyarrow is not installed") from error
    kinds = {"INTEGER": pyarrow.int64(), "REAL": pyarrow.float64(), "TEXT": pyarrow.string()}
    paths = []
    for table in TABLES:
        paths.append(folder / f"{table}.parquet")
        schema = pyarrow.schema([(name, kinds[kind]) for name, kind in _columns(store, table)])
        with parquet.ParquetWriter(paths[-1], schema) as writer:
            for batch in _batches(store, table):
                columns = [
                    pyarrow.array([_fit(v) for v in values], field.type)
                    for values, field in zip(zip(*batch, strict=True), schema, strict=True)
                ]
                writer.write_table(pyarrow.table(columns, schema=schema))
    return paths


def _fit(value: Any) -> Any:
    """A name that is not UTF-8 is kept as bytes."""
    return value.decode("utf8", "replace") if isinstance(value, bytes) else value


def _xlsx(store: Store, folder: Path) -> list[Path]:
    path = folder / "tables.xlsx"
    sheets = Sheets()
    for table in TABLES:
        names = [name for name, _ in _columns(store, table)]
        sheet, rows, part = sheets.add(table, names), 0, 1
        for batch in _batches(store, table):
            if rows + len(batch) > _SHEET:
                part, rows = part + 1, 0
                sheet = sheets.add(f"{table} {part}", names)
            rows += len(batch)
            for row in batch:
                sheet.append([sheets.cell(sheet, value) for value in row])
    sheets.save(path)
    return [path]
