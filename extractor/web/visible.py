"""Characters that turn, join or hide text, shown by their code: what a report or file name holds cannot mislead."""

from __future__ import annotations

import re

MARKS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c"
    "\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Controls, the soft hyphen, joiners, and marks of direction (Unicode's Trojan Source list and its kin)."""


def name_of(mark: str) -> str:
    """`U+202E`."""
    return f"U+{ord(mark):04X}"


def visible(text: str) -> str:
    """`text` with each such character as `⟨U+202E⟩`."""
    return MARKS.sub(lambda found: f"⟨{name_of(found[0])}⟩", text)
