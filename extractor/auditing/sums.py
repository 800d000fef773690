"""Whether parts make up their total, and if not, whether the text can be trusted to have meant them to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.auditing import intervals
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


@dataclass(frozen=True, slots=True)
class Claim:
    """How firmly a text says that parts make a total.

    `disjoint`: the parts are a list of their own, so that they can at most make the total; `understood`: nothing in the
    list was left over; `all_told`: the parts are said to be all, which is asked only where a sum is off.
    """

    disjoint: bool
    understood: bool
    all_told: Callable[[], bool]


def believable(total: Quantity, parts: Sequence[Quantity], claim: Claim) -> bool:
    """Whether a sum that is off is an error of the report and not a reading that it did not mean."""
    if not claim.understood or not total.value:
        return False
    if not any(p.id for p in parts) and len(parts) < 3:
        return False  # bare numbers only
    amount = sum(p.value for p in parts)
    firm = claim.all_told() if amount < total.value else claim.disjoint
    if mistyped(total, parts):
        return firm or claim.disjoint
    if not Decimal("0.5") <= amount / total.value <= 2:
        return False
    if any(p.value > total.value for p in parts) and not (len(parts) > 1 and all(p.id for p in parts)):
        return False
    return firm


def judge(
    context: Context, rule: str, total: Quantity, parts: Sequence[Quantity], claim: Claim, span: tuple[int, int]
) -> Check | None:
    """The check of one total against its parts; None where the text does not say enough to judge."""
    ids = (total.id, *(p.id for p in parts))
    verdict = weigh(total, parts)
    if verdict == "equal":
        return passed(ids)
    if verdict == "rounding":
        if not claim.understood or not (claim.disjoint or claim.all_told()):
            return None
        message = f"{_sum(total, parts)}, the report says {_name(total)}: off by the rounding of the parts"
        return context.found(rule, "warning", message, *span, ids)
    if not believable(total, parts, claim):
        return None
    return context.found(rule, "error", f"{_sum(total, parts)}, the report says {_name(total)}", *span, ids)


def _name(total: Quantity) -> str:
    return " ".join(total.text.split())


def _sum(total: Quantity, parts: Sequence[Quantity]) -> str:
    """`59 + 130 + 2 = 191`, money in the unit of the total."""
    values = [p.value / total.unit_value for p in parts]
    return f"{' + '.join(say(v) for v in values)} = {say(sum(values, Decimal(0)))}"
