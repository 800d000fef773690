"""How the text uses a document that it cites: as basis, to carry it out, to change it, …

The words are `patterns/relations.toml`. What counts is the last of them before the citation with nothing between but
words that go with it; a member of a list goes with the member before it. `A thay thế B` is said of B, by A; so is
`B được thay thế bằng A`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from extractor import patterns
from extractor.finding.lazy import lazy
from extractor.finding.pinpoints import pinpoint_before
from extractor.linking.authorities.antecedents import OWN
from extractor.model import Reference, Relation, ShortForm

Cited = Reference | ShortForm
CHANGES = frozenset(("amends", "replaces", "repeals", "approves", "guides"))
_REACH = 140
_FAR = 8
"""Words that may stand between a cue of a whole clause (`thực hiện các nội dung của`) and the citation."""
_CLAUSE = lazy(r"[,;:.()\n]")
_JOINED = lazy(r"(?:[,;]|\b(?:và|cùng|hoặc|với))\s*(?:[-+•]\s*)?(?:các\s)?$|\n\s*[-+•]\s*(?:các\s)?$")
# `Thực hiện A, huyện đã thay thế B`: not A replaces B.
_OTHER_SUBJECT = lazy(
    r",\s+(?:các\s)?(?:UBND|HĐND|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng|Bộ|Sở|Ban|Phòng|huyện|tỉnh|thành phố|xã|phường)\s"
)
_PASSIVE = lazy(r"(?:được|bị)\s(?P<cue>[^.;()]{4,70}?)\s(?:bởi|bằng|theo|tại)\s(?:các\s)?$")
_PASSIVE_ALONE = lazy(r"[^.;,\n]{0,60}?(?<!\w)(?:được|bị)\s(?P<cue>[^.;,\n]{4,24})")
_ITEM = lazy(r"\s*[-+•]|\s*[a-zđ]\)|\s*\d{1,2}[.)]\s")
_OPENING = "(“\"'‘[-–+"
_FULL_LIST = 12
"""Lines of a list above an item among which its opening (`… các văn bản sau:`) is looked for."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues by their words, the words that open one, and what may stand behind each relation's cues."""

    relations: dict[tuple[str, ...], str]
    openers: frozenset[str]
    longest: int
    fillers: dict[str, frozenset[str] | None]  # None: any few words


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    entries = patterns.load("relations")["relation"]
    relations = {tuple(w.split()): e["name"] for e in entries for w in e["words"]}
    fillers = {e["name"]: frozenset(e["fillers"].split()) if "fillers" in e else None for e in entries}
    return _Cues(relations, frozenset(w[0] for w in relations), max(map(len, relations)), fillers)


def _find_cues(words: Sequence[str]) -> list[tuple[int, str]]:
    """(where it ends, relation) of every cue among `words`, the longest at each place."""
    cues = _cues()
    found: list[tuple[int, str]] = []
    i = 0
    while i < len(words):
        first = words[i].lstrip(_OPENING)
        size = 0
        if first in cues.openers:
            for size in range(min(cues.longest, len(words) - i), 0, -1):
                relation = cues.relations.get((first, *words[i + 1 : i + size]))
                if relation:
                    found.append((i + size, relation))
                    break
            else:
                size = 0
        i += size or 1
    return found


def relate(
    text: str,
    sentences: Sequence[tuple[int, int]],
    references: Sequence[Reference],
    short: Sequence[ShortForm],
    own: str | None,
) -> tuple[tuple[Reference, ...], tuple[ShortForm, ...]]:
    """Both lists with `relation` set, and `by` of the references. `own`: the report's own key."""
    everything: list[Cited] = sorted([*references, *short], key=lambda c: c.start)
    relations: dict[str, tuple[str, str | None]] = {}
    spans = iter(sentences)
    sentence = next(spans, (0, len(text)))
    before: Cited | None = None
    for i, cited in enumerate(everything):
        while sentence[1] <= cited.start and (following := next(spans, None)):
            sentence = following
        if before is not None and before.end <= sentence[0]:
            before = None
        after = everything[i + 1] if i + 1 < len(everything) and everything[i + 1].start < sentence[1] else None
        relations[cited.id] = _relation(text, cited, before, after, sentence, relations, own)
        before = cited
    return (
        tuple(replace(r, relation=cast(Relation, relations[r.id][0]), by=relations[r.id][1]) for r in references),
        tuple(replace(s, relation=cast(Relation, relations[s.id][0])) for s in short),
    )


