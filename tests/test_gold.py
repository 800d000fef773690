"""The floors of accuracy on our own gold, every report extracted from its file in corpus/."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluate.compare import evaluate
from extractor.evaluate.table import Row, rows, total

GOLD = Path(__file__).resolve().parent.parent / "gold"

FLOORS = {  # F1, or for shares what is right
    "figure": 0.96,
    "figure.household": 0.98,
    "figure.percent": 0.98,
    "figure.money": 0.98,
    "figure.criteria": 0.98,
    "reference": 0.98,
    "attr.reference.date": 0.97,
    "place": 0.96,
    "section": 0.97,
    "section.parent": 0.97,
}


@pytest.fixture(scope="module")
def scored() -> dict[str, Row]:
    evaluation = evaluate([GOLD])
    assert not evaluation.failures
    assert len(evaluation.scores) >= 12
    return rows(total(evaluation.scores.values()))


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_floor(scored: dict[str, Row], kind: str, floor: float) -> None:
    row = scored[kind]
    reached = row.recall if kind in ("section.parent", "attr.reference.date") else row.f1
    assert reached >= floor, f"{kind}: {row}; `extractor eval gold --errors` lists what is wrong"
