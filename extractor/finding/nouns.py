"""Nouns that the lexicon does not hold: part of speech tells whether a number counts the word after it.

underthesea is imported at the first unknown word only, and each short phrase is tagged once.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.finding.guards import stop_words
from extractor.finding.lexicon import NOT_A_UNIT, lexicon, longest
from extractor.finding.units import Unit, skip_gap

NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb"})
"""The tags of common nouns, classifiers, units and abbreviations."""


@lru_cache(maxsize=1)
def _phrase() -> regex.Pattern[str]:
    return regex.compile(r"[^\W\d_]{1,12}+(?:[ \xa0][^\W\d_]{1,12}+(?![\w/-])){0,3}")


@lru_cache(maxsize=20_000)
def noun_length(phrase: str, counted: bool) -> int:
    """How many characters of `phrase`, which stands after a number, are the noun that it counts; 0 for none.

    `counted`: the number is written as a count is, so that a compound tagged a verb is a noun (`04 thuê bao`).
    """
    from underthesea import pos_tag

    tagged = pos_tag(f"có 5 {phrase}")
    at, seen = 0, 0
    for token, tag in tagged:
        if seen < 2:  # "có", "5"
            seen += 1
            continue
        at = phrase.lower().find(token.lower())
        noun = tag in NOUNS or (counted and tag == "V" and " " in token)
        return len(token) if at == 0 and noun and len(token) > 1 else 0
    return 0


def read_noun(text: str, at: int, *, counted: bool = False) -> Unit | None:
    """The unknown noun that a number ending at `at` counts, or None. `counted`: see `noun_length`."""
    start = skip_gap(text, at)
    if start is None or start == at:
        return None
    match = _phrase().match(text, start)
    if match is None or (match[0][0].isupper() and not counted) or match[0].split()[0] in stop_words():
        return None
    lex = lexicon()
    hit = longest(text, start, lex.words, lex.openings)
    if hit is not None and lex.words[hit[1]].group == NOT_A_UNIT:
        return None
    length = noun_length(" ".join(match[0].split()).lower() if counted else " ".join(match[0].split()), counted)
    if not length:
        return None
    name = text[start : start + length].lower()
    return Unit(start + length, name, "other", "by part of speech", None)
