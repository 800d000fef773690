"""What every rule looks at: a report's figures as quantities to be reckoned with, its sentences and brackets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

from extractor import patterns
from extractor.auditing import intervals
from extractor.auditing.intervals import Interval
from extractor.finding.lazy import lazy
from extractor.model import Figure, Finding, Report, Section

MONEY, PERCENT, PEOPLE = "money", "%", "people"

_END = lazy(r"[\n.!?…]")
_SYLLABLE = lazy(r"[^\W\d]+")
_NEWLINE = lazy(r"\n")
_BRACKET = lazy(r"[()\n]")
_MONEY = {"đồng": Decimal(1), "nghìn đồng": Decimal(10**3), "triệu đồng": Decimal(10**6), "tỷ đồng": Decimal(10**9)}
_LAST_WORDS = 28  # characters before a figure that say whether it is a change or a plan


@dataclass(frozen=True, slots=True)
class Check:
    """One recomputation: the ids of the figures and references that took part, and what is wrong, if anything."""

    evidence: tuple[str, ...]
    finding: Finding | None = None


@dataclass(frozen=True, eq=False)
class Quantity:
    """A figure outside tables, or a bare number of a list (id ""), with what is needed to reckon with it.

    `measure` is what may be added up: "money" (value in đồng), "%", "people", else the unit's words. `bracket` is the
    offset of the innermost bracket it stands in, or -1.
    """

    id: str
    start: int
    end: int
    text: str
    measure: str
    value: Decimal
    of: Decimal | None
    step: Decimal
    whole: bool  # comes in whole numbers, printed exactly
    vague: bool  # hơn, khoảng, dưới …, or a range
    bracket: int
    figure: Figure | None = None

    @cached_property
    def interval(self) -> Interval:
        """What the printed number may stand for."""
        return intervals.exact(self.value) if self.whole else intervals.printed(self.value, self.step)

    @property
    def unit_value(self) -> Decimal:
        """What one of the printed unit is in `value`: a million for triệu đồng, else 1."""
        figure = self.figure
        return (
            self.value / figure.value if self.measure == MONEY and figure is not None and figure.value else Decimal(1)
        )

    @property
    def plain_end(self) -> int:
        """Where it ends without a plan that was read into its unit: 486 hội viên/chỉ tiêu 450 hội viên."""
        plan = _plan_as_unit().search(self.text)
        return self.start + plan.start() if plan else self.end

    def like(self, other: Quantity) -> bool:
        """Whether the two may be parts of one sum: same measure, or one unit says more closely what the other says."""
        a, b = self.measure, other.measure
        return a == b or a.startswith(b + " ") or b.startswith(a + " ")


@lru_cache(maxsize=1)
def words(group: str) -> frozenset[str]:
    """All words of a group of `patterns/audit.toml`."""
    return frozenset(w for entry in patterns.load("audit")[group] for w in entry["words"])


@cache
def _alternatives(group: str) -> str:
    listed = sorted((w for e in patterns.load("audit")[group] for w in e["words"]), key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in listed)


@cache
def _last_syllables(group: str) -> frozenset[str]:
    return frozenset(w.split(" ")[-1] for w in words(group))


@cache
def either(*groups: str) -> str:
    """A pattern for the words of groups of `patterns/audit.toml`, longest first."""
    return "(?:" + "|".join(_alternatives(g) for g in groups) + ")"


@cache
def _measure(unit: str) -> tuple[str, bool]:
    """(measure, whether it comes in whole numbers) of a unit."""
    head = unit.split(",")[0].strip()
    first = _people().match(head)
    if first:
        return PEOPLE, True
    return head, _measured().fullmatch(head.split("/")[0]) is None and "/" not in unit


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    return re.compile(either("people") + r"(?!\w)")


@lru_cache(maxsize=1)
def _measured() -> re.Pattern[str]:
    return re.compile(either("measured") + r"(?:\s.*)?")


@lru_cache(maxsize=1)
def _change_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){either('change')}(?:\s+(?:được|thêm|khoảng|gần|trên|hơn|là|bình quân|thấp nhất))*\s*:?\s*$", re.I
    )


@lru_cache(maxsize=1)
def _plan_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?<!trình\s)(?<!quốc gia\s){either('plan')}(?:\s+(?:giao|năm|là|đề ra|vốn|\d{{4}}))*\s*:?\s*$", re.I
    )


class Context:
    """A report prepared for the rules. Everything is computed once and only when asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text
        self.notes: dict[str, Any] = {}  # what several rules need, kept by the module that makes it
        self._page_starts = [p.start for p in report.pages]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The figures of the running text in order."""
        opens = self._open_brackets
        starts = [at for at, _ in opens]
        found = []
        for figure in self.report.figures:
            if figure.table is None:
                at = bisect_right(starts, figure.start) - 1
                found.append(_quantity(figure, opens[at][1] if at >= 0 else -1))
        return found

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections by id."""
        return {s.id: s for s in self.report.sections}

    @cached_property
    def _starts(self) -> list[int]:
        return [q.start for q in self.quantities]

    def before(self, offset: int) -> Quantity | None:
        """The last quantity that begins before `offset`."""
        at = bisect_left(self._starts, offset) - 1
        return self.quantities[at] if at >= 0 else None

    def between(self, start: int, end: int) -> list[Quantity]:
        """The quantities that begin in [start, end)."""
        return self.quantities[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _brackets(self) -> tuple[list[tuple[int, int]], dict[int, int]]:
        """(changes of the innermost open bracket, closing bracket of each). The second line end closes all."""
        changes: list[tuple[int, int]] = []
        closed: dict[int, int] = {}
        stack: list[int] = []
        lines = 0
        for match in _BRACKET.finditer(self.text):
            at, mark = match.start(), match[0]
            if mark == "(":
                stack.append(at)
            elif mark == ")" and stack:
                closed[stack.pop()] = at
            elif mark == "\n" and stack:
                lines += 1
                if lines < 2:  # a line may break inside a bracket
                    continue
                stack.clear()
            else:
                continue
            lines = 0
            changes.append((at, stack[-1] if stack else -1))
        return changes, closed

    @property
    def _open_brackets(self) -> list[tuple[int, int]]:
        return self._brackets[0]

    def bracket_at(self, offset: int) -> int:
        """The innermost bracket that `offset` stands in, or -1."""
        at = bisect_left(self._open_brackets, (offset, -2)) - 1
        return self._open_brackets[at][1] if at >= 0 else -1

    def closing(self, bracket: int) -> int | None:
        """Where the bracket opened at `bracket` closes, None where it does not on its line."""
        return self._brackets[1].get(bracket)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        ends, text = [], self.text
        for match in _END.finditer(text):
            at = match.end()
            if text[at - 1] != "\n":
                blank, after = text[at : at + 1], text[at + 1 : at + 2]
                if not blank.isspace() or (blank != "\n" and (after.islower() or after in ",;:.)")):
                    continue
            ends.append(at)
        return [0, *ends, len(self.text)]

    def sentence(self, offset: int) -> tuple[int, int]:
        """The sentence around `offset`, its full stop or line end included."""
        at = bisect_right(self._sentence_ends, offset)
        return self._sentence_ends[at - 1], self._sentence_ends[min(at, len(self._sentence_ends) - 1)]

    @cached_property
    def sentences(self) -> list[tuple[int, int, list[Quantity]]]:
        """The sentences that hold quantities, with these."""
        found: list[tuple[int, int, list[Quantity]]] = []
        for quantity in self.quantities:
            if found and quantity.start < found[-1][1]:
                found[-1][2].append(quantity)
            else:
                found.append((*self.sentence(quantity.start), [quantity]))
        return found

    def line(self, offset: int) -> tuple[int, int]:
        """The line (paragraph) around `offset`, without its line end."""
        at = bisect_right(self._line_starts, offset) - 1
        following = self._line_starts[at + 1] - 1 if at + 1 < len(self._line_starts) else len(self.text)
        return self._line_starts[at], following

    @property
    def lines(self) -> Iterator[tuple[int, int]]:
        """All lines, without their line ends."""
        starts = self._line_starts
        return zip(starts, [*(s - 1 for s in starts[1:]), len(self.text)], strict=True)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]

    def page(self, offset: int) -> int | None:
        """The page that `offset` stands on."""
        at = bisect_right(self._page_starts, offset) - 1
        return self.report.pages[at].number if at >= 0 else None

    def is_change(self, quantity: Quantity) -> bool:
        """Whether it says by how much something changed (tăng 5%, giảm 630 hộ) and not how much there is."""
        if quantity.figure is not None and quantity.figure.direction is not None:
            return True
        return self._follows(quantity, "change", _change_before)

    def is_plan(self, quantity: Quantity) -> bool:
        """Whether it is what was planned (/KH 7.200 người)."""
        return self._follows(quantity, "plan", _plan_before)

    def _follows(self, quantity: Quantity, group: str, pattern: Callable[[], re.Pattern[str]]) -> bool:
        """Whether words of a group stand directly before it; their last syllables are looked up first."""
        start = max(0, quantity.start - _LAST_WORDS)
        if _last_syllables(group).isdisjoint(_SYLLABLE.findall(self.text[start : quantity.start].lower())):
            return False
        return pattern().search(self.text, start, quantity.start) is not None

    def found(self, rule: str, severity: str, message: str, start: int, end: int, evidence: Sequence[str]) -> Check:
        """A check that failed."""
        ids = tuple(i for i in evidence if i)
        finding = Finding(
            rule, "error" if severity == "error" else "warning", message, ids, start, end, self.page(start)
        )
        return Check(ids, finding)


