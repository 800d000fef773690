"""Whether parts make up their total, and if not, whether the text can be trusted to have meant them to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from extractor.auditing import intervals
from extractor.auditing.breakdowns import Cue
from extractor.auditing.context import Check, Context, Quantity, passed
from extractor.auditing.intervals import say

Verdict = Literal["equal", "rounding", "off"]

_FACTORS = (Decimal(10), Decimal(100), Decimal(1000))


def weigh(total: Quantity, parts: Sequence[Quantity]) -> Verdict:
    """Equal as printed; off by no more than the rounding of the parts and the total allows; or off."""
    if sum(p.value for p in parts) == total.value:
        return "equal"
    return "rounding" if intervals.total(p.interval for p in parts).meets(total.interval) else "off"


def mistyped(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one number, read with two digits exchanged or at another power of ten, would make the sum right."""
    missing = total.value - sum(p.value for p in parts)
    wanted = [(total.value, total.value - missing), *((p.value, p.value + missing) for p in parts)]
    return any(_one_slip(printed, right) for printed, right in wanted if right > 0)


def _one_slip(printed: Decimal, right: Decimal) -> bool:
    if any(printed == right * f or right == printed * f for f in _FACTORS):
        return True
    a, b = f"{printed.normalize():f}", f"{right.normalize():f}"
    if len(a) != len(b) or len(a) < 3:
        return False
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )


def believable(total: Quantity, parts: Sequence[Quantity], cue: Cue, *, all_told: bool, understood: bool) -> bool:
    """Whether a sum that is off is an error of the report: the parts are all, or no other reading explains it."""
    amount = sum(p.value for p in parts)
    if mistyped(total, parts):
        return understood
    if not understood or not total.value or not Decimal("0.5") <= amount / total.value <= 2:
        return False
    if not any(p.id for p in parts) and len(parts) < 3:
        return False  # bare numbers only
    if any(p.value > total.value for p in parts) and not (len(parts) > 1 and all(p.id for p in parts)):
        return False
    if amount > total.value:
        return cue != "part" or len(parts) > 2 or amount <= total.value * Decimal("1.05")
    return cue != "part" and all_told and (cue == "whole" or len(parts) > 2)


def judge(
    context: Context,
    rule: str,
    total: Quantity,
    parts: Sequence[Quantity],
    cue: Cue,
    *,
    all_told: bool,
    understood: bool,
    span: tuple[int, int],
) -> Check | None:
    """The check of one total against its parts; None where the text does not say enough to judge."""
    ids = (total.id, *(p.id for p in parts))
    verdict = weigh(total, parts)
    if verdict == "equal":
        return passed(ids)
    amount = sum((p.value for p in parts), Decimal(0))
    if verdict == "rounding":
        if not understood or (
            amount < total.value and cue == "part" and total.value - amount > total.step * len(parts)
        ):
            return None
        message = f"{_sum(total, parts)}, the report says {_name(total)}: off by the rounding of the parts"
        return context.found(rule, "warning", message, *span, ids)
    if not believable(total, parts, cue, all_told=all_told, understood=understood):
        return None
    return context.found(rule, "error", f"{_sum(total, parts)}, the report says {_name(total)}", *span, ids)


def _name(total: Quantity) -> str:
    return " ".join(total.text.split())


def _sum(total: Quantity, parts: Sequence[Quantity]) -> str:
    """`59 + 130 + 2 = 191`, money in the unit of the total."""
    values = [p.value / total.unit_value for p in parts]
    return f"{' + '.join(say(v) for v in values)} = {say(sum(values, Decimal(0)))}"
