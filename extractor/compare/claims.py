"""What one document says, as claims that can be compared: how much of what, where and when."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import orjson

from extractor.compare import times
from extractor.compare.definitions import Definitions
from extractor.compare.subject import per_of, subject
from extractor.compare.units import Measure, measure
from extractor.compare.words import Words, numbers, telling
from extractor.finding.lazy import lazy
from extractor.store.store import Store

_BEFORE, _AFTER = 110, 50
_HOUSEHOLD = frozenset(("hộ",))
_COUNTED_BY_RULE = ("household", "percent")
_CLAUSE = lazy(r"[.;\n]\s")
_END = lazy(r"[,;.(\n]")
_SENTENCE = lazy(r"[:;]|\d[.,]\d|\.$")
_NEXT = lazy(r"[.;]\s+(?=[^\W\d_])")
_LESS = lazy(r"giảm|thấp hơn|hụt|kém", re.IGNORECASE)
_DIGITS = lazy(r"\d(?:[\d.]*\d)?(?:,(\d+))?")


@dataclass(frozen=True, slots=True)
class Doc:
    """A document of the store. `when`: its date (ISO), the last day of its year where it has none."""

    key: int
    source: str
    json: str
    year: int | None
    period: str | None
    when: str
    issuer: str | None
    type_code: str | None
    place: str | None
    place_level: str | None
    place_code: str | None


class Claim(NamedTuple):
    """One figure, or several of a document that say the same.

    `base`: the value in base units of its `measure`, changes signed; `half`: how far rounding may have moved it.
    `lag`: years from the document's own (0: its own, -1: the year before as told now, 1: the next year's plan); text
    for a period of several years. `name` are the telling words of the indicator, `around` those and of its clause.
    """

    doc: Doc
    figure: str
    row: int
    text: str
    value: float
    unit: str
    base: float
    half: float
    measure: Measure
    change: bool
    fulfilment: bool
    role: str | None
    lag: int | str
    year: int | None
    period: str | None
    indicator: str
    indicator_id: str | None
    name: Words
    around: Words
    topic: Words
    numbers: frozenset[str]
    places: tuple[tuple[str, str | None, str | None], ...]  # name, level, code; empty: the document's own area
    definition: str | None
    comparator: str | None
    out_of: float | None
    start: int
    stop: int
    page: int | None
    boxes: str
    section: str | None
    confidence: float
    title: str
    also: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


_DOCS = """SELECT id, source, json, year, period, coalesce(issued_on, year || '-12-31', '9999-12-31'), issuer,
                  type_code, place, place_level, place_code FROM documents"""
_FIGURES = """SELECT id, row, start, stop, text, kind, value, exact, out_of, unit, amount, comparator, indicator,
                     indicator_id, direction, role, period, year, place, place_level, place_code, own_area, section,
                     page, boxes, confidence, table_id, table_row, table_column, heading, value_to
              FROM figures WHERE document = ? ORDER BY row"""


def docs_of(store: Store, year: int | None = None) -> list[Doc]:
    """The documents of `store`, those about `year` where one is given, by year and name."""
    where = "" if year is None else " WHERE year = ?"
    found = store.rows(f"{_DOCS}{where} ORDER BY year, source", () if year is None else (year,))
    return [Doc(*row) for row in found]


def read_claims(store: Store, doc: Doc) -> list[Claim]:
    """What `doc` says, in its order; what it says twice is one claim."""
    (text,) = store.rows("SELECT text FROM texts WHERE document = ?", (doc.key,)).fetchone()
    return once(list(_Reader(store, doc, text).claims()))


class _Reader:
    """One document with what its figures' meaning depends on."""

    def __init__(self, store: Store, doc: Doc, text: str) -> None:
        self._doc = doc
        self._text = _without_places(store, doc, text)
        sections = store.rows(
            "SELECT id, title, parent, start, stop FROM sections WHERE document = ? ORDER BY row", (doc.key,)
        ).fetchall()
        self._titles = {id: (title, parent) for id, title, parent, _, _ in sections}
        self._definitions = Definitions(text, [(start, stop) for *_, start, stop in sections])
        self._captions = dict(store.rows("SELECT id, caption FROM tables WHERE document = ?", (doc.key,)).fetchall())
        self._rows = store.rows(_FIGURES, (doc.key,)).fetchall()
        self._stops = sorted(row[3] for row in self._rows)
        self._heads = {(row[26], row[28]): row[29] for row in self._rows if row[26] is not None}

    def claims(self) -> Iterator[Claim]:
        made = [self._claim(row) for row in self._rows]
        yield from self._in_turn(made)

    def _claim(self, row: tuple[Any, ...]) -> Claim:
        (id, number, start, stop, text, kind, value, exact, out_of, unit, amount, comparator, indicator, indicator_id,
         direction, role, period, year, place, level, code, own, section, page, boxes, confidence, table, _, column,
         heading, _to) = row  # fmt: skip
        what, caption = measure(unit, kind), self._captions.get(table) or ""
        after = self._text[stop : stop + _AFTER]
        clause = self._clause(start)
        places = () if own else _places(place, level, code)
        if what.noun == "xã" or "xã" in what.per:
            places = tuple(p for p in places if p[1] != "commune")  # communes are not counted in one
        before = self._sentence(start)
        about = subject(
            self._words(indicator, heading, table, column), indicator_id, kind, what,
            before="" if table else before, clause="" if table else f"{clause} {_END.split(after)[0]}", after=after,
            text=text, topic=caption if table else self._title(section), places=tuple(p[0] for p in places),
            in_table=table is not None,
        )  # fmt: skip
        change = direction is not None or (kind == "percent" and unit.startswith("điểm")) or about.added
        base = float(amount) if kind == "money" and amount is not None else value * what.scale
        if change and (direction == "decrease" or (direction is None and _LESS.search(clause[-40:]))):
            base = -base
        lag, year = self._when(row, change)
        beside = f"{caption} {heading or ''}" if table else ""
        return Claim(
            self._doc, id, number, text, value, unit, base, _half(text, exact, base, value),
            per_of(about.words, what), change, about.fulfilment, role, lag, year, period,
            about.words or unit, about.id, about.name, about.around, telling(self._topic(section) + " " + caption),
            numbers(indicator or ""), places, 
            self._definitions.of(about.id, about.name, start, max(year or 0, self._doc.year or 0), beside)
            if kind in _COUNTED_BY_RULE else None,
            comparator, out_of, start, stop, page, boxes, section, confidence, caption or self._heading(section),
        )  # fmt: skip

    def _in_turn(self, claims: list[Claim]) -> Iterator[Claim]:
        """`ở Bình Phú và Bình Lãnh, lần lượt là 3,4% và 3,2%`: each place with its own."""
        at = 0
        while at < len(claims):
            many = len(claims[at].places)
            group = claims[at : at + many]
            if (
                many > 1 and len(group) == many and all(c.places == group[0].places for c in group)
                and "lần lượt" in self._sentence(group[0].start)
            ):  # fmt: skip
                yield from (c._replace(places=(place,)) for c, place in zip(group, group[0].places, strict=True))
                at += many
            else:
                yield claims[at]
                at += 1

    def _words(self, indicator: str | None, heading: str | None, table: str | None, column: int | None) -> str:
        """The indicator; for a column of shares that names nothing, that of the column to its left too."""
        words = indicator or ""
        if table is not None and column is not None and not telling(words) and not telling(heading or ""):
            words = f"{self._heads.get((table, column - 1)) or ''} {words}".strip()
        elif table is not None and not telling(words):
            words = f"{heading or ''} {words}".strip()
        return words

    def _sentence(self, start: int) -> str:
        """The sentence before a figure, from the last semicolon that something is said behind."""
        first = max(start - 2 * _BEFORE, self._text.rfind("\n", 0, start) + 1)
        before = self._text[first:start]
        cut = [0, *(m.end() for m in _CLAUSE.finditer(before))]
        while len(cut) > 1 and before[cut[-1] - 2] == ";" and telling(before[cut[-1] :]) <= _HOUSEHOLD:
            cut.pop()  # `…; giảm 8.644 hộ`: what of stands before the semicolon
        return before[cut[-1] :]

    def _title(self, section: str | None) -> str:
        return self._titles[section][0][:120] if section in self._titles else ""

    def _clause(self, start: int) -> str:
        """The words before a figure, from the figure or sentence before it."""
        at = bisect_left(self._stops, start + 1) - 1
        first = max(start - _BEFORE, 0)
        before = self._text[first:start]
        cut = [m.end() for m in _CLAUSE.finditer(before)]
        begin = first + (cut[-1] if cut else 0)
        near = self._stops[at] if at >= 0 and self._stops[at] <= start else 0
        return self._text[near:start] if near > begin and start - near > 12 else self._text[begin:start]

    def _heading(self, section: str | None) -> str:
        """The innermost heading above that is short enough to be one and no sentence; else the outermost, cut."""
        titles: list[str] = []
        while section in self._titles and len(titles) < 8:
            title, section = self._titles[section]
            titles.append(" ".join(title.split()))
        short = (t for t in titles if len(t) <= 60 and not _SENTENCE.search(t))
        return next(short, "".join(titles[-1:])[:60])

    def _topic(self, section: str | None) -> str:
        titles: list[str] = []
        while section in self._titles and len(titles) < 8:
            title, section = self._titles[section]
            titles.append(title[:120])
        return " ".join(titles)

    def _when(self, row: tuple[Any, ...], change: bool) -> tuple[int | str, int | None]:
        start, stop, role, period, year, heading = row[2], row[3], row[15], row[16], row[17], row[29]
        own = self._doc.year
        if span := times.span_of(period):
            return span, year
        year = year or own
        if year is None or own is None:
            return 0, year
        if year == own and not change and role != "plan":
            before = times.said_of_start(self._text, start, heading)
            year -= before or (heading is None and times.said_as_from(self._text, start, stop))
        return year - own, year


