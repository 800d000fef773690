"""Cited documents tied together: which document a short form means, how each is used, and one record a document.

    references, short_forms = resolve_references(text)

A light room: it loads nothing but the finding of references and `patterns/`.
"""

from extractor.linking.authorities.records import CitedDocument, cited_documents
from extractor.linking.authorities.resolving import Resolution, resolve_references

__all__ = ["CitedDocument", "Resolution", "cited_documents", "resolve_references"]
