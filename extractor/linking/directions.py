"""Whether a figure states a change (`giảm 630 hộ`, `tăng 9,8%`) or a level (`giảm còn 39,15%`, `tăng lên 45%`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.finding.lazy import lazy
from extractor.linking import phrases
from extractor.linking import words as lexicon
from extractor.linking.clauses import DATE, GLUE, Clause
from extractor.model import Figure

Direction = Literal["increase", "decrease"]


@dataclass(slots=True, frozen=True)
class Change:
    """A figure's direction, and how many words at the end of its clause say so (they belong to no noun phrase).

    `source`: the figure is where a change started from (`giảm từ 12% xuống 9%`: the 12%). `plan_of`: it stands in
    brackets as the plan of that figure (`giảm 2,12%, vượt chỉ tiêu giao (2%)`: the 2%).
    """

    direction: Direction | None = None
    cut: int = 0
    source: bool = False
    plan_of: int | None = None


NONE = Change()
"""No change: a level."""

VERBS: dict[str, Direction] = {
    "tăng": "increase", "giảm": "decrease", "nâng": "increase", "hạ": "decrease", "tụt": "decrease", "sụt": "decrease",
}  # fmt: skip
LEVEL = frozenset("lên xuống còn đến từ".split())
_TO = lazy(
    rf"(?:[^;.\n]|\.(?=\d)){{0,80}}?(?<!trở)\s(?:lên|xuống|còn|sang|tới|thành)\s|(?:[^;.,()]{{0,8}}|[^;.,()]*{DATE}[^;.,()]*)\sđến\s"
)
_RATES = lazy(
    r"(?:tốc\s+độ|mức|tỷ\s+lệ|tỉ\s+lệ)\s+(?:tăng|giảm)(?!\w|\s+dân\s+số|\s+tự\s+nhiên)|\btăng\s+trưởng\b|(?:^|,|\bchỉ\s+tiêu)\s*\W*(?:tăng\s+trưởng|(?:[^\W\d]+[\s\x01]+){0,4}(giảm|tăng)\s+(?:tỷ\s+lệ|tỉ\s+lệ|số\s+(?:hộ|vụ|người|ca)|hộ|thu\s+nhập|thu(?:\s+ngân\s+sách)?(?:\s+từ)?\s*$|diện\s+tích))"
    r"(?!.*\b(?:xuống|còn|lên|đến)\b)",
    2,
)
_PLANNED = lazy(
    r"(?:\)?[^()]{0,60}\(|\s?/)\s*(?:KH|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu)(?:\s+[^\W\d]+){0,3}[\s\x01:]*(?:là\s+)?$", 2
)
_BESIDE_PLAN = lazy(r"\b(?:KH|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|nghị\s+quyết)(?:\s+[^\W\d]+){0,8}\s*$", 2)
"""Words before a bracket that holds what was planned: `giảm 2,12%, vượt chỉ tiêu Nghị quyết giao (2%)`."""
_MORE = lazy(
    r"\b(cao|nhiều|lớn|thấp|ít)\s+hơn\s+(?:so\s+với\s+)?"
    r"(?:(?:cùng\s+kỳ\s*)?[^\w]*\x01|cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái))?|năm\s+(?:trước|ngoái)|mức\s+bình\s+quân\s+chung)"
    r"[\x01\s]*(?:là\s+|khoảng\s+)?$",
    2,
)
_MORE_BY = lazy(r"(?<!không )\b(cao|nhiều|lớn|thấp|ít)\s+hơn\s+(?:khoảng\s+|gần\s+|trên\s+)?$", 2)
_THAN = lazy(r"\s*(?:so\s+(?:với\s+)?)?(?:cùng\s+kỳ|năm|đầu|tháng|quý|kỳ|\x01)", 2)
_CUES = ("ăng", "iảm", "hơn", "ừ ", "ạ ", "ụt ", "đạt thêm")
"""Parts of the words that tell a change: a cheap look before the patterns."""
_LINKED = frozenset(("và", ",", "hoặc", "và giảm", "và tăng", ", và"))
_LIST = lazy(r"(?:mức|tỷ\s+lệ|tốc\s+độ)\s+(?:tăng|giảm)(?!\w)|^\W*(?:tăng|giảm)\s", 2)
_EQUAL = lazy(
    r"\s*(?:(?:hộ|người)\s+(?:cận\s+)?nghèo\s*|trở\s+lên\s*)?[,(]?\s*\(?\s*(?:tương\s+đương|tương\s+ứng|tức(?:\s+là)?|bằng|=)?"
    r"(?:\s+với)?(?:\s+(?:khoảng|gần|trên|hơn))?\s*$",
    2,
)
_SAME = lazy(r"\s*(?:[-–—÷]|đến|tới)\s*(?:dưới\s|trên\s)?$")
_TO_NUMBER = lazy(r"\s*(?:[-–—÷]|đến|tới)\s*(?:dưới\s|trên\s)?\d")
_SIGNED = lazy(r"[(;,]\s?([-+–])$")
_NEAREST = lazy(r"\b(tăng|giảm|(?:cao|thấp)\s+hơn)\b", 2)


def read(figures: Sequence[Figure], found: Sequence[Clause], text: str) -> list[Change]:
    """The change that each of `figures` states, if any."""
    out: list[Change] = []
    listed: tuple[Direction, str, int] | None = None
    for index, (figure, clause) in enumerate(zip(figures, found, strict=True)):
        lead = out[-1] if out else NONE
        unit = figures[index - 1].unit if index and clause.joint in ("", ";") else ""
        change = _one(figure, clause, text, lead, unit, index, found)
        if change.source and _widens(index, figures, found):
            change = Change("decrease", len(clause.before.split()) - clause.before.lower().split().index("giảm"))
        if change.direction is None and not change.source:
            if ("(" in clause.gap or "/" in clause.gap) and (
                _PLANNED.fullmatch(clause.gap) or (clause.opened and _BESIDE_PLAN.search(clause.outer))
            ):
                same = [k for k in range(max(0, index - 4), index) if figures[k].unit == figure.unit]
                near = min(same, key=lambda k: _apart(figures[k], figure), default=None)
                change = Change(out[near].direction, plan_of=near) if near is not None else change
            elif lead.direction and unit == figure.unit and clause.gap.strip() in _LINKED:
                change = Change(lead.direction)
            elif listed is not None and listed[1:] == (figure.unit, clause.sentence) and clause.joint in ("", ";"):
                change = Change(listed[0]) if _only_place(clause) else change
                listed = listed if change.direction else None
            if clause.label and change.direction is None and figure.kind == "percent" and _only_place(clause):
                rate = _LIST.search(clause.label)
                if rate is not None:
                    change = Change("increase" if "tăng" in rate[0].lower() else "decrease")
        if change.direction is not None:
            listed = (change.direction, figure.unit, clause.sentence)
        out.append(change)
    return out


def _apart(done: Figure, planned: Figure) -> float:
    """How far a result is from a plan: the plan is that of the result, of several in its unit, that comes nearest."""
    low, high = sorted((float(done.value), float(planned.value)))
    return high / low if low > 0 else float("inf")


def _widens(index: int, figures: Sequence[Figure], found: Sequence[Clause]) -> bool:
    """Whether `giảm từ 5% đến 6%` gives the ends of a range: a level that falls ends lower than it began."""
    if index + 1 == len(figures) or "giảm" not in found[index].before.lower().split():
        return False
    figure, following = figures[index], figures[index + 1]
    link = found[index + 1].gap.split()
    return following.unit == figure.unit and following.value > figure.value and link in (["đến"], ["-"], ["–"], ["tới"])


def _cued(clause: Clause, index: int, found: Sequence[Clause]) -> bool:
    """Whether anything near a figure may tell a change."""
    told = clause.outer + clause.gap if clause.opened else clause.before
    if not told.strip() and index:
        told = found[index - 1].before
    return any(cue in told for cue in _CUES) or clause.gap[-1:] in _SIGNS


_SIGNS = frozenset("+-–")


def _ranges(figure: Figure, text: str) -> bool:
    """Whether `từ A đến B` gives the ends of a range (`tăng từ 10 đến 15%`): then A has no unit of its own."""
    return figure.text[-1:].isdigit() and _TO_NUMBER.match(text, figure.end, figure.end + 14) is not None


def _share(figure: Figure, direction: Direction) -> bool:
    """Whether `tăng 9 vụ, bằng 16%` tells the share that was added or lost; else it is a ratio of the two levels."""
    return figure.kind == "percent" and figure.value < (100 if direction == "increase" else 50)


def _told(outer: str) -> Direction | None:
    """The verb of change that the words before a bracket end in: `giáo dục tăng cao nhất (4,68%)`."""
    for word in reversed(outer.split()[-4:]):
        bare = phrases.low(word)
        if bare in VERBS and bare not in ("nâng", "hạ"):
            return VERBS[bare]
        if bare not in lexicon.BETWEEN:
            return None
    return None


_GROWTH = lazy(r"\btăng\s+trưởng(?:\s+[^\W\d]+){0,6}\s*$", 2)
"""Words before a bracket whose percentage is a rate of growth: `mục tiêu tăng trưởng kinh tế được giao (8%)`."""
_POINTS = frozenset(("điểm %", "điểm phần trăm"))


def _only_place(clause: Clause) -> bool:
    """Whether nothing but a place stands before the figure: an item of a list over places."""
    return GLUE in clause.before and not phrases.tail_places(phrases.strip_lead(phrases.trim(clause.before.split())))


def _one(
    figure: Figure, clause: Clause, text: str, before: Change, before_unit: str, index: int, found: Sequence[Clause]
) -> Change:
    gap = clause.gap
    if before.direction and index and clause.joint == "":
        if _SAME.fullmatch(gap):
            return Change(before.direction)
        if _EQUAL.fullmatch(gap) and (
            clause.opened
            or "tương" in gap
            or "=" in gap
            or (clause.depth and figure.kind == "percent" and before_unit not in ("", "%"))
            or ("bằng" in gap and _share(figure, before.direction))
        ):
            return Change(before.direction)
    if not _cued(clause, index, found):
        return NONE
    words = clause.before.split()
    at = len(words)
    low = at
    while low and at - low < 12:
        word = phrases.low(words[low - 1])
        direction = VERBS.get(word)
        if direction is not None:
            if low == at and word in ("nâng", "hạ"):
                return NONE
            between = [phrases.low(w) for w in words[low:]]
            if "lên" in between or "xuống" in between or "còn" in between:
                return NONE
            if word in ("nâng", "hạ"):
                return NONE
            if (
                ("từ" in between or "đến" in between)
                and _TO.match(text, figure.end, figure.end + 90)
                and not _ranges(figure, text)
            ):
                return Change(source=True)
            return Change(direction, at - low + 1)
        if DATE not in words[low - 1] and word not in lexicon.BETWEEN and word:
            break
        low -= 1
    sign = _SIGNED.search(text, figure.start - 3, figure.start)
    if sign is not None:
        return Change("increase" if sign[1] == "+" else "decrease")
    if clause.opened and not words and (found_direction := _told(clause.outer)):
        return Change(found_direction)
    if clause.opened and not words and figure.unit == "%" and _GROWTH.search(clause.outer) is not None:
        return Change("increase")
    if figure.unit in _POINTS and not ({"từ", "còn", "mức"} & set(words)):
        nearest = [(match[1].lower(), match.start()) for match in _NEAREST.finditer(clause.before)]
        if nearest:
            verb, start = nearest[-1]
            cut = 0 if verb in VERBS else len(words) - len(clause.before[:start].split())
            return Change("increase" if verb.startswith(("tăng", "cao")) else "decrease", cut)
    if "hơn" in gap and (before_unit == figure.unit or _THAN.match(clause.after) is not None):
        more = _MORE_BY.search(clause.before)
        if more is not None:
            return Change("decrease" if more[1].lower() in ("thấp", "ít") else "increase", len(more[0].split()))
    if "hơn" in gap:
        more = _MORE.search(clause.before)
        if more is not None:
            return Change(
                "decrease" if more[1].lower() in ("thấp", "ít") else "increase",
                len(words) - len(clause.before[: more.start()].split()),
            )
    before_it = clause.before
    if index and clause.joint == "" and not before_it.strip() and not clause.opened:
        before_it = found[
            index - 1
        ].before  # a count of areas inside the phrase: tỷ lệ tăng bình quân 8 xã 6,3%
    if words and words[-1].lower() == "từ":
        to = _TO.match(text, figure.end, figure.end + 90)
        if to is not None and not to[0].endswith(" đến ") and not _ranges(figure, text) and "trở lên" not in to[0]:
            return Change(source=True)
    if words[-2:] == ["đạt", "thêm"]:
        return Change("increase", 2)
    if figure.kind in ("percent", "money") and ("iảm" in before_it or "ăng" in before_it):
        rate = _RATES.search(before_it)
        if rate is not None and "kế hoạch" not in clause.after[:14]:
            verb = (rate[1] or rate[0]).lower()
            return Change("increase" if "tăng" in verb else "decrease")
    return NONE
