"""One number and date for two documents: cited with two titles that have next to nothing in common.

A title is what stands behind `về (việc)` or `V/v`, directly behind the citation, its date and its issuer. Reports
shorten titles and put them in other words, so only titles that share hardly a syllable are found fault with, as a
warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.auditing.context import Check, Context, passed
from extractor.finding.document_titles import have_something_in_common, telling, title_after
from extractor.model import Reference

RULE = "reference_titles"


def check(context: Context) -> Iterator[Check]:
    """One check for every document that is cited twice with its date and a title."""
    known: dict[tuple[str, str], tuple[Reference, str]] = {}
    told: set[tuple[str, str]] = set()
    for reference in context.report.references:
        if reference.date is None:
            continue
        title = title_after(context.text, reference.end)
        if title is None or telling(title) is None:
            continue
        key = reference.key, reference.date
        first = known.setdefault(key, (reference, title))
        issuers = {first[0].issuer, reference.issuer} - {None}
        if first[0] is reference or key in told or len(issuers) > 1:
            continue
        ids = (first[0].id, reference.id)
        if have_something_in_common(title, first[1]):
            yield passed(ids)
            continue
        told.add(key)
        message = f"{reference.text} of one day has two titles that have nothing in common"
        yield context.found(RULE, "warning", message, reference.start, reference.end, ids)
