"""The two three-year series of corpus/ against their true panel, and generated pairs against theirs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import series

from extractor import extract
from extractor.compare.claims import Claim, docs_of
from extractor.compare.diff import Selection, diff
from extractor.compare.rows import Row, Side
from extractor.model import Report
from extractor.store.store import Store, store_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import generate_pairs

YEARS = {"yen-bai-giam-ngheo": (2021, 2022, 2023), "thang-binh-ktxh": (2022, 2023, 2024)}
Compared = dict[tuple[str, int, int], list[Row]]


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[int, Report]]:
    return {
        name: {year: extract(next(series.CORPUS.glob(f"{name}-{year}.*"))) for year in years}
        for name, years in YEARS.items()
    }


@pytest.fixture(scope="module")
def compared(reports: dict[str, dict[int, Report]]) -> Compared:
    stores: dict[tuple[str, int], Store] = {
        (name, year): store_of(Path(f"{name}-{year}"), report.to_json().encode())
        for name, years in reports.items() for year, report in years.items()
    }  # fmt: skip

    def side(name: str, year: int) -> Selection:
        return Selection(stores[name, year], docs_of(stores[name, year]), f"{name} {year}")

    return {
        (name, a, b): list(diff(side(name, a), side(name, b)))
        for name, years in YEARS.items() for a in years for b in years if a < b
    }  # fmt: skip


def ids(claim: Claim) -> set[str]:
    return {claim.figure, *claim.also}


def both(rows: list[Row]) -> list[tuple[Row, Side, Side]]:
    """The rows of what both years say of themselves (and plan)."""
    return [(r, r.a, r.b) for r in rows if r.a and r.b and r.status not in ("restated", "plan_outcome")
            and r.a.claim.lag == r.b.claim.lag]  # fmt: skip


def test_true_pairs_are_found_and_false_ones_are_not(reports: dict[str, dict[int, Report]], compared: Compared) -> None:
    panel = series.lines(reports)
    true = found = made = false = 0
    for (name, a, b), rows in compared.items():
        truth = list(series.pairs(panel[name], a, b))
        pairs = both(rows)
        for line, ours, theirs in truth:
            if not line.optional:
                true += 1
                found += any(ids(x.claim) & ours and ids(y.claim) & theirs for _, x, y in pairs)
        made += len(pairs)
        false += sum(
            not any(ids(x.claim) & ours and ids(y.claim) & theirs for _, ours, theirs in truth) for _, x, y in pairs
        )  # fmt: skip
    assert true > 280
    assert found / true >= 0.95, (found, true)
    assert false / made <= 0.01, (false, made)


def test_every_planted_restatement_is_one_and_nothing_else_is(compared: Compared) -> None:
    def restated(name: str, a: int, b: int) -> set[tuple[str, str, str]]:
        return {(r.place, r.a.claim.text, r.b.claim.text) for r in compared[name, a, b]
                if r.status in ("restated", "suspect") and r.a and r.b}  # fmt: skip

    assert restated("yen-bai-giam-ngheo", 2022, 2023) == {
        ("Yên Bái", "28.406 hộ nghèo", "28.370 hộ"), ("Yên Bái", "13,04%", "13,02%"),
        ("Mù Căng Chải", "5.487", "5.482"), ("Mù Căng Chải", "42,56%", "42,52"),
        ("Văn Chấn", "5.741", "5.710"), ("Văn Chấn", "18,30", "18,20"),
    }  # fmt: skip
    assert restated("thang-binh-ktxh", 2023, 2024) == {
        ("Thăng Bình", "1.090 hộ", "1.136 hộ"), ("Thăng Bình", "2,12%", "2,21%"),
    }  # fmt: skip
    assert restated("yen-bai-giam-ngheo", 2021, 2022) == set()
    assert restated("thang-binh-ktxh", 2022, 2023) == set()


def test_the_planted_change_of_unit_is_no_change_of_the_amount(compared: Compared) -> None:
    (funding,) = (
        r for r in compared["yen-bai-giam-ngheo", 2022, 2023]
        if r.a and r.b and r.a.claim.text == "842.350 triệu đồng" and r.status == "changed"
    )  # fmt: skip
    assert (funding.b and funding.b.claim.text, funding.change_percent) == ("1.127,4 tỷ đồng", 33.84)
    told = [r for rows in compared.values() for r in rows if r.status == "suspect"]
    assert told == []


def test_the_two_standards_of_2021_are_kept_apart(compared: Compared) -> None:
    rows = compared["yen-bai-giam-ngheo", 2021, 2022]
    kept = {(r.a.claim.text, r.b.claim.text, r.status) for r in rows if r.a and r.b}
    assert ("38.869 hộ", "28.406 hộ nghèo", "changed") in kept
    assert ("3.169 hộ", "10.463 hộ", "not_comparable") in kept
    assert not {pair for pair in kept if pair[0] in ("8.116 hộ nghèo", "3,75%") and pair[2] != "not_comparable"}


def test_generated_pairs_reworded_and_reordered() -> None:
    score = generate_pairs.measure(100, seed=7)
    assert score.true > 2000
    assert score.f1 >= 0.98, list(generate_pairs.lines(score))
    for kind in ("restated", "suspect"):
        called = {k[1]: n for k, n in score.planted.items() if k[0] == kind}
        assert called[kind] / sum(called.values()) >= 0.95, score.planted


def test_generated_mergers_are_summed_on_todays_map() -> None:
    right, cases = generate_pairs.mergers(40, seed=7)
    assert right == cases
