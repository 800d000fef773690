"""What a person should look at first: the documents of a run by their grades (`extractor.grading`), worst first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor import output
from extractor.batch.results import reports_of
from extractor.errors import ExtractorError
from extractor.grading import WORST_FIRST, Graded, grade

COLUMNS = ("document", "grade", "pages", "reasons")


@dataclass(slots=True)
class Triage:
    """All documents of a folder, what needs a person first; and the JSON files that are none."""

    documents: list[Graded] = field(default_factory=list)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read, 2 some, 3 none."""
        if not self.documents:
            return 3
        return 2 if self.failures else 0


def triage_folder(out: Path) -> Triage:
    """Grade every report below `out`/reports. Raises UsageError where there is no such folder."""
    made = Triage()
    for report in reports_of(out):
        if isinstance(report, ExtractorError):
            made.failures.append(report)
        else:
            made.documents.append(grade(report))
    made.documents.sort(key=_urgency)
    return made


def _urgency(document: Graded) -> tuple[int, float, float, str]:
    """Worst first: by grade, by the share of its pages that are poor, by its least sure page."""
    pages = document.pages
    poor = sum(p.grade == "poor" for p in pages) / len(pages) if pages else 0.0
    least = min((p.confidence for p in document.report.pages), default=1.0)
    return WORST_FIRST.index(document.grade), -poor, least, document.report.document.source


def print_triage(made: Triage, shown: output.Format) -> None:
    """Print the grades; as a table, those that are good are only counted."""
    rows = [document.row() for document in made.documents]
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
    counts = ", ".join(f"{sum(r['grade'] == g for r in rows)} {g}" for g in WORST_FIRST)
    yield f"{len(rows)} documents: {counts}\n"
