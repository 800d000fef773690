"""Where something that a person pointed at stands in a text, also after the report was read by another version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from extractor.corrections.fields import Anchor

NEAR = 2000
"""Characters to both sides in which a moved stretch is looked for: a page holds about as many."""
AROUND = 24
"""Characters kept of what stands before and after, to tell `5%` from the other `5%` of the paragraph."""
TELLING = 15
"""Characters from which words that stand nowhere else nearby are the same ones, whatever stands around them."""


def text_sha256(text: str) -> str:
    """The fingerprint of a report's text."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


def anchor(text: str, start: int, end: int) -> Anchor:
    """What stands at `start` to `end`, with its surroundings. Raises ValueError where that is no stretch of `text`."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no stretch of a text of {len(text)} characters")
    return Anchor(start, end, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def find(text: str, wanted: Anchor, *, unchanged: bool) -> int | None:
    """Where `wanted` starts in `text`. `unchanged`: it is the text that it was made of.

    In another text: the only place nearby where the same words stand between neighbours that are the same, too (of few
    words on one side at least, `5%` stands everywhere). None where there is no such place.
    """
    if unchanged:
        return wanted.start if text[wanted.start : wanted.end] == wanted.text else None
    places = {at: _neighbours(text, at, wanted) for at in _places(text, wanted)}
    if len(places) == 1:
        ((at, same),) = places.items()
        return at if same or len(wanted.text) >= TELLING else None
    both = [at for at, same in places.items() if same == 2]
    return both[0] if len(both) == 1 else None


def _places(text: str, wanted: Anchor) -> Iterator[int]:
    """Where the words stand nearby, and not as a part of longer ones."""
    first, last = max(0, wanted.start - NEAR), min(len(text), wanted.end + NEAR)
    at = text.find(wanted.text, first, last)
    while at >= 0:
        end = at + len(wanted.text)
        if not _joined(text, at) and not _joined(text, end):
            yield at
        at = text.find(wanted.text, at + 1, last)


def _joined(text: str, at: int) -> bool:
    """Whether a word or number runs on over `at`: `5%` in `15%`, `1,5` in `1,52`."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if before in ".," and after.isdigit():
        return text[at - 2 : at - 1].isdigit()
    return before.isdigit() and after in ".," and text[at + 1 : at + 2].isdigit()


def _neighbours(text: str, at: int, wanted: Anchor) -> int:
    """On how many sides the same stands: 0 to 2."""
    end = at + len(wanted.text)
    before, after = text[max(0, at - 2 * AROUND) : at], text[end : end + 2 * AROUND]
    same_before = _squeezed(before).endswith(_squeezed(wanted.before))
    return same_before + _squeezed(after).startswith(_squeezed(wanted.after))


def _squeezed(text: str) -> str:
    """Without white space: another version may wrap lines elsewhere."""
    return "".join(text.split())
