"""The first page: all documents of the folder, what failed, and what is being read."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.store.store import Store
from extractor.web.reading import Progress, Told
from extractor.web.rendering import render
from extractor.web.shelf import FACETS, NONE, PAGE, SORTS, Asked, failures, shelf, skipped
from extractor.web.site import site

_FIRST_FAILURES = 5  # on the first page


def page(request: Request) -> Response:
    """The documents that the query asks for, a page of them."""
    here, query = site(request), request.query_params
    chosen = {name: query[name] for name in FACETS if query.get(name)}
    asked = Asked(query.get("q", "")[:200], chosen, query.get("sort", "newest"), page_of(query.get("page")))
    with here.store() as store:
        made = shelf(store, here.catalogue, asked, whole=query.get("all"))
        urgent = asked.sort == "grade" and asked.page == 1 and not asked.words and not asked.chosen
        failed, first = failures(store, 1, PAGE if urgent else _FIRST_FAILURES)
        passed_over, _ = skipped(store, 1)
        reading = _reading(store, here.reading.progress)
    return render(
        request, "library.html", asked=asked, shelf=made, sorts=tuple(SORTS), none_key=NONE, failed=failed,
        failures=first[:_FIRST_FAILURES], urgent=first if urgent else [], skipped=passed_over, **reading,
    )  # fmt: skip


def failed(request: Request) -> Response:
    """The files that could not be read, and those that were passed over."""
    number, more = page_of(request.query_params.get("page")), page_of(request.query_params.get("skipped"))
    with site(request).store() as store:
        total, rows = failures(store, number)
        passed_over, others = skipped(store, more)
    return render(
        request, "failures.html", page=number, pages=max(1, -(-total // PAGE)), total=total, failures=rows,
        skipped=passed_over, skipped_rows=others, skipped_page=more, skipped_pages=max(1, -(-passed_over // PAGE)),
    )  # fmt: skip


def reading(request: Request) -> Response:
    """How far the reading is, asked for again and again. `was`: it was going on when it was asked for last."""
    here = site(request)
    with here.store() as store:
        found = _reading(store, here.reading.progress)
    answer = render(request, "reading.html", **found)
    if request.query_params.get("was") and not here.reading.progress.active:
        answer.headers["hx-trigger"] = "reading-ended"
    return answer


def page_of(said: str | None) -> int:
    """The number of a page that a query names, 1 where it names none."""
    return max(1, int(said)) if said and said.isascii() and said.isdigit() and len(said) < 10 else 1


def _reading(store: Store, progress: Progress) -> dict[str, Any]:
    return {"progress": progress, "outcomes": [(one, _document(store, one)) for one in progress.told[:10]]}


def _document(store: Store, told: Told) -> int | None:
    row = store.rows("SELECT id FROM documents WHERE json = ?", (told.json,)).fetchone()
    return None if row is None or told.status == "failed" else int(row[0])


routes = [Route("/", page), Route("/failures", failed), Route("/reading", reading)]
