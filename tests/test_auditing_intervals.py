"""Interval arithmetic: what a printed number may stand for."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract_text
from extractor.auditing.intervals import Interval, exact, is_share, last_digit, printed, say, say_share, total

decimals = st.decimals(min_value=0, max_value=10**9, places=6)


@given(decimals, st.integers(0, 4), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]))
def test_a_rounded_or_truncated_number_still_stands_for_what_it_was(true: Decimal, places: int, how: str) -> None:
    step = Decimal(1).scaleb(-places)
    shown = printed(true.quantize(step, rounding=how), step)
    assert shown.low <= true <= shown.high


@given(st.lists(st.tuples(decimals, decimals), max_size=6))
def test_a_sum_holds_the_sum_of_any_values_in_its_parts(pairs: list[tuple[Decimal, Decimal]]) -> None:
    spans = [Interval(min(p), max(p)) for p in pairs]
    for values in ([s.low for s in spans], [s.high for s in spans]):
        amount = sum(values, Decimal(0))
        assert total(spans).low <= amount <= total(spans).high


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_share_fits_its_printed_percentage(part: int, whole: int, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    share = (Decimal(100) * part / whole).quantize(step, rounding=ROUND_HALF_UP)
    assert is_share(exact(Decimal(part)), exact(Decimal(whole)), printed(share, step))
    assert not is_share(exact(Decimal(part)), exact(Decimal(whole)), printed(share + 3 * step, step))


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("12,50%", "12.50", "0.01"),
        ("66,66%", "66.66", "0.01"),
        ("1.260,500 tỷ đồng", "1260.5", "0.001"),
        ("15.325 người", "15325", "1"),
        ("1,15 triệu con", "1150000", "10000"),
        ("26 vạn người", "260000", "10000"),
        ("7 tỷ 350 triệu đồng", "7.35", "0.001"),
        ("04 người", "4", "1"),
        ("0,0%", "0", "0.1"),
        ("04/195 người", "4", "1"),
    ],
)
def test_the_last_printed_digit_decides_how_exact_a_number_is(text: str, value: str, step: str) -> None:
    assert last_digit(text, Decimal(value)) == Decimal(step)


@pytest.mark.parametrize(("text", "value", "step"), [("2,58%", "3.58", "0.01"), ("42 hộ", "43", "1"), ("5", "12", "1")])
def test_a_number_that_a_person_corrected_is_as_exact_as_it_is(text: str, value: str, step: str) -> None:
    assert last_digit(text, Decimal(value)) == Decimal(step)


def test_a_share_of_nothing_or_of_very_much_is_told_and_no_failure() -> None:
    assert say_share(Decimal(1), Decimal(0), Decimal(1)) == "– %"
    assert say_share(Decimal(10) ** 19, Decimal("1E-19"), Decimal("1E-19")).startswith("10.000.000.")
    text = "Số hộ nghèo từ 0 hộ lên 10 hộ, tăng 12%."
    assert [f.message for f in extract_text(text).findings] == ["from 0 hộ to 10 hộ is – %, the report says tăng 12%"]


def test_numbers_are_shown_as_reports_print_them() -> None:
    assert say(Decimal("1234567.50")) == "1.234.567,5"
    assert say_share(Decimal(4), Decimal(195), Decimal("0.01")) == "2,05 %"
    assert say_share(Decimal(1), Decimal(3), Decimal("0.001")) == "33,333 %"