def _without_places(store: Store, doc: Doc, text: str) -> str:
    """The text with blanks for the names of places: where something is, is no part of what it is."""
    parts, at = [], 0
    for start, stop in store.rows("SELECT start, stop FROM places WHERE document = ? ORDER BY start", (doc.key,)):
        if start >= at:
            parts += [text[at:start], " " * (stop - start)]
            at = stop
    return "".join([*parts, text[at:]])


def _places(names: str | None, level: str | None, codes: str | None) -> tuple[tuple[str, str | None, str | None], ...]:
    if not names:
        return ()
    given = [None if code == "-" else code for code in (codes or "").split()]
    return tuple((name, level, code) for name, code in zip(names.split("; "), given, strict=False))


def _half(text: str, exact: str, base: float, value: float) -> float:
    """Half of the last printed digit, in base units; nothing for whole numbers of pieces."""
    decimals = len(exact.partition(".")[2])
    printed = _DIGITS.findall(text)
    if len(printed) == 1:
        decimals = max(decimals, len(printed[0]))
    scale = abs(base / value) if value else 1.0
    return 0.0 if decimals == 0 and scale == 1.0 and "%" not in text else 0.5 * 10.0**-decimals * scale


def scale_of(claim: Claim) -> float:
    """How many base units one of the claim's own unit is."""
    if claim.measure.family != "money":
        return claim.measure.scale
    return abs(claim.base / claim.value) if claim.value else 1.0


