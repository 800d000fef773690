"""The pages `/citations`, what the reports cite most, and `/citations/KEY`, all that they say of one document."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.errors import UsageError
from extractor.search import index
from extractor.search.citing import Cited, Passage, cite
from extractor.search.most_cited import Often, most_cited
from extractor.search.network import near
from extractor.search.picture import SIZE as SQUARE
from extractor.search.picture import drawing
from extractor.store.store import Store
from extractor.web.asked import asked_page, pager, whole, words
from extractor.web.charts import bars
from extractor.web.preparing import readiness
from extractor.web.rendering import render
from extractor.web.site import site

SIZE = 50
"""Documents of the list on a page."""

PASSAGES = 25
"""Passages on a page."""

_NEAR = 14
"""Documents and reports that are drawn, each."""


def page(request: Request) -> Response:
    """The cited documents whose symbol or title holds the words `q`."""
    said = words(request, "q")
    with site(request).store() as store:
        ready = readiness(request, store, "index")
        found, total = list[Often](), 0
        if index.is_made(store.database):
            found, total = most_cited(store.database, said, SIZE, (asked_page(request) - 1) * SIZE)
        shown = pager(request, SIZE, total)
        if total and shown.page != asked_page(request):
            found, total = most_cited(store.database, said, SIZE, shown.offset)
    return render(request, "citations.html", said=said, found=found, shown=shown, ready=ready)


def record(request: Request) -> Response:
    """One document: its names, years, what is cited with it, what contradicts itself, its passages."""
    key = request.path_params["key"][:200]
    year, relation = whole(request, "year"), words(request, "relation") or None
    with site(request).store() as store:
        ready = readiness(request, store, "index")
        if not index.is_made(store.database):
            return render(request, "citation_missing.html", 404, key=key, ready=ready, detail="")
        try:
            cited = cite(store.database, key)
        except UsageError as error:
            return render(request, "citation_missing.html", 404, key=key, ready=ready, detail=str(error))
        if not cited.passages:
            return render(request, "citation_missing.html", 404, key=key, ready=ready, detail="")
        wanted = [
            p for p in cited.passages
            if (year is None or p.year == year) and (relation is None or p.relation == relation)
        ]  # fmt: skip
        shown = pager(request, PASSAGES, len(wanted))
        passages = wanted[shown.offset : shown.offset + PASSAGES]
        ids = _ids(store, {p.document for p in passages})
        drawn = drawing(near(store.database, cited, _NEAR))
        own = _own(store, cited)
    return render(
        request, "citation.html", cited=cited, passages=[(p, ids.get(p.document), _pieces(p)) for p in passages],
        shown=shown, year=year, relation=relation, own=own, timeline=bars(_by_year(cited)), drawn=drawn,
        square=SQUARE, ready=ready, years=sorted(cited.by_year.items(), reverse=True),
    )  # fmt: skip


def _by_year(cited: Cited) -> dict[str, int]:
    """Mentions by year, years without any between them included."""
    years = [int(year) for year in cited.by_year]
    if not years or max(years) - min(years) > 40:
        return cited.by_year
    return {str(y): cited.by_year.get(str(y), 0) for y in range(min(years), max(years) + 1)}


def _ids(store: Store, sources: set[str]) -> dict[str, int]:
    marks = ", ".join("?" * len(sources))
    return dict(store.rows(f"SELECT source, max(id) FROM documents WHERE source IN ({marks}) GROUP BY 1", (*sources,)))


def _own(store: Store, cited: Cited) -> list[Any]:
    """The reports of the store that are the document itself: its number, and its day where reports say that."""
    rows = store.rows(
        "SELECT id, coalesce(title, source), issuer, issued_on FROM documents WHERE number = ?", (cited.key,)
    ).fetchall()
    return [row for row in rows if not cited.dates or row[3] is None or row[3] in cited.dates]


def _pieces(passage: Passage) -> list[tuple[str, bool]]:
    """The sentence, the mention in it marked."""
    before, found, after = passage.text.partition(passage.surface)
    return [(before, False), (found, True), (after, False)]


routes = [Route("/citations", page), Route("/citations/{key:path}", record)]
