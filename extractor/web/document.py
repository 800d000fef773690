"""One document: its text beside the picture of its page, everything found in it marked on both."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.web.rendering import render
from extractor.web.site import Missing, site


def page(request: Request) -> Response:
    """The document `id` of the store. Raises Missing."""
    with site(request).store() as store:
        row = store.rows("SELECT title FROM documents WHERE id = ?", (request.path_params["id"],)).fetchone()
    if row is None:
        raise Missing("common.no_such_document")
    return render(request, "document.html", title=row[0])


routes = [Route("/documents/{id:int}", page)]
