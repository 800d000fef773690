"""The audit of a run's folder: every report's JSON recomputed, the findings printed, and written as JSON and a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor import output
from extractor.auditing import Coverage, audit
from extractor.batch.results import reports_of
from extractor.batch.writing import write_whole
from extractor.errors import ExtractorError
from extractor.model import Finding, Report

COLUMNS = ("document", "page", "severity", "rule", "message", "evidence", "start", "end")


@dataclass(frozen=True, slots=True)
class Audited:
    """One report with what was found in it."""

    report: Report
    findings: list[Finding]
    coverage: Coverage


@dataclass(slots=True)
class Audit:
    """All reports of a folder, and the JSON files that are none."""

    reports: list[Audited] = field(default_factory=list)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        """The figures of all reports together."""
        parts = [a.coverage for a in self.reports]
        return Coverage(sum(c.checked for c in parts), sum(c.figures for c in parts))

    @property
    def exit_code(self) -> int:
        """0 all read, 2 some, 3 none."""
        if not self.reports:
            return 3
        return 2 if self.failures else 0

    def rows(self) -> list[dict[str, Any]]:
        """Every finding as the contract's keys, with its document's name."""
        return [
            {
                "document": a.report.document.source,
                **{key: _plain(getattr(f, key)) for key in Finding.__dataclass_fields__},
            }
            for a in self.reports
            for f in a.findings
        ]


def audit_folder(out: Path) -> Audit:
    """Audit every report JSON below `out`/reports. Raises UsageError where there is no such folder."""
    made = Audit()
    for report in reports_of(out):
        if isinstance(report, ExtractorError):
            made.failures.append(report)
            continue
        findings, coverage = audit(report)
        made.reports.append(Audited(report, findings, coverage))
    return made


def write_audit(made: Audit, out: Path, html: Path | None = None) -> Path:
    """Write `out`/audit.json and the page (default `out`/audit.html); returns the page's path."""
    from extractor.auditing.page import page

    target = html or out / "audit.html"
    write_whole(out / "audit.json", output.as_json(made.rows()).encode(), parts=out)
    write_whole(target, page(made).encode(), parts=target.parent)
    return target


def print_audit(made: Audit, shown: output.Format) -> None:
    """Print the findings; as a table with the coverage."""
    if shown == "json":
        sys.stdout.write(output.as_json(made.rows()))
    elif shown == "csv":
        rows = [{**row, "evidence": " ".join(row["evidence"])} for row in made.rows()]
        sys.stdout.write(output.as_csv(rows, COLUMNS))
    else:
        sys.stdout.writelines(_lines(made))


def _lines(made: Audit) -> Iterator[str]:
    for audited in made.reports:
        yield f"{audited.report.document.source}: {audited.coverage}\n"
        rows = [
            {
                "": "  ",
                "severity": f.severity,
                "page": f"p. {f.page}" if f.page else "",
                "rule": f.rule,
                "message": f.message,
            }
            for f in audited.findings
        ]
        if rows:
            yield output.as_table(rows, ("", "severity", "page", "rule", "message"), header=False)
    errors = sum(f.severity == "error" for a in made.reports for f in a.findings)
    warnings = sum(f.severity == "warning" for a in made.reports for f in a.findings)
    yield f"{len(made.reports)} reports, {errors} errors, {warnings} warnings; {made.coverage}\n"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
