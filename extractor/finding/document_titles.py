"""The title of a cited document: what stands behind `về (việc)` or `V/v`, behind the citation, its date and issuer."""

from __future__ import annotations

import re

from extractor.finding.lazy import lazy

_TITLE = lazy(
    r"[\s,(]*(?:(?:ký\s|ban\shành\s)?ngày\s+[\d/.\s-]{1,12}(?:tháng\s+\d{1,2}\s+năm\s+\d{4})?)?[\s,)]*"
    r"(?:(?:của|do)\s[^,;:.()\n\"“]{2,70}?[\s,]+)?(?:về(?:\s+việc)?|v/v)\s+[\"“]?(?P<title>[^;.()\n\"”“]{12,400})",
    re.I,
)


def title_after(text: str, end: int) -> str | None:
    """The title that follows a citation that ends at `end`, spaces made single; None where none does."""
    behind = _TITLE.match(text, end)
    return " ".join(behind["title"].split()).rstrip(" ,") if behind else None
