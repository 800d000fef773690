"""Scores of many reports added up, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.evaluate.score import Count, Scores


@dataclass(frozen=True, slots=True)
class Row:
    """One kind's figures. For attributes and section parents `recall` is the share that is right."""

    precision: float
    recall: float
    f1: float
    gold: int


def total(parts: Iterable[Scores]) -> Scores:
    """The counts and errors of all."""
    whole = Scores()
    for part in parts:
        for name, count in part.counts.items():
            sum_ = whole.count(name)
            sum_.hit += count.hit
            sum_.miss += count.miss
            sum_.spurious += count.spurious
        whole.errors += part.errors
    return whole


def rows(scores: Scores) -> dict[str, Row]:
    """Precision, recall, F1 (rounded to four places) and the number of gold items of each kind, in order of name."""
    return {name: _row(count) for name, count in sorted(scores.counts.items())}


def is_share(name: str) -> bool:
    """Whether the kind is a share that is right (an attribute, metadata), for which precision and F1 say nothing."""
    return name.startswith(("attr.", "document.")) or name == "section.parent"


def _row(count: Count) -> Row:
    precision = count.hit / (count.hit + count.spurious) if count.hit + count.spurious else 0.0
    recall = count.hit / (count.hit + count.miss) if count.hit + count.miss else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Row(round(precision, 4), round(recall, 4), round(f1, 4), count.hit + count.miss)
