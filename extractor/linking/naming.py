"""What a name or a figure says by itself: the kind of quantity, whether it is a rate, a sum, an action, a plan."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.linking import phrases as p
from extractor.linking import words as lexicon
from extractor.linking.clauses import GLUE, Clause
from extractor.model import Figure


def threshold(counted: Figure, clause: Clause) -> bool:
    """Whether a rate is one that the areas counted before it pass: `9/13 xã đạt trên 99,5%` is no share of them."""
    return (
        counted.unit.split(" ")[0].rstrip(",") in lexicon.AREA_UNITS
        and clause.joint == ""
        and not clause.opened
        and [p.low(w) for w in clause.before.split()] in (["đạt", "trên"], ["đạt", "dưới"], ["dưới"], ["trên"])
    )


def calls_plan(found: Sequence[str]) -> bool:
    """Whether words only call the figure the plan of what was named before: `KH tỉnh giao`, `yêu cầu vùng`."""
    lowered = [p.low(w) for w in found]
    first = 1 if lowered[0] in ("kh", "ct", "mtđh", "nq") else 2
    opening = " ".join(lowered[:first])
    return opening in lexicon.PLAN_NOUNS and all(w in lexicon.PLAN_WORDS for w in lowered[first:])


def kind_of(figure: Figure) -> int:
    if figure.kind == "percent":
        return lexicon.ANY
    if figure.kind == "money":
        return lexicon.MONEY
    if figure.kind in ("household", "criteria"):
        return lexicon.COUNT
    unit = figure.unit.split("/")[0].split(" ")
    return lexicon.MEASURE if unit[-1] in lexicon.MEASURES else lexicon.COUNT


def is_rate(name: str) -> bool:
    first = " ".join(name.split(" ")[:2]).lower()
    return bool(lexicon.HEADS.get(first, 0) & lexicon.RATE) or first.startswith(("tỷ", "tỉ", "tốc"))


def last_part(found: list[str], short: int = 7) -> list[str]:
    """The part of a clause behind its last comma; all of it where it is `short` enough to be one phrase."""
    if len(found) <= short:
        return found
    for at in range(len(found) - 1, 0, -1):
        if found[at - 1][-1] in ",;":
            return p.strip_lead(found[at:])
    return found


def is_amount(name: str) -> bool:
    """Whether a name is that of a sum of money or a rate, which heads no list of counts."""
    first, _, rest = name.lower().partition(" ")
    pair = f"{first} {rest.partition(' ')[0]}"
    kinds = lexicon.HEADS.get(pair) or lexicon.HEADS.get(first, 0)
    return kinds in (lexicon.RATE, lexicon.MONEY)


def bare(name: str) -> str:
    """A count's name without its number noun: số hộ nghèo → hộ nghèo."""
    for lead in ("tổng số ", "số lượng ", "số ", "tổng "):
        if name.startswith(lead):
            return name[len(lead) :]
    return name


def spent(name: str) -> bool:
    return "giải ngân" in name


def action(head: str) -> str:
    """The head of a list without whose it is, where its items are parts of what was spent: giải ngân."""
    return "giải ngân" if head.startswith(("giải ngân", "tỷ lệ giải ngân")) else head


def verbal(found: Sequence[str]) -> bool:
    return bool(found) and p.low(found[0]) in lexicon.VERBS


def is_place(clause: Clause) -> bool:
    return GLUE in clause.before or GLUE in clause.label
