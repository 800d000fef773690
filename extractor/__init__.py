"""Extractor: Vietnamese government reports to checked, structured JSON.

    from extractor import extract
    report = extract("bao-cao-2023.pdf")
    report.figures[0]          # Figure(value=Decimal('630'), unit='hộ', page=2, …)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.annotating import annotate as annotate
    from extractor.finding.references import get_references as get_references
    from extractor.linking.authorities import cited_documents as cited_documents
    from extractor.linking.authorities import resolve_references as resolve_references
    from extractor.model import Report as Report
    from extractor.pipeline import extract as extract
    from extractor.pipeline import extract_text as extract_text
    from extractor.store.store import open_store as open_store

__version__ = "0.1.0"
__all__ = [
    "Report", "__version__", "annotate", "cited_documents", "extract", "extract_text", "get_references", "open_store",
    "resolve_references",
]  # fmt: skip

_HOMES = {
    "Report": "extractor.model",
    "extract": "extractor.pipeline",
    "extract_text": "extractor.pipeline",
    "get_references": "extractor.finding.references",
    "resolve_references": "extractor.linking.authorities",
    "cited_documents": "extractor.linking.authorities",
    "annotate": "extractor.annotating",
    "open_store": "extractor.store.store",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: `from extractor import get_references` must not load the PDF reader or the gazetteer.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
