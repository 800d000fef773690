"""The geometry of charts: round ticks, lines that break where a year is missing, shades that hold alike many."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.web import charts

values = st.floats(-1e12, 1e12, allow_nan=False).map(lambda v: round(v, 3))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]), (1105, 1530, [1100, 1200, 1300, 1400, 1500, 1600]),
        (5.02, 7.2, [5, 5.5, 6, 6.5, 7, 7.5]), (3, 9, [0, 2, 4, 6, 8, 10]),
        (-215, -210, [-215, -214, -213, -212, -211, -210]),
        (7, 7, [0, 2, 4, 6, 8]), (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)  # fmt: skip
def test_ticks_are_round_and_begin_at_nought_where_that_does_not_flatten(
    low: float, high: float, expected: list[float]
) -> None:
    assert charts.ticks(low, high) == expected


@given(st.lists(values, min_size=1, max_size=20))
def test_every_value_stands_inside_the_chart(found: list[float]) -> None:
    drawn = charts.lines([("a", dict(enumerate(found, 2000)))])
    assert drawn is not None
    assert 2 <= len(drawn.ticks) <= 9
    assert all(drawn.top <= dot.y <= drawn.bottom and drawn.left <= dot.x <= drawn.right for dot in drawn.lines[0].dots)


def test_a_year_without_a_value_breaks_the_line() -> None:
    drawn = charts.lines([("a", {2019: 1.0, 2020: 2.0, 2022: 3.0, 2023: 1.0, 2025: 4.0})])
    assert drawn is not None
    assert [len(part.split()) for part in drawn.lines[0].parts] == [2, 2]
    assert len(drawn.lines[0].dots) == 5


def test_names_at_the_ends_do_not_lie_on_each_other_and_no_more_lines_than_can_be_told_apart() -> None:
    drawn = charts.lines([(str(n), {2022: 5.0, 2023: 5.0}) for n in range(12)])
    assert drawn is not None
    assert len(drawn.lines) == charts.KINDS
    heights = sorted(line.label_y for line in drawn.lines)
    assert all(b - a >= 15.9 for a, b in pairwise(heights))
    assert heights[-1] <= drawn.bottom


def test_nothing_to_draw_is_no_chart() -> None:
    assert charts.lines([("a", {})]) is None
    assert charts.bars({}) is None


@given(st.lists(values, min_size=1, max_size=60))
def test_shades_grow_with_the_values(found: list[float]) -> None:
    bounds = charts.shades(found)
    shaded = [charts.shade(v, bounds) for v in sorted(found)]
    assert shaded == sorted(shaded)
    assert 0 <= shaded[0] <= shaded[-1] <= charts.STEPS - 1


def test_bars_are_as_tall_as_their_counts() -> None:
    drawn = charts.bars({"2021": 2, "2022": 4, "2023": 0})
    assert drawn is not None
    assert [bar.height / drawn.bars[1].height for bar in drawn.bars] == [0.5, 1, 0]
