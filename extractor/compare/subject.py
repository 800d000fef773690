"""What a claim is about, in words: the extractor's indicator, and where that tells little what stands around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.compare.units import Measure
from extractor.compare.words import Words, telling, tokens
from extractor.finding.lazy import lazy
from extractor.gazetteer.names import fold
from extractor.linking.catalogue import catalogue, identify
from extractor.model import Kind

_AND_MORE = lazy(r"\s+và\s+(?!giảm|tăng|đạt|bằng|chiếm)[^,;.(\n\d]{3,60}(?=[,;.(\n])")
_OF_ALL = lazy(r"tổng số\s*$", re.IGNORECASE)
_MORE = lazy(r"(?:\bthêm|\bvượt|công nhận mới|\bmới công nhận)(?: được)?\s*$", re.IGNORECASE)
_LABEL = lazy(r"^\W*(?:[\w.]{1,4}[.)]\s+)?")
_PER_HEAD = lazy(r"đầu người|bình quân/người", re.IGNORECASE)
_AREA = frozenset(("diện", "tích"))
PERSONS = frozenset(("người", "lao động", "lượt người", "nhân khẩu", "đối tượng"))


class Subject(NamedTuple):
    """`words`: for people; `id`: the known indicator; `name`: the telling words, `around`: those of the clause too.
    `added`: the figure is what came in addition (`thêm 02 trường`). `fulfilment`: it is a share of a plan."""

    words: str
    id: str | None
    name: Words
    around: Words
    added: bool
    fulfilment: bool


def subject(
    indicator: str | None, indicator_id: str | None, kind: Kind, measure: Measure, *,
    before: str, clause: str, after: str, text: str, topic: str, places: tuple[str, ...], in_table: bool,
) -> Subject:  # fmt: skip
    """The subject of a figure. before: its sentence up to it; clause: the nearest words on both sides; after: what
    follows; topic: its section's title, or its table's caption; places: names that are no part of it."""
    words, id = indicator or "", indicator_id
    fulfilment = words.startswith("mức đạt") or " so với kế hoạch" in words
    named = telling(words) | _label(id)
    if kind == "household" and not in_table and _OF_ALL.search(before) and "nghèo" not in text:
        words, id, named = "tổng số hộ", "households", _label("households")
    more = _AND_MORE.match(after) if not in_table else None
    if more:
        named |= telling(more[0])
    place_words = frozenset(fold(word) for place in places for word in tokens(place))
    named = _but(named, place_words)
    noun = telling(measure.noun)
    near = telling(clause)
    if not named - noun or (id is None and len(named) < 2):
        further = before if telling(before) - noun else topic
        more_words = _but(telling(further), place_words)
        if id is None and not fulfilment and not more:
            share = "tỷ lệ " if kind == "percent" else ""
            id = identify(f"{share}{_LABEL.sub('', further)} {words}".strip(), kind)
        named |= _label(id) if named - noun else more_words | _label(id)
        near |= more_words
        known = catalogue().get(id or "")
        tail = " ".join(_LABEL.sub("", further).split())
        tail = tail if len(tail) <= 48 else tail[-48:].partition(" ")[2]
        words = known.label if known else f"{words} ({tail})".removesuffix(" ()").lstrip() if words else tail
    if id is None and not fulfilment:
        id = _by_words().get((named, kind))
    if measure.family == "count":
        named = named - noun if measure.noun in PERSONS and named - noun else named | noun
    elif measure.family not in ("money", "percent"):
        named -= noun
    if measure.family == "area":
        named = named - _AREA or named  # `113 ha chè`, `diện tích chè 101 ha`: that it is an area says the unit
    around = _but(named | near, place_words)
    added = not in_table and _MORE.search(before) is not None
    return Subject(words.strip(), id, named, around, added, fulfilment)


def _but(words: Words, places: Words) -> Words:
    """The words without those of the places."""
    return frozenset(w for w in words if fold(w) not in places) if places else words


@lru_cache(maxsize=512)
def _label(id: str | None) -> Words:
    known = catalogue().get(id or "")
    return telling(known.label) if known else frozenset()


@lru_cache(maxsize=1)
def _by_words() -> dict[tuple[Words, str], str]:
    """The known indicators by the telling words of their names."""
    found: dict[tuple[Words, str], str] = {}
    for known in catalogue().values():
        for kind in known.kinds:
            found.setdefault((telling(known.label), kind), known.id)
    return found


def per_of(words: str, measure: Measure) -> Measure:
    """The measure, with what the indicator says a figure is for one of where the unit does not: income is of a head."""
    if measure.family == "money" and not measure.per and _PER_HEAD.search(words):
        return measure._replace(per=("người",))
    return measure
