"""The reports that a run wrote, read again, with what people corrected, for the commands that look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.corrections.folder import of_report
from extractor.errors import ExtractorError, NoPermission, UsageError
from extractor.model import Report
from extractor.serial import NotAReport, from_json


def reports_of(out: Path) -> Iterator[Report | ExtractorError]:
    """Every report below `out`/reports in the order of their paths, corrected; in place of one that is none, why not,
    and before one whose corrections are not all to be read why.

    Raises UsageError where there is no such folder, when the first is asked for.
    """
    folder = out / "reports"
    if not folder.is_dir():
        raise UsageError("no reports there: name the folder that 'extractor run' wrote", path=out)
    for path in sorted(folder.rglob("*.json")):
        try:
            loaded = of_report(out, path.relative_to(folder).as_posix(), from_json(path.read_bytes()))
            yield from loaded.failures
            yield loaded.corrected.report
        except NotAReport as error:
            yield error
        except OSError as error:
            yield NoPermission(error.strerror or str(error), path=path)
