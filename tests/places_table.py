"""Reads the tables of tests/test_places_*.py: sentences in which ⟦surface¦level¦name¦code⟧ marks what must be found.

level is `c`, `d` or `p`. name may be left out where it is the surface, code where it does not matter; `-` as the code
means that no code may be given. Nothing but the marked names may be found.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from extractor.finding.places import find_mentions
from extractor.linking.places import link_places
from extractor.model import Place

_MARK = re.compile(r"⟦([^¦⟧]*)¦([cdp])(?:¦([^¦⟧]*))?(?:¦([^⟧]*))?⟧")
_LEVELS = {"c": "commune", "d": "district", "p": "province"}


def places(text: str, on: str | None = None, home: Sequence[str] = ()) -> list[Place]:
    """What both stages find in `text`."""
    return link_places(text, find_mentions(text), on=datetime.date.fromisoformat(on) if on else None, home=home)


def check(marked: str, on: str | None = None, home: Sequence[str] = ()) -> None:
    """Assert that exactly the marked places are found."""
    wanted, plain, at = [], "", 0
    for mark in _MARK.finditer(marked):
        plain += marked[at : mark.start()]
        start = len(plain)
        plain += mark[1]
        name = mark[3] or " ".join(mark[1].split())
        wanted.append((start, len(plain), _LEVELS[mark[2]], name, mark[4]))
        at = mark.end()
    plain += marked[at:]
    found = places(plain, on, home)
    assert [(p.start, p.end, p.level, p.name) for p in found] == [w[:4] for w in wanted], plain
    for place, (*_, code) in zip(found, wanted, strict=True):
        if code:
            assert place.code == (None if code == "-" else code), place
        assert plain[place.start : place.end] == place.text
        assert 0 < place.score <= 1