def _relation(
    text: str,
    cited: Cited,
    before: Cited | None,
    after: Cited | None,
    sentence: tuple[int, int],
    relations: dict[str, tuple[str, str | None]],
    own: str | None,
) -> tuple[str, str | None]:
    passive = _passive(text, cited, after, sentence[1])
    if passive:
        return passive, _key(after, own) if after is not None else None
    floor = max(sentence[0], before.end if before else 0, cited.start - _REACH)
    relation = _said(text, cited, floor)
    if relation:
        acts = before is not None and _OTHER_SUBJECT.search(text, before.end, cited.start) is None
        return relation, _key(before, own) if relation in CHANGES and acts else None
    if isinstance(cited, ShortForm):  # it takes up what was said and does not go on with a list
        return "mentions", None
    if before is not None and _JOINED.search(text, before.end, cited.start):
        relation, by = relations[before.id]
        if relation not in CHANGES or cited.start - before.end < _REACH:
            return relation, by
    if before is None and (opening := _opening(text, sentence[0])):
        return opening, None
    return "mentions", None


def _key(cited: Cited | None, own: str | None) -> str | None:
    """The key of what changes another document; the report's own for `Quyết định này`."""
    if cited is None:
        return None
    if cited.reason == OWN:
        return own
    if isinstance(cited, Reference):
        return cited.resolved
    return cited.resolved[0] if len(cited.resolved) == 1 else None


def _said(text: str, cited: Cited, floor: int) -> str | None:
    """The relation of the last cue before the citation that reaches it."""
    pin = pinpoint_before(text, cited.start, floor)
    end = pin[0] if pin else cited.start
    words = text[floor:end].lower().split()
    found = _find_cues(words)
    if not found:
        return None
    at, relation = found[-1]
    between = words[at:]
    allowed = _cues().fillers[relation]
    if allowed is not None:
        return relation if all(w.strip(",") in allowed for w in between) else None
    said = " ".join(between)
    return relation if not _CLAUSE.search(said) and len(between) <= _FAR and "ban hành" not in said else None


def _passive(text: str, cited: Cited, after: Cited | None, stop: int) -> str | None:
    """`B (đã) được thay thế bằng A`; without A where the sentence names none."""
    if after is not None:
        gap = text[cited.end : after.start]
        found = _PASSIVE.search(gap) if len(gap) <= 2 * _REACH else None
    else:
        found = _PASSIVE_ALONE.match(text, cited.end, min(stop, cited.end + 2 * _REACH))
    if found is None:
        return None
    cues = _find_cues(found["cue"].lower().split())
    relation = cues[0][1] if cues else None
    return relation if relation in ("amends", "replaces", "repeals") else None


def _opening(text: str, start: int) -> str | None:
    """The cue of the line that opens the list in which the line at `start` is an item: `Căn cứ các văn bản sau:`."""
    at = text.rfind("\n", 0, start) + 1
    for _ in range(_FULL_LIST):
        if not at or not _ITEM.match(text, at):
            return None
        end = at - 1
        at = text.rfind("\n", 0, end) + 1
        line = text[at:end].strip()
        if line.endswith(":"):
            found = _find_cues(line.lower().rstrip(":").split())
            relation = found[0][1] if found else None
            return relation if relation in ("basis", "implements", "under") else None
    return None


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `extractor patterns check`: the references in `text` that stand in the relation `entry`."""
    from extractor.linking.authorities.resolving import resolve_references

    return [r.text for r in resolve_references(text).references if r.relation == entry["name"]]
