"""What a person should look at first: the files of a run that could not be read, then its documents by their grades
(`extractor.grading`), worst first."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor import output
from extractor.batch.results import reports_of
from extractor.errors import ExtractorError
from extractor.grading import WORST_FIRST, Graded, grade
from extractor.store.database import NAME
from extractor.store.ledger import FileRow, Ledger

COLUMNS = ("document", "grade", "pages", "reasons")
FAILED = "failed"
"""The grade of a file that could not be read."""


@dataclass(slots=True)
class Triage:
    """All documents of a folder, what needs a person first; the files that runs could not read; and what is not to be
    read of the folder itself: JSON files that are none, a broken ledger."""

    failed: list[FileRow] = field(default_factory=list)
    documents: list[Graded] = field(default_factory=list)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all listed, 2 not all, 3 nothing."""
        if not self.documents and not self.failed:
            return 3
        return 2 if self.failures else 0

    def rows(self) -> list[dict[str, Any]]:
        """The contract's rows, in their order; a file that could not be read has the grade `failed`."""
        failed = [
            {"document": row.source, "grade": FAILED, "pages": [], "reasons": [f"{row.error}: {row.message}"]}
            for row in self.failed
        ]
        return [*failed, *(document.row() for document in self.documents)]


def triage_folder(out: Path) -> Triage:
    """Grade every report below `out`/reports, and name the files that the ledger says could not be read.

    Raises UsageError where there is neither a report nor such a file.
    """
    made = Triage()
    try:
        made.failed = _failed(out)
    except ExtractorError as error:
        made.failures.append(error)
    if made.failed and not (out / "reports").is_dir():
        return made
    for report in reports_of(out):
        if isinstance(report, ExtractorError):
            made.failures.append(report)
        else:
            made.documents.append(grade(report))
    made.documents.sort(key=_urgency)
    return made


def _failed(out: Path) -> list[FileRow]:
    if not (out / NAME).exists():  # a folder of JSONs alone
        return []
    with Ledger(out) as ledger:
        return ledger.failed()


def _urgency(document: Graded) -> tuple[int, float, float, str]:
    """Worst first: by grade, by the share of its pages that are poor, by its least sure page."""
    pages = document.pages
    poor = sum(p.grade == "poor" for p in pages) / len(pages) if pages else 0.0
    least = min((p.confidence for p in document.report.pages), default=1.0)
    return WORST_FIRST.index(document.grade), -poor, least, document.report.document.source


def print_triage(made: Triage, shown: output.Format) -> None:
    """Print the grades; as a table, documents that are good are only counted."""
    rows = made.rows()
    if shown == "json":
        sys.stdout.write(output.as_json(rows))
    elif shown == "csv":
        flat = [{**r, "pages": " ".join(map(str, r["pages"])), "reasons": "; ".join(r["reasons"])} for r in rows]
        sys.stdout.write(output.as_csv(flat, COLUMNS))
    else:
        sys.stdout.writelines(_lines(rows))


def _lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["grade"] != "good":
            yield f"{row['grade']}  {row['document']}\n"
            yield from (f"      {reason}\n" for reason in row["reasons"])
    grades = Counter(row["grade"] for row in rows)
    failed = grades.pop(FAILED, 0)
    counts = ", ".join(f"{grades[g]} {g}" for g in WORST_FIRST)
    yield f"{grades.total()} documents: {counts}{f'; {failed} files could not be read' if failed else ''}\n"
