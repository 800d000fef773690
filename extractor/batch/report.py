"""A run told to people and programs at its end."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from extractor import output
from extractor.batch.summary import Summary
from extractor.batch.work import Outcome
from extractor.store.database import NAME

KINDS = ("household", "percent", "money", "criteria", "other")
_COLUMNS = (
    "source",
    "json",
    "status",
    "pages",
    "sections",
    "figures",
    *KINDS,
    "references",
    "places",
    "findings",
    "warnings",
)


def print_summary(summary: Summary, shown: output.Format) -> None:
    """Print the run: totals (table, JSON) or a row a report (CSV)."""
    if shown == "json":
        sys.stdout.write(output.as_json(as_data(summary)))
    elif shown == "csv":
        sys.stdout.write(output.as_csv([_row(o) for o in summary.outcomes], (*_COLUMNS, "seconds", "error", "message")))
    else:
        sys.stdout.write(_table(summary))


def as_data(summary: Summary) -> dict[str, Any]:
    """The run as JSON-ready data."""
    counts = summary.counts
    return {
        "out": str(summary.out),
        "documents": len(summary.good),
        "read": summary.status["read"],
        "unchanged": summary.status["unchanged"],
        "moved": summary.status["moved"],
        "failed": [{"source": o.source, "error": o.error, "message": o.message} for o in summary.failures],
        "skipped": [{"source": s.source, "reason": s.reason} for s in summary.skipped],
        "waiting": summary.waiting,
        "stopped": summary.stopped,
        "pages": counts.pages,
        "sections": counts.sections,
        "figures": {kind: counts.figures[kind] for kind in KINDS},
        "references": counts.references,
        "places": counts.places,
        "findings": counts.findings,
        "warnings": counts.warnings,
        "seconds": round(summary.seconds, 3),
    }


def _row(outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {"source": outcome.source, "status": outcome.status, "seconds": round(outcome.seconds, 3)}
    if outcome.counts is None:
        return row | {"error": outcome.error, "message": outcome.message}
    counts = outcome.counts
    return row | {
        "json": f"reports/{outcome.target.as_posix()}" if outcome.target.name else None,
        "pages": counts.pages,
        "sections": counts.sections,
        "figures": counts.figures.total(),
        **{kind: counts.figures[kind] for kind in KINDS},
        "references": counts.references,
        "places": counts.places,
        "findings": counts.findings,
        "warnings": counts.warnings,
    }


def _table(summary: Summary) -> str:
    counts = summary.counts
    totals = [
        ("documents", len(summary.good)),
        ("pages", counts.pages),
        ("sections", counts.sections),
        ("figures", counts.figures.total()),
        *((f"  {kind}", counts.figures[kind]) for kind in KINDS),
        ("references", counts.references),
        ("places", counts.places),
        ("findings", counts.findings),
    ]
    exceptional = [
        ("unchanged", summary.status["unchanged"]),
        ("moved", summary.status["moved"]),
        ("failed", len(summary.failures)),
        ("skipped", len(summary.skipped)),
        ("warnings", counts.warnings),
        ("not tried", summary.waiting),
    ]
    totals += [(what, count) for what, count in exceptional if count]
    text = "".join(f"{what:<12}{count:>10,}\n" for what, count in totals)
    text += f"{'seconds':<12}{summary.seconds:>10.2f}\n"
    if summary.failures:
        failures = [{"error": o.error, "source": o.source} for o in summary.failures]
        text += "\nfailed (why and what to do stands above, on stderr):\n"
        text += output.as_table(failures, ("error", "source"), header=False)
    if summary.skipped:
        reasons = Counter(s.reason for s in summary.skipped)
        skipped = [{"count": count, "reason": reason} for reason, count in reasons.most_common()]
        text += "\nskipped (--format json names each):\n" + output.as_table(skipped, ("count", "reason"), header=False)
    return text + "\n" + _next(summary)


def _next(summary: Summary) -> str:
    if not summary.good:
        return "nothing was written\n"
    if isinstance(summary.out, str):
        return f"Parquet, a row a report:  {summary.out.rstrip('/')}/parts\ncolumns:                  docs/scale.md\n"
    out = summary.out
    lines = [
        f"JSON, one a report:      {out / 'reports'}",
        f"for instance:            {out / 'reports' / summary.good[0].target}",
        "what the keys mean:      extractor schema --format table",
        f"all of it in a browser:  extractor serve {out}",
    ]
    if summary.counts.warnings:
        lines.append('pages not read, doubts:  "warnings" in each JSON')
    lines.append(f"each file and page:      {out / NAME}")
    if any(o.details for o in summary.failures):
        lines.append(f"defects of ours:         {out / 'errors.log'}")
    return "\n".join(lines) + "\n"
