"""Which room checks the examples of which pattern file: `patterns/<key>.toml` -> "module:function"."""

from __future__ import annotations

CHECKS: dict[str, str] = {
    "headings": "extractor.segmenting:check_surfaces",
}
