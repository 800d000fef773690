"""A symbol against the issuer named behind it: `1509/QĐ-BCT … của Thủ tướng Chính phủ`.

Only bodies of which there is one, whose code and name are both in `patterns/audit.toml`, and whose name stands directly
behind the citation and its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from extractor import patterns
from extractor.auditing.context import Check, Context, passed
from extractor.finding.lazy import lazy

RULE = "symbol_issuer"

_BEHIND = lazy(
    r"[\s,(]*(?:(?:ký\s|ban\shành\s)?ngày\s+[\d/.\s-]{1,12}(?:tháng\s+\d{1,2}\s+năm\s+\d{4})?)?[\s,)]*(?:của|do)\s+",
    re.I,
)
_LAST_CODE = lazy(r"[-/]([A-ZĐa-z]+)\d*$")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {code: entry["name"] for entry in patterns.load("audit")["body"] for code in entry["codes"]}


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = [(w, i) for i, entry in enumerate(patterns.load("audit")["body"]) for w in entry["words"]]
    names.sort(key=lambda pair: len(pair[0]), reverse=True)
    either = "|".join(f"(?P<n{n}_{i}>{re.escape(w)})" for n, (w, i) in enumerate(names))
    return re.compile(rf"(?:{either})(?![\w&])")


def check(context: Context) -> Iterator[Check]:
    """One check for every citation whose symbol and issuer are both of a known body."""
    entries = patterns.load("audit")["body"]
    for reference in context.report.references:
        code = _LAST_CODE.search(reference.key)
        own = _codes().get(code[1]) if code else None
        if own is None or "TTLT" in reference.key:
            continue
        behind = _BEHIND.match(context.text, reference.end)
        named = _named().match(context.text, behind.end()) if behind else None
        if named is None or named.lastgroup is None:
            continue
        said = entries[int(named.lastgroup.partition("_")[2])]
        if said["name"] == own:
            yield passed((reference.id,))
            continue
        severity = "warning" if {own, said["name"]} <= _close() else "error"
        message = f"{reference.key} is a number of {own}, the report says {named[0]}"
        yield context.found(RULE, severity, message, reference.start, named.end(), (reference.id,))


@lru_cache(maxsize=1)
def _close() -> frozenset[str]:
    """The Government and its Prime Minister, whom reports name one for the other."""
    return frozenset(entry["name"] for entry in patterns.load("audit")["body"] if entry.get("close"))


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/audit.toml`: the citations in `text` that the rule finds fault with because of the body `entry`."""
    from extractor.pipeline import extract_text

    report = extract_text(text)
    wrong = {i for made in check(Context(report)) if made.finding for i in made.evidence}
    codes = tuple(entry.get("codes", ()))
    return [r.text for r in report.references if r.id in wrong and (c := _LAST_CODE.search(r.key)) and c[1] in codes]
