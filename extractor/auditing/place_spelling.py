"""One place under two spellings: `La Pan Tẩn` and `La Pán Tẩn`, of the same unit and differing in their marks only."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractor.auditing.context import Check, Context
from extractor.model import Place

RULE = "place_spelling"


def check(context: Context) -> Iterator[Check]:
    """One check for every place that is named more than once."""
    mentions: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in context.report.places:
        if place.code is not None:
            mentions[place.level, place.code].append(place)
    for places in mentions.values():
        if len({p.text for p in places}) < 2:
            continue
        spellings: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            spellings[_key(place.text)].append(place)
        if len(spellings) < 2:
            continue
        usual = Counter({key: len(found) for key, found in spellings.items()}).most_common(1)[0][0]
        for key, found in spellings.items():
            if key != usual and _bare(key) == _bare(usual):
                message = f"{spellings[usual][0].text} ({len(spellings[usual])} times) is also spelt {found[0].text}"
                yield context.found(RULE, "warning", message, found[0].start, found[0].end, ())


def _key(text: str) -> str:
    """The spelling without what is free: case, spaces, hyphens, and the vowel that carries a syllable's tone mark."""
    syllables = text.casefold().replace("-", " ").replace("’", "'").replace("'", "").split()
    return " ".join("".join(sorted(unicodedata.normalize("NFD", s))) for s in syllables)


def _bare(key: str) -> str:
    return "".join(c for c in key if not unicodedata.combining(c)).replace("đ", "d")
