"""The page `/search`: passages, figures and references of all reports, with what was found marked."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.errors import UsageError
from extractor.search import index
from extractor.search.index import KINDS
from extractor.search.query import RANKED, Found, search
from extractor.store.store import Store
from extractor.web.asked import asked_page, pager, whole, words
from extractor.web.preparing import readiness
from extractor.web.rendering import render
from extractor.web.site import site

SIZE = 20
"""Hits on a page."""

_MARK = re.compile("⟦([^⟧]*)⟧")


def page(request: Request) -> Response:
    """The hits of the query `q` among things of a `kind`, of one `year` or `type`."""
    said, year, type = words(request, "q"), whole(request, "year"), words(request, "type") or None
    kind = words(request, "kind") if words(request, "kind") in KINDS else KINDS[0]
    found, shown, hits, refused = None, None, list[Any](), False
    with site(request).store() as store:
        ready = readiness(request, store, "index")
        if said and index.is_made(store.database):
            ask = partial(search, store.database, said, kind=kind, years=(year, year) if year else None, type=type,
                          limit=SIZE)  # fmt: skip
            try:
                found = ask(offset=(asked_page(request) - 1) * SIZE)
            except UsageError:
                refused = True
        if found is not None:
            shown = pager(request, SIZE, found.total, found.ranked)
            if shown.page != asked_page(request):
                found = ask(offset=shown.offset)
            hits = _with_documents(store, found)
    facets = {name: [*found.facets[name].items()][:30] if found else [] for name in ("year", "type", "place", "issuer")}
    facets["year"].sort(key=lambda entry: entry[0], reverse=True)
    return render(
        request, "search.html", said=said, kind=kind, kinds=KINDS, year=year, type=type, found=found, hits=hits,
        facets=facets, shown=shown, ready=ready, refused=refused, ranked=RANKED,
    )  # fmt: skip


def _with_documents(store: Store, found: Found) -> list[tuple[Any, Any, list[tuple[str, bool]]]]:
    """Each hit with its document (id, title, type, number; None where it has just gone) and its snippet in pieces."""
    names = json.dumps([hit.json for hit in found.hits])
    rows = store.rows(
        "SELECT json, id, title, type, number FROM documents WHERE json IN (SELECT value FROM json_each(?))", (names,)
    )
    documents = {name: about for name, *about in rows}
    return [(hit, documents.get(hit.json), pieces(hit.snippet)) for hit in found.hits]


def pieces(snippet: str) -> list[tuple[str, bool]]:
    """A snippet as pieces of text that were found or not."""
    parts = _MARK.split(snippet)
    return [(text, at % 2 == 1) for at, text in enumerate(parts) if text]


routes = [Route("/search", page)]
