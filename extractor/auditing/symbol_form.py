"""A symbol that nobody can have given: `12/2020/NĐ-UBND`, `5/NQ-TTg`.

Which body gives which type of document is `patterns/audit.toml`, `[[given]]` (Luật Ban hành văn bản quy phạm pháp luật,
điều 4; Nghị định 30/2020/NĐ-CP). Only types and bodies that are both listed there are judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from extractor import patterns
from extractor.auditing.context import Check, Context, passed
from extractor.finding.lazy import lazy

RULE = "symbol_form"

_STATE = lazy(r"\d+[a-zđ]*(?:/\d{4})?/(?P<type>[A-ZĐa-z]+)-(?P<body>[A-ZĐa-z]+?)\d*$")
_PARTY = lazy(r"\d+[a-zđ]*-(?P<type>[A-ZĐa-z]+)/(?P<body>[A-ZĐa-z]+)$")


@lru_cache(maxsize=1)
def _given() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = patterns.load("audit")["given"]
    return entries


def check(context: Context) -> Iterator[Check]:
    """One check for every citation whose symbol has a type and a body that are judged."""
    for reference in context.report.references:
        symbol = _STATE.match(reference.key) or _PARTY.match(reference.key)
        if symbol is None:
            continue
        judged = [e for e in _given() if symbol["type"] in e["types"] and symbol["body"] in e["never_by"]]
        if judged:
            message = f"{reference.key}: {symbol['body']} gives no {symbol['type']} ({judged[0]['name']})"
            yield context.found(RULE, "warning", message, reference.start, reference.end, (reference.id,))
        elif any(symbol["type"] in e["types"] for e in _given()):
            yield passed((reference.id,))
