"""The findings of all reports: counted by rule and severity, and listed page by page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.store.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: all where nothing is said. `document`: `documents.id`."""

    rule: str | None = None
    severity: str | None = None
    year: int | None = None
    type: str | None = None
    document: int | None = None

    def where(self, *but: str) -> tuple[str, list[Any]]:
        """The condition on findings `f` and documents `d`, without the columns `but`, and its parameters."""
        said = {
            "f.rule": self.rule, "f.severity": self.severity, "d.year": self.year, "d.type": self.type,
            "f.document": self.document,
        }  # fmt: skip
        asked = {column: value for column, value in said.items() if value is not None and column[2:] not in but}
        return " AND ".join(["TRUE", *(f"{column} = ?" for column in asked)]), list(asked.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its report. `spans`: where the figures and references that it rests on stand in the text."""

    document: int
    source: str
    title: str | None
    year: int | None
    row: int
    rule: str
    severity: str
    message: str
    start: int | None
    stop: int | None
    page: int | None
    spans: tuple[tuple[int, int], ...]


def counts(store: Store, wanted: Wanted, column: str) -> list[tuple[Any, int]]:
    """How many of the wanted findings there are by `rule`, `severity`, `year` or `type`, whatever is wanted of that
    column itself; the most first."""
    owner = "d" if column in ("year", "type") else "f"
    where, values = wanted.where(column)
    joined = "JOIN documents d ON d.id = f.document" if "d." in where or owner == "d" else ""
    rows = store.rows(
        f"SELECT {owner}.{column}, count(*) FROM findings f {joined} WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1",
        tuple(values),
    )
    return [(value, count) for value, count in rows if value is not None]


def total(store: Store, wanted: Wanted) -> int:
    """How many findings are wanted."""
    where, values = wanted.where()
    joined = "JOIN documents d ON d.id = f.document" if "d." in where else ""
    (count,) = store.rows(f"SELECT count(*) FROM findings f {joined} WHERE {where}", tuple(values)).fetchone()
    return int(count)


def findings(store: Store, wanted: Wanted, limit: int, offset: int) -> list[Finding]:
    """Those wanted: errors before warnings, then by year (newest first), report and place in it."""
    where, values = wanted.where()
    rows = store.rows(
        f"""SELECT f.document, d.source, d.title, d.year, f.row, f.rule, f.severity, f.message, f.start, f.stop, f.page,
                   f.evidence FROM findings f JOIN documents d ON d.id = f.document WHERE {where}
            ORDER BY f.severity, d.year DESC, d.source, f.row LIMIT ? OFFSET ?""",
        (*values, limit, offset),
    ).fetchall()
    return [Finding(*(*values, _spans(store, values[0], json.loads(evidence)))) for *values, evidence in rows]


def _spans(store: Store, document: int, evidence: Sequence[str]) -> tuple[tuple[int, int], ...]:
    if not evidence:
        return ()
    marks = ", ".join("?" * len(evidence))
    rows = store.rows(
        f"SELECT start, stop FROM figures WHERE document = ? AND id IN ({marks}) UNION "
        f"SELECT start, stop FROM citations WHERE document = ? AND id IN ({marks}) ORDER BY 1",
        (document, *evidence, document, *evidence),
    )
    return tuple(rows)


def text_of(store: Store, document: int) -> str:
    """The text of a report; empty where it is gone."""
    row = store.rows("SELECT text FROM texts WHERE document = ?", (document,)).fetchone()
    return str(row[0]) if row else ""
