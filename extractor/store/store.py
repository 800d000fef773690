"""The store as an analyst opens it: tidy tables of a run, of a folder of JSONs, or of one report."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

from extractor.corrections.folder import journals, of_report
from extractor.corrections.journal import journal_path
from extractor.errors import ExtractorError, MissingProgram, NoPermission, NotFound, UsageError
from extractor.serial import NotAReport, from_json
from extractor.store.database import NAME, guarded, open_memory
from extractor.store.documents import Documents, put

if TYPE_CHECKING:
    import pandas

TABLES = ("documents", "pages", "sections", "figures", "citations", "places", "tables", "findings")
"""The tables that are written to other forms; their columns: docs/store.md."""

_FIGURES = """
    SELECT d.source AS document, d.issuer, d.year AS report_year, f.id AS figure, f.period, f.year, f.indicator,
           f.indicator_id, f.place, f.place_level, f.place_code, f.own_area, f.value, f.exact, f.out_of, f.value_to,
           f.unit, f.amount, f.comparator, f.direction, f.role, f.kind, f.text, f.section, s.number AS section_number,
           s.title AS section_title, f.page, f.boxes, f.start, f.stop, f.table_id, f.table_row, f.table_column,
           f.heading, f.confidence, f.corrected, d.json
    FROM figures f JOIN documents d ON d.id = f.document
    LEFT JOIN sections s ON s.document = f.document AND s.id = f.section
    ORDER BY d.year, d.source, f.row"""
_WHOLE = ("report_year", "year", "amount", "page", "table_row", "table_column")
"""Columns of whole numbers, some of them absent."""


class NeedsExtra(MissingProgram):
    """A library that only analysts need is not installed."""

    remedy = "pip install 'extractor[analyst]'"


class Store:
    """What the reports of a run say. A context manager; `database` is the open SQLite connection.

    `out`: the run's folder; None where the reports were read from JSONs alone. `missing`: the JSONs that are not as the
    ledger knows them, whose reports are left out until the next run; `failures`: JSONs that are no reports, and lines
    of OUT/corrections that are no corrections.
    """

    def __init__(self, database: sqlite3.Connection, path: Path, out: Path | None, missing: list[str]) -> None:
        self.database, self.path, self.out, self.missing = database, path, out, missing
        self.failures: list[ExtractorError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with guarded(self.path):
            self.database.close()

    def figures(self) -> pandas.DataFrame:
        """One row a figure: document, period, indicator, place (the document's own where none is said), value, unit,
        exact amount in đồng, role, and where it stands. Raises `NeedsExtra` without pandas.

        `exact` is the number as the JSON has it (text), `value` the same as a double. Absent is NA. `corrected` is 1 of
        a figure that a person corrected, added or found right.
        """
        return self._frame(_FIGURES)

    def documents(self) -> pandas.DataFrame:
        """One row a document. Raises `NeedsExtra` without pandas."""
        return self._frame("SELECT * FROM documents ORDER BY year, source")

    def table(self, name: str) -> pandas.DataFrame:
        """One of `TABLES`. Raises UsageError for another name, `NeedsExtra` without pandas."""
        if name not in TABLES:
            raise UsageError(f"no table {name!r}; there are {', '.join(TABLES)}")
        return self._frame(f"SELECT * FROM {name}")

    def panel(self, indicator: str, places: Sequence[str] = ()) -> pandas.DataFrame:
        """`extractor.compare.panel.panel` as a table: all values of an indicator by place, year and report."""
        from dataclasses import asdict

        from extractor.compare.panel import panel  # it reads the store; only this shorthand looks the other way

        frame: pandas.DataFrame = _pandas().DataFrame([asdict(cell) for cell in panel(self, indicator, places)])
        return frame

    def rows(self, query: str, parameters: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """The rows that `query` finds, read as they are asked for. Raises StoreDamaged, StoreUnavailable."""
        with guarded(self.path):
            return self.database.execute(query, parameters)

    def _frame(self, query: str) -> pandas.DataFrame:
        with guarded(self.path):
            frame: pandas.DataFrame = _pandas().read_sql_query(query, self.database)
        return frame.astype({column: "Int64" for column in _WHOLE if column in frame})


def _pandas() -> ModuleType:
    try:
        import pandas
    except ImportError as error:
        raise NeedsExtra("pandas is not installed") from error
    return pandas


def open_store(path: str | Path) -> Store:
    """The store of a run's folder, brought up to date with its ledger; or made in memory from a folder of JSONs or one
    report's JSON.

    Raises NotFound, UsageError where nothing there is a report, NotAReport where a named JSON is none, StoreDamaged,
    StoreUnavailable, StoreTooNew.
    """
    path = Path(path)
    if not path.exists():
        raise NotFound("no such file or folder", path=path)
    if path.is_file():
        return _of_jsons(path, [path])
    if (path / NAME).exists():
        documents = Documents(path)
        try:
            missing = documents.sync()
        except BaseException:
            documents.database.close()
            raise
        store = Store(documents.database, documents.path, path, missing)
        store.failures += documents.failures
        return store
    if (path / "reports").is_dir():
        return _of_jsons(path / "reports", _jsons_in(path / "reports"), out=path)
    return _of_jsons(path, _jsons_in(path))


def open_uncorrected(path: str | Path) -> Store:
    """As `open_store`, of what the machine wrote: without what people have corrected."""
    reports = Path(path) / "reports"
    if not reports.is_dir() or not journals(Path(path)):
        return open_store(path)
    return _of_jsons(reports, _jsons_in(reports))


def _jsons_in(folder: Path) -> list[Path]:
    jsons = sorted(p for p in folder.rglob("*.json") if p.is_file())
    if not jsons:
        raise UsageError("no reports there: name a folder that 'extractor run' wrote, or a report's JSON", path=folder)
    return jsons


def store_of(path: Path, data: bytes) -> Store:
    """A store in memory of one report, whose JSON is `data`; `path`: what it was read from. Raises `NotAReport`."""
    store = Store(open_memory(), path, None, [])
    put(store.database, path.name, data)
    return store


def _of_jsons(root: Path, jsons: list[Path], out: Path | None = None) -> Store:
    """`out`: the run's folder whose corrections are worked in."""
    store = Store(open_memory(), root, None, [])
    unread: list[ExtractorError] = []
    for path in jsons:
        name = path.name if path == root else path.relative_to(root).as_posix()
        try:
            data, corrected = path.read_bytes(), None
            if out is not None and journal_path(out, name).exists():
                loaded = of_report(out, name, from_json(data))
                corrected = loaded.corrected
                store.failures += loaded.failures
            put(store.database, name.encode("utf8", "surrogateescape").decode("utf8", "replace"), data, corrected)
        except NotAReport as error:
            unread.append(NotAReport(str(error), path=path))
        except OSError as error:
            unread.append(NoPermission(error.strerror or str(error), path=path))
    if len(unread) == len(jsons):
        raise unread[0]
    store.failures += unread
    return store
