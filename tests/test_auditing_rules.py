"""Each rule of the audit on small texts: what it finds, and what it leaves alone (audit_table.py)."""

from __future__ import annotations

import pytest
from audit_table import CASES, Expected

from extractor import extract_text
from extractor.auditing import Coverage, audit


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[f"{r}: {t[:50]}" for r, t, _ in CASES])
def test_rule(rule: str, text: str, expected: Expected) -> None:
    report = extract_text(text)
    findings, _ = audit(report)
    shown = [(f.severity, f.message) for f in findings]
    if expected is None:
        assert shown == []
        return
    assert [f.rule for f in findings] == [rule], shown
    assert findings[0].severity == expected[0]
    assert expected[1] in findings[0].message


def test_every_rule_is_shown_with_a_text_that_it_leaves_alone() -> None:
    wrong = {rule for rule, _, expected in CASES if expected is not None}
    right = {rule for rule, _, expected in CASES if expected is None}
    assert wrong == right


def test_a_finding_names_its_evidence_and_where_it_stands() -> None:
    report = extract_text(
        "Tốt.\nHuyện mở 14 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp). Đã có 07/182 người (đạt 3,5%)."
    )
    findings, coverage = audit(report)
    by_id = {f.id: f for f in report.figures}
    assert [[by_id[i].text for i in f.evidence] for f in findings] == [
        ["14 lớp", "8 lớp", "3 lớp", "2 lớp"],
        ["07/182 người", "3,5%"],
    ]
    assert [report.text[f.start : f.end] for f in findings] == [
        "14 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp",
        "07/182 người (đạt 3,5%",
    ]
    assert [f.page for f in findings] == [1, 1]
    assert coverage == Coverage(6, 6)
    assert str(coverage) == "6 of 6 figures could be checked"


@pytest.mark.parametrize(
    "unit",
    ["(" * 3000 + ")" * 3000, "Có 45 hộ, xã A: 5 hộ, ", "trong đó: 5 hộ (3 hộ); ", "gồm 5 hộ: (1) 3 hộ ", "đạt   % ",
     "- 5 triệu đồng\nTrong đó:\n", "5 tiêu chí gồm: a, b, ", "giảm 5% từ 10% xuống 5% "],
)  # fmt: skip
def test_hostile_text_is_audited_and_every_finding_stays_inside_it(unit: str) -> None:
    report = extract_text(unit * (10_000 // len(unit)))  # how time grows with length: make bench
    findings, coverage = audit(report)
    assert all(0 <= (f.start or 0) <= (f.end or 0) <= len(report.text) for f in findings)
    assert coverage.checked <= coverage.figures == len(report.figures)
