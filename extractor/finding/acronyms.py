"""Counted nouns that a report writes in capitals (`7.412 ĐVTN`, `19.855/20.340 CD`): told by form, not by a list.

Not a unit are Roman numerals, whole words in capitals (a heading), the head of the next name or clause (`12 TP Vinh`,
`UBND tỉnh`), labels of the next item (`MN 14 TH 22`) and the codes of document symbols.
"""

from __future__ import annotations

from functools import lru_cache

import regex

_LETTERS = "A-ZĐÐƯƠÂĂÊÔ"
PLACES = frozenset({"TT", "TX", "TP", "P", "Q", "H", "X", "TDP", "KP", "KDC", "KCN", "CCN"})
"""Abbreviated classes of places: before a name they open it (`TP Vinh`) and are not counted."""
_AROUND = 48  # characters on either side that tell whether a line is written in capitals


@lru_cache(maxsize=1)
def _token() -> regex.Pattern[str]:
    return regex.compile(rf"[{_LETTERS}]{{2,8}}+(?:&[{_LETTERS}]{{1,8}}+)?(?![\w&])")


@lru_cache(maxsize=1)
def _roman() -> regex.Pattern[str]:
    return regex.compile(r"X{0,4}(?:IX|IV|V?I{0,4})")


@lru_cache(maxsize=1)
def _syllable() -> regex.Pattern[str]:
    """A Vietnamese syllable without its tone mark: `CON`, `NAM`, `LAO`."""
    onset = "NGH|NG|NH|CH|GH|GI|KH|PH|QU|TH|TR|[BCDĐGHKLMNPRSTVX]"
    return regex.compile(rf"(?:{onset})?[AEIOUYƯƠÂĂÊÔ]{{1,3}}(?:NG|NH|CH|[CMNPT])?")


@lru_cache(maxsize=1)
def _symbol_goes_on() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[-–]\s?|\s[-–])[{_LETTERS}]{{2}}|/(?!KH|MT|CT|DT|NQ)[{_LETTERS}]{{2}}|\.[a-zđ]{{0,2}}\d")


@lru_cache(maxsize=1)
def _opens() -> regex.Pattern[str]:
    """What shows that the token heads the next clause or label: `UBND tỉnh`, `BCH Đảng bộ`, `TH: 22`."""
    return regex.compile(
        r"\s(?:tỉnh|huyện|xã|phường|thị\s|thành\sphố|quận|các\s|TW|Trung\sương|Đảng\sbộ|Đoàn\s|Hội\s|Mặt\strận|đã\s)"
    )


@lru_cache(maxsize=1)
def _labelled() -> regex.Pattern[str]:
    return regex.compile(rf"(?:(?<![\w])[{_LETTERS}&]{{2,8}}|:)\s?$")


HEADS = frozenset("UBND HĐND MTTQ UBMTTQ UBMTTQVN BTV BCH BTT BTC BCĐ BQL VKSND TAND VKS CA CAT".split())
"""Bodies that a clause begins with: counted (`12 UBND`) only where no level or verb follows."""


def read_acronym(text: str, start: int, number: int | None = None) -> int | None:
    """The end of the abbreviation at `start` that a number may count, or None. `number`: where that number starts."""
    match = _token().match(text, start)
    if match is None:
        return None
    token, end = match[0], match.end()
    if _roman().fullmatch(token) or _syllable().fullmatch(token) or _symbol_goes_on().match(text, end):
        return None
    follows = text[end : end + 3]
    if token in PLACES and (follows[:1] == "." or (follows[:1].isspace() and follows[1:2].isupper())):
        return None
    if token in HEADS and _opens().match(text, end):
        return None
    if _shouted(text, start, end) and any(c in "AEIOUYƯƠÂĂÊÔ" for c in token):
        return None
    label = number is not None and _labelled().search(text, max(0, number - 10), number) is not None
    if label and (follows[:1] in (":", "=") or (follows[:1].isspace() and follows[1:2].isdigit())):
        return None
    return end


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around are written in capitals throughout, as a heading is."""
    left = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    right = text[end : end + _AROUND].partition("\n")[0]
    return not any(c.islower() for c in left + right)
