"""The series of corpus/ and their true panel (series_panel.txt): which figures of two reports say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.model import Figure, Report

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
COLUMNS = {
    # report: table: what a column says of its row's place
    "yen-bai-giam-ngheo-2021": {"t1": {2: "households", 3: "poor", 4: "rate", 5: "near", 6: "near rate"}},
    "yen-bai-giam-ngheo-2022": {"t1": {4: "poor", 5: "rate", 6: "decrease"}},
    "yen-bai-giam-ngheo-2023": {"t1": {2: "households", 5: "poor", 6: "rate", 7: "near", 8: "near rate"}},
}
"""Where the tables say something of the report's own year. (Table, column as the JSON counts them.)"""
FUNDING = {"yen-bai-giam-ngheo-2023": ("t2", 4)}


@dataclass(slots=True)
class Line:
    """One line of the panel: for each report, by year, the ids of the figures that say it."""

    label: str
    optional: bool
    said: dict[int, set[str]]


def lines(reports: dict[str, dict[int, Report]]) -> dict[str, list[Line]]:
    """The panel of each series; `reports`: by series and year."""
    found: dict[str, list[Line]] = {}
    series, years = "", [0]
    for raw in (HERE / "series_panel.txt").read_text(encoding="utf8").splitlines():
        if raw.startswith("["):
            series, *rest = raw.strip("[]").split()
            years = [int(y) for y in rest]
            found[series] = []
        elif raw and not raw.startswith("#"):
            label, _, *texts = [part.strip() for part in raw.split("|")]
            said = {}
            for year, text in zip(years, texts, strict=True):
                if text != "-":
                    said[year] = _ids(reports[series][year], text, f"{series} {year}: {label}")
            found[series].append(Line(label.lstrip("? "), label.startswith("?"), said))
    for series in found:
        found[series] = _with_tables(series, found[series], reports[series])
    return found


def _ids(report: Report, text: str, where: str) -> set[str]:
    if text.startswith("@"):
        table, row, column = text[1:].split(":")
        return {_cell(report, f"t{table}", row, int(column)).id}
    sought = text.replace("\\n", "\n")
    # what the layout makes of a blank is no matter here
    pattern = r"\s+".join(map(re.escape, sought.split(" ")))
    pattern = pattern.replace("\\\n", r"\d?\s*\n")
    starts = [m.start() for m in re.finditer(r"(?<![\d.,])" + pattern, report.text)]
    hits = {f.id for f in report.figures for s in starts if f.start == s and f.table is None}
    assert len(hits) <= 1, f"{where}: {text!r} is said {len(starts)} times"
    return hits  # none where the extractor has missed it: the pair is then missed too


def _cell(report: Report, table: str, row: str, column: int) -> Figure:
    rows = next(t for t in report.tables if t.id == table).rows
    at = next(i for i, cells in enumerate(rows) if row in cells)
    return next(
        f for f in report.figures if f.table and (f.table.id, f.table.row, f.table.column) == (table, at, column)
    )


def _with_tables(series: str, lines: list[Line], reports: dict[int, Report]) -> list[Line]:
    cells: dict[tuple[str, str], dict[int, set[str]]] = {}
    for year, report in reports.items():
        for figure in report.figures:
            columns = COLUMNS.get(f"{series}-{year}", {})
            if figure.table is None or figure.table.column not in columns.get(figure.table.id, {}):
                continue
            what = columns[figure.table.id][figure.table.column]
            place = figure.places[0].code or "" if figure.places else "own"
            cells.setdefault((what, place), {}).setdefault(year, set()).add(figure.id)
    known = {(year, id): line for line in lines if not line.optional for year, ids in line.said.items() for id in ids}
    for (what, place), said in cells.items():
        same = next((known[year, id] for year, ids in said.items() for id in ids if (year, id) in known), None)
        if same is None and place == "own":
            same = _own(what, lines)
        if same is None:
            lines.append(Line(f"{what} {place}", False, said))
            continue
        for year, ids in said.items():
            same.said.setdefault(year, set()).update(ids)
    return _merged_duplicates(lines, reports)


def _own(what: str, lines: list[Line]) -> Line | None:
    names = {
        "households": "households", "poor": "poor households", "rate": "poverty rate", "near": "near-poor households",
        "near rate": "near-poverty rate", "decrease": "poor households, decrease",
    }  # fmt: skip
    return next((line for line in lines if line.label == names[what]), None)


def _merged_duplicates(lines: list[Line], reports: dict[int, Report]) -> list[Line]:
    """A figure told again in another table of the report (funding by years) is the same claim."""
    for line in lines:
        for year, ids in line.said.items():
            told = [f for f in reports[year].figures if f.id in ids]
            for first in told:
                for other in reports[year].figures:
                    if (
                        other.table is not None
                        and (other.kind, other.unit, other.of) == (first.kind, first.unit, first.of)
                        and other.value == first.value
                        and other.period == first.period
                        and other.places == first.places
                        and first.direction == other.direction
                        and abs(first.value) > 1
                        and first.kind == "money"
                    ):
                        ids.add(other.id)
    return lines


def pairs(lines: list[Line], a: int, b: int) -> Iterator[tuple[Line, set[str], set[str]]]:
    """What the two reports both say."""
    for line in lines:
        if line.said.get(a) and line.said.get(b):
            yield line, line.said[a], line.said[b]
