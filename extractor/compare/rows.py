"""One row of a comparison, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from extractor.compare.claims import Claim, boxes_of, sentence_of
from extractor.compare.judge import Status
from extractor.compare.reasons import Language, Reason

COLUMNS = ("status", "indicator", "place", "unit", "a", "b", "change", "change_percent", "confidence", "reason")


class Side(NamedTuple):
    """What one report says: the claim, and the text of its document."""

    claim: Claim
    text: str

    @property
    def sentence(self) -> str:
        """The sentence that the claim's figure stands in; in a table its row."""
        return sentence_of(self.text, self.claim.start, self.claim.stop)

    def to_dict(self) -> dict[str, Any]:
        """The side as the contract's keys, with where it stands."""
        claim = self.claim
        return {
            "document": claim.doc.source,
            "figure": claim.figure,
            "value": claim.value,
            "period": claim.period,
            "text": self.sentence,
            "printed": claim.text,
            "unit": claim.unit,
            "year": claim.year,
            "also": list(claim.also),
            "parts": list(claim.parts),
            "definition": claim.definition,
            "page": claim.page,
            "boxes": boxes_of(claim),
            "section": claim.section,
            "start": claim.start,
            "end": claim.stop,
            "json": claim.doc.json,
        }


class Row(NamedTuple):
    """Two figures that say the same thing, or one that has no other. `change` is in `unit`; percentage points for
    percent, whose `change_percent` is None."""

    status: Status
    indicator: str
    indicator_id: str | None
    place: str
    place_level: str | None
    place_code: str | None
    unit: str
    role: str | None
    a: Side | None
    b: Side | None
    change: float | None
    change_percent: float | None
    confidence: float
    reason: Reason | None
    is_change: bool = False
    topic: str = ""

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The row as CONTRACT.md says."""
        return {
            "status": self.status,
            "indicator": self.indicator,
            "indicator_id": self.indicator_id,
            "place": self.place,
            "place_level": self.place_level,
            "place_code": self.place_code,
            "unit": self.unit,
            "role": self.role,
            "a": self.a.to_dict() if self.a else None,
            "b": self.b.to_dict() if self.b else None,
            "change": self.change,
            "change_percent": self.change_percent,
            "confidence": self.confidence,
            "reason": self.reason.say(language) if self.reason else "",
            "is_change": self.is_change,
            "topic": self.topic,
        }


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row's dictionary with its sides' values in columns of their own, for CSV and tables."""
    made = {key: value for key, value in row.items() if key not in ("a", "b")}
    for side in ("a", "b"):
        told = row[side] or {}
        made[side] = told.get("printed")
        for key in ("value", "unit", "year", "document", "page", "figure", "text"):
            made[f"{side}_{key}"] = told.get(key)
    return made
