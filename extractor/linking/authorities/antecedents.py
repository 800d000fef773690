"""Which documents a short form means. Only what is certain is taken; the rest stays open and says why.

A number (`Nghị quyết 20`) means the document of that type and number, if the text cites just one that its issuer and
date do not contradict. `này` means the document of its type that was brought up last, if its sentence names no other;
`nêu trên` the only one of its paragraph, or of the nearest of the three before that names one. A plural means what
is listed together. Where nothing of the kind stands near, the only document of the type in the whole text is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.finding.short_forms import ShortSpan
from extractor.linking.authorities.bodies import can_be_one
from extractor.linking.authorities.keys import Key

_REMEMBERED = 40
"""Mentions of a type among which a pointer finds what it means."""

OWN = "the report itself"
_NEAR = 3
"""Paragraphs before its own in which what a pointer means is looked for first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The keys that a short form means, or why that is open and, where it is one of several, which."""

    keys: tuple[str, ...] = ()
    reason: str | None = None
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """A document that the text cites by its whole key, with every type, issuer and date that it is cited with."""

    key: str
    parts: Key
    types: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where documents of a type are named; a None among the keys is one that stayed open.

    `full`: by its whole symbol, which brings it up, not by a short form.
    """

    start: int
    type: str | None
    keys: tuple[str | None, ...]
    full: bool


class Discourse:
    """What the text has named so far, by sentence and paragraph. Mentions are added in the order of the text."""

    def __init__(self, sentences: Sequence[tuple[int, int]], paragraphs: Sequence[tuple[int, int]]) -> None:
        self._sentences = [s for s, _ in sentences]
        self._paragraphs = [s for s, _ in paragraphs]
        self._last: dict[str | None, deque[Mention]] = {}
        self._ever: dict[str | None, dict[str | None, None]] = {}

    def add(self, mention: Mention) -> None:
        """Name documents at a place behind all that were named before."""
        for kind in {mention.type, None}:
            self._last.setdefault(kind, deque(maxlen=_REMEMBERED)).append(mention)
            self._ever.setdefault(kind, {}).update(dict.fromkeys(mention.keys))

    def sentence(self, offset: int) -> int:
        """The number of the sentence that `offset` lies in."""
        return bisect_right(self._sentences, offset)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that `offset` lies in."""
        return bisect_right(self._paragraphs, offset)

    def meant(self, span: ShortSpan) -> Answer:
        """What a pointer (`này`, `nêu trên`) at the end of all mentions so far means."""
        named = list(self._last.get(span.type, ()))
        if not named:
            return Answer(reason=f"no {span.type or 'document'} is named before it")
        if span.count is not None:
            return self._several(span, named)
        here = self.paragraph(span.start)
        near = [m for m in named if here - self.paragraph(m.start) <= _NEAR]
        if not near:
            return _only(list(self._ever[span.type]), 0.75)
        last = self.paragraph(near[-1].start)
        near = [m for m in near if self.paragraph(m.start) == last]
        if span.pointer == "this" and near[-1].full:  # just brought up: what came before it is no longer meant
            sentence = self.sentence(near[-1].start)
            near = [m for m in near if self.sentence(m.start) == sentence]
        return _only(_distinct(near), 0.95)

    def _several(self, span: ShortSpan, named: Sequence[Mention]) -> Answer:
        scopes = [_distinct(scope) for scope in self._scopes(span.start, named)]
        if span.count:
            fitting = [s for s in scopes if len(s) == span.count]
            if not fitting:
                return Answer(reason=f"no {span.count} documents of the type are named together before it")
            return _all(fitting[0])
        scopes = [s for s in scopes if len(s) > 1]
        if not scopes:
            return Answer(reason="not several documents of the type are named before it")
        if any(set(s) != set(scopes[0]) for s in scopes[:2]):
            return Answer(reason="it is open how many of the documents before it are meant")
        return _all(scopes[0])

    def _scopes(self, start: int, named: Sequence[Mention]) -> Iterable[Sequence[Mention]]:
        """What a plural may mean, the nearest first: a sentence, its paragraph, paragraphs in a row that name some."""
        last = named[-1]
        if self.paragraph(start) - self.paragraph(last.start) > _NEAR:
            return
        yield [m for m in named if self.sentence(m.start) == self.sentence(last.start)]
        paragraph = self.paragraph(last.start)
        yield [m for m in named if self.paragraph(m.start) == paragraph]
        row = [m for m in named if self.paragraph(m.start) == paragraph]
        for mention in reversed(named):
            if self.paragraph(mention.start) < self.paragraph(row[0].start) - 1:
                break
            if mention.start < row[0].start:
                row.insert(0, mention)
        if self.paragraph(row[0].start) != paragraph:
            yield row


def by_number(known: Sequence[Known], kind: str | None, parts: Key, issuer: str | None, day: str | None) -> Answer:
    """The document that a bare number means, of those `known` of that number: the only one of its type and year that
    issuer and date do not exclude."""
    same = [
        k
        for k in known
        if (kind is None or not k.types or kind in k.types) and (parts.year is None or k.parts.year == parts.year)
    ]
    if not same:
        return Answer(reason="no document of this type and number is cited in full")
    fitting = [k for k in same if _issuers_fit(k, issuer) and (day is None or not k.dates or day in k.dates)]
    if not fitting:
        return Answer(reason=f"{same[0].key} is of another issuer or date")
    if len(fitting) > 1:
        keys = sorted(k.key for k in fitting)
        return Answer(reason="several fit: " + ", ".join(keys), candidates=tuple(keys))
    return Answer((fitting[0].key,), None, 0.95)


def _issuers_fit(known: Known, issuer: str | None) -> bool:
    return not known.issuers or any(can_be_one(issuer, own) for own in known.issuers)


def _distinct(mentions: Iterable[Mention]) -> list[str | None]:
    return list(dict.fromkeys(key for m in mentions for key in m.keys))


def _only(keys: Sequence[str | None], confidence: float) -> Answer:
    if len(keys) > 1:
        reason = "several fit: " + ", ".join(k or "one that is open itself" for k in keys)
        return Answer(reason=reason, candidates=tuple(k for k in keys if k) if all(keys) else ())
    key = keys[0]
    return Answer((key,), None, confidence) if key is not None else Answer(reason="what it points to is open itself")


def _all(keys: Sequence[str | None]) -> Answer:
    known = tuple(k for k in keys if k is not None)
    return Answer(known, None, 0.9) if len(known) == len(keys) else Answer(reason="one of the documents is open itself")
