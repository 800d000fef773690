"""The page `/audit`: what the audit found in all reports, by rule and severity, each with the passage it rests on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.auditing.passages import excerpts
from extractor.store import findings
from extractor.web.asked import pager, whole, words
from extractor.web.rendering import render, words_of
from extractor.web.site import site

SIZE = 25
"""Findings on a page."""


def page(request: Request) -> Response:
    """The findings that the query's rule, severity, year, type and document ask for."""
    wanted = findings.Wanted(
        words(request, "rule") or None, words(request, "severity") or None, whole(request, "year"),
        words(request, "type") or None, whole(request, "document"),
    )  # fmt: skip
    with site(request).store() as store:
        shown = pager(request, SIZE, findings.total(store, wanted))
        found = [
            (finding, excerpts(findings.text_of(store, finding.document), finding.spans, _own(finding)))
            for finding in findings.findings(store, wanted, SIZE, shown.offset)
        ]
        facets = {name: findings.counts(store, wanted, name) for name in ("severity", "rule", "year", "type")}
        about = store.rows("SELECT coalesce(title, source) FROM documents WHERE id = ?", (wanted.document,)).fetchone()
    t = words_of(request)

    def rule(name: str) -> str:
        return t("audit.rule_" + name) if t.has("audit.rule_" + name) else name

    return render(
        request, "audit.html", found=found, facets=facets, wanted=wanted, shown=shown, rule=rule,
        about=about and about[0],
    )  # fmt: skip


def _own(finding: findings.Finding) -> tuple[int, int] | None:
    return None if finding.start is None or finding.stop is None else (finding.start, finding.stop)


routes = [Route("/audit", page)]
