"""Charts as plain geometry, drawn by the templates as SVG: no script, nothing that a text could break out of.

Lines are told apart by colour, marker and dashes, so that they are in grey and for the colour-blind; every chart has
its table beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 340
LEFT, RIGHT, TOP, BOTTOM = 92, 290, 16, 40

KINDS = 8
"""Lines that can be told apart: the style sheet has as many colours, dashes and markers."""

STEPS = 5
"""Shades of a tile."""

_LABEL_GAP = 16.0  # between the names at the lines' ends


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of a line."""

    x: float
    y: float
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """One series: `parts` are the strokes' points (a year without a value breaks the line), `label_y` its name's."""

    name: str
    kind: int
    dots: tuple[Dot, ...]
    parts: tuple[str, ...]
    label_y: float


@dataclass(frozen=True, slots=True)
class Lines:
    """A chart of series over years."""

    lines: tuple[Line, ...]
    years: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `name` below it, `value` above it."""

    x: float
    y: float
    width: float
    height: float
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts by year."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    bottom: int


def lines(series: Sequence[tuple[str, dict[int, float]]]) -> Lines | None:
    """The chart of the first KINDS series (name, value by year); None where there is no value."""
    series = [(name, values) for name, values in series[:KINDS] if values]
    if not series:
        return None
    years = sorted({year for _, values in series for year in values})
    marks = ticks(min(v for _, s in series for v in s.values()), max(v for _, s in series for v in s.values()))
    low, high = marks[0], marks[-1]

    def x(year: int) -> float:
        share = 0.5 if len(years) == 1 else (year - years[0]) / (years[-1] - years[0])
        return round(LEFT + 14 + share * (WIDTH - LEFT - RIGHT - 28), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - BOTTOM - TOP), 1)

    ends = _apart([y(values[max(values)]) for _, values in series])
    drawn = []
    for kind, (name, values) in enumerate(series):
        dots = tuple(Dot(x(year), y(value), year, value) for year, value in sorted(values.items()))
        drawn.append(Line(name, kind, dots, _parts(dots), ends[kind]))
    step = max(1, math.ceil(len(years) / 10))
    return Lines(
        tuple(drawn), tuple(Tick(x(year), year) for year in years[::step]), tuple(Tick(y(v), v) for v in marks)
    )


def _parts(dots: Sequence[Dot]) -> tuple[str, ...]:
    parts: list[list[Dot]] = []
    for dot in dots:
        if parts and dot.year - parts[-1][-1].year == 1:
            parts[-1].append(dot)
        else:
            parts.append([dot])
    return tuple(" ".join(f"{dot.x},{dot.y}" for dot in part) for part in parts if len(part) > 1)


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights near those wanted, at least _LABEL_GAP from each other."""
    placed = [0.0] * len(wanted)
    above = -math.inf
    for at in sorted(range(len(wanted)), key=wanted.__getitem__):
        above = placed[at] = max(wanted[at], above + _LABEL_GAP)
    over = max(placed, default=0.0) - (HEIGHT - BOTTOM)
    return [round(y - over, 1) if over > 0 else y for y in placed]


def ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers around the values; from 0 where that does not flatten what there is to see."""
    if low >= 0 and low < 0.6 * high:
        low = 0.0
    if high == low:
        low, high = (min(0.0, low), max(high, 0.0)) if low else (0.0, 1.0)
    step = 10.0 ** math.floor(math.log10((high - low) / 5))
    step *= next(f for f in (1, 2, 2.5, 5, 10) if (high - low) / (step * f) <= 6)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def bars(counts: dict[str, int], *, height: int = 150, bar: int = 40, gap: int = 14) -> Bars | None:
    """Counts as bars, in their order; None where there are none."""
    if not counts:
        return None
    most, bottom = max(counts.values()), height - 24
    made = []
    for at, (name, count) in enumerate(counts.items()):
        tall = round((bottom - 20) * count / most, 1)
        made.append(Bar(gap + at * (bar + gap), bottom - tall, bar, tall, name, count))
    return Bars(tuple(made), gap + len(made) * (bar + gap), height, bottom)


def shades(values: Sequence[float]) -> list[float]:
    """The upper bounds of STEPS shades that hold about as many of the values each; fewer where values are alike."""
    ordered = sorted(values)
    if not ordered:
        return []
    bounds = [ordered[max(0, math.ceil(len(ordered) * step / STEPS) - 1)] for step in range(1, STEPS + 1)]
    return sorted(set(bounds))


def shade(value: float, bounds: Sequence[float]) -> int:
    """The shade of a value: 0 is the lightest, STEPS - 1 the darkest."""
    at = min(bisect_left(bounds, value), len(bounds) - 1)
    return at if len(bounds) == STEPS else round(at * (STEPS - 1) / max(1, len(bounds) - 1))
