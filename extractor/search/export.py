"""What `extractor cite` found, written to files: passages as CSV, JSON or RIS, the network as GraphML, JSON or HTML."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor import output
from extractor.batch.writing import write_whole
from extractor.errors import UsageError
from extractor.search.citing import Cited, Passage
from extractor.search.network import as_graphml, as_json, network
from extractor.search.picture import as_html

COLUMNS = tuple(Passage.__dataclass_fields__)
DRAWINGS = {".graphml": as_graphml, ".json": as_json, ".html": as_html}


def as_value(cited: Cited) -> dict[str, Any]:
    """The contract's JSON of a cited document."""
    return asdict(cited)


def export_cited(database: sqlite3.Connection, cited: Cited, target: Path) -> None:
    """Write `cited` to `target` in the form of its extension. Raises UsageError for another, and DiskFull."""
    kind = target.suffix.lower()
    if kind == ".csv":
        text = output.as_csv([asdict(p) for p in cited.passages], COLUMNS)
    elif kind == ".json":
        text = output.as_json(as_value(cited))
    elif kind == ".ris":
        text = as_ris(database, cited)
    else:
        raise UsageError(f"--export {target.name}: end it in .csv, .json or .ris")
    write_whole(target, text.encode(), parts=target.parent)


def export_network(database: sqlite3.Connection, key: str, target: Path) -> None:
    """Write the network around `key` to `target` in the form of its extension. Raises UsageError, DiskFull."""
    drawing = DRAWINGS.get(target.suffix.lower())
    if drawing is None:
        raise UsageError(f"--graph {target.name}: end it in .graphml, .json or .html")
    write_whole(target, drawing(network(database, key)).encode(), parts=target.parent)


def as_ris(database: sqlite3.Connection, cited: Cited) -> str:
    """RIS for Zotero, EndNote and JabRef: the document (STAT), then each report that cites it (RPRT, with passages)."""
    day = cited.dates[0] if cited.dates else ""
    records = [
        _record("STAT", {
            "TI": [cited.title or cited.key], "M1": [cited.key], "AU": [cited.issuer],
            "PY": [day[:4]], "DA": [day.replace("-", "/")],
        })
    ]  # fmt: skip
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in cited.passages:
        passages[passage.document].append(passage)
    for source, group in passages.items():
        title, issuer, number, issued, year = database.execute(
            "SELECT title, issuer, number, issued_on, year FROM search_documents WHERE source = ?", (source,)
        ).fetchone()
        records.append(
            _record("RPRT", {
                "TI": [title or source], "AU": [issuer], "M1": [number], "PY": [issued[:4] if issued else year],
                "DA": [issued.replace("-", "/") if issued else None], "L1": [source],
                "N1": list(dict.fromkeys(f"{p.relation}{f', p. {p.page}' if p.page else ''}: {p.text}" for p in group)),
            })
        )  # fmt: skip
    return "\r\n".join(records)


def _record(kind: str, fields: dict[str, list[Any]]) -> str:
    lines = [f"TY  - {kind}"]
    lines += [f"{tag}  - {' '.join(str(value).split())}" for tag, values in fields.items() for value in values if value]
    return "\r\n".join([*lines, "ER  - ", ""])
