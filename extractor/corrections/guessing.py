"""What words that the machine missed may say, as a start for the person who fills the form in."""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from extractor.corrections.fields import Kind
from extractor.finding.lazy import lazy
from extractor.pipeline import extract_text

_NUMBER = lazy(r"\d[\d.,]*")
_MARKER = lazy(r"(?:(?:Phần|Chương|Mục|Điều)\s+)?(\w{1,4}(?:\.\d+)*)[.):]")


def guessed(words: str, on: datetime.date | None) -> tuple[Kind, dict[Kind, dict[str, Any]]]:
    """The kind of item that `words` seem to be, and for each kind what could be said of it (fields of the contract)."""
    found = extract_text(words, report_date=on)
    kind: Kind = "figure"
    said: dict[Kind, dict[str, Any]] = {
        "figure": {}, "reference": {"key": words[:100]}, "place": {}, "section": {"number": words[:20]},
    }  # fmt: skip
    if found.figures:
        first = found.figures[0]
        names = ("value", "of", "value_to", "unit", "kind", "comparator", "indicator", "indicator_id", "direction")
        said["figure"] = {name: getattr(first, name) for name in names}
    elif (number := _number(words)) is not None:
        said["figure"] = {"value": number}
    if found.places:
        kind, first_place = "place", found.places[0]
        said["place"] = {"name": first_place.name, "code": first_place.code}
    elif not any(c.isdigit() for c in words):
        kind, said["place"] = "place", {"name": words}
    if found.references:
        kind, cited = "reference", found.references[0]
        said["reference"] = {name: getattr(cited, name) for name in ("key", "type", "issuer", "date", "pinpoint")}
    if found.figures:
        kind = "figure"
    if marker := _MARKER.match(words):
        kind, said["section"] = "section", {"number": marker[1], "title": words[marker.end() :].strip()}
    return kind, said


def _number(words: str) -> Decimal | None:
    """`1.234,5` as Vietnamese writes it."""
    match = _NUMBER.search(words)
    try:
        return Decimal(match[0].rstrip(".,").replace(".", "").replace(",", ".")) if match else None
    except InvalidOperation:
        return None
