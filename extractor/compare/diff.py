"""Two sides compared: which of their documents belong together, and what each pair of figures tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.compare.claims import Claim, Doc, docs_of, once
from extractor.compare.judge import Verdict, incomparable, judge, judge_again, judge_plan
from extractor.compare.kept_claims import Claims
from extractor.compare.match import LEAST, Pair, match
from extractor.compare.places import Map, Place, changed, day_of, identity, on_map, unit_of
from extractor.compare.reasons import Reason, reason
from extractor.compare.rows import Row, Side
from extractor.compare.words import telling
from extractor.errors import ExtractorError, UsageError
from extractor.finding.lazy import lazy
from extractor.gazetteer import current
from extractor.gazetteer.names import fold
from extractor.linking.catalogue import catalogue
from extractor.store.store import Store, open_store

Area = tuple[list[Doc], list[Doc]]
"""The documents of both sides that tell of one area."""
_YEAR = lazy(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Selection:
    """One side: a store and the documents of it that are compared."""

    store: Store
    docs: list[Doc]
    name: str


@dataclass(slots=True)
class Summary:
    """What became of the figures: rows by status, how many said again what the other side had said, JSONs that could
    not be used, documents of one side without a counterpart."""

    status: Counter[str] = field(default_factory=Counter)
    told_again: int = 0
    failures: list[ExtractorError] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    def add(self, part: Summary) -> None:
        """Count what became of some of the figures too."""
        self.status += part.status
        self.told_again += part.told_again
        self.failures += part.failures
        self.alone += part.alone


def select(name: str) -> Selection:
    """`OUT`, `OUT@2022`, a folder of JSONs, a report's JSON, or a report itself (which is then read).

    Raises UsageError where nothing is there or no document is of that year.
    """
    path, at, year = name.rpartition("@")
    if at and year.isdigit() and not Path(name).exists():
        store = open_store(path)
        docs = docs_of(store, int(year))
        if not docs:
            store.close()
            raise UsageError(f"no document of {year} there", path=path)
        return Selection(store, docs, name)
    store = open_store(name) if Path(name).is_dir() or name.endswith(".json") else _read(Path(name))
    return Selection(store, docs_of(store), name)


def _read(path: Path) -> Store:
    from extractor.pipeline import extract  # only where a report itself is named
    from extractor.store.store import store_of

    return store_of(path, extract(path).to_json().encode())


def diff(
    a: Selection, b: Selection, *, least: float = LEAST, places: Map | None = None, summary: Summary | None = None
) -> Iterator[Row]:
    """The rows, area by area, as they are found. least: the confidence below which no pair is made.

    Only the documents of one area are in memory at a time.
    """
    summary = summary if summary is not None else Summary()
    summary.failures += [*a.store.failures, *b.store.failures]
    target = places or Map()
    found = areas(a.docs, b.docs, target)
    yield from rows_of_areas(*Claims.of_both(a.store, b.store), found, least, target, summary)


def rows_of_areas(
    a: Claims, b: Claims, found: Iterable[Area], least: float, target: Map, summary: Summary
) -> Iterator[Row]:
    """The rows of some of the `areas`; `a`, `b`: what the stores of both sides say."""
    for ours, theirs in found:
        if not ours or not theirs:
            summary.alone += [doc.source for doc in (*ours, *theirs)]
        left, right = _claims(a, ours), _claims(b, theirs)
        for row in _Compared(a.store, b.store, left, right, least, target, summary).rows():
            summary.status[row.status] += 1
            yield row


def _claims(said: Claims, docs: Sequence[Doc]) -> list[Claim]:
    found = [claim for doc in docs for claim in said.of(doc)]
    return once(found) if len(docs) > 1 else found


def areas(a: Sequence[Doc], b: Sequence[Doc], target: Map) -> list[Area]:
    """The documents of both sides by whose area they tell; by year too, where a side has several years."""
    if len(a) == 1 and len(b) == 1:
        return [([*a], [*b])]
    yearly = len({d.year for d in a}) > 1 or len({d.year for d in b}) > 1
    found: dict[Hashable, Area] = defaultdict(lambda: ([], []))
    for side, docs in enumerate((a, b)):
        for doc in docs:
            found[_area(doc, target), doc.year if yearly else None, (doc.period or "")[4:]][side].append(doc)
    return [found[key] for key in sorted(found, key=repr)]


def _area(doc: Doc, target: Map) -> Hashable:
    if doc.place:
        place = (doc.place, doc.place_level, doc.place_code)
        unit = unit_of(place, day_of(doc)) if target.day else None
        if unit and len(heirs := current(unit)) == 1:
            return heirs[0].level, fold(heirs[0].name), heirs[0].code
        return (*identity(place), doc.place_code)
    return fold(doc.issuer or _YEAR.sub("", Path(doc.source).stem))


@dataclass(slots=True)
class _Compared:
    """All that the two sides say of one area."""

    a_store: Store
    b_store: Store
    a: list[Claim]
    b: list[Claim]
    least: float
    target: Map
    summary: Summary
    _texts: dict[tuple[bool, int], str] = field(default_factory=dict)
    _no_sum: dict[Any, Reason] = field(default_factory=dict)
    _changed: dict[Hashable, Reason | None] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        self.a, no_a = on_map(self.a, self.target, self.b)
        self.b, no_b = on_map(self.b, self.target, self.a)
        self._no_sum = {(True, *key): why for key, why in no_a.items()} | {
            (False, *key): why for key, why in no_b.items()
        }
        years = [{c.doc.year for c in side} for side in (self.a, self.b)]
        apart = _apart(*years)
        own_a, own_b = [c for c in self.a if _own(c, apart)], [c for c in self.b if _own(c, apart)]
        pairs = match(own_a, own_b, self._key(lag=True), self.least)
        yield from (self._paired(pair, judge(pair.a, pair.b, place=self._place(pair))) for pair in pairs)
        done = {id(claim) for pair in pairs for claim in pair[:2]}
        if apart:
            yield from self._told_again(apart, pairs)
            for pair in self._plans(apart):
                done.add(id(pair.a))
                yield self._paired(pair, judge_plan(pair.a, pair.b))
        alone = None if self.a and self.b else reason("no_document")
        for claim in own_a:
            if id(claim) not in done:
                due = apart and claim.lag == apart and claim.role == "plan"
                yield self._single("vanished", claim, alone or (reason("no_outcome", claim.year) if due else None))
        for claim in own_b:
            if id(claim) not in done:
                yield self._single("added", claim, alone)

    def _told_again(self, apart: int, pairs: list[Pair]) -> Iterator[Row]:
        """What the first side said of its own year (or planned for the second's), as the second tells it."""
        before = [c for c in self.a if c.lag == 0 and c.role != "plan"]
        now = [c for c in self.b if c.lag == -apart and c.role != "plan"]
        plans = [c for c in self.a if c.lag == apart and c.role == "plan"]
        kept = [c for c in self.b if c.lag == 0 and c.role == "plan"]
        again = self._by_own(now, pairs)
        done = {id(pair.b) for pair in again} | {id(pair.a) for pair in again}
        for ours, theirs in ((before, now), (plans, kept)):
            left = [c for c in ours if id(c) not in done]
            right = [c for c in theirs if id(c) not in done]
            again += match(left, right, self._key(lag=False), max(self.least, 0.55))
        for pair in again:
            verdict = judge_again(pair.a, pair.b, borne_out=self._borne_out(pair.b))
            if verdict is None:
                self.summary.told_again += 1
            elif verdict.status != "not_comparable":
                yield self._paired(pair, verdict)

    def _by_own(self, now: list[Claim], pairs: list[Pair]) -> list[Pair]:
        """What the second side calls as it does a figure of its own year belongs to what that one is paired with."""
        named: dict[Hashable, list[Pair]] = defaultdict(list)
        told = Counter(map(self._called, now))
        for pair in pairs if told else ():
            if pair.a.lag == 0 and pair.b.lag == 0 and pair.b.name and pair.a.role != "plan":
                named[self._called(pair.b)].append(pair)
        return [
            Pair(found[0].a, claim, found[0].confidence) for claim in now
            if told[key := self._called(claim)] == 1 and len(found := named.get(key, [])) == 1
        ]  # fmt: skip

    def _called(self, claim: Claim) -> Hashable:
        return (claim.name, claim.indicator_id, claim.numbers, claim.measure, claim.change, claim.fulfilment,
                claim.definition, self._where(claim))  # fmt: skip

    def _borne_out(self, before: Claim) -> bool:
        """Whether what is now said of the year before, and the change since, make what is said of this year."""
        where = self._where(before)
        near = [c for c in self.b if c.lag == 0 and c.role != "plan" and c.measure.family == before.measure.family
                and c.indicator_id == before.indicator_id and self._where(c) == where]  # fmt: skip
        return any(
            abs(now.base - before.base - change.base) <= now.half + before.half + change.half + 1e-9 * abs(now.base)
            for now in near if not now.change for change in near if change.change
        )  # fmt: skip

    def _plans(self, apart: int) -> list[Pair]:
        plans = [c for c in self.a if c.lag == apart and c.role == "plan"]
        outcomes = [c for c in self.b if c.lag == 0 and c.role != "plan" and not c.fulfilment]
        pairs = match(plans, outcomes, self._key(lag=False, role=False), self.least)
        return [p for p in pairs if incomparable(p.a, p.b) is None]

    def _key(self, *, lag: bool, role: bool = True) -> Callable[[Claim], Hashable]:
        def key(claim: Claim) -> Hashable:
            what = claim.measure
            return (what.family, what.per, claim.change, claim.fulfilment, role and claim.role == "plan",
                    claim.lag if lag else None, self._where(claim))  # fmt: skip

        return key

    def _where(self, claim: Claim) -> Hashable:
        if not claim.places or (
            len(claim.places) == 1 and claim.places[0][:2] == (claim.doc.place, claim.doc.place_level)
        ):
            return "own"
        return frozenset(map(identity, claim.places))

    def _place(self, pair: Pair) -> Reason | None:
        """Why the two places are not one, though they are called the same."""
        without_sum = self._no_sum  # mostly empty
        if without_sum and (why := without_sum.get((True, *_id(pair.a))) or without_sum.get((False, *_id(pair.b)))):
            return why
        a, b = pair.a, pair.b
        if self.target.day is not None and (a.parts or b.parts):
            return None
        places = a.doc.key, a.places, b.doc.key, b.places
        if places not in self._changed:
            self._changed[places] = _changed(a, b)
        return self._changed[places]

    def _paired(self, pair: Pair, verdict: Verdict) -> Row:
        a, b = pair.a, pair.b
        named = b if len(b.indicator) >= len(a.indicator) or not a.indicator_id else a
        name, level, code = _where_told(b)
        return Row(
            verdict.status, _shown(named), b.indicator_id or a.indicator_id, name, level, code, b.unit,
            b.role or a.role,
            self._side(a, True), self._side(b, False), verdict.change, verdict.percent, pair.confidence, verdict.reason,
            b.change, b.title,
        )  # fmt: skip

    def _single(self, status: Any, claim: Claim, why: Reason | None) -> Row:
        ours = status == "vanished"
        name, level, code = _where_told(claim)
        side = self._side(claim, ours)
        return Row(
            status, _shown(claim), claim.indicator_id, name, level, code, claim.unit, claim.role,
            side if ours else None, None if ours else side, None, None, claim.confidence,
            why or self._no_sum.get((ours, *_id(claim))), claim.change, claim.title,
        )  # fmt: skip

    def _side(self, claim: Claim, ours: bool) -> Side:
        return Side(claim, self._text(claim.doc, ours))

    def _text(self, doc: Doc, ours: bool) -> str:
        if (ours, doc.key) not in self._texts:
            store = self.a_store if ours else self.b_store
            (text,) = store.rows("SELECT text FROM texts WHERE document = ?", (doc.key,)).fetchone()
            self._texts[ours, doc.key] = text
        return self._texts[ours, doc.key]


def _own(claim: Claim, apart: int) -> bool:
    """Whether the claim is of the document's own time or later; what is said of earlier years is what was told then.

    Where both sides tell of one year, everything is compared.
    """
    return not apart or isinstance(claim.lag, str) or claim.lag >= 0


def _apart(a: set[int | None], b: set[int | None]) -> int:
    """How many years the second side is after the first; 0 where they are of one year or that is not known."""
    if len(a) != 1 or len(b) != 1:
        return 0
    first, second = next(iter(a)), next(iter(b))
    return second - first if first is not None and second is not None else 0


def _id(claim: Claim) -> tuple[int, int]:
    return claim.doc.key, claim.row


def _shown(claim: Claim) -> str:
    """What people read: the known indicator's own name where the claim is of nothing more than it."""
    known = catalogue().get(claim.indicator_id or "")
    return known.label if known and claim.name <= telling(known.label) else claim.indicator


def _told(claim: Claim) -> Sequence[Place]:
    return claim.places or ((claim.doc.place or "", claim.doc.place_level, claim.doc.place_code),)


def _where_told(claim: Claim) -> Place:
    told = _told(claim)
    return told[0] if len(told) == 1 else ("; ".join(place[0] for place in told), None, None)


def _changed(a: Claim, b: Claim) -> Reason | None:
    days = day_of(a.doc), day_of(b.doc)
    found = (changed(ours, days[0], theirs, days[1]) for ours, theirs in zip(_told(a), _told(b), strict=False))
    return next(filter(None, found), None)


def rows_of(pairs: Iterable[Row]) -> list[Row]:
    """All rows, the doubtful and the restated first, then by place and indicator."""
    order = {"suspect": 0, "restated": 1, "not_comparable": 2, "changed": 3, "plan_outcome": 4, "same": 5}
    return sorted(pairs, key=lambda r: (order.get(r.status, 6), r.place, r.indicator))
