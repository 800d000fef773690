"""Which room checks the examples of which pattern file: `patterns/<key>.toml` -> "module:function"."""

from __future__ import annotations

CHECKS: dict[str, str] = {
    "document_types": "extractor.finding.references:check_surfaces",
    "issuers": "extractor.finding.references:check_surfaces",
    "laws": "extractor.finding.references:check_surfaces",
    "law_editions": "extractor.linking.authorities.editions:check_surfaces",
    "relations": "extractor.linking.authorities.relations:check_surfaces",
    "units": "extractor.finding.figures:check_surfaces",
    "not_figures": "extractor.finding.figures:check_refusals",
    "headings": "extractor.segmenting:check_surfaces",
    "place_cues": "extractor.finding.places:check_surfaces",
    "indicators": "extractor.linking.catalogue:check_surfaces",
    "abbreviations": "extractor.linking.abbreviations:check_surfaces",
    "definitions": "extractor.compare.definitions:check_surfaces",
    "audit": "extractor.auditing.symbol_issuer:check_surfaces",
}
