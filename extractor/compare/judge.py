"""What a pair of claims tells: the same, a change, a value told otherwise, a doubtful one, or nothing comparable."""

from __future__ import annotations

from typing import Literal, NamedTuple

from extractor.compare.claims import Claim, same_amount, scale_of
from extractor.compare.reasons import Reason, reason
from extractor.compare.times import length_of
from extractor.finding.lazy import lazy

Status = Literal["same", "changed", "added", "vanished", "restated", "plan_outcome", "suspect", "not_comparable"]
STATUSES: tuple[Status, ...] = (
    "changed", "same", "restated", "suspect", "plan_outcome", "not_comparable", "added", "vanished",
)  # fmt: skip
_DIGITS = lazy(r"\d")
_SLIP = (600.0, 1700.0)
"""A thousandfold, give or take what a year may change."""


class Verdict(NamedTuple):
    """`change` in the unit of the second claim (percentage points for percent), `percent` of the first."""

    status: Status
    change: float | None
    percent: float | None
    reason: Reason | None


def incomparable(a: Claim, b: Claim) -> Reason | None:
    """Why the two do not measure the same thing."""
    if a.definition and b.definition and a.definition != b.definition:
        return reason("standards", a.definition, b.definition)
    if a.numbers and b.numbers and a.numbers != b.numbers and not a.numbers & b.numbers:
        return reason("scope", a.indicator, b.indicator)
    ours, theirs = length_of(a.doc.period), length_of(b.doc.period)
    if a.lag == b.lag == 0 and ours != theirs and "day" not in (ours, theirs):
        return reason("periods", a.doc.period, b.doc.period)
    return None


def judge(a: Claim, b: Claim, *, place: Reason | None = None) -> Verdict:
    """Two claims of different years (or the same one, told twice by different runs). place: why theirs is not one."""
    why = incomparable(a, b) or place
    if why:
        return Verdict("not_comparable", None, None, why)
    change, percent = _change(a, b)
    if doubt := _slip(a, b):
        return Verdict("suspect", change, percent, doubt)
    if same_amount(a, b):
        return Verdict("same", change, percent, None if a.base == b.base else reason("rounding"))
    return Verdict("changed", change, percent, _unit_note(a, b))


def judge_again(a: Claim, b: Claim, *, borne_out: bool = False) -> Verdict | None:
    """One value as the first report told it and as the second tells it; None where it is the same.

    borne_out: the second report's own changes fit what it tells now, so that it is meant and no slip.
    """
    if same_amount(a, b):
        return None
    if why := incomparable(a, b):
        return Verdict("not_comparable", None, None, why)
    change, percent = _change(a, b)
    doubt = _slip(a, b) or _power_of_ten(a, b) or _swapped(a, b)
    if doubt and not borne_out:
        return Verdict("suspect", change, percent, doubt)
    return Verdict("restated", change, percent, reason("replanned" if a.role == "plan" else "restated", a.year))


def judge_plan(plan: Claim, outcome: Claim) -> Verdict:
    """What was planned against what came."""
    change, percent = _change(plan, outcome)
    if doubt := _slip(plan, outcome):
        return Verdict("suspect", change, percent, doubt)
    if why := incomparable(plan, outcome):
        return Verdict("not_comparable", None, None, why)
    more = outcome.base - plan.base
    if plan.comparator in ("<", "<="):
        key = "plan_met" if more <= 0 else "plan_missed"
    elif plan.comparator in (">", ">="):
        enough = abs(outcome.base) >= abs(plan.base) if plan.change else more >= 0
        key = "plan_met" if enough else "plan_missed"
    else:
        key = "plan"
    return Verdict("plan_outcome", change, percent, reason(key, plan.text, outcome.text))


def _change(a: Claim, b: Claim) -> tuple[float, float | None]:
    change = (b.base - a.base) / scale_of(b)
    change = change if change.is_integer() else round(change, 10)
    percent = None if b.measure.family == "percent" or not a.base else round(100 * (b.base - a.base) / abs(a.base), 2)
    return change, percent


def _slip(a: Claim, b: Claim) -> Reason | None:
    """A value a thousand times the other, or the same digits in another unit."""
    if not a.base or not b.base or a.measure.family == "percent":
        return None
    ratio = abs(b.base / a.base)
    if 1 / _SLIP[0] < ratio < _SLIP[0] and a.value != b.value:
        return None
    for times, shown in ((1.0, "1.000"), (1000.0, "1.000.000")):
        if any(_SLIP[0] * times <= r <= _SLIP[1] * times for r in (ratio, 1 / ratio)) and _large(a, b):
            return reason("thousand", shown, a.unit, b.unit)
    if a.value == b.value and abs(ratio - 1) > 0.5 and scale_of(a) != scale_of(b):
        return reason("same_number", a.unit, b.unit)
    return None


def _large(a: Claim, b: Claim) -> bool:
    """Small counts (1 school, 700 pupils by mistake paired) are no slip of a unit: both must have been written out."""
    return a.measure.family != "count" or min(abs(a.base), abs(b.base)) >= 2


def _power_of_ten(a: Claim, b: Claim) -> Reason | None:
    if not a.base or not b.base:
        return None
    for power in (10.0, 100.0, 1000.0):
        for ratio in (abs(b.base / a.base), abs(a.base / b.base)):
            if abs(ratio / power - 1) < 0.005:
                return reason("ten", f"{power:g}")
    return None


def _swapped(a: Claim, b: Claim) -> Reason | None:
    x, y = "".join(_DIGITS.findall(a.text)), "".join(_DIGITS.findall(b.text))
    if len(x) != len(y) or a.unit != b.unit or len(x) < 3:
        return None
    unlike = [i for i in range(len(x)) if x[i] != y[i]]
    if (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and x[unlike[0]] == y[unlike[1]]
        and x[unlike[1]] == y[unlike[0]]
    ):
        return reason("swapped", a.text, b.text)
    return None


def _unit_note(a: Claim, b: Claim) -> Reason | None:
    return reason("units", a.unit, b.unit) if a.unit != b.unit and scale_of(a) != scale_of(b) else None
