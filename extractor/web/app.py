"""The application: every topic's routes behind the middleware of `extractor.web.security`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from extractor.errors import ExtractorError, NotFound
from extractor.web import (
    audit,
    citations,
    compare,
    corrections,
    document,
    indicators,
    library,
    preparing,
    search,
    settings,
    upload,
)
from extractor.web.failures import failure_of
from extractor.web.missing import Missing
from extractor.web.rendering import environment, render, words_of
from extractor.web.security import Guard, Limits, check_token
from extractor.web.site import Site
from extractor.web.work import Work

TOPICS = (library, upload, document, corrections, search, compare, audit, citations, indicators, preparing, settings)
STATIC = Path(__file__).parent / "static"


def create_app(
    out: Path, *, token: str | None = None, host: str = "127.0.0.1", watch: Sequence[Path] = ()
) -> Starlette:
    """The application of the folder `out`, which is made where it is missing.

    `host`: the address that it will be served on; only a loopback address may go without a `token`. `watch`: folders
    whose files are read as they come.
    Raises UsageError, StoreDamaged and its kin.
    """
    check_token(host, token)
    site = Site(out.resolve(), tuple(watch))
    site.open()
    routes = [route for topic in TOPICS for route in topic.routes]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        site.reading.start()
        yield
        site.close()
        app.state.work.close()

    app = Starlette(
        lifespan=lifespan,
        routes=[*routes, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Guard, host=host, token=token), Middleware(Limits)],
        exception_handlers={
            Missing: _missing, HTTPException: _refused, ExtractorError: _failed, Exception: _defect,
        },
    )  # fmt: skip
    app.state.site, app.state.templates, app.state.work = site, environment(), Work()
    return app


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, Missing)
    return render(request, "message.html", 404, key=error.key, detail="")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = {404: "common.not_found", 413: "common.too_large", 405: "common.wrong_method"}.get(error.status_code)
    return render(request, "message.html", error.status_code, key=key or "common.wrong_request",
                  detail="" if key else error.detail)  # fmt: skip


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, ExtractorError)
    status = 404 if isinstance(error, NotFound) else 500
    return render(request, "message.html", status, key="common.failed", detail=failure_of(words_of(request), error))


def _defect(request: Request, error: Exception) -> Response:
    return render(request, "message.html", 500, key="common.defect", detail=type(error).__name__)
