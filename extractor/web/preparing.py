"""What pages of a large archive need ready: the index of search, and the series of indicators.

Both are made once a document, by a child process, when a page first asks for them; until then the page shows what is
ready and says how much is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.store.database import NAME, open_database
from extractor.store.store import Store
from extractor.web.missing import Missing
from extractor.web.rendering import render
from extractor.web.site import site
from extractor.web.work import Job, Work

What = Literal["index", "series"]

_AGAIN = 60.0  # seconds until what failed, such as for a run that held the store for long, is tried again


@dataclass(frozen=True, slots=True)
class Readiness:
    """How many of the documents are not ready, whether they are being made so, and why not if that failed."""

    what: What
    wanting: int
    of: int
    running: bool
    failed: str | None


def readiness(request: Request, store: Store, what: What) -> Readiness:
    """How ready it is; what is wanting is begun. What an attempt left undone is not tried again until more is, or,
    where it failed, after a while."""
    wanting, of = _wanting(store, what)
    work: Work = request.app.state.work
    job = work.job(what)
    if wanting and not (job and (job.running or (job.note == wanting and not _again(job)))):
        job = work.start(what, _MAKERS[what], site(request).out, note=wanting)
    running = bool(job and job.running)
    return Readiness(what, wanting, of, running, job.failed if job and not running and wanting else None)


def _again(job: Job) -> bool:
    return job.failed is not None and time.monotonic() - job.begun > _AGAIN


def _wanting(store: Store, what: What) -> tuple[int, int]:
    from extractor.compare import series
    from extractor.search import index

    (of,) = store.rows("SELECT count(*) FROM documents").fetchone()
    if what == "series":
        return series.wanting(store), int(of)
    return (index.wanting(store.database) if index.is_made(store.database) else int(of)), int(of)


def make_index(out: Path) -> None:
    """Bring the index of search up to date. Raises what `indexed` raises."""
    from extractor.search.index import indexed

    with indexed(out):
        pass


def make_series(out: Path) -> None:
    """Make the series that are wanting."""
    from extractor.compare import series

    with Store(open_database(out / NAME), out / NAME, out, []) as store:
        series.make_series(store)


_MAKERS: dict[What, Callable[[Path], None]] = {"index": make_index, "series": make_series}


def state(request: Request) -> Response:
    """The part of a page that says how ready it is; asked for again and again until it is."""
    what = request.path_params["what"]
    if what not in _MAKERS:
        raise Missing
    with site(request).store() as store:
        ready = readiness(request, store, what)
    looked_at = urlsplit(request.headers.get("hx-current-url", ""))
    back = f"/{looked_at.path.lstrip('/')}" + (f"?{looked_at.query}" if looked_at.query else "")
    return render(request, "preparing.html", ready=ready, back=back)


routes = [Route("/preparing/{what}", state)]
