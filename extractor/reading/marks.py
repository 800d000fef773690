"""Raised digits that a format marks as raised: a unit's power stays a digit, a footnote's mark becomes a raised letter.

`người` + raised `1` must not read as `người1`, nor `8` + raised `1` as `81`; `m` + raised `2` is the unit `m2`.
"""

from __future__ import annotations

import re

_POWER = re.compile(r"(?:^|[\W\d_])(?:[kKhHdDcCmM]|da)?m$")
_RAISED = str.maketrans("0123456789*", "⁰¹²³⁴⁵⁶⁷⁸⁹*")
_MARK = re.compile(r"^\s*\[?\(?[\d*†]{1,4}\)?\]?\s*$")


def raised(text: str, before: str) -> str:
    """How the raised `text` is written after `before`: `2`, `3` behind a metre as they are, other marks as `¹`."""
    if not _MARK.match(text):
        return text
    bare = text.strip(" \t\n[]()")
    return bare if bare in "23" and _POWER.search(before) else bare.translate(_RAISED)
