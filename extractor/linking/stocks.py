"""Amounts at a point in time (`dư nợ`) and amounts over a time (`doanh số cho vay`), in reports that tell both.

A report on credit or debt says once `đến 31/12/2019` and goes on with what is owed on that day for pages, between sums
lent during the year. What is owed holds for the day said last; a change, and a sum over the time, hold for the time
that ends on that day.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence

from extractor.finding.lazy import lazy

_STOCK = lazy(
    r"(?<!\w)(?:dư\s+nợ|nợ\s+(?:quá|xấu|khoanh|thuế|đọng|bị|phải|chậm|bhxh|bảo)|tổng\s+nợ|tỷ\s+lệ\s+nợ|số\s+dư|"
    r"tồn\s+(?:quỹ|kho|đọng)|(?:tổng\s+)?nguồn\s+vốn|tiền\s+gửi|số\s+tiền\s+nợ|vốn\s+(?:huy\s+động|nhận\s+ủy|ủy\s+thác))",
    2,
)


def settle(
    times: list[str | None],
    told: Collection[int],
    names: Sequence[str | None],
    changed: Sequence[bool],
    roles: Sequence[str | None],
    base: str | None,
) -> None:
    """Set right, in `times`, the periods that no words near the figure tell (`told`: those that are told).

    `names`: the indicators; `changed`: which figures are changes; `base`: the report's own period. Plans stay.
    """
    if base is None:
        return
    last = _last_day(base)
    day: str | None = None
    for i, name in enumerate(names):
        time = times[i]
        if time is None or roles[i] == "plan":
            continue
        stock = name is not None and not changed[i] and _STOCK.search(name) is not None
        if stock and len(time) == 10:
            day = time if time[:4] == base[-4:] or time[:4] == base[:4] else day
        elif stock and i not in told and time == base:
            times[i] = day or time
        elif time == last and not stock and (changed[i] or i not in told):
            times[i] = base


def _last_day(period: str) -> str:
    """The last day of a year, a month or a quarter; "" of anything else."""
    year, _, part = period.partition("-")
    if len(part) > 2:  # a day, a span of years
        return ""
    month = 3 * int(part[1]) if part[:1] == "Q" else int(part or 12)
    return f"{year}-{month:02}-{calendar.monthrange(int(year), month)[1]}"
