"""One record a document: every mention of it gathered, with its spellings, dates as cited, issuer and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.finding.document_titles import title_after
from extractor.model import Reference, ShortForm


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that a text cites. More than one date or issuer means that the text contradicts itself."""

    key: str
    type: str | None
    issuers: tuple[str, ...]
    dates: tuple[str, ...]
    title: str | None
    variants: tuple[str, ...]
    mentions: tuple[str, ...]  # ids of references and short forms, in the order of the text
    relations: tuple[str, ...]


def cited_documents(
    text: str, references: Sequence[Reference], short_forms: Sequence[ShortForm] = ()
) -> list[CitedDocument]:
    """The documents that resolved references and short forms mean, in the order of their first mention."""
    mentions: dict[str, list[Reference | ShortForm]] = {}
    everything: list[Reference | ShortForm] = [*references, *short_forms]
    for mention in sorted(everything, key=lambda m: m.start):
        for key in meant(mention):
            mentions.setdefault(key, []).append(mention)
    return [_record(text, key, group) for key, group in mentions.items()]


def meant(mention: Reference | ShortForm) -> tuple[str, ...]:
    """The keys of the documents that a mention stands for; none where it is open."""
    if isinstance(mention, ShortForm):
        return mention.resolved
    return (mention.resolved,) if mention.resolved is not None else ()


def _record(text: str, key: str, group: Sequence[Reference | ShortForm]) -> CitedDocument:
    cited = [m for m in group if isinstance(m, Reference)]
    titles = [t for r in cited if (t := title_after(text, r.end))]
    return CitedDocument(
        key=key,
        type=next((m.type for m in cited if m.type), None),
        issuers=tuple(dict.fromkeys(r.issuer for r in cited if r.issuer)),
        dates=tuple(dict.fromkeys(r.date for r in cited if r.date)),
        title=max(titles, key=len, default=None),
        variants=tuple(dict.fromkeys(" ".join(m.text.split()) for m in group)),
        mentions=tuple(m.id for m in group),
        relations=tuple(dict.fromkeys(m.relation for m in group)),
    )
