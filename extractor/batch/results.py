"""The reports that a run wrote, read again, with what people corrected, for the commands that look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.corrections.folder import report_of, reports_folder
from extractor.errors import ExtractorError, NoPermission
from extractor.model import Report
from extractor.serial import NotAReport, from_json


def reports_of(out: Path) -> Iterator[Report | ExtractorError]:
    """Every report below `out`/reports in the order of their paths, corrected; in place of one that is none, why not,
    and before one whose corrections are not all to be read why.

    Raises UsageError where there is no such folder, when the first is asked for.
    """
    folder = reports_folder(out)
    for path in sorted(folder.rglob("*.json")):
        try:
            name = path.relative_to(folder).as_posix()
            report, failures = report_of(out, name, from_json(path.read_bytes()))
            yield from failures
            yield report
        except NotAReport as error:
            yield error
        except OSError as error:
            yield NoPermission(error.strerror or str(error), path=path)
