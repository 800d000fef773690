"""A comparison as one self-contained HTML page, in Vietnamese and English; it loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from extractor.compare.claims import scale_of
from extractor.compare.reasons import Language
from extractor.compare.rows import Row, Side

_TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "diff.html"


def page(rows: Sequence[Row], a: str, b: str, language: Language = "vi") -> str:
    """The whole page. a, b: the names of the two sides; language: the one it opens in."""
    data = {"a": a, "b": b, "language": language, "rows": [_row(row) for row in rows]}
    # Inside a script element only `</` could end it, and `<!--` open a comment.
    embedded = orjson.dumps(data).decode().replace("<", "\\u003c")
    return _TEMPLATE.read_text(encoding="utf8").replace("/*DATA*/", embedded)


def _row(row: Row) -> dict[str, Any]:
    return {
        "status": row.status, "place": row.place, "place_level": row.place_level,
        "indicator": row.indicator, "indicator_id": row.indicator_id, "unit": row.unit, "role": row.role,
        "a": _side(row.a), "b": _side(row.b), "change": row.change,
        "change_percent": row.change_percent, "confidence": row.confidence, "is_change": row.is_change,
        "factor": scale_of(row.a.claim) / scale_of(row.b.claim) if row.a and row.b else 1,
        "reason": row.reason.say("en") if row.reason else "", "reason_vi": row.reason.say("vi") if row.reason else "",
    }  # fmt: skip


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    claim = side.claim
    return {"value": claim.value, "unit": claim.unit, "year": claim.year, "text": side.sentence,
            "document": claim.doc.source, "page": claim.page, "link": link(side)}  # fmt: skip


def link(side: Side) -> str:
    """The document, opened at the figure's page where its format has pages; relative, as the run was told it."""
    claim = side.claim
    target = quote(claim.doc.source)
    return f"{target}#page={claim.page}" if claim.page and claim.doc.source.lower().endswith(".pdf") else target
