"""Printed numbers: their exact value, and the separator habit of a report."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finding.numbers import Habit, numerals, parse, read_habit

VIETNAMESE = read_habit(["1.234.567", "8,33", "12,5", "1.260,500"])
ENGLISH = read_habit(["1,234,567", "8.33", "12.5", "87.7"])


@pytest.mark.parametrize(
    ("surface", "habit", "whole", "value"),
    [
        ("05", VIETNAMESE, True, "5"),
        ("10,41", VIETNAMESE, None, "10.41"),
        ("3.124", VIETNAMESE, True, "3124"),
        ("846.263", VIETNAMESE, False, "846263"),
        ("1.234.567", ENGLISH, None, "1234567"),
        ("1,234,567", VIETNAMESE, None, "1234567"),
        ("108.937,00", VIETNAMESE, False, "108937.00"),
        ("1,234.5", VIETNAMESE, False, "1234.5"),
        ("1.260,500", VIETNAMESE, False, "1260.500"),
        ("1.6", VIETNAMESE, None, "1.6"),
        ("0.125", VIETNAMESE, False, "0.125"),
        ("0,850", VIETNAMESE, False, "0.850"),
        ("1,788", VIETNAMESE, True, "1788"),
        ("1,788", VIETNAMESE, False, "1.788"),
        ("1,788", ENGLISH, False, "1788"),
        ("1.788", ENGLISH, False, "1.788"),
        ("1.788", VIETNAMESE, False, "1788"),
        ("1234,567", VIETNAMESE, None, "1234.567"),
        ("1 250 000", VIETNAMESE, None, "1250000"),
        ("12\xa0500", VIETNAMESE, None, "12500"),
        ("27.500000", VIETNAMESE, True, "27500000"),
    ],
)
def test_value(surface: str, habit: Habit, whole: bool | None, value: str) -> None:
    read = parse(surface, habit, whole=whole)
    assert read is not None
    assert read[0] == Decimal(value)


@pytest.mark.parametrize("surface", ["3.8.1", "20.11.2023", "1.2.3", "5,6,7", "1.23,456,7", "12.34.567"])
def test_what_is_no_number(surface: str) -> None:
    assert parse(surface, VIETNAMESE) is None


def test_a_percentage_with_three_digits_is_a_decimal() -> None:
    read = parse("87.567", VIETNAMESE, percent=True)
    assert read is not None
    assert read[0] == Decimal("87.567")
    assert read[1] < 1


def test_confidence_drops_where_both_styles_occur() -> None:
    mixed = read_habit(["8,33", "94.07", "0.85", "1.234.567"])
    sure, doubtful = parse("1.250", VIETNAMESE, whole=False), parse("1.250", mixed, whole=False)
    assert sure is not None
    assert doubtful is not None
    assert sure[1] == 1 > doubtful[1]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("có 1.250,5 ha và 12/19 tiêu chí.", ["1.250,5", "12", "19"]),
        ("chi 1 250 000 đồng năm 2023 10 xã", ["1 250 000", "2023", "10"]),
        ("10 xã,50 hộ", ["10", "50"]),
        ("hết 5.", ["5"]),
    ],
)
def test_numerals(text: str, surfaces: list[str]) -> None:
    assert [text[s:e] for s, e in numerals(text)] == surfaces


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_vietnamese_print_reads_back(whole: int, cents: int) -> None:
    printed = f"{whole:,}".replace(",", ".") + f",{cents:02}"
    read = parse(printed, VIETNAMESE)
    assert read is not None
    assert read == (Decimal(f"{whole}.{cents:02}"), 1.0)


@given(st.text(alphabet="0123456789., \xa0-/", max_size=60))
def test_numerals_are_ordered_and_hold_digits(text: str) -> None:
    spans = list(numerals(text))
    assert all(text[s].isdigit() and text[e - 1].isdigit() for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
