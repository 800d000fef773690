"""`extractor diff`: the rows of a comparison printed, and written where files are named."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from extractor import output
from extractor.compare.diff import Summary, diff, rows_of, select
from extractor.compare.judge import STATUSES
from extractor.compare.parts import told
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
    """Print the comparison; the exit code: 2 where JSONs of a side could not be used. JSON and CSV are printed part
    by part, so that no comparison is too large. Raises UsageError and what `select` raises."""
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
        if options.format == "table" or options.html or options.xlsx:
            rows = rows_of(_wanted(diff(a, b, least=options.least, places=target, summary=summary), options))
            _write(rows, options, (a.name, b.name))
            if options.format == "table":
                sys.stdout.write(terminal(rows, summary))
            else:
                _print((_text([row], options) for row in rows), options)
        else:
            tell = partial(_text, options=options)
            _print(told(a, b, tell, least=options.least, places=target, summary=summary), options)
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


def _wanted(rows: Iterable[Row], options: Options) -> Iterator[Row]:
    return (row for row in rows if not options.statuses or row.status in options.statuses)


def _text(rows: Iterable[Row], options: Options) -> bytes:
    """The wanted ones of the rows in JSON, each behind a comma, or in CSV without a head."""
    wanted = _wanted(rows, options)
    if options.format == "json":
        return b"".join([b",\n" + orjson.dumps(row.to_dict()) for row in wanted])
    text = io.StringIO()
    csv.DictWriter(text, _CSV, extrasaction="ignore", lineterminator="\n").writerows(flat(r.to_dict()) for r in wanted)
    return text.getvalue().encode()


def _print(texts: Iterator[bytes], options: Options) -> None:
    if options.format == "json":
        _put(b'{"rows": [')
        _put(next(filter(None, texts), b"").removeprefix(b","))
        for text in texts:
            _put(text)
        _put(b"\n]}\n")
    else:
        _put(",".join(_CSV).encode() + b"\n")
        for text in texts:
            _put(text)


def _put(text: bytes) -> None:
    """Written as it is where that is what standard output would make of it: half a gigabyte need not be recoded."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower() == "utf-8":
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
    else:
        sys.stdout.write(text.decode())
