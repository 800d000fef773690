"""The first page: all documents of the folder, what failed, and what is being read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.web.rendering import render
from extractor.web.site import site


def page(request: Request) -> Response:
    """The documents."""
    with site(request).store() as store:
        documents = store.rows("SELECT id, title, number, source FROM documents ORDER BY id DESC LIMIT 50").fetchall()
    return render(request, "library.html", documents=documents)


routes = [Route("/", page)]
