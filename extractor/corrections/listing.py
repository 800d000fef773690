"""`extractor corrections OUT`: what people have said about the reports of a run, and what became of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from extractor import output
from extractor.corrections.apply import Outcome
from extractor.corrections.fields import Anchor
from extractor.corrections.folder import journals, of_report, reports_folder
from extractor.corrections.journal import FOLDER, journal_path, read
from extractor.corrections.record import Correction
from extractor.errors import ExtractorError, NoPermission
from extractor.model import PlaceName
from extractor.serial import NotAReport, from_json, plain

COLUMNS = ("document", "when", "who", "what", "kind", "text", "old", "new", "state", "reason", "id", "undoes", "pages")
_SHOWN = COLUMNS[:9]
_GONE = Outcome("stale", "its report is no longer in OUT/reports")


@dataclass(slots=True)
class Listing:
    """The rows of all corrections, and the lines and reports that could not be read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read, 2 not all."""
        return 2 if self.failures else 0


def list_corrections(out: Path) -> Listing:
    """Every correction of the folder `out`, document by document in the order in which they were made.

    Raises UsageError where there are no reports.
    """
    folder = reports_folder(out)
    made = Listing()
    names = (p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*.json")))
    jsons = {journal_path(out, name): name for name in names}
    for path in journals(out):
        try:
            _list(made, out, path, jsons.get(path))
        except NotAReport as error:
            made.failures.append(NotAReport(str(error), path=folder / jsons[path]))
        except OSError as error:
            made.failures.append(NoPermission(error.strerror or str(error), path=folder / jsons[path]))
    return made


def _list(made: Listing, out: Path, path: Path, json: str | None) -> None:
    if json is None:
        journal = read(path)
        made.failures += journal.failures
        name = path.relative_to(out / FOLDER).as_posix().removesuffix(".jsonl")
        made.rows += [_row(name, c, _GONE) for c in journal.corrections]
        return
    loaded = of_report(out, json, from_json((out / "reports" / json).read_bytes()))
    made.failures += loaded.failures
    now = loaded.corrected
    made.rows += [_row(now.machine.document.source, c, now.outcomes[c.id]) for c in now.corrections]


def _row(document: str, c: Correction, outcome: Outcome) -> dict[str, Any]:
    return {
        "document": document, "id": c.id, "when": c.when, "who": c.who, "what": c.what, "kind": c.kind, "item": c.item,
        "start": c.anchor.start if c.anchor else None, "end": c.anchor.end if c.anchor else None,
        "text": c.anchor.text if c.anchor else None, "old": dict(c.old), "new": dict(c.new),
        "pages": list(c.pages), "undoes": c.undoes, "state": outcome.state, "reason": outcome.reason,
    }  # fmt: skip


def _numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Exact numbers as JSON prints them."""
    return {k: orjson.Fragment(plain(v)) if isinstance(v, Decimal) else v for k, v in values.items()}


def print_corrections(made: Listing, shown: output.Format) -> None:
    """Print the rows; as a table those columns that fit, with a line that counts them."""
    if shown == "json":
        rows = [{**row, "old": _numbers(row["old"]), "new": _numbers(row["new"])} for row in made.rows]
        sys.stdout.write(output.as_json(rows))
        return
    rows = [{**row, "old": told(row["old"]), "new": told(row["new"]), "text": _line(row["text"])} for row in made.rows]
    rows = [{**row, "pages": " ".join(map(str, row["pages"]))} for row in rows]
    if shown == "csv":
        sys.stdout.write(output.as_csv(rows, COLUMNS))
        return
    if rows:
        sys.stdout.write(output.as_table(rows, _SHOWN))
    states = [row["state"] for row in rows]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("applied", "undone", "stale"))
    sys.stdout.write(f"{len(rows)} corrections: {counts}\n")
    for row in rows:
        if row["reason"]:
            sys.stdout.write(f"stale: {row['document']}: {row['text']}: {row['reason']}\n")


def told(values: Mapping[str, Any]) -> str:
    """Fields and their values on one line: `value=603; unit=hộ`."""
    return "; ".join(f"{name}={_told(value)}" for name, value in values.items())


def _told(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Anchor):
        return _line(value.text)
    if isinstance(value, tuple):
        return ", ".join(item.name if isinstance(item, PlaceName) else str(item) for item in value)
    return "–" if value is None else _line(str(value))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
