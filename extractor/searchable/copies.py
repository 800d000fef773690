"""The searchable PDF of one job of a run, written before its JSON: where that is there, so is the PDF."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.batch.discover import Job
from extractor.batch.work import Reader
from extractor.model import Report
from extractor.pages import SourcePage
from extractor.reading.kinds import kind_of_content
from extractor.reading.watching import Watch, unwatched

FOLDER = "searchable"
_PDFA_MARK = b"pdfaid:part"  # stands in the clear: metadata of PDF/A may not be compressed (ISO 19005-2, 6.6.2.1)

_NOT_MADE, _NO_PDFA = b"searchable PDF: not made: ", b"PDF/A: not made: "  # as `write_searchable` says it


@dataclass(frozen=True, slots=True)
class Copies:
    """Makes OUT/searchable/… beside OUT/reports/…, one for each PDF and picture. pdfa: PDF/A-2b where possible."""

    pdfa: bool = False

    def target(self, job: Job, out: Path) -> Path:
        """Where the copy stands: below its folder as the report below its own, `.pdf` added where it is no PDF by
        name."""
        below = job.target.with_name(job.target.name.removesuffix(".json"))
        if below.suffix.lower() != ".pdf":
            below = below.with_name(below.name + ".pdf")
        return out / FOLDER / below

    def missing(self, job: Job, out: Path) -> bool:
        """True where the copy, or the PDF/A that is asked for, is still to be made; one that could not be made for a
        reason that the JSON names is not tried again."""
        if _kind(job.path) not in ("pdf", "picture"):
            return False
        target, report = self.target(job, out), out / "reports" / job.target
        if not target.is_file():
            return not _holds(report, _NOT_MADE)
        return self.pdfa and not _holds(target, _PDFA_MARK) and not _holds(report, _NO_PDFA)

    def read(self, read: Reader, job: Job, out: Path, watch: Watch = unwatched) -> Report:
        """The report of `job`, its searchable PDF written; what there is to say of that is added to its warnings.

        Raises what `read` raises, OverOriginal, DiskFull, CannotWrite.
        """
        kind = _kind(job.path)
        if kind not in ("pdf", "picture"):
            return read(job.path, job.source, watch)
        from extractor.searchable.write import Layers, write_searchable

        target = self.target(job, out)
        beside = job.path.with_name(target.name)
        if target.name != job.path.name and beside.exists():
            report = read(job.path, job.source, watch)
            taken = f"searchable PDF: not made: its name is that of {beside.name} beside it"
            return replace(report, warnings=(*report.warnings, taken))
        layers = Layers()

        def seen(number: int, read_page: Callable[[], SourcePage]) -> SourcePage:
            page = watch(number, read_page)
            layers.take(page)
            return page

        report = read(job.path, job.source, seen)
        warnings = write_searchable(job.path, kind, layers, target, parts=out, pdfa=self.pdfa)
        return replace(report, warnings=(*report.warnings, *warnings))


def _holds(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(mark) >= 0
    except (OSError, ValueError):  # it is not there, or empty
        return False


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        return kind_of_content(file.read(65536), path)
