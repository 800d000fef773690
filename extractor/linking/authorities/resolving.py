"""Every reference and short form of a text with the document that it means and how the text uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractor.finding.pinpoints import pinpoint_after, pinpoint_before
from extractor.finding.references import get_references
from extractor.finding.sentences import paragraphs, sentences
from extractor.finding.short_forms import ShortSpan, find_short_forms
from extractor.linking.authorities.antecedents import OWN, Answer, Discourse, Known, Mention, by_number
from extractor.linking.authorities.editions import edition_on, law_of_number
from extractor.linking.authorities.keys import Key, read_key
from extractor.linking.authorities.relations import relate
from extractor.model import Reference, ShortForm


@dataclass(frozen=True, slots=True)
class Resolution:
    """The references of a text, resolved, and its short forms; both in the order of the text."""

    references: tuple[Reference, ...]
    short_forms: tuple[ShortForm, ...]


def resolve_references(
    text: str,
    references: Sequence[Reference] | None = None,
    *,
    on: date | None = None,
    own_number: str | None = None,
    own_type: str | None = None,
) -> Resolution:
    """Tie every mention in `text` to its document.

    `references`: those of the text (default: found now). `on`: the report's day, by which a law's edition is chosen.
    `own_number`, `own_type`: the report's own symbol and type; it is never its own authority. Ids of the short forms
    are "s1", "s2", ….
    """
    found = get_references(text) if references is None else references
    return _Resolver(text, found, on, own_number, own_type).run()


class _Resolver:
    def __init__(
        self, text: str, references: Sequence[Reference], on: date | None, own_number: str | None, own_type: str | None
    ) -> None:
        self._text, self._on, self._own_type = text, on, own_type
        self._own_key = own_number
        self._references = list(references)
        self._keys = [read_key(r.key) for r in references]
        self._spans = find_short_forms(text, [(r.start, r.end) for r in references])
        self._known = self._documents()
        self._laws: dict[str, set[str]] = {}
        self._numbers: dict[str | None, list[Known]] = {}
        for known in self._known.values():
            self._numbers.setdefault(known.parts.number, []).append(known)
            if known.parts.law:
                self._laws.setdefault(known.parts.law, set()).add(known.key)
        self._by_end = {r.end: i for i, r in enumerate(references)}

    def run(self) -> Resolution:
        spans = list(sentences(self._text)) if self._references or self._spans else []
        discourse = Discourse(spans, list(paragraphs(self._text)) if spans else [])
        resolved: list[Reference] = []
        short: list[ShortForm] = []
        stream: list[tuple[int, Reference | ShortSpan]] = [(r.start, r) for r in self._references]
        stream += [(s.start, s) for s in self._spans]
        for _, item in sorted(stream, key=lambda pair: pair[0]):
            if isinstance(item, Reference):
                answer = self._reference(len(resolved), item)
                self._name(discourse, item.start, item.type, answer, full=self._keys[len(resolved)].whole)
                key = answer.keys[0] if answer.keys else None
                sure = item.confidence if read_key(item.key).whole else min(answer.confidence, 0.95)
                resolved.append(replace(item, resolved=key, reason=answer.reason, confidence=sure))
                continue
            answer = self._short(discourse, item)
            if not answer.keys and answer.reason != OWN and not item.sure:
                continue
            self._name(discourse, item.start, item.type, answer, full=False)
            short.append(self._form(item, answer, len(short) + 1))
        return Resolution(*relate(self._text, spans, resolved, short, self._own_key))

    def _documents(self) -> dict[str, Known]:
        known: dict[str, Known] = {}
        for reference, parts in zip(self._references, self._keys, strict=True):
            if not parts.whole or reference.key == self._own_key:
                continue
            key = _canonical(reference)
            entry = known.setdefault(key, Known(key, read_key(key) if key != reference.key else parts))
            entry.types |= {reference.type} - {None}  # type: ignore[arg-type]
            entry.issuers |= {reference.issuer} - {None}  # type: ignore[arg-type]
            entry.dates |= {reference.date} - {None}  # type: ignore[arg-type]
        return known

    def _reference(self, at: int, reference: Reference) -> Answer:
        parts = self._keys[at]
        if self._own_key is not None and reference.key == self._own_key:
            return Answer(reason=OWN)
        if parts.whole:
            return Answer((_canonical(reference),))
        if parts.law:
            return self._law(parts.law, reference)
        answer = by_number(self._of(parts), reference.type, parts, reference.issuer, reference.date)
        return self._unless_own(answer, reference.type, parts)

    def _of(self, parts: Key) -> list[Known]:
        return self._numbers.get(parts.number, []) if parts.number else []

    def _law(self, name: str, reference: Reference) -> Answer:
        """A law without its year: the only edition that the text cites, else the one that held on the report's day."""
        if self._text[reference.end : reference.end + 14].strip(" (").startswith("sửa đổi"):
            return Answer(reason="an amended text whose year is not said")
        cited = self._laws.get(name, set())
        if len(cited) == 1:
            return Answer((next(iter(cited)),), None, 0.95)
        if cited:
            return Answer(reason="several editions are cited: " + ", ".join(sorted(cited)))
        if self._on is None:
            return Answer(reason="the report's day is not known")
        chosen = edition_on(name, self._on)
        if chosen.edition is None:
            return Answer(reason=chosen.reason)
        return Answer((chosen.edition.key,), None, chosen.confidence)

    def _short(self, discourse: Discourse, span: ShortSpan) -> Answer:
        if span.pointer == "number":
            parts = read_key(span.number or "")
            answer = by_number(self._of(parts), span.type, parts, None, None)
            return self._unless_own(answer, span.type, parts)
        if span.pointer == "name" and span.at is not None:
            reference = self._references[self._by_end[span.at]]
            return self._reference(self._by_end[span.at], reference)
        if span.pointer == "this" and span.count is None and span.type is not None and span.type == self._own_type:
            return Answer(reason=OWN)
        return discourse.meant(span)

    def _unless_own(self, answer: Answer, kind: str | None, parts: Key) -> Answer:
        own = read_key(self._own_key) if self._own_key else None
        if answer.keys or own is None or own.number != parts.number or kind not in (None, self._own_type):
            return answer
        return Answer(reason=OWN)

    def _name(self, discourse: Discourse, start: int, kind: str | None, answer: Answer, *, full: bool) -> None:
        if answer.reason != OWN:
            discourse.add(Mention(start, kind, answer.keys or answer.candidates or (None,), full))

    def _form(self, span: ShortSpan, answer: Answer, number: int) -> ShortForm:
        before = pinpoint_before(self._text, span.start)
        after = None if before else pinpoint_after(self._text, span.end)
        return ShortForm(
            id=f"s{number}", start=span.start, end=span.end, text=self._text[span.start : span.end], type=span.type,
            resolved=answer.keys, reason=answer.reason, confidence=answer.confidence if answer.keys else 0.5,
            pinpoint=(before or after or (0, None))[1],
        )  # fmt: skip


def _canonical(reference: Reference) -> str:
    """One key a document: a law cited by its number is the law's name with its year, where the list knows it."""
    return law_of_number(reference.key) or reference.key
