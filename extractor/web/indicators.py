"""The page `/indicators`: an indicator over places and years."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.web.rendering import render


def page(request: Request) -> Response:
    """Not built yet."""
    return render(request, "message.html", key="common.soon", detail="")


routes = [Route("/indicators", page)]
