"""The report checked against itself: every claim that can be recomputed is, in the manner of statcheck.

Each rule is a module with `check(context)`, which yields a `Check` for everything that it could recompute, whether or
not it found something wrong. A finding says that a set of numbers or names is inconsistent, not which of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from extractor.auditing.context import Check, Context
from extractor.model import Finding, Report

Rule = Callable[[Context], Iterator[Check]]

RULES = (
    "parts_total",
    "list_totals",
    "ratio_percent",
    "count_percent",
    "change_levels",
    "partition",
    "plan_share",
    "base_share",
    "dates",
    "reference_dates",
    "reference_titles",
    "symbol_issuer",
    "symbol_form",
    "numbering",
    "place_spelling",
    "missing_amount",
    "bounds",
    "listed_count",
    "stated_twice",
    "tables",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures took part in a recomputation."""

    checked: int
    figures: int

    def __str__(self) -> str:
        return f"{self.checked} of {self.figures} figures could be checked"


def audit(report: Report) -> tuple[list[Finding], Coverage]:
    """Recompute what `report` claims: what does not fit, in the order of the text, and how much could be checked."""
    context = Context(report)
    findings: dict[tuple[str, frozenset[str], int | None], Finding] = {}
    seen: set[str] = set()
    for name in RULES:
        rule: Rule = import_module(f"extractor.auditing.{name}").check
        for made in rule(context):
            seen.update(made.evidence)
            if made.finding is not None:
                key = (name, frozenset(made.evidence), made.finding.start if not made.evidence else None)
                findings.setdefault(key, made.finding)
    figures = {f.id for f in report.figures}
    ordered = sorted(findings.values(), key=lambda f: (f.start or 0, f.rule))
    return ordered, Coverage(len(seen & figures), len(figures))