def passed(evidence: Iterator[str] | Sequence[str]) -> Check:
    """A check that found nothing wrong."""
    return Check(tuple(i for i in evidence if i))


@lru_cache(maxsize=1)
def _plan_as_unit() -> re.Pattern[str]:
    return re.compile(rf"\s*/\s*{either('plan')}$", re.I)


def _per_plan(unit: str) -> Decimal | None:
    """đồng in the unit of an amount into whose unit a plan was read: 2.284 triệu đồng/kế hoạch 2.134 triệu đồng."""
    plain = _plan_as_unit().sub("", unit)
    return _MONEY.get(plain.lower()) if plain != unit else None


def _quantity(figure: Figure, bracket: int) -> Quantity:
    value, of = figure.value, figure.of
    step = intervals.last_digit(figure.text, value)
    if figure.kind == "percent":
        measure, whole = PERCENT, False
    elif figure.kind == "money" and figure.amount is not None and "/" not in figure.unit:
        factor = Decimal(figure.amount) / value if value else Decimal(1)
        measure, whole, value, step = MONEY, False, Decimal(figure.amount), step * factor
        of = None if of is None else of * factor
    elif figure.kind == "money" and (in_dong := _per_plan(figure.unit)) is not None:
        measure, whole, value, step = MONEY, False, value * in_dong, step * in_dong
    else:
        measure, whole = _measure(_plan_as_unit().sub("", figure.unit))
        whole = whole and step == 1
    rough = figure.comparator not in (None, "~") or (figure.comparator == "~" and value % (step * 100) == 0)
    vague = rough or figure.value_to is not None
    return Quantity(
        figure.id, figure.start, figure.end, figure.text, measure, value, of, step, whole, vague, bracket, figure
    )
