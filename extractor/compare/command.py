"""`extractor diff`: the rows of a comparison printed, and written where files are named."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from extractor import output
from extractor.compare.diff import Summary, diff, rows_of, select
from extractor.compare.judge import STATUSES
from extractor.compare.places import Map
from extractor.compare.reasons import Language
from extractor.compare.rows import Row, flat
from extractor.compare.show import terminal
from extractor.errors import ExtractorError, UsageError

_CSV = (
    "status", "indicator", "indicator_id", "place", "place_level", "place_code", "role", "a", "a_value", "a_unit",
    "a_year", "b", "b_value", "b_unit", "b_year", "change", "change_percent", "unit", "confidence", "reason",
    "a_document", "a_page", "a_figure", "a_text", "b_document", "b_page", "b_figure", "b_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What `extractor diff` was asked for."""

    a: str
    b: str
    format: output.Format
    least: float = 0.5
    places: str = "as-told"
    statuses: tuple[str, ...] = ()
    html: Path | None = None
    xlsx: Path | None = None
    language: Language = "vi"


def run_diff(options: Options, complain: Callable[[ExtractorError], None]) -> int:
    """Print the comparison; the exit code: 2 where JSONs of a side could not be used. JSON and CSV are printed row by
    row, so that no comparison is too large. Raises UsageError and what `select` raises."""
    if not 0.5 <= options.least <= 1:
        raise UsageError("--min-confidence is between 0.5 and 1")
    if unknown := set(options.statuses) - set(STATUSES):
        raise UsageError(f"--status {min(unknown)}: there are {', '.join(STATUSES)}")
    target = Map.named(options.places)
    a, b = select(options.a), select(options.b)
    with a.store, b.store:
        for json in (*a.store.missing, *b.store.missing):
            print(f"extractor: {json}: its JSON was changed or removed; left out until the next run", file=sys.stderr)
        summary = Summary()
        rows = diff(a, b, least=options.least, places=target, summary=summary)
        wanted: Iterator[Row] = (r for r in rows if not options.statuses or r.status in options.statuses)
        if options.html or options.xlsx:
            found = rows_of(wanted)
            _write(found, options, (a.name, b.name))
            wanted = iter(found)
        _print(wanted, options, summary)
        for error in summary.failures:
            complain(error)
    return 2 if summary.failures or a.store.missing or b.store.missing else 0


def _write(rows: list[Row], options: Options, names: tuple[str, str]) -> None:
    from extractor.compare.html import page
    from extractor.compare.xlsx import write_workbook
    from extractor.store.export import write_failure

    for path in (options.html, options.xlsx):
        try:
            if path is None:
                continue
            if path is options.html:
                path.write_text(page(rows, *names, options.language), encoding="utf8")
            else:
                write_workbook(rows, path, options.language)
        except OSError as error:
            raise write_failure(error, path or Path()) from error


def _print(rows: Iterator[Row], options: Options, summary: Summary) -> None:
    if options.format == "json":
        sys.stdout.write('{"rows": [')
        for at, row in enumerate(rows):
            sys.stdout.write(("," if at else "") + "\n" + orjson.dumps(row.to_dict()).decode())
        sys.stdout.write("\n]}\n")
    elif options.format == "csv":
        writer = csv.DictWriter(sys.stdout, _CSV, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(flat(row.to_dict()))
    else:
        sys.stdout.write(terminal(rows_of(rows), summary))