class Amount(Protocol):
    """A value in base units, and how far rounding may have moved it."""

    @property
    def base(self) -> float: ...
    @property
    def half(self) -> float: ...


def same_amount(a: Amount, b: Amount) -> bool:
    """Whether the two values are one, the one printed more roughly than the other perhaps."""
    rough = 0.0 if abs(a.half - b.half) <= 1e-9 * max(a.half, b.half) else max(a.half, b.half)
    return abs(a.base - b.base) <= rough * (1 + 1e-9) + 1e-9 * max(abs(a.base), 1e-9)


def once(claims: list[Claim]) -> list[Claim]:
    """What is said twice, in the text and in a table or in two documents, once: where it is said most exactly."""
    kept: list[Claim] = []
    near: dict[Any, list[int]] = {}  # where claims of one kind and about one size stand in `kept`
    for claim in claims:
        key = (claim.measure.family, claim.measure.per, claim.change, claim.fulfilment, claim.role == "plan", claim.lag,
               claim.places)  # fmt: skip
        size = _size(claim.base)
        found = (at for step in (-1, 0, 1) for at in near.get((key, size + step), ()))
        at = next((i for i in found if same_amount(claim, kept[i]) and _same_thing(claim, kept[i])), None)
        if at is None:
            near.setdefault((key, size), []).append(len(kept))
            kept.append(claim)
        else:
            kept[at] = _one(kept[at], claim)
    return kept


def _size(value: float) -> int:
    """Alike, or next to each other, for values that rounding to two digits or more could make one."""
    return round(math.log(abs(value) + 1e-12) * 40)


def _one(first: Claim, second: Claim) -> Claim:
    if first.half > second.half:
        first, second = second, first
    return first._replace(
        name=first.name | second.name if _poor(first.name) else first.name,
        around=first.around | second.around,
        indicator_id=first.indicator_id or second.indicator_id,
        definition=first.definition or second.definition,
        indicator=first.indicator if first.name else second.indicator,
        also=(*first.also, second.figure, *second.also),
    )


def _poor(name: Words) -> bool:
    return len(name) < 2


def _same_thing(a: Claim, b: Claim) -> bool:
    if a.indicator_id and a.indicator_id == b.indicator_id:
        return True
    if a.base == 0 or (a.measure.family == "count" and abs(a.base) < 20) or abs(a.value) == 100:
        return a.name == b.name and bool(a.name) and a.numbers == b.numbers
    both = len(a.name & b.name)
    return both > 0 and both >= 0.5 * min(len(a.name), len(b.name))


def sentence_of(text: str, start: int, stop: int) -> str:
    """The sentence of `text` that the figure stands in; in a table its row."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", stop)
    line = text[first : last if last >= 0 else len(text)]
    at, end = start - first, stop - first
    begin, finish = 0, len(line)
    for found in _NEXT.finditer(line):
        if found.end() <= at:
            begin = found.end()
        elif found.end() > end:
            finish = found.end()
            break
    return line[begin:finish].replace("\t", " | ").strip()


def boxes_of(claim: Claim) -> list[list[float]]:
    """Where the claim's figure stands on its page."""
    found: list[list[float]] = orjson.loads(claim.boxes)
    return found
