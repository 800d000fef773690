"""The audit on reports with known errors: the generator's, the corpus' own, and the real one that has many."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from extractor import extract
from extractor.auditing import audit
from extractor.model import Report

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared/reports/text"


def _generator() -> object:
    spec = importlib.util.spec_from_file_location("plant_errors", ROOT / "scripts/plant_errors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_planted_errors_are_found_and_nothing_else() -> None:
    score = _generator().score(range(5000, 5060))  # type: ignore[attr-defined]
    assert score.recall >= 0.95, score.missed
    assert score.precision >= 0.98, score.false
    assert sum(score.found.values()) > 80
    assert set(score.found) == {"rounding", "digits", "total", "percent", "unit"}


def test_a_report_without_planted_errors_is_left_alone() -> None:
    generator = _generator()
    sound = [seed for seed in range(5000, 5060) if not generator.make(seed).planted]  # type: ignore[attr-defined]
    assert len(sound) > 5
    assert generator.score(sound).false == []  # type: ignore[attr-defined]


def test_the_corpus_report_with_a_planted_sum() -> None:
    findings, _ = audit(extract(ROOT / "corpus/gia-lai-mua-lu-2021.pdf"))
    assert [f.message for f in findings] == ["7 + 12 + 28 = 47, the report says 45 nhà"]


@pytest.fixture(scope="module")
def real() -> Report:
    """The report of which a careful reader listed the errors."""
    path = SHARED / "000_00df818be44767e4.txt"
    if not path.exists():
        pytest.skip("../shared is not there")
    return extract(path)


MUST = [
    ("impossible_date", "28/0/2023"),
    ("impossible_date", "31/11/2012"),
    ("reference_dates", "24/5/2019 and 24/3/2019"),
    ("parts_total", "= 196"),
    ("parts_total", "= 17,"),
    ("parts_total", "= 13,"),
    ("parts_total", "= 1.500"),
    ("parts_total", "= 2.074"),
    ("parts_total", "= 107"),
    ("parts_total", "643.452"),
    ("parts_total", "846.262"),
    ("parts_total", "289.418"),
    ("parts_total", "260.634"),
    ("base_share", "60,29 %"),
    ("plan_share", "108,32 %"),
]
MAY = [
    ("base_share", "86,43 %"),
    ("date_out_of_range", "31/01/2014"),
    ("missing_amount", "07 dự án"),
    ("place_spelling", "La Pán Tẩn"),
    ("place_spelling", "Tả Ngải Chồ"),
    ("section_numbers", "2 is missing"),
]


@pytest.mark.shared
def test_the_real_report_has_what_its_reader_found_and_nothing_else(real: Report) -> None:
    findings, _ = audit(real)
    for rule, part in MUST + MAY:
        assert any(f.rule == rule and part in f.message for f in findings), (rule, part)
    known = {(rule, part) for rule, part in MUST + MAY}
    assert [f for f in findings if not any(f.rule == r and p in f.message for r, p in known)] == []


@pytest.mark.shared
def test_sums_off_by_rounding_only_are_warnings(real: Report) -> None:
    findings, _ = audit(real)
    severity = {f.severity for f in findings if "rounding" in f.message}
    assert severity == {"warning"}
    assert sum("rounding" in f.message for f in findings) == 4
