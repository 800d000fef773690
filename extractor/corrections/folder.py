"""The corrections of a run's folder: OUT/corrections beside OUT/reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from extractor.corrections.apply import Corrected, apply, correct
from extractor.corrections.journal import FOLDER, append, journal_path, read
from extractor.corrections.record import Correction
from extractor.errors import ExtractorError, NoPermission, NotFound, UsageError
from extractor.model import Report
from extractor.serial import from_json


@dataclass(frozen=True, slots=True)
class Loaded:
    """One report with its corrections, and the lines of its journal that are none."""

    corrected: Corrected
    failures: tuple[ExtractorError, ...] = ()


def reports_folder(out: Path) -> Path:
    """`out`/reports. Raises UsageError where there is no such folder."""
    folder = out / "reports"
    if not folder.is_dir():
        raise UsageError("no reports there: name the folder that 'extractor run' wrote", path=out)
    return folder


def load(out: Path, json: str) -> Loaded:
    """The report whose JSON is `json` below OUT/reports, with its corrections.

    Raises NotFound, NoPermission, NotAReport, UsageError where `json` leads out of OUT/reports.
    """
    path = out / "reports" / _inside(json)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("no such report", path=path) from error
    except OSError as error:
        raise NoPermission(error.strerror or str(error), path=path) from error
    return of_report(out, json, from_json(data))


def of_report(out: Path, json: str, report: Report) -> Loaded:
    """As `load`, of a report that was read already. Raises NoPermission, UsageError."""
    journal = read(journal_path(out, _inside(json)))
    return Loaded(correct(report, journal.corrections), journal.failures)


def report_of(out: Path, json: str, report: Report) -> tuple[Report, tuple[ExtractorError, ...]]:
    """As `of_report`, the corrected report alone: for those who go through thousands, of which few are corrected."""
    journal = read(journal_path(out, json))
    return apply(report, journal.corrections) if journal.corrections else report, journal.failures


def save(out: Path, json: str, corrections: Iterable[Correction]) -> None:
    """Keep what was said about the report `json`; on the disk when this returns. Raises DiskFull, CannotWrite."""
    append(journal_path(out, _inside(json)), list(corrections))


def journals(out: Path) -> list[Path]:
    """All journals of the folder, in the order of their names."""
    return sorted(p for p in (out / FOLDER).rglob("*.jsonl") if p.is_file())


def stamp(path: Path) -> str | None:
    """What changes when the journal at `path` does; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns}"


def stamps(out: Path, jsons: Iterable[str]) -> dict[str, str]:
    """The stamps of those of the reports `jsons` that have a journal."""
    there = set(journals(out))
    if not there:
        return {}
    paths = {json: journal_path(out, json) for json in jsons}
    found = {json: stamp(path) for json, path in paths.items() if path in there}
    return {json: told for json, told in found.items() if told is not None}


def follow_moves(out: Path, documents: Mapping[str, str]) -> None:
    """Bring the journals of reports that got another name to it. `documents`: the documents' ids by JSON.

    A journal without a report follows the one report with the same content, where that has no journal of its own.
    """
    taken = {journal_path(out, json): json for json in documents}
    for path in [p for p in journals(out) if p not in taken]:
        about = {c.document for c in read(path).corrections}
        free = [p for p, json in taken.items() if documents[json] in about and not p.exists()]
        if len(free) == 1:
            free[0].parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, free[0])


def _inside(json: str) -> str:
    name = PurePath(json)
    if name.is_absolute() or ".." in name.parts or "\0" in json or not json.endswith(".json"):
        raise UsageError(f"no report of a run: {json!r}")
    return json
